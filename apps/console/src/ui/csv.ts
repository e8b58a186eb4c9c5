import { fenToField } from './fen.ts'

/** A cell: words, or a sum in fen that is written in yuan. */
export type Cell = string | { fen: number | null }

const yuan = (fen: number | null): string =>
  fen === null ? '' : `${fen < 0 ? '-' : ''}${fenToField(Math.abs(fen))}`

/** Long numbers behind a tab, or a spreadsheet rounds them; words that begin like a formula behind an apostrophe, or it runs them. */
const asText = (text: string): string =>
  /^\d{12,}$/.test(text) ? `\t${text}` : text.replace(/^(?=[=+\-@\t\r])/, "'")
const quoted = (cell: Cell): string =>
  `"${(typeof cell === 'string' ? asText(cell) : yuan(cell.fen)).replaceAll('"', '""')}"`

/** An instant as a spreadsheet reads it, in the shops' own time. */
export const beijing = (at: string): string =>
  new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

/** A table as a CSV that spreadsheets open as it is: UTF-8 with a byte order mark, CRLF, yuan. */
export const csvText = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${[head, ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('')}`

const pageSize = 100

/** Hears how many rows there are so far, and of how many. */
export type Told = (so: { far: number; of: number }) => void

/** Every row of a paged list, a page at a time. */
export const everyRow = async <Row>(
  fetch: (query: { page: number; limit: number }) => Promise<{ items: readonly Row[]; total: number }>,
  told: Told = () => undefined,
): Promise<Row[]> => {
  const found: Row[] = []
  for (let page = 1; ; page++) {
    const { items, total } = await fetch({ page, limit: pageSize })
    found.push(...items)
    told({ far: found.length, of: total })
    if (items.length < pageSize || found.length >= total) return found
  }
}
