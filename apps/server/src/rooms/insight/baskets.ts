/**
 * Baskets in two flat arrays: what basket `b` holds is `items[starts[b] … starts[b + 1]]`, each item once, ascending. Items are numbered by how many
 * baskets have them, the rarest first; `counts[i]` says how many.
 */
export interface Baskets {
  names: readonly string[]
  counts: Int32Array
  starts: Int32Array
  items: Int32Array
}
export const basketCount = ({ starts }: Pick<Baskets, 'starts'>): number => starts.length - 1

/** Code-point order, which does not change with anybody's locale. */
const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Numbers the items of baskets; a basket is a set. Items in fewer than `fewest` baskets are left out; baskets stay, though nothing be left in them. */
export function packBaskets(baskets: Iterable<readonly string[]>, fewest = 1): Baskets {
  const ids = new Map<string, number>()
  const seen: number[] = []
  const starts = [0]
  const found: number[] = []
  for (const basket of baskets) {
    for (const name of new Set(basket)) {
      const id = ids.get(name) ?? ids.size
      if (id === ids.size) ids.set(name, id)
      seen[id] = (seen[id] ?? 0) + 1
      found.push(id)
    }
    starts.push(found.length)
  }
  const all = [...ids.keys()]
  const kept = all
    .map((name, id) => ({ name, id, count: seen[id] ?? 0 }))
    .filter(({ count }) => count >= fewest)
    .sort((a, b) => a.count - b.count || byName(b.name, a.name))
  const rank = new Int32Array(all.length).fill(-1)
  for (const [i, { id }] of kept.entries()) rank[id] = i
  const packed = new Int32Array(kept.reduce((sum, { count }) => sum + count, 0))
  const bounds = new Int32Array(starts.length)
  let end = 0
  for (let b = 0; b + 1 < starts.length; b++) {
    const begin = end
    for (let at = starts[b] ?? 0; at < (starts[b + 1] ?? 0); at++) {
      const item = rank[found[at] ?? 0] ?? -1
      if (item >= 0) packed[end++] = item
    }
    packed.subarray(begin, end).sort()
    bounds[b + 1] = end
  }
  return {
    names: kept.map(({ name }) => name),
    counts: Int32Array.from(kept, ({ count }) => count),
    starts: bounds,
    items: packed,
  }
}
