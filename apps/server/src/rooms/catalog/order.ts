/** How products stand in a list. Each order is a key of numbers, smallest first; the id settles ties, so that a cursor always knows its place. */
export type Sort = 'recommended' | 'price_up' | 'price_down' | 'newest'

export interface Sortable {
  id: string
  unitFen: number
  rank: number
  createdAt: Date
  available: number
  /** How well it fits the query; 0 where nothing was searched for. */
  score: number
}
/** A place in an order. */
export interface Place {
  key: readonly number[]
  id: string
}
export interface Placed<T> extends Place {
  item: T
}

const KEYS: Readonly<Record<Sort, (item: Sortable, soldOut: number) => number[]>> = {
  recommended: ({ score, rank }, soldOut) => [-score, soldOut, -rank],
  price_up: ({ unitFen }, soldOut) => [soldOut, unitFen],
  price_down: ({ unitFen }, soldOut) => [soldOut, -unitFen],
  newest: ({ createdAt }, soldOut) => [soldOut, -createdAt.getTime()],
}

/** What is sold out stands last; in a search only among what fits equally well. */
export const keyOf = (sort: Sort, item: Sortable): number[] => KEYS[sort](item, item.available > 0 ? 0 : 1)

export function compare(a: Place, b: Place): number {
  // Thousands of times for a word that fits much: no iterator here.
  for (let i = 0; i < a.key.length; i++) {
    const difference = (a.key[i] ?? 0) - (b.key[i] ?? 0)
    if (difference !== 0) return difference
  }
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

const SORTS: readonly Sort[] = ['recommended', 'price_up', 'price_down', 'newest']
const KEY_LENGTH: Readonly<Record<Sort, number>> = { recommended: 3, price_up: 2, price_down: 2, newest: 2 }

/** A cursor is the place of the last item shown: the next page begins after it, whatever came or went meanwhile. */
export const cursorOf = (sort: Sort, { key, id }: Place): string =>
  Buffer.from(JSON.stringify([SORTS.indexOf(sort), ...key, id])).toString('base64url')

/** The place a cursor speaks of, or null when it is not one of ours for this order. */
export function placeOf(sort: Sort, cursor: string): Place | null {
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return null
  }
  if (!Array.isArray(parts) || parts.length !== KEY_LENGTH[sort] + 2) return null
  const [code, ...rest]: unknown[] = parts
  const id = rest.pop()
  const key = rest.filter((value) => typeof value === 'number' && Number.isFinite(value)) as number[]
  if (code !== SORTS.indexOf(sort) || key.length !== rest.length || typeof id !== 'string') return null
  return { key, id }
}

/** Where in the key it stands whether an item is sold out. */
const SOLD_OUT_AT: Readonly<Record<Sort, number>> = { recommended: 1, price_up: 0, price_down: 0, newest: 0 }

const inLane = (sort: Sort, key: readonly number[], soldOut: number): number[] =>
  key.with(SOLD_OUT_AT[sort], soldOut)

/** Pages through a list: `total` items, `page` after a place. */
export interface Listed<T> {
  total: number
  page(after: Place | null, limit: number): { page: Placed<T>[]; more: boolean }
}

/** Of what was found in any order, only the page is put in order: a word may find thousands, and somebody looks at twenty. */
export const listed = <T>(found: readonly Placed<T>[]): Listed<T> => ({
  total: found.length,
  page(after, limit) {
    const first: Placed<T>[] = []
    for (const entry of found) {
      const last = first.at(-1)
      if (after && compare(entry, after) <= 0) continue
      if (last && first.length > limit && compare(entry, last) > 0) continue
      first.splice(firstAfter(first, entry), 0, entry)
      if (first.length > limit + 1) first.pop()
    }
    return { page: first.slice(0, limit), more: first.length > limit }
  },
})

/**
 * The same order as if `list` were sorted with its sold out items last, without sorting or even touching the whole of it: stock changes every
 * second, the list does not. `list` is sorted as if everything were there.
 */
export function listedInLanes<T>(
  list: readonly Placed<T>[],
  sort: Sort,
  isThere: (item: T) => boolean,
): Listed<T> {
  /** Up to `limit` entries of one lane after a place; sold out ones get the key that says so. */
  function scan(lane: 0 | 1, after: Place | null, limit: number): Placed<T>[] {
    const found: Placed<T>[] = []
    for (
      let i = firstAfter(list, after && { id: after.id, key: inLane(sort, after.key, 0) });
      i < list.length;
      i++
    ) {
      if (found.length === limit) break
      const entry = list[i]
      if (entry && isThere(entry.item) === (lane === 0))
        found.push(lane === 0 ? entry : { ...entry, key: inLane(sort, entry.key, 1) })
    }
    return found
  }
  return {
    total: list.length,
    page(after, limit) {
      const inSoldOut = after !== null && after.key[SOLD_OUT_AT[sort]] === 1
      const found = inSoldOut ? [] : scan(0, after, limit + 1)
      if (found.length <= limit) found.push(...scan(1, inSoldOut ? after : null, limit + 1 - found.length))
      return { page: found.slice(0, limit), more: found.length > limit }
    },
  }
}

/** The items after a place, `limit` of them, out of a sorted list. */
export function pageAfter<T>(
  list: readonly Placed<T>[],
  after: Place | null,
  limit: number,
): { page: Placed<T>[]; more: boolean } {
  const first = firstAfter(list, after)
  return { page: list.slice(first, first + limit), more: first + limit < list.length }
}

function firstAfter(list: readonly Placed<unknown>[], after: Place | null): number {
  let [low, high] = [0, after ? list.length : 0]
  while (low < high) {
    const middle = (low + high) >> 1
    const entry = list[middle]
    if (entry && after && compare(entry, after) <= 0) low = middle + 1
    else high = middle
  }
  return low
}
