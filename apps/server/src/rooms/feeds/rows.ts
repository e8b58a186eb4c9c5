import type { Fault } from './faults.ts'

/** How a source says things. */
export interface Manner {
  priceUnit: 'fen' | 'yuan'
}
/** Turns its units into our pieces. */
export interface Pack {
  times: number
  per: number
}
export type Read<T> = { value: T } | { fault: Fault }

const THOUSAND = 1000
const ALMOST = 1e-6
const MOST_PIECES = 100_000_000

/**
 * Pieces of ours in a quantity of theirs, which has three decimals at most; a piece that is not whole is not sold. A case of twelve is `12/1`, a
 * kilogram of pieces of 380 g `1000/380`.
 */
export function piecesOf(quantity: number, { times, per }: Pack): Read<number> {
  const milli = Math.round(quantity * THOUSAND)
  if (!Number.isFinite(quantity) || Math.abs(quantity * THOUSAND - milli) > ALMOST)
    return { fault: { code: 'quantity_invalid', said: String(quantity) } }
  const pieces = Math.floor((milli * times) / (THOUSAND * per))
  return Math.abs(pieces) <= MOST_PIECES
    ? { value: pieces }
    : { fault: { code: 'quantity_invalid', said: String(quantity) } }
}

const MOST_FEN = 10_000_000

/** A price of theirs in fen. Yuan have two decimals at most; a float that is none of them is refused, not rounded. */
export function fenOf(price: number, { priceUnit }: Manner): Read<number> {
  const fen = priceUnit === 'yuan' ? Math.round(price * 100) : price
  const exact = priceUnit === 'yuan' ? Math.abs(price * 100 - fen) < ALMOST : Number.isInteger(price)
  return exact && fen >= 1 && fen <= MOST_FEN
    ? { value: fen }
    : { fault: { code: 'price_invalid', said: String(price) } }
}

/** How far ahead of ours another clock may be. */
const AHEAD_MS = 300_000

/** The instant of a word; refuses what is no instant, or has not been yet. */
export function instantOf(text: string, now: Date): Read<Date> {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) return { fault: { code: 'at_invalid', said: text } }
  return at.getTime() - now.getTime() > AHEAD_MS ? { fault: { code: 'at_ahead', said: text } } : { value: at }
}
