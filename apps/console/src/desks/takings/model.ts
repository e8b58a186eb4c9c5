import type { Out } from '../../api.ts'
import type { Tender } from '../orders/tenders.ts'

export type TakingsRow = Out<'GET /console/v1/takings'>['rows'][number]
export type Entry = Out<'GET /console/v1/takings/:day/entries'>['items'][number]

/** What stays of a row: what came in less what went back. */
export const netOf = (row: Pick<TakingsRow, 'in' | 'out'>): number => row.in.fen - row.out.fen

export interface DayLine {
  day: string
  /** Kept of each tender that day. */
  nets: Partial<Record<Tender, number>>
  inFen: number
  outFen: number
}
const ORDER: readonly Tender[] = ['wechat', 'alipay', 'stored_value', 'cash', 'card']

/** The tenders that these rows know, always in the same order. */
export const tendersIn = (rows: readonly TakingsRow[]): Tender[] =>
  ORDER.filter((tender) => rows.some(({ provider }) => provider === tender))

/** One line for each day that money moved, the last first. */
export function dayLines(rows: readonly TakingsRow[]): DayLine[] {
  const lines = new Map<string, DayLine>()
  for (const row of rows) {
    const line = lines.get(row.day) ?? { day: row.day, nets: {}, inFen: 0, outFen: 0 }
    line.nets[row.provider] = (line.nets[row.provider] ?? 0) + netOf(row)
    line.inFen += row.in.fen
    line.outFen += row.out.fen
    lines.set(row.day, line)
  }
  return [...lines.values()].sort((a, b) => (a.day < b.day ? 1 : -1))
}

/** The rows of a day, store by store, tenders in their order. */
export const rowsOf = (rows: readonly TakingsRow[], day: string): TakingsRow[] =>
  rows
    .filter((row) => row.day === day)
    .sort(
      (a, b) => a.storeId.localeCompare(b.storeId) || ORDER.indexOf(a.provider) - ORDER.indexOf(b.provider),
    )

/** What a day's rows add up to. */
export const totalOf = (rows: readonly TakingsRow[]): Pick<TakingsRow, 'in' | 'out'> =>
  rows.reduce(
    (sum, row) => ({
      in: { count: sum.in.count + row.in.count, fen: sum.in.fen + row.in.fen },
      out: { count: sum.out.count + row.out.count, fen: sum.out.fen + row.out.fen },
    }),
    { in: { count: 0, fen: 0 }, out: { count: 0, fen: 0 } },
  )
