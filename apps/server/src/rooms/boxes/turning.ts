import { SYSTEM } from '#kernel/actor'
import { inTx } from '#kernel/db'
import { Problem } from '#kernel/problem'
import { someAtATime } from '#kernel/turns'
import { weekDue, type Week, weeksOf } from '#room/campaigns'
import type { Orders } from '#room/orders'
import * as sql from './boxes.sql.ts'
import { LAPSES_AT_MOST } from './rules.ts'
import type { Room } from './room.ts'
import { campaignOf, leavePlace } from './subscribing.ts'
import * as weeks from './weeks.sql.ts'

const AT_ONCE = 500
const LANES = 4
/** What will not be otherwise later this week; anything else is asked again until the hour for paying. */
const FINAL = [
  'campaigns.missing',
  'campaigns.not_now',
  'campaigns.sold_out',
  'campaigns.limit_reached',
  'campaigns.not_for_you',
  'campaigns.one_line',
  'campaigns.goods_changed',
  'campaigns.box_only',
  'catalog.not_sold',
  'orders.key_reused',
]
/** Too late to place an order that somebody could still pay. */
const TOO_LATE = 'boxes.too_late'

/** One that cannot now is looked at again; the others are not kept waiting. */
const orLog = async (room: Room, boxId: string, work: () => Promise<void>): Promise<void> => {
  try {
    await work()
  } catch (error) {
    if (error instanceof Problem) room.ctx.log.info({ problem: error.code, boxId }, 'a box has to wait')
    else room.ctx.log.error({ err: error, boxId }, 'a box could not be turned')
  }
}

/** The sweep: decides whose week it is, places their orders, and says what became of those that were placed. Two servers may do it at once. */
export async function turn(room: Room): Promise<void> {
  const { db, clock } = room.ctx
  for (const { id } of await sql.listCampaigns(db)) await orLog(room, id, () => turnCampaign(room, id))
  await someAtATime(await weeks.listToPlace(db, AT_ONCE), LANES, (due) =>
    orLog(room, due.boxId, () => placeOne(room, due, clock.now())),
  )
  await someAtATime(await weeks.listSettled(db, AT_ONCE), LANES, (settled) =>
    orLog(room, settled.boxId, () => settleOne(room, settled)),
  )
}

async function turnCampaign(room: Room, campaignId: string): Promise<void> {
  const { db, clock } = room.ctx
  const plan = await campaignOf(room, campaignId)
  if (plan.state === 'ENDED') {
    const open = await sql.listOpen(db, campaignId, AT_ONCE)
    await someAtATime(open, LANES, ({ id }) => orLog(room, id, () => endOne(room, id)))
    return
  }
  const week = weekDue(weeksOf(plan), clock.now())
  if (!week) return
  const due = await weeks.listDue(db, { campaignId, week: week.week, limit: AT_ONCE })
  await someAtATime(due, LANES, ({ id }) => orLog(room, id, () => claimOne(room, id, week)))
}

/** A box ends with its campaign. */
const endOne = (room: Room, boxId: string): Promise<void> =>
  inTx(room.ctx.db, async (tx) => {
    const at = room.ctx.clock.now()
    const box = await sql.lockBox(tx, boxId)
    if (!box || box.state === 'ENDED') return
    await leavePlace(tx, await campaignOf(room, box.campaignId), box)
    if (await sql.moveBox(tx, box, { state: 'ENDED', pausedBy: null }, at))
      await sql.insertEvent(tx, { boxId, week: null, verb: 'end', by: SYSTEM, at })
  })

/** From here on the week is what it is: its store and its quantity stand, and skipping comes too late. */
const claimOne = (room: Room, boxId: string, { week, payUntil }: Week): Promise<void> =>
  inTx(room.ctx.db, async (tx) => {
    const at = room.ctx.clock.now()
    const box = await sql.lockBox(tx, boxId)
    if (box?.state !== 'RUNNING' || box.fromWeek > week) return
    const { storeId, quantity } = box
    if (await weeks.insertWeek(tx, { boxId, week, storeId, quantity, payUntil, state: 'DUE' }))
      await sql.insertEvent(tx, { boxId, week, verb: 'due', by: SYSTEM, at })
  })

async function placeOne(room: Room, due: weeks.DueWeek, now: Date): Promise<void> {
  try {
    const order = await (now < due.payUntil ? place(room, due) : placed(room, due))
    if (order === undefined) return await shorten(room, due, TOO_LATE)
    await inTx(room.ctx.db, async (tx) => {
      if (await weeks.noteOrder(tx, due, order))
        await sql.insertEvent(tx, { ...due, verb: 'order', by: SYSTEM, at: room.ctx.clock.now() })
    })
  } catch (error) {
    if (!(error instanceof Problem) || !FINAL.includes(error.code)) throw error
    await shorten(room, due, error.code)
  }
  return undefined
}

/** What is ordered for a week, under a key of the box and the week. */
async function bodyOf(
  room: Room,
  { boxId, week, campaignId, storeId, quantity }: weeks.DueWeek,
): Promise<Parameters<Orders['placeFor']>[1]> {
  const { items } = await campaignOf(room, campaignId)
  return {
    idempotencyKey: `box:${boxId}:${week}`,
    storeId,
    fulfilment: { kind: 'pickup' },
    lines: items.map(({ skuId }) => ({ skuId, quantity })),
    campaign: { campaignId },
  }
}

/** An ordinary order of the campaign: placed once, by whichever server. */
async function place(room: Room, due: weeks.DueWeek): Promise<string> {
  const { memberId, week } = due
  const { id } = await room.orders.placeFor({ memberId, by: SYSTEM, week }, await bodyOf(room, due))
  return id
}

/** The order of a server that placed it in time and was gone before it could say so; its member may have paid it. */
const placed = async (room: Room, due: weeks.DueWeek): Promise<string | undefined> =>
  (await room.orders.placedFor(due, await bodyOf(room, due)))?.id

const shorten = (room: Room, due: weeks.DueWeek, why: string): Promise<void> =>
  inTx(room.ctx.db, async (tx) => {
    if (await weeks.noteShort(tx, due, why))
      await sql.insertEvent(tx, { ...due, verb: 'short', words: why, by: SYSTEM, at: room.ctx.clock.now() })
  })

const VERBS = { PAID: 'pay', LAPSED: 'lapse', SKIPPED: 'skip' } as const

/** What became of an order: paid, it begins to count anew; unpaid twice in a row, the box is paused and its place is somebody else's. */
const settleOne = (room: Room, { boxId, week, outcome }: weeks.Settled): Promise<void> =>
  inTx(room.ctx.db, async (tx) => {
    const at = room.ctx.clock.now()
    const box = await sql.lockBox(tx, boxId)
    if (!box || !(await weeks.settleWeek(tx, { boxId, week }, outcome))) return
    await sql.insertEvent(tx, { boxId, week, verb: VERBS[outcome], by: SYSTEM, at })
    if (box.state !== 'RUNNING' || outcome === 'SKIPPED') return
    const lapses = outcome === 'PAID' ? 0 : box.lapses + 1
    if (lapses < LAPSES_AT_MOST) {
      await sql.moveBox(tx, box, { lapses }, at)
      return
    }
    await leavePlace(tx, await campaignOf(room, box.campaignId), box)
    await sql.moveBox(tx, box, { state: 'PAUSED', pausedBy: 'lapsed', lapses }, at)
    await sql.insertEvent(tx, { boxId, week, verb: 'lapsed_out', by: SYSTEM, at })
  })
