/** OPEN gathers people; SUCCESS has enough of them, all paid; FAILED gives everybody their money back. */
export const GROUP_STATES = ['OPEN', 'SUCCESS', 'FAILED'] as const
/**
 * SEATED: ordered and not paid. PAID: waits for the others. SUCCESS: the goods are theirs. REFUNDING, REFUNDED: on its way back, back. RELEASED: never
 * paid, somebody else may sit there. LATE: paid when the group was over, and not counted.
 */
export const SEAT_STATES = ['SEATED', 'PAID', 'SUCCESS', 'REFUNDING', 'REFUNDED', 'RELEASED', 'LATE'] as const
export type GroupState = (typeof GROUP_STATES)[number]
export type SeatState = (typeof SEAT_STATES)[number]

export const GROUP_MOVES = [
  { verb: 'open', from: null, to: 'OPEN' },
  { verb: 'gather', from: 'OPEN', to: 'SUCCESS' },
  { verb: 'expire', from: 'OPEN', to: 'FAILED' },
  { verb: 'empty', from: 'OPEN', to: 'FAILED' },
  { verb: 'stop', from: 'OPEN', to: 'FAILED' },
] as const satisfies readonly { verb: string; from: GroupState | null; to: GroupState }[]

export const SEAT_MOVES = [
  { verb: 'take', from: null, to: 'SEATED' },
  { verb: 'pay', from: 'SEATED', to: 'PAID' },
  { verb: 'pay_late', from: 'SEATED', to: 'LATE' },
  { verb: 'regroup', from: 'LATE', to: 'PAID' },
  { verb: 'give_back', from: 'LATE', to: 'REFUNDING' },
  { verb: 'release', from: 'SEATED', to: 'RELEASED' },
  { verb: 'gather', from: 'PAID', to: 'SUCCESS' },
  { verb: 'give_back', from: 'PAID', to: 'REFUNDING' },
  // Somebody who had it gives it back: the group stays what it is, and does not count them any more.
  { verb: 'give_back', from: 'SUCCESS', to: 'REFUNDING' },
  { verb: 'arrive', from: 'REFUNDING', to: 'REFUNDED' },
] as const satisfies readonly { verb: string; from: SeatState | null; to: SeatState }[]

export type GroupVerb = (typeof GROUP_MOVES)[number]['verb']
export type SeatVerb = (typeof SEAT_MOVES)[number]['verb']
/** Of a group that is over they still wait for their end. */
export const WAITS: readonly SeatState[] = ['SEATED', 'PAID', 'LATE']
/** Nobody else can sit there. */
export const TAKEN: readonly SeatState[] = ['SEATED', 'PAID', 'SUCCESS']

export const groupMove = (from: GroupState | null, verb: GroupVerb): GroupState | undefined =>
  GROUP_MOVES.find((move) => move.verb === verb && move.from === from)?.to
export const seatMove = (from: SeatState | null, verb: SeatVerb): SeatState | undefined =>
  SEAT_MOVES.find((move) => move.verb === verb && move.from === from)?.to
