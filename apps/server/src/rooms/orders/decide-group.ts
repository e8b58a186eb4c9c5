import assert from 'node:assert/strict'
import {
  arriveSeat,
  campaignKey,
  gatherSeat,
  giveBackSeat,
  type Group,
  type GroupEvent,
  groupMembers,
  groupMissing,
  joinFault,
  joinProblem,
  mostOf,
  openGroup,
  paySeat,
  regroup,
  releaseSeat,
  seatOf,
  takeSeat,
} from '#room/campaigns'
import { type Answer, type Place, refused } from './commands.ts'
import type { DeskOrder, Fold, Stamp } from './view.ts'

// The seat of an order in a group: taken when it is placed, the member's once it is paid, free again when it is closed, given back with its money
// (domain handbook §2.3). Only these functions move it, and a seat has no other way into a group than an order.

function groupOf(
  { view }: Fold,
  { id, campaignId }: Pick<DeskOrder, 'id' | 'campaignId'>,
): Group | undefined {
  if (campaignId === null) return undefined
  const groupId = view.claims.get(id)?.groupId
  if (!groupId) return undefined
  const group = view.groups.get(groupId)
  assert.ok(group, `group ${groupId} of order ${id} was not loaded`)
  return group
}

/** Does something with the seat of an order, and notes what became of seat and group. */
function move(
  { writes }: Fold,
  group: Group,
  orderId: string,
  { by, at }: Stamp,
  verb: GroupEvent['verb'] | null,
  change: () => void,
): void {
  const before = group.state
  change()
  const { groupId } = group
  writes.groups.set(groupId, group)
  const seat = group.seats.find((each) => each.orderId === orderId)
  if (seat) writes.seats.set(orderId, { ...seat, groupId, most: mostOf(group) })
  const paid = groupMembers(group).length
  if (verb) writes.groupEvents.push({ groupId, orderId, verb, paid, by, at })
  if (group.state !== before && group.why)
    writes.groupEvents.push({ groupId, orderId: null, verb: group.why, paid, by, at })
}

/** Why this order has no seat in the group it wants; undefined when it has, or wants none. */
export function groupGone({ view }: Fold, { campaign, memberId, at }: Place): Answer | undefined {
  const wish = campaign?.group
  if (!campaign || !wish || wish.opening) return undefined
  const group = view.groups.get(wish.groupId)
  if (!group || campaignKey(group) !== campaignKey(campaign)) return refused(groupMissing)
  const fault = joinFault(group, { memberId, at })
  return fault && refused(joinProblem(fault))
}

/** Opens the group, or sits down in it. Ask `groupGone` first. */
export function sitDown(fold: Fold, { campaign, orderId, memberId, by, at }: Place): void {
  const wish = campaign?.group
  if (!wish) return
  const { view, writes } = fold
  if (wish.opening) {
    view.groups.set(wish.groupId, openGroup(wish.opening, { memberId, at }))
    writes.groupEvents.push({ groupId: wish.groupId, orderId, verb: 'open', paid: 0, by, at })
  }
  const group = view.groups.get(wish.groupId)
  assert.ok(group)
  move(fold, group, orderId, { by, at }, 'take', () => takeSeat(group, { orderId, memberId, at }))
}

/**
 * The order is paid. True: it has a seat, and waits for the others. Whose group is over, made or not, may lead a new one; who does not gets the money
 * back, as everybody in a group that failed does.
 */
export function paidSeat(fold: Fold, order: DeskOrder, stamp: Stamp): boolean {
  const group = groupOf(fold, order)
  if (!group) return false
  const { at } = stamp
  let late = false
  move(fold, group, order.id, stamp, 'pay', () => {
    late = paySeat(group, order.id, at) === 'late'
  })
  const claim = fold.view.claims.get(order.id)
  const stock = claim && fold.view.campaignStock.get(campaignKey(claim))
  if (!late || !claim || !stock?.open) return true
  const lasts = group.expiresAt.getTime() - group.openedAt.getTime()
  const expiresAt = new Date(Math.min(at.getTime() + lasts, stock.until.getTime()))
  // Named after its order: an order is paid once.
  const made = regroup(group, order.id, { groupId: order.id, expiresAt, at })
  if (!made) return true
  fold.view.groups.set(made.groupId, made)
  claim.groupId = made.groupId
  move(fold, made, order.id, stamp, 'open', () => undefined)
  return true
}

/** Closed unpaid: somebody else may sit there. */
export function freeSeat(fold: Fold, order: DeskOrder, stamp: Stamp): void {
  const group = groupOf(fold, order)
  if (group) move(fold, group, order.id, stamp, 'release', () => releaseSeat(group, order.id, stamp.at))
}

/** The order is over and its money goes back, before its group was full or after. */
export function giveUpSeat(fold: Fold, order: DeskOrder, stamp: Stamp): void {
  const group = groupOf(fold, order)
  if (group) move(fold, group, order.id, stamp, 'give_back', () => giveBackSeat(group, order.id, stamp.at))
}

/** All of its money is back. */
export function seatBack(fold: Fold, order: DeskOrder, stamp: Stamp): void {
  const group = order.refundState === 'FULL' ? groupOf(fold, order) : undefined
  if (group && seatOf(group, order.id).state === 'REFUNDING')
    move(fold, group, order.id, stamp, null, () => arriveSeat(group, order.id))
}

/** Has its group enough people? Then it is not given up any more. */
export const isGathered = (fold: Fold, order: DeskOrder): boolean => groupOf(fold, order)?.state === 'SUCCESS'

/** Its group is made, and the goods of this seat are theirs. The group, for what it came to. */
export function gatherOne(fold: Fold, order: DeskOrder, stamp: Stamp): Group {
  const group = groupOf(fold, order)
  assert.ok(group?.state === 'SUCCESS', `the group of order ${order.no} is not full`)
  move(fold, group, order.id, stamp, null, () => gatherSeat(group, order.id))
  return group
}
