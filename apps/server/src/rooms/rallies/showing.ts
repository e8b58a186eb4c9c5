import type { Output } from '@linli/contract'
import type { Rally as RallySchema, rallyRoutes, RallyShort } from '@linli/contract/rallies'
import type { Static } from 'typebox'
import type { MemberActor } from '#kernel/actor'
import { cursorTo, readPlace } from '#kernel/cursor'
import { maskName } from '#kernel/mask'
import { refuse } from '#kernel/problem'
import { campaignMissing, type CampaignRow, priceAfter } from '#room/campaigns'
import { gotForHelping, listHelpers } from './helps.sql.ts'
import { cursorInvalid, noRally, rallyMissing } from './problems.ts'
import * as sql from './rallies.sql.ts'
import type { Room } from './room.ts'
import { signSeen } from './seen.ts'
import { termsOf } from './starting.ts'

type Short = Static<typeof RallyShort>
export type Rally = Static<typeof RallySchema>

function goodsOf({ catalog }: Room, rally: sql.RallyRow, { terms }: CampaignRow): Short['goods'] {
  const { skuId, storeId, floorFen, helps } = rally
  if (!skuId || floorFen === null || terms.kind !== 'bargain') return null
  const sold = catalog.sellable(storeId, skuId)
  return {
    skuId,
    productId: sold?.productId ?? skuId,
    name: sold?.name ?? '',
    unit: sold?.unit ?? '',
    picture: catalog.picture(sold?.pictureId ?? null),
    startFen: terms.startFen,
    floorFen,
    priceFen: priceAfter(terms, helps),
    cuts: terms.cuts,
  }
}

const rewardStateOf = ({ kind, state, couponId, refusal }: sql.RallyRow): Short['rewardState'] => {
  if (kind !== 'assist' || state !== 'REACHED') return null
  if (couponId) return 'GIVEN'
  return refusal ? 'REFUSED' : 'WAITING'
}

/** What is shown of a rally to whoever sees it; `labels`: what coupons are called. */
function shortOf(
  room: Room,
  rally: sql.RallyRow,
  campaign: CampaignRow,
  labels: ReadonlyMap<string, string>,
): Short {
  const { id, kind, campaignId, storeId, state, helps, need, startedAt, deadline, heldUntil, orderId } = rally
  const templateId = termsOf(campaign)?.templateId
  return {
    id,
    kind,
    campaignId,
    name: campaign.name,
    storeId,
    state,
    helps,
    need,
    orderId,
    startedAt: startedAt.toISOString(),
    deadline: deadline.toISOString(),
    heldUntil: heldUntil?.toISOString() ?? null,
    goods: goodsOf(room, rally, campaign),
    reward: (templateId && labels.get(templateId)) || null,
    rewardState: rewardStateOf(rally),
    now: room.ctx.clock.now().toISOString(),
  }
}

export const campaignOf = async ({ campaigns }: Room, campaignId: string): Promise<CampaignRow> => {
  const campaign = await campaigns.find(campaignId)
  if (!campaign) throw new Error(`a rally without its campaign ${campaignId}`)
  return campaign
}
export const labelsOf = (
  { coupons }: Room,
  ids: readonly (string | null | undefined)[],
): Promise<Map<string, string>> => {
  const known = ids.filter((id) => id !== null && id !== undefined)
  return known.length > 0 ? coupons.rewards(known) : Promise.resolve(new Map())
}

/** One rally, as its owner or a friend sees it. */
export async function show(room: Room, { memberId }: MemberActor, rallyId: string): Promise<Rally> {
  const { ctx, members } = room
  const rally = (await sql.findRally(ctx.db, rallyId)) ?? refuse(rallyMissing)
  const campaign = await campaignOf(room, rally.campaignId)
  const terms = termsOf(campaign)
  const helpers = await listHelpers(ctx.db, rallyId)
  const [labels, cards] = await Promise.all([
    labelsOf(room, [terms?.templateId, terms?.helperTemplateId]),
    members.cards([rally.memberId, ...helpers.map((helper) => helper.memberId)]),
  ])
  const nameOf = (id: string): string => maskName(cards.get(id)?.nickname ?? '')
  const mine = rally.memberId === memberId
  const helped = helpers.some((helper) => helper.memberId === memberId)
  const open = rally.state === 'CUTTING' || rally.state === 'GATHERING'
  return {
    ...shortOf(room, rally, campaign, labels),
    orderId: mine ? rally.orderId : null,
    owner: nameOf(rally.memberId),
    mine,
    helped,
    helperCoupon: (terms?.helperTemplateId && labels.get(terms.helperTemplateId)) || null,
    helpers: helpers.map(({ n, at, memberId: id }) => ({ n, name: nameOf(id), at: at.toISOString() })),
    seen: open && !mine && !helped ? signSeen(ctx.secrets, { rallyId, memberId }, ctx.clock.now()) : null,
  }
}

/** What friends are gathered for in a campaign. */
export async function offer(
  room: Room,
  campaignId: string,
): Promise<Output<(typeof rallyRoutes)['GET /v1/campaigns/:campaignId/rally-offer']>> {
  const campaign = (await room.campaigns.find(campaignId)) ?? refuse(campaignMissing, { campaignId })
  const { terms } = campaign
  const { kind, need, templateId, helperTemplateId } =
    terms.kind === 'share_off'
      ? { ...terms, need: 0, helperTemplateId: terms.friendTemplateId }
      : (termsOf(campaign) ?? refuse(noRally))
  const labels = await labelsOf(room, [templateId, helperTemplateId])
  return {
    kind,
    need,
    reward: (templateId && labels.get(templateId)) || null,
    helperCoupon: (helperTemplateId && labels.get(helperTemplateId)) || null,
  }
}

/** What the coupon is called that somebody got for helping here; null: none, or not yet. */
export async function couponFor(
  room: Room,
  { memberId }: MemberActor,
  rallyId: string,
): Promise<string | null> {
  const templateId = await gotForHelping(room.ctx.db, rallyId, memberId)
  return (templateId && (await labelsOf(room, [templateId])).get(templateId)) || null
}

/** Mine, newest first. */
export async function listMine(
  room: Room,
  { memberId }: MemberActor,
  { cursor, limit = 20 }: { cursor?: string; limit?: number },
): Promise<Output<(typeof rallyRoutes)['GET /v1/rallies']>> {
  const after = cursor === undefined ? undefined : readPlace(cursor, cursorInvalid)
  const rows = await sql.listOfMember(room.ctx.db, memberId, { after, limit: limit + 1 })
  const page = rows.slice(0, limit)
  const campaigns = new Map(
    await Promise.all(
      [...new Set(page.map(({ campaignId }) => campaignId))].map(
        async (id) => [id, await campaignOf(room, id)] as const,
      ),
    ),
  )
  const labels = await labelsOf(
    room,
    [...campaigns.values()].map((campaign) => termsOf(campaign)?.templateId),
  )
  const last = page.at(-1)
  return {
    items: page.flatMap((rally) => {
      const campaign = campaigns.get(rally.campaignId)
      return campaign ? [shortOf(room, rally, campaign, labels)] : []
    }),
    nextCursor: rows.length > limit && last ? cursorTo({ at: last.startedAt, id: last.id }) : null,
  }
}
