/** How long the result page asks the server before it hands over to the order page, in milliseconds. */
const ASK_EVERY_MS = [600, 900, 1200, 1500, 2000, 2000, 3000, 3000, 4000, 4000, 5000]

/** The pause before question `n` (from 0), or null when it is time to stop asking. */
export function pauseBefore(n: number): number | null {
  return ASK_EVERY_MS[n] ?? null
}
