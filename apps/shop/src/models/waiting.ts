/** How long the result page asks the server before it hands over to the order page, in milliseconds. */
const ASK_EVERY_MS = [600, 900, 1200, 1500, 2000, 2000, 3000, 3000, 4000, 4000, 5000]

/** How often a payment is asked for that nothing is known of; the last holds from then on. */
const ASK_IN_THE_DARK_MS = [500, 2000, 3000, 5000, 8000, 13_000, 20_000]
const DARKEST_MS = 30_000

/** The pause before question `n` (from 0) while nobody answers: longer and longer, and without an end. */
export const darkPauseBefore = (n: number): number => ASK_IN_THE_DARK_MS[n] ?? DARKEST_MS

/** How often an order that waits for its shopper is looked at: it is packed, refunded or handed over meanwhile. */
export const WAITING_ORDER_MS = 12_000

/** The pause before question `n` (from 0), or null when it is time to stop asking. */
export function pauseBefore(n: number): number | null {
  return ASK_EVERY_MS[n] ?? null
}
