/** An order that waits for goods, and how many pieces of them. */
export interface Waits {
  pieces: number
}

/**
 * Whom so many pieces are enough for: strictly in the order given, which is that of payment. The first that does not fit ends it: nobody who paid later
 * is served before somebody who paid earlier.
 */
export function serve<T extends Waits>(waiting: readonly T[], pieces: number): { served: T[]; short: T[] } {
  let left = pieces
  let n = 0
  for (const each of waiting) {
    if (each.pieces > left) break
    left -= each.pieces
    n++
  }
  return { served: waiting.slice(0, n), short: waiting.slice(n) }
}

export const piecesOf = (orders: readonly Waits[]): number =>
  orders.reduce((sum, { pieces }) => sum + pieces, 0)
