import type { BargainTerms } from '@linli/contract/campaign-rallies'
import type { Static } from 'typebox'

export type Terms = Static<typeof BargainTerms>
export type Table = Pick<Terms, 'startFen' | 'cuts'>

const sumOf = (cuts: readonly number[]): number => cuts.reduce((sum, cut) => sum + cut, 0)

/** Where the table ends. */
export const floorOf = ({ startFen, cuts }: Table): number => startFen - sumOf(cuts)

/** What it costs after so many friends; beyond the table it stays at the floor. */
export const priceAfter = ({ startFen, cuts }: Table, helps: number): number =>
  startFen - sumOf(cuts.slice(0, Math.max(0, helps)))

/** The table as it is published: a row for each friend. */
export const tableRows = (table: Table): { helper: number; cutFen: number; priceFen: number }[] =>
  table.cuts.map((cutFen, i) => ({ helper: i + 1, cutFen, priceFen: priceAfter(table, i + 1) }))

/** Equal cuts, the fen that do not divide given to the first ones; empty where there is less than a fen for each. */
export function evenCuts(startFen: number, floorFen: number, helpers: number): number[] {
  const off = startFen - floorFen
  if (!Number.isInteger(off) || off < helpers || helpers < 1) return []
  const each = Math.floor(off / helpers)
  return Array.from({ length: helpers }, (_, i) => each + (i < off % helpers ? 1 : 0))
}
