import type { CampaignClaim } from '@linli/contract/campaign-kinds'
import type { Static } from 'typebox'
import type { Reader, Tx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { Tiers } from '#room/tiers'
import { type CampaignRow, hasBought, holdStanding } from './campaigns.sql.ts'
import type { Claim } from './claims.ts'
import { admitSeat, isGroup } from './grouping.ts'
import type { GroupWish } from './kinds/group/group.ts'
import { isGated, labelOf, nextRelease, releasedBp } from './kinds/index.ts'
import { boxOf, type Week, weeksOf } from './kinds/box/calendar.ts'
import { weekDeal } from './kinds/box/index.ts'
import type { Session } from './kinds/kind.ts'
import { dealOf } from './kinds/presale/index.ts'
import {
  boxOnly,
  campaignMissing,
  campaignPaused,
  groupMissing,
  notForYou,
  oneLine,
  passNeeded,
  rallyWanted,
  soldOut,
} from './problems.ts'
import { storesOf } from './plan.ts'
import type { Room } from './room.ts'
import { leftOf, requireSession } from './sessions.ts'

/** The price of a campaign, as pricing takes it: fen by SKU. */
export interface ActivityPrice {
  id: string
  label: string
  prices: Readonly<Record<string, number>>
  funding: CampaignRow['funding']
  from: Date
  until: Date
}
/** What an order of a campaign says. */
export interface CampaignWish {
  claim: Static<typeof CampaignClaim>
  storeId: string
  lines: readonly { skuId: string; quantity: number }[]
  couponIds?: readonly string[] | undefined
  usePoints?: number | undefined
  /** Of an order; a quote has none, and needs no pass. */
  idempotencyKey?: string | undefined
  /** Of an order that is placed for whoever subscribed: its week. Nobody says this from outside. */
  week?: string | undefined
}
export interface Admitted {
  price: ActivityPrice
  claim: Claim
}

/** Refuses whom a campaign is not for: by tier, and by having bought before. */
export async function requireAudience(
  { ctx: { db }, tiers }: { ctx: { db: Reader }; tiers: Pick<Tiers, 'tierOf'> },
  memberId: string,
  { tiers: wanted, firstOrder }: CampaignRow,
): Promise<void> {
  if (wanted) {
    const tier = await tiers.tierOf(memberId)
    if (!tier || !wanted.includes(tier.code)) refuse(notForYou, { tiers: wanted })
  }
  if (firstOrder && (await hasBought(db, memberId))) refuse(notForYou, { firstOrder })
}

/** A bargain is bought by who has reached it, one piece for each; nothing else is bought by one. */
function requireRally({ terms }: CampaignRow, rallyId: string | undefined, quantity: number): void {
  if (terms.kind !== 'bargain') {
    if (rallyId !== undefined) refuse(oneLine, { rallyId })
    return
  }
  if (rallyId === undefined || quantity !== 1) refuse(rallyWanted)
}

/** A campaign that runs in this store now and is for this member (null: whoever comes); refuses by name. */
export async function enter(
  room: Room,
  memberId: string | null,
  { campaignId, storeId }: { campaignId: string; storeId: string },
): Promise<CampaignRow> {
  const campaign = room.book.find(campaignId) ?? refuse(campaignMissing, { campaignId })
  requireSession(campaign, room.ctx.clock.now())
  if (!storesOf(campaign).includes(storeId)) refuse(campaignMissing, { campaignId, storeId })
  if (memberId !== null) await requireAudience(room, memberId, campaign)
  return campaign
}

/** Whoever joins a group that is for new members does so with their first order; who opens one need not be new. */
const joinsAsNew = ({ terms }: CampaignRow, group: GroupWish | undefined): boolean =>
  terms.kind === 'group' && terms.newOnly && group !== undefined && group.opening === null

/** A box is ordered in one of its weeks, by us; nothing else has a week. */
function requireWeek(campaign: CampaignRow, day: string | undefined): Week | null {
  const plan = boxOf(campaign)
  const week = plan && weeksOf(plan).find((each) => each.week === day)
  if (plan ? !week : day !== undefined) refuse(boxOnly)
  return week ?? null
}

const partsOf = ({ stock }: CampaignRow, { storeId, skuId }: { storeId: string; skuId: string }) =>
  stock.find((each) => each.storeId === storeId && each.skuId === skuId)?.parts ?? []

/** What memory said of a campaign still holds, and goes on holding until this transaction ends: a pause or a stop counts in every process at once. */
export async function holdRunning(tx: Tx, campaignId: string): Promise<void> {
  const now = await holdStanding(tx, campaignId)
  if (!now || now.state === 'ENDED') refuse(campaignMissing, { campaignId })
  if (now?.paused) refuse(campaignPaused)
}

/** Where crowds come, an order brings the pass that the gate gave: for this member, campaign and session, and for one order. */
function requirePass(
  { gate }: Room,
  session: Session,
  {
    memberId,
    claim: { campaignId, pass },
    key,
  }: { memberId: string; claim: CampaignWish['claim']; key: string },
): void {
  if (pass === undefined) return refuse(passNeeded)
  const wrong = gate.check(pass, { campaignId, memberId, session: session.from, key })
  if (wrong) refuse(wrong)
}

/**
 * What a campaign promises this member for such an order: its price, and the claim that the order desk decides on. Refuses by name what it can know
 * before; that there is one left, and that the member may have it, only the desk knows.
 */
export async function admit(
  room: Room,
  memberId: string,
  { claim, storeId, lines, couponIds = [], usePoints = 0, idempotencyKey: key, week: day }: CampaignWish,
): Promise<Admitted> {
  const { campaignId, groupId, rallyId } = claim
  const campaign = room.book.find(campaignId) ?? refuse(campaignMissing, { campaignId })
  const at = room.ctx.clock.now()
  const session = requireSession(campaign, at)
  const [line] = lines
  if (!line || lines.length !== 1 || couponIds.length > 0 || usePoints > 0) refuse(oneLine)
  const item = campaign.items.find(({ skuId }) => skuId === line.skuId) ?? refuse(oneLine)
  const left = leftOf(campaign, { storeId, ...item }, at) ?? refuse(campaignMissing, { campaignId, storeId })
  requireRally(campaign, rallyId, line.quantity)
  const week = requireWeek(campaign, day)
  if (isGated(campaign) && key !== undefined) {
    requirePass(room, session, { memberId, claim, key })
    // Thousands ask for what was there a moment ago: they hear so without standing at the desk.
    if (left < line.quantity) refuse(soldOut, { left, next: nextRelease(campaign, at) })
  }
  await requireAudience(room, memberId, campaign)
  const { perMember, payMinutes } = campaign
  const seat = { memberId, groupId, storeId, skuId: item.skuId, at }
  const group = isGroup(campaign) ? await admitSeat(room.ctx.db, campaign, seat) : undefined
  if (!group && groupId !== undefined) refuse(groupMissing)
  return {
    price: {
      id: campaign.id,
      label: labelOf(campaign),
      prices: { [item.skuId]: item.priceFen },
      funding: campaign.funding,
      from: campaign.startsAt,
      until: campaign.endsAt,
    },
    claim: {
      campaignId,
      storeId,
      skuId: item.skuId,
      quantity: line.quantity,
      perMember,
      payMinutes,
      releasedBp: releasedBp(campaign, at),
      presale: week ? weekDeal(week) : dealOf(campaign.terms),
      rallyId: rallyId ?? null,
      parts: partsOf(campaign, { storeId, ...item }),
      ...(group ? { group } : {}),
      ...(campaign.firstOrder || joinsAsNew(campaign, group) ? { firstOrder: true } : {}),
      ...(week ? { payUntil: week.payUntil } : {}),
    },
  }
}
