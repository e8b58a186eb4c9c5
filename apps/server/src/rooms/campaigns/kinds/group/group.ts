import assert from 'node:assert/strict'
import {
  type GroupState,
  groupMove,
  type GroupVerb,
  type SeatState,
  seatMove,
  type SeatVerb,
  TAKEN,
} from './states.ts'

// A group as its locked row says it, decided without I/O (domain handbook §2.3). A seat is made of an order and of nothing else: there is no other way in.

/** So many who paid, and what one piece then costs. */
export interface Rung {
  size: number
  priceFen: number
}
export type LatePayer = 'refund' | 'new_group'

export interface Seat {
  orderId: string
  memberId: string
  /** From 1; the table refuses one beyond the group's size, and two of one number. */
  no: number
  state: SeatState
  takenAt: Date
  paidAt: Date | null
}
export interface Group {
  groupId: string
  campaignId: string
  storeId: string
  skuId: string
  /** By size; the first makes the group, the last fills it. More than one: a ladder. */
  rungs: readonly Rung[]
  latePayer: LatePayer
  /** Minutes without newcomers before the end. */
  quietMinutes: number
  state: GroupState
  /** Whose group it is: who opened it, or the earliest who paid after them; null while nobody has paid. */
  leaderId: string | null
  openedAt: Date
  expiresAt: Date
  endedAt: Date | null
  why: Exclude<GroupVerb, 'open'> | null
  /** What one piece costs in the end; null while it is open, and of one that failed. */
  priceFen: number | null
  seats: Seat[]
}

export const taken = ({ seats }: Pick<Group, 'seats'>): Seat[] =>
  seats.filter(({ state }) => TAKEN.includes(state))
/** Those who really are in it: paid, and not on their way out. */
export const members = ({ seats }: Pick<Group, 'seats'>): Seat[] =>
  seats.filter(({ state }) => state === 'PAID' || state === 'SUCCESS')
const rungAt = (rungs: readonly Rung[], at: number): Rung => {
  const rung = rungs.at(at)
  assert.ok(rung, 'a group has a size')
  return rung
}
export const sizeOf = ({ rungs }: Pick<Group, 'rungs'>): number => rungAt(rungs, 0).size
export const mostOf = ({ rungs }: Pick<Group, 'rungs'>): number => rungAt(rungs, -1).size
/** The rung that so many people reach; undefined: none. */
export const reached = ({ rungs }: Pick<Group, 'rungs'>, people: number): Rung | undefined =>
  rungs.findLast(({ size }) => size <= people)
/** What goes back of each piece once the group has come to its price: everybody paid that of the first rung. 0: nothing. */
export const differenceOf = ({ rungs, priceFen }: Pick<Group, 'rungs' | 'priceFen'>): number =>
  priceFen === null ? 0 : rungAt(rungs, 0).priceFen - priceFen

const MINUTE = 60_000
/** From then on nobody joins: whoever did could not be sure to pay in time. */
export const joinsUntil = ({ expiresAt, quietMinutes }: Pick<Group, 'expiresAt' | 'quietMinutes'>): Date =>
  new Date(expiresAt.getTime() - quietMinutes * MINUTE)

function move(group: Group, verb: GroupVerb, at: Date): void {
  const to = groupMove(group.state, verb)
  assert.ok(to && verb !== 'open', `a group that is ${group.state} cannot ${verb}`)
  group.state = to
  group.endedAt = at
  group.why = verb
}
function moveSeat(seat: Seat, verb: SeatVerb): void {
  const to = seatMove(seat.state, verb)
  assert.ok(to, `a seat that is ${seat.state} cannot ${verb}`)
  seat.state = to
}
export function seatOf(group: Group, orderId: string): Seat {
  const seat = group.seats.find((each) => each.orderId === orderId)
  assert.ok(seat, `order ${orderId} has no seat in group ${group.groupId}`)
  return seat
}

export type JoinFault = 'over' | 'too_late' | 'waits' | 'member_already' | 'full'
/** Why this member cannot join now; undefined when they can. A group that nobody has paid for yet is nobody's to join. */
export function joinFault(
  group: Group,
  { memberId, at }: { memberId: string; at: Date },
): JoinFault | undefined {
  if (group.state !== 'OPEN') return 'over'
  if (taken(group).some((seat) => seat.memberId === memberId)) return 'member_already'
  if (at >= joinsUntil(group)) return 'too_late'
  if (members(group).length === 0) return 'waits'
  return taken(group).length >= mostOf(group) ? 'full' : undefined
}

