import { type Baskets, basketCount } from './baskets.ts'

/** Who has all of `whenBought` also has `alsoBought`; items by their numbers, ascending. */
export interface Rule {
  whenBought: readonly number[]
  alsoBought: number
  /** Baskets with all of them; with what comes first; with what follows. */
  together: number
  when: number
  also: number
}
export interface Thresholds {
  /** Share of all baskets that have all of a rule, at least. */
  support: number
  /** Share of the baskets with what comes first that have what follows too, at least. */
  confidence: number
}
/** So many sets of goods that are bought together say nothing to anybody: the support is too low. */
export class TooManySets extends Error {
  override readonly name = 'TooManySets'
}
const MOST_SETS = 2_000_000

export const supportOf = ({ together }: Rule, baskets: number): number => together / baskets
export const confidenceOf = ({ together, when }: Pick<Rule, 'together' | 'when'>): number => together / when
/** How many times as often as in any basket what follows is in those with what comes first. */
export const liftOf = (rule: Rule, baskets: number): number => (confidenceOf(rule) * baskets) / rule.also

/** The smallest whole number of baskets whose share is at least `support`, without rounding; 1 at least. */
export function fewestOf(support: number, baskets: number): number {
  let fewest = Math.max(1, Math.floor(support * baskets) - 1)
  while (fewest / baskets < support) fewest++
  return fewest
}

interface Occurrences {
  /** Baskets, and where in `items` each goes on behind the last item of the set. */
  at: Int32Array
  until: Int32Array
}

/**
 * Every set of items that so many baskets have, with how many do, each once: depth first, from rare to frequent, each time looking only at the baskets that
 * have the set so far (occurrence deliver, Uno, Kiyomi & Arimura, LCM, FIMI 2003). Throws `TooManySets`.
 */
export function* frequentSets(
  baskets: Baskets,
  fewest: number,
): Generator<{ set: readonly number[]; count: number }> {
  const { items, starts, counts } = baskets
  const heads = new Int32Array(counts.length)
  let sets = 0
  function* grow(
    set: readonly number[],
    { at, until }: Occurrences,
  ): Generator<{ set: readonly number[]; count: number }> {
    const met: number[] = []
    for (let i = 0; i < at.length; i++)
      for (let p = at[i] ?? 0, end = until[i] ?? 0; p < end; p++) {
        const item = items[p] ?? 0
        if (heads[item] === 0) met.push(item)
        heads[item] = (heads[item] ?? 0) + 1
      }
    const frequent: number[] = []
    for (const item of met) {
      if ((heads[item] ?? 0) >= fewest) frequent.push(item)
    }
    frequent.sort((a, b) => a - b)
    const found = frequent.map((item) => ({
      item,
      count: heads[item] ?? 0,
      filled: 0,
      at: new Int32Array(heads[item] ?? 0),
      until: new Int32Array(heads[item] ?? 0),
    }))
    for (const item of met) heads[item] = 0
    for (const [n, { item }] of found.entries()) heads[item] = n + 1
    if (found.length > 0)
      for (let i = 0; i < at.length; i++)
        for (let p = at[i] ?? 0, end = until[i] ?? 0; p < end; p++) {
          const to = found[(heads[items[p] ?? 0] ?? 0) - 1]
          if (!to) continue
          to.at[to.filled] = p + 1
          to.until[to.filled++] = end
        }
    for (const { item } of found) heads[item] = 0
    for (const { item, count, ...occurrences } of found) {
      if (++sets > MOST_SETS)
        throw new TooManySets(`more than ${MOST_SETS} sets are in ${fewest} baskets or more`)
      const longer = [...set, item]
      yield { set: longer, count }
      yield* grow(longer, occurrences)
    }
  }
  yield* grow([], { at: starts.subarray(0, -1), until: starts.subarray(1) })
}

/**
 * Every rule with one item that follows, whose support and confidence are at least those asked for, both inclusive and without rounding; in no particular
 * order. Throws `TooManySets`.
 */
export function mineRules(baskets: Baskets, { support, confidence }: Thresholds): Rule[] {
  const all = basketCount(baskets)
  const counts = new Map<string, number>()
  const rules: Rule[] = []
  const larger: { set: readonly number[]; count: number }[] = []
  for (const found of frequentSets(baskets, fewestOf(support, all))) {
    counts.set(found.set.join(), found.count)
    if (found.set.length > 1) larger.push(found)
  }
  for (const { set, count } of larger)
    for (const alsoBought of set) {
      const whenBought = set.filter((item) => item !== alsoBought)
      const when = counts.get(whenBought.join()) ?? 0
      const rule = { whenBought, alsoBought, together: count, when, also: baskets.counts[alsoBought] ?? 0 }
      if (confidenceOf(rule) >= confidence) rules.push(rule)
    }
  return rules
}
