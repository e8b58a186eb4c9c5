import type { Out } from '../../api.ts'
import { formatFen } from '../../ui/fen.ts'

export type CounterDay = Out<'GET /console/v1/counter-days/:day'>
export type CounterRow = CounterDay['rows'][number]

/** What should lie in the drawer (or stand in the card terminal's total) of that person's day: taken less given back. */
export const netOf = (row: CounterRow, tender: 'cash' | 'card'): number =>
  tender === 'cash' ? row.cashIn.fen - row.cashOut.fen : row.cardIn.fen - row.cardOut.fen

/** `3 笔 ¥120.00`, a dash for none. */
export const sumWords = ({ count, fen }: CounterRow['cashIn']): string =>
  count === 0 ? '–' : `${count} 笔 ${formatFen(fen)}`

/** Everything of these rows together, for the line beneath them. */
export const totalOf = (rows: readonly CounterRow[]): { cash: number; card: number } => ({
  cash: rows.reduce((sum, row) => sum + netOf(row, 'cash'), 0),
  card: rows.reduce((sum, row) => sum + netOf(row, 'card'), 0),
})