/** Sits down with an order. Ask `joinFault` first, unless it opens the group. */
export function takeSeat(
  group: Group,
  { orderId, memberId, at }: { orderId: string; memberId: string; at: Date },
): Seat {
  const occupied = new Set(taken(group).map(({ no }) => no))
  let no = 1
  while (occupied.has(no)) no += 1
  const state = seatMove(null, 'take')
  assert.ok(state && no <= mostOf(group), `group ${group.groupId} is full`)
  const seat: Seat = { orderId, memberId, no, state, takenAt: at, paidAt: null }
  group.seats.push(seat)
  return seat
}

const earliest = (seats: readonly Seat[]): Seat | undefined =>
  seats.reduce<Seat | undefined>((first, seat) => {
    const [a, b] = [seat.paidAt?.getTime() ?? Infinity, first?.paidAt?.getTime() ?? Infinity]
    return !first || a < b || (a === b && seat.no < first.no) ? seat : first
  }, undefined)

function gather(group: Group, at: Date): void {
  const rung = reached(group, members(group).length)
  assert.ok(rung, `group ${group.groupId} has too few`)
  group.priceFen = rung.priceFen
  move(group, 'gather', at)
}

/**
 * The order of a seat is paid. `late`: the group ended meanwhile, made or not, and does not count this seat. Somebody who leads nobody leads from now
 * on; the last one fills it.
 */
export function paySeat(group: Group, orderId: string, at: Date): 'waits' | 'gathered' | 'late' {
  const seat = seatOf(group, orderId)
  const late = group.state !== 'OPEN'
  moveSeat(seat, late ? 'pay_late' : 'pay')
  seat.paidAt = at
  if (late) return 'late'
  group.leaderId ??= seat.memberId
  if (members(group).length < mostOf(group)) return 'waits'
  gather(group, at)
  return 'gathered'
}

/** Somebody is out: leadership goes to the earliest who paid, and a group with nobody in it is over. */
function leave(group: Group, { memberId }: Seat, at: Date): void {
  if (group.state !== 'OPEN') return
  if (group.leaderId === memberId) group.leaderId = earliest(members(group))?.memberId ?? null
  if (taken(group).length === 0) move(group, 'empty', at)
}

/** Closed unpaid: the seat is free again. */
export function releaseSeat(group: Group, orderId: string, at: Date): void {
  const seat = seatOf(group, orderId)
  moveSeat(seat, 'release')
  leave(group, seat, at)
}

/** Its money goes back as a whole, before the group was full, because it failed, or after. */
export function giveBackSeat(group: Group, orderId: string, at: Date): void {
  const seat = seatOf(group, orderId)
  moveSeat(seat, 'give_back')
  leave(group, seat, at)
}
/** Its money is back. */
export const arriveSeat = (group: Group, orderId: string): void => moveSeat(seatOf(group, orderId), 'arrive')
/** The goods are theirs. */
export function gatherSeat(group: Group, orderId: string): void {
  assert.equal(group.state, 'SUCCESS', `group ${group.groupId} is ${group.state}`)
  moveSeat(seatOf(group, orderId), 'gather')
}

/** Its time is over, or its campaign was stopped: who is enough by now has made it, of a ladder on the rung they reached. */
export function endGroup(group: Group, why: 'expire' | 'stop', at: Date): void {
  if (why === 'expire' && members(group).length >= sizeOf(group)) gather(group, at)
  else move(group, why, at)
}

/** What its row is when somebody opens it; it begins with their seat. */
export type Opening = Pick<
  Group,
  'groupId' | 'campaignId' | 'storeId' | 'skuId' | 'rungs' | 'latePayer' | 'quietMinutes' | 'expiresAt'
>
/** What an order says of groups: which it joins, or opens. */
export interface GroupWish {
  groupId: string
  /** Null: it joins. */
  opening: Opening | null
}
export function openGroup(opening: Opening, { memberId, at }: { memberId: string; at: Date }): Group {
  const state = groupMove(null, 'open')
  assert.ok(state)
  return {
    ...opening,
    state,
    leaderId: memberId,
    openedAt: at,
    endedAt: null,
    why: null,
    priceFen: null,
    seats: [],
  }
}

/** A group that ended was paid for too late. With time left on the campaign the payer may lead a new one; undefined: their money goes back. */
export function regroup(
  group: Group,
  orderId: string,
  { groupId, expiresAt, at }: { groupId: string; expiresAt: Date; at: Date },
): Group | undefined {
  const opening = { ...group, groupId, expiresAt }
  if (group.latePayer !== 'new_group' || group.why === 'stop' || at >= joinsUntil(opening)) return undefined
  const seat = seatOf(group, orderId)
  group.seats.splice(group.seats.indexOf(seat), 1)
  const made = openGroup(opening, { memberId: seat.memberId, at })
  moveSeat(seat, 'regroup')
  made.seats.push({ ...seat, no: 1 })
  return made
}
