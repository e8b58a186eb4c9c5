import type { Baskets } from './baskets.ts'
import { type Neighbours, suggest } from './items.ts'

export interface HitRate {
  /** Pairs of a basket and one of its items, hidden. */
  pairs: number
  /** Those where the hidden item was among the first ten. */
  hits: number
  /** The same by how often goods are bought alone: what there is to beat. */
  popularHits: number
}
const FIRST = 10

/**
 * How often the one item that is hidden is among the first ten that the others suggest. Test baskets by names; items that training never saw are misses, and suggest
 * nothing. Where fewer than ten are suggested the most popular fill up.
 */
export function hitRate(
  trained: Baskets,
  neighbours: Neighbours,
  tests: readonly (readonly string[])[],
  sizes: { from: number; to: number },
): HitRate {
  const numbers = new Map(trained.names.map((name, item) => [name, item]))
  const rate: HitRate = { pairs: 0, hits: 0, popularHits: 0 }
  for (const basket of tests) {
    const names = [...new Set(basket)]
    if (names.length < sizes.from || names.length > sizes.to) continue
    const known = names.flatMap((name) => numbers.get(name) ?? [])
    rate.pairs += names.length
    for (const hidden of known) {
      const others = known.filter((item) => item !== hidden)
      const taken = new Set(others)
      const first = suggest(neighbours, others, FIRST).map(({ item }) => item)
      const popular: number[] = []
      for (let item = trained.names.length - 1; item >= 0 && popular.length < FIRST; item--)
        if (!taken.has(item)) popular.push(item)
      const filled = [...first, ...popular.filter((item) => !first.includes(item))].slice(0, FIRST)
      if (filled.includes(hidden)) rate.hits++
      if (popular.includes(hidden)) rate.popularHits++
    }
  }
  return rate
}
