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
export interface Placed<T> {
  item: T
  key: readonly number[]
  id: string
}

const KEYS: Readonly<Record<Sort, (item: Sortable & { soldOut: number }) => number[]>> = {
  recommended: ({ score, soldOut, rank }) => [-score, soldOut, -rank],
  price_up: ({ soldOut, unitFen }) => [soldOut, unitFen],
  price_down: ({ soldOut, unitFen }) => [soldOut, -unitFen],
  newest: ({ soldOut, createdAt }) => [soldOut, -createdAt.getTime()],
}

/** What is sold out stands last; in a search only among what fits equally well. */
export const keyOf = (sort: Sort, item: Sortable): number[] =>
  KEYS[sort]({ ...item, soldOut: item.available > 0 ? 0 : 1 })

export function compare(
  a: { key: readonly number[]; id: string },
  b: { key: readonly number[]; id: string },
): number {
  for (const [i, value] of a.key.entries()) {
    const difference = value - (b.key[i] ?? 0)
    if (difference !== 0) return difference
  }
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

const SORTS: readonly Sort[] = ['recommended', 'price_up', 'price_down', 'newest']
const KEY_LENGTH: Readonly<Record<Sort, number>> = { recommended: 3, price_up: 2, price_down: 2, newest: 2 }

/** A cursor is the place of the last item shown: the next page begins after it, whatever came or went meanwhile. */
export const cursorOf = (sort: Sort, { key, id }: { key: readonly number[]; id: string }): string =>
  Buffer.from(JSON.stringify([SORTS.indexOf(sort), ...key, id])).toString('base64url')

/** The place a cursor speaks of, or null when it is not one of ours for this order. */
export function placeOf(sort: Sort, cursor: string): { key: number[]; id: string } | null {
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

/** The items after a place, `limit` of them, out of a sorted list. */
export function pageAfter<T>(
  list: readonly Placed<T>[],
  after: { key: readonly number[]; id: string } | null,
  limit: number,
): { page: Placed<T>[]; more: boolean } {
  let [low, high] = [0, after ? list.length : 0]
  while (low < high) {
    const middle = (low + high) >> 1
    const entry = list[middle]
    if (entry && after && compare(entry, after) <= 0) low = middle + 1
    else high = middle
  }
  return { page: list.slice(low, low + limit), more: low + limit < list.length }
}
