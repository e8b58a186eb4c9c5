import { secondsAfter } from '#kernel/clock'

// What becomes of a bargain, decided on its locked row. Pure.

export const BARGAIN_STATES = ['CUTTING', 'REACHED', 'ORDERED', 'EXPIRED'] as const
export type BargainState = (typeof BARGAIN_STATES)[number]
export type BargainVerb = 'reach' | 'order' | 'return' | 'expire'

/** The whole life of a bargain. What is ORDERED and paid for stays so. */
export const BARGAIN_MOVES: readonly { verb: BargainVerb; from: BargainState; to: BargainState }[] = [
  { verb: 'reach', from: 'CUTTING', to: 'REACHED' },
  { verb: 'expire', from: 'CUTTING', to: 'EXPIRED' },
  { verb: 'order', from: 'REACHED', to: 'ORDERED' },
  { verb: 'expire', from: 'REACHED', to: 'EXPIRED' },
  { verb: 'return', from: 'ORDERED', to: 'REACHED' },
  { verb: 'expire', from: 'ORDERED', to: 'EXPIRED' },
]
const moveTo = (from: BargainState, verb: BargainVerb): BargainState => {
  const to = BARGAIN_MOVES.find((move) => move.from === from && move.verb === verb)?.to
  if (!to) throw new Error(`a bargain that is ${from} cannot ${verb}`)
  return to
}

export interface Bargain {
  state: BargainState
  /** Friends who have helped. */
  helps: number
  /** Until when they may. */
  deadline: Date
  /** Until when the piece is set aside, once the price is reached. */
  heldUntil: Date | null
}
/** What a step makes of a bargain, and how many pieces it takes from those of the campaign that are free (or, below zero, gives back). */
export interface Step {
  bargain: Bargain
  pieces: -1 | 0 | 1
}
export type BargainRefusal = 'over' | 'sold_out' | 'not_reached'

/**
 * One more friend. The last one sets the piece aside: where none is free the friend is sent away and nothing has changed, so that nobody is told
 * 砍到了 and finds an empty shelf. Where none is free at all nobody is asked to help for nothing.
 */
export function helpOnce(
  bargain: Bargain,
  { at, free, helpers, holdMinutes }: { at: Date; free: number; helpers: number; holdMinutes: number },
): Step | BargainRefusal {
  if (bargain.state !== 'CUTTING' || at >= bargain.deadline) return 'over'
  if (free < 1) return 'sold_out'
  const helps = bargain.helps + 1
  if (helps < helpers) return { bargain: { ...bargain, helps }, pieces: 0 }
  const heldUntil = secondsAfter(at, holdMinutes * 60)
  return { bargain: { ...bargain, helps, state: moveTo('CUTTING', 'reach'), heldUntil }, pieces: 1 }
}

/** An order takes the piece that is set aside. */
export function orderOnce(bargain: Bargain, at: Date): Step | BargainRefusal {
  if (bargain.state === 'CUTTING') return 'not_reached'
  if (bargain.state !== 'REACHED' || !bargain.heldUntil || at >= bargain.heldUntil) return 'over'
  return { bargain: { ...bargain, state: moveTo('REACHED', 'order') }, pieces: 0 }
}

/** The order was closed unpaid: the piece is the bargain's again while its time (and the campaign) lasts, and anybody's after that. */
export function returnOnce(bargain: Bargain, at: Date, over = false): Step {
  const inTime = !over && bargain.heldUntil !== null && at < bargain.heldUntil
  const state = moveTo(bargain.state, inTime ? 'return' : 'expire')
  return { bargain: { ...bargain, state }, pieces: inTime ? 0 : -1 }
}

/** Time is over (or the campaign is); undefined: not yet, or nothing is left to end. */
export function expireOnce(bargain: Bargain, at: Date, over = false): Step | undefined {
  if (bargain.state === 'CUTTING' && (over || at >= bargain.deadline))
    return { bargain: { ...bargain, state: moveTo('CUTTING', 'expire') }, pieces: 0 }
  if (bargain.state === 'REACHED' && (over || (bargain.heldUntil && at >= bargain.heldUntil)))
    return { bargain: { ...bargain, state: moveTo('REACHED', 'expire') }, pieces: -1 }
  return undefined
}
