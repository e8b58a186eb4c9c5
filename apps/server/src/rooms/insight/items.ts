import { type Baskets, basketCount } from './baskets.ts'

/** Goods that are bought with another, the nearest first. */
export interface Neighbours {
  /** What neighbours of item `i` there are: `items[starts[i] … starts[i + 1]]`, with `scores` and in how many baskets they are `together`. */
  starts: Int32Array
  items: Int32Array
  scores: Float64Array
  together: Int32Array
}
export interface Nearness {
  /** How much it counts against goods that they are in every basket anyway: 0 not at all, 1 wholly; ½ is the cosine. */
  popularity: number
  /** How much less a pair says in a large basket: the power of its other goods that it is divided by. */
  crowd: number
  /** As many baskets without the pair are thought of besides those that were seen: what was seen twice is no rule. */
  shrink: number
  /** Of each item so many are kept, at most. */
  most: number
  /** Pairs in fewer baskets are chance. */
  fewest: number
}
export const NEARNESS: Nearness = { popularity: 0.5, crowd: 1, shrink: 5, most: 100, fewest: 2 }

/**
 * For every item what is bought with it (item-to-item collaborative filtering, Linden, Smith & York, IEEE Internet Computing 2003; cosine with a penalty of its own for
 * popularity, and shrunk, Deshpande & Karypis, ACM TOIS 2004). Equal scores: the item in more baskets first.
 */
export function findNeighbours(
  baskets: Baskets,
  { popularity, crowd, shrink, most, fewest }: Nearness = NEARNESS,
): Neighbours {
  const { items, counts } = baskets
  const all = counts.length
  const inBaskets = basketsOf(baskets)
  const heads = new Int32Array(all)
  const weights = new Float64Array(all)
  const weightOf = Float64Array.from(
    { length: basketCount(baskets) },
    (_, basket) =>
      Math.max(1, (baskets.starts[basket + 1] ?? 0) - (baskets.starts[basket] ?? 0) - 1) ** -crowd,
  )
  const starts = new Int32Array(all + 1)
  const kept: { item: number; score: number; together: number }[] = []
  const penalty = Float64Array.from(counts, (count) => count ** popularity)
  for (let item = 0; item < all; item++) {
    const met: number[] = []
    for (let n = inBaskets.starts[item] ?? 0; n < (inBaskets.starts[item + 1] ?? 0); n++) {
      const basket = inBaskets.items[n] ?? 0
      const weight = weightOf[basket] ?? 0
      for (let p = baskets.starts[basket] ?? 0; p < (baskets.starts[basket + 1] ?? 0); p++) {
        const other = items[p] ?? 0
        if (other === item) continue
        if (heads[other] === 0) met.push(other)
        heads[other] = (heads[other] ?? 0) + 1
        weights[other] = (weights[other] ?? 0) + weight
      }
    }
    const near = []
    for (const other of met) {
      const together = heads[other] ?? 0
      const weight = weights[other] ?? 0
      heads[other] = 0
      weights[other] = 0
      if (together < fewest) continue
      const score = weight / (Math.sqrt((counts[item] ?? 0) + shrink) * (penalty[other] ?? 1))
      near.push({ item: other, score, together })
    }
    near.sort((a, b) => b.score - a.score || b.item - a.item)
    kept.push(...near.slice(0, most))
    starts[item + 1] = kept.length
  }
  return {
    starts,
    items: Int32Array.from(kept, ({ item }) => item),
    scores: Float64Array.from(kept, ({ score }) => score),
    together: Int32Array.from(kept, ({ together }) => together),
  }
}

/** Which baskets have each item. */
function basketsOf(baskets: Baskets): Pick<Baskets, 'starts' | 'items'> {
  const starts = new Int32Array(baskets.counts.length + 1)
  for (let i = 0; i < baskets.counts.length; i++) starts[i + 1] = (starts[i] ?? 0) + (baskets.counts[i] ?? 0)
  const filled = starts.slice()
  const found = new Int32Array(baskets.items.length)
  for (let basket = 0; basket < basketCount(baskets); basket++)
    for (let p = baskets.starts[basket] ?? 0; p < (baskets.starts[basket + 1] ?? 0); p++) {
      const item = baskets.items[p] ?? 0
      found[filled[item] ?? 0] = basket
      filled[item] = (filled[item] ?? 0) + 1
    }
  return { starts, items: found }
}

export interface Suggestion {
  item: number
  score: number
  /** Of the goods given, the one that speaks for it most. */
  because: number
}
/**
 * What goes with these goods, the likeliest first, none of them itself: the sum of what each says. Equal scores, and what nothing speaks for: the item in more
 * baskets first, then code-point order of names, which is the order of numbers from the end.
 */
export function suggest(
  { starts, items, scores }: Neighbours,
  given: readonly number[],
  most: number,
): Suggestion[] {
  const sums = new Map<number, Suggestion & { best: number }>()
  for (const from of given)
    for (let p = starts[from] ?? 0; p < (starts[from + 1] ?? 0); p++) {
      const item = items[p] ?? 0
      const score = scores[p] ?? 0
      const sum = sums.get(item) ?? { item, score: 0, because: from, best: 0 }
      sum.score += score
      if (score > sum.best) Object.assign(sum, { best: score, because: from })
      sums.set(item, sum)
    }
  for (const from of given) sums.delete(from)
  return [...sums.values()]
    .sort((a, b) => b.score - a.score || b.item - a.item)
    .slice(0, most)
    .map(({ item, score, because }) => ({ item, score, because }))
}
