/** Upper bounds in milliseconds; the last class has none. */
export const BOUNDS_MS = [1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300, 500, 1000] as const
export const CLASSES = BOUNDS_MS.length + 1

/** The class that an answer of this length falls in. */
export function classOf(ms: number): number {
  const found = BOUNDS_MS.findIndex((bound) => ms <= bound)
  return found < 0 ? BOUNDS_MS.length : found
}
export const noneYet = (): number[] => Array.from({ length: CLASSES }, () => 0)
/** Counts of several processes, or minutes, as one: what percentiles do not allow. */
export const added = (counts: readonly (readonly number[])[]): number[] =>
  noneYet().map((_, i) => counts.reduce((sum, each) => sum + (each[i] ?? 0), 0))

/** The bound of the class that the percentile lies in: no answer of that share took longer. Null: there were none, or it lies beyond the last bound. */
export function percentile(counts: readonly number[], share: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  let seen = 0
  const at = counts.findIndex((count) => (seen += count) >= total * share)
  return BOUNDS_MS[at] ?? null
}
