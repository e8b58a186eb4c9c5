import type { Output } from '@linli/contract'
import type { flashRoutes } from '@linli/contract/flash'
import type { MemberActor } from '#kernel/actor'
import { secondsAfter, timeOfDay } from '#kernel/clock'
import { inOneStatement, inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import { inRounds } from '#kernel/turns'
import type { CampaignRow } from './campaigns.sql.ts'
import { isGated, sessionsOf } from './kinds/index.ts'
import { storesOf } from './plan.ts'
import { campaignMissing, notNow } from './problems.ts'
import * as sql from './reservations.sql.ts'
import type { Room } from './room.ts'

type Reservation = Output<(typeof flashRoutes)['GET /v1/campaigns/:campaignId/reservation']>

const REMIND_SECONDS = 600
const AT_ONCE = 500
const KEPT_SECONDS = 30 * 86_400

/** A campaign that people line up for; there is nothing to reserve of the others. */
function requireGated({ book }: Room, campaignId: string): CampaignRow {
  const campaign = book.find(campaignId)
  return campaign && isGated(campaign) ? campaign : refuse(campaignMissing, { campaignId })
}
export async function readReservation(
  room: Room,
  { memberId }: MemberActor,
  campaignId: string,
): Promise<Reservation> {
  requireGated(room, campaignId)
  const { at, reserved } = await sql.reservationOf(room.ctx.db, campaignId, memberId)
  return { at: at?.toISOString() ?? null, reserved }
}

/** Remembers that a member wants to be there; asking twice is asking once. After the last session has begun there is nothing to wait for. */
export async function reserve(
  room: Room,
  actor: MemberActor,
  { campaignId, storeId }: { campaignId: string; storeId: string },
): Promise<Reservation> {
  room.stores.require(storeId)
  const campaign = requireGated(room, campaignId)
  if (!storesOf(campaign).includes(storeId)) refuse(campaignMissing, { campaignId, storeId })
  const at = room.ctx.clock.now()
  if (!sessionsOf(campaign).some(({ from }) => from > at))
    refuse(notNow, { startsAt: campaign.startsAt, endsAt: campaign.endsAt, now: at })
  const row = { campaignId, memberId: actor.memberId, storeId, at }
  await inOneStatement(room.ctx.db, (tx) => sql.insertReservation(tx, row))
  return readReservation(room, actor, campaignId)
}
export async function dropReservation(
  room: Room,
  actor: MemberActor,
  campaignId: string,
): Promise<Reservation> {
  requireGated(room, campaignId)
  await inOneStatement(room.ctx.db, (tx) => sql.deleteReservation(tx, campaignId, actor.memberId))
  return readReservation(room, actor, campaignId)
}

/** What it is about, in a store's own words. */
function goodsOf({ catalog }: Room, { items, name }: CampaignRow, storeId: string): string {
  const [item] = items
  return (item && catalog.sellable(storeId, item.skuId)?.name) ?? name
}

/** The sweep: tells whoever reserved that a session begins in ten minutes, each once for each session. A paused campaign promises nothing. */
export async function remind(room: Room): Promise<void> {
  const { ctx, book, messages, stores } = room
  const now = ctx.clock.now()
  for (const campaign of book.open().filter((each) => isGated(each) && !each.paused)) {
    const soon = sessionsOf(campaign).find(
      ({ from }) => from > now && from <= secondsAfter(now, REMIND_SECONDS),
    )
    if (!soon) continue
    await inRounds(() =>
      inTx(ctx.db, async (tx) => {
        const due = await sql.takeReminders(tx, {
          campaignId: campaign.id,
          session: soon.from,
          limit: AT_ONCE,
        })
        await messages.tell(
          tx,
          due.map(({ memberId, storeId }) => ({
            memberId,
            kind: 'campaign.soon' as const,
            ref: `${memberId} ${campaign.id} ${soon.from.toISOString()}`,
            at: now,
            fields: {
              goods: goodsOf(room, campaign, storeId),
              time: timeOfDay(soon.from),
              store: stores.require(storeId).name,
            },
            pageId: null,
          })),
        )
        return due.length > 0
      }),
    )
  }
}

/** The sweep: forgets who reserved and who came, a month after the end. */
export const forgetVisits = ({ ctx }: Room): Promise<void> =>
  inOneStatement(ctx.db, (tx) => sql.forgetEnded(tx, secondsAfter(ctx.clock.now(), -KEPT_SECONDS)))
