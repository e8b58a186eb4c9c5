/** How often somebody may ask: so many at once, and so many a second after that. */
export interface Pace {
  burst: number
  perSecond: number
}
export interface Rates {
  /** Milliseconds to wait; 0: go ahead, and this one is counted. */
  take(key: string, ms: number): number
  readonly size: number
}

/**
 * A bucket for each key, in memory alone. Beyond `most` those that asked longest ago are forgotten, a tenth at a time; forgetting somebody only lets them
 * ask again.
 */
export function createRates({ burst, perSecond }: Pace, most = 50_000): Rates {
  // Of each key, the moment at which its bucket is full again. In the order in which they last asked.
  const fullAt = new Map<string, number>()
  const costMs = 1000 / perSecond
  function makeRoom(): void {
    for (const key of fullAt.keys()) {
      fullAt.delete(key)
      if (fullAt.size <= most * 0.9) return
    }
  }
  return {
    take(key, ms) {
      const full = Math.max(ms, fullAt.get(key) ?? ms)
      const wait = full + costMs - (ms + burst * costMs)
      if (wait > 0) return Math.ceil(wait)
      fullAt.delete(key)
      fullAt.set(key, full + costMs)
      if (fullAt.size > most) makeRoom()
      return 0
    },
    get size() {
      return fullAt.size
    },
  }
}
