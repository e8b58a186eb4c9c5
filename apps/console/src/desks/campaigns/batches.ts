const WHOLE_BP = 10_000

export interface Batch {
  at: string
  shareBp: number
}
interface Stock {
  quota: number
  carved: number
  taken: number
}

/** Equal shares that are exactly the whole: what does not divide goes to the first ones. */
export const equalShares = (count: number): number[] =>
  Array.from(
    { length: count },
    (_, i) => Math.floor(WHOLE_BP / count) + (i < WHOLE_BP - Math.floor(WHOLE_BP / count) * count ? 1 : 0),
  )

/** Pieces that each batch adds, store by store: a piece of which a batch has only a part comes with the next one. */
export const piecesOf = (quotas: readonly number[], shares: readonly number[]): number[] => {
  let before = 0
  return shares.map((share) => {
    const now = before + share
    const pieces = quotas.reduce(
      (sum, quota) => sum + Math.floor((quota * now) / WHOLE_BP) - Math.floor((quota * before) / WHOLE_BP),
      0,
    )
    before = now
    return pieces
  })
}

export interface BatchRow {
  no: number
  at: string
  /** Pieces that it adds, of those that could be set aside. */
  pieces: number
  /** Of them in orders, counting those that came first as sold first. */
  taken: number
  state: 'gone' | 'now' | 'rolled' | 'next' | 'waiting'
}

/** Batch by batch: what it adds and how much of that is in orders. What one has left when the next comes, rolls on. */
export function batchRows(
  stock: readonly Stock[],
  batches: readonly Batch[],
  { now, live }: { now: number; live: boolean },
): BatchRow[] {
  let share = 0
  const latest = batches.findLastIndex(({ at }) => Date.parse(at) <= now)
  return batches.map(({ at, shareBp }, i) => {
    const before = share
    share += shareBp
    const upTo = (bp: number, { quota, carved }: Stock) =>
      Math.min(carved, Math.floor((quota * bp) / WHOLE_BP))
    let pieces = 0
    let taken = 0
    for (const each of stock) {
      const [first, last] = [upTo(before, each), upTo(share, each)]
      pieces += last - first
      taken += Math.max(0, Math.min(each.taken, last) - first)
    }
    const out = Date.parse(at) <= now
    const state = !out
      ? i === latest + 1 && live
        ? 'next'
        : 'waiting'
      : taken === pieces
        ? 'gone'
        : i === latest
          ? 'now'
          : 'rolled'
    return { no: i + 1, at, pieces, taken, state }
  })
}
