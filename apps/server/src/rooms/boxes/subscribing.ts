import { type MemberActor, signature } from '#kernel/actor'
import { inTx, type Tx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import {
  boxesEach,
  boxOf,
  type BoxPlan,
  campaignMissing,
  campaignNotNow,
  type CampaignRow,
  firstWeek,
  perWeekOf,
  weeksOf,
} from '#room/campaigns'
import * as sql from './boxes.sql.ts'
import { boxEnded, boxesFull, boxMissing, noBox, tooMany } from './problems.ts'
import type { Room } from './room.ts'

/** A campaign of boxes, with its terms; refuses what is of another kind. */
export const planOf = (campaign: CampaignRow): CampaignRow & BoxPlan => boxOf(campaign) ?? refuse(noBox)
export const campaignOf = async ({ campaigns }: Room, campaignId: string): Promise<CampaignRow & BoxPlan> =>
  planOf((await campaigns.find(campaignId)) ?? refuse(campaignMissing, { campaignId }))

interface Wanted {
  campaignId: string
  storeId: string
  quantity: number
}

function requireFew(plan: BoxPlan, quantity: number): void {
  const most = boxesEach(plan)
  if (quantity > most) refuse(tooMany, { most })
}
/** The first week that is left to subscribe for. */
const weekFrom = (plan: BoxPlan, at: Date): string =>
  firstWeek(weeksOf(plan), at)?.week ?? refuse(campaignNotNow, { endsAt: plan.endsAt })

/** Takes places in a store (gives back what is below zero), or refuses: so many are packed every week, and no more. */
async function take(
  tx: Tx,
  plan: CampaignRow & BoxPlan,
  { storeId, boxes }: { storeId: string; boxes: number },
): Promise<void> {
  if (boxes === 0) return
  const perWeek = perWeekOf(plan, storeId)
  if (!(await sql.takePlaces(tx, { campaignId: plan.id, storeId, perWeek, boxes })))
    refuse(boxesFull, { perWeek })
}
/** The place of a box goes to somebody else. */
export const leavePlace = (tx: Tx, plan: CampaignRow & BoxPlan, box: sql.BoxRow): Promise<void> =>
  box.state === 'RUNNING' ? take(tx, plan, { storeId: box.storeId, boxes: -box.quantity }) : Promise.resolve()

/** Subscribes, or finds the box that the member has in this campaign; answers its id. */
export async function start(
  room: Room,
  actor: MemberActor,
  { campaignId, storeId, quantity }: Wanted,
): Promise<string> {
  const { ctx, campaigns } = room
  const { memberId } = actor
  const plan = planOf(await campaigns.enter(memberId, { campaignId, storeId }))
  requireFew(plan, quantity)
  const at = ctx.clock.now()
  const fromWeek = weekFrom(plan, at)
  return inTx(ctx.db, async (tx) => {
    const known = await sql.findOpen(tx, { campaignId, memberId })
    if (known) return known.id
    await campaigns.holdRunning(tx, campaignId)
    const id = newId()
    const row = { id, campaignId, memberId, storeId, quantity, fromWeek, startedAt: at }
    if (!(await sql.insertBox(tx, row)))
      return (await sql.findOpen(tx, { campaignId, memberId }))?.id ?? refuse(boxMissing)
    await take(tx, plan, { storeId, boxes: quantity })
    await sql.insertEvent(tx, { boxId: id, week: null, verb: 'start', by: signature(actor), at })
    return id
  })
}

/** A box of this member, locked. Somebody else's does not exist. */
export async function lockMine(tx: Tx, { memberId }: MemberActor, boxId: string): Promise<sql.BoxRow> {
  const box = await sql.lockBox(tx, boxId)
  return box?.memberId === memberId ? box : refuse(boxMissing)
}
export async function findMine({ ctx }: Room, { memberId }: MemberActor, boxId: string): Promise<sql.BoxRow> {
  const box = await sql.findBox(ctx.db, boxId)
  return box?.memberId === memberId ? box : refuse(boxMissing)
}

type Change = Partial<sql.BoxAfter> | undefined
/** What a member does to a box that is not over; undefined: it is so already. */
async function act(
  room: Room,
  actor: MemberActor,
  boxId: string,
  verb: sql.BoxVerb,
  decide: (tx: Tx, box: sql.BoxRow, plan: CampaignRow & BoxPlan, at: Date) => Promise<Change>,
): Promise<void> {
  const { ctx } = room
  const at = ctx.clock.now()
  const { campaignId } = await findMine(room, actor, boxId)
  const plan = await campaignOf(room, campaignId)
  await inTx(ctx.db, async (tx) => {
    const box = await lockMine(tx, actor, boxId)
    if (box.state === 'ENDED' && verb !== 'end') refuse(boxEnded)
    const change = box.state === 'ENDED' ? undefined : await decide(tx, box, plan, at)
    if (!change) return
    if (!(await sql.moveBox(tx, box, change, at))) throw new Error(`box ${boxId} changed under its lock`)
    const words =
      verb === 'store' ? (change.storeId ?? '') : verb === 'quantity' ? String(change.quantity) : ''
    await sql.insertEvent(tx, { boxId, week: null, verb, words, by: signature(actor), at })
  })
}

export const pause = (room: Room, actor: MemberActor, boxId: string): Promise<void> =>
  act(room, actor, boxId, 'pause', async (tx, box, plan) => {
    if (box.state === 'PAUSED') return undefined
    await leavePlace(tx, plan, box)
    return { state: 'PAUSED', pausedBy: 'member' }
  })

export async function resume(room: Room, actor: MemberActor, boxId: string): Promise<void> {
  const { campaignId, storeId, state } = await findMine(room, actor, boxId)
  if (state === 'PAUSED') await room.campaigns.enter(actor.memberId, { campaignId, storeId })
  await act(room, actor, boxId, 'resume', async (tx, box, plan, at) => {
    if (box.state === 'RUNNING') return undefined
    await room.campaigns.holdRunning(tx, campaignId)
    await take(tx, plan, { storeId: box.storeId, boxes: box.quantity })
    return { state: 'RUNNING', pausedBy: null, lapses: 0, fromWeek: weekFrom(plan, at) }
  })
}

export async function changeStore(
  room: Room,
  actor: MemberActor,
  boxId: string,
  storeId: string,
): Promise<void> {
  const { campaignId, state } = await findMine(room, actor, boxId)
  if (state !== 'ENDED') await room.campaigns.enter(actor.memberId, { campaignId, storeId })
  await act(room, actor, boxId, 'store', async (tx, box, plan) => {
    if (box.storeId === storeId) return undefined
    if (box.state === 'RUNNING') {
      // One order for everybody: two who change places with each other do not wait for one another.
      const moves = [
        { storeId: box.storeId, boxes: -box.quantity },
        { storeId, boxes: box.quantity },
      ].sort((a, b) => (a.storeId < b.storeId ? -1 : 1))
      for (const move of moves) await take(tx, plan, move)
    }
    return { storeId }
  })
}

export const changeQuantity = (
  room: Room,
  actor: MemberActor,
  boxId: string,
  quantity: number,
): Promise<void> =>
  act(room, actor, boxId, 'quantity', async (tx, box, plan) => {
    if (box.quantity === quantity) return undefined
    requireFew(plan, quantity)
    if (box.state === 'RUNNING')
      await take(tx, plan, { storeId: box.storeId, boxes: quantity - box.quantity })
    return { quantity }
  })

export const end = (room: Room, actor: MemberActor, boxId: string): Promise<void> =>
  act(room, actor, boxId, 'end', async (tx, box, plan) => {
    await leavePlace(tx, plan, box)
    return { state: 'ENDED', pausedBy: null }
  })
