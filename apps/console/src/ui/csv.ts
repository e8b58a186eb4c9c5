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

/** A file holds so many rows at most: beyond that a spreadsheet is of no use, and the server has others to serve. */
export const MOST_ROWS = 20_000

/** Hears how many rows there are so far, and of how many. */
export type Told = (so: { far: number; of: number }) => void
/** An export under way. */
export interface Exporting {
  told: Told
  /** Somebody may call it off. */
  signal: AbortSignal
}
/** The rows there are, and how many the list has: more than there are rows where the file is full. */
export interface Exported<Row> {
  rows: readonly Row[]
  total: number
}

/** Every row of a paged list, a page at a time, as far as a file goes. Throws the signal's reason when it is called off. */
export const everyRow = async <Row>(
  fetch: (query: { page: number; limit: number }) => Promise<{ items: readonly Row[]; total: number }>,
  { told, signal }: Exporting,
): Promise<Exported<Row>> => {
  const rows: Row[] = []
  for (let page = 1; ; page++) {
    signal.throwIfAborted()
    const { items, total } = await fetch({ page, limit: pageSize })
    signal.throwIfAborted()
    rows.push(...items)
    told({ far: rows.length, of: Math.min(total, MOST_ROWS) })
    if (items.length < pageSize || rows.length >= Math.min(total, MOST_ROWS)) return { rows, total }
  }
}

/** What is said when a file is there: how many rows, and that it is not all of them where it is not. */
export const exportedWords = ({ rows, total }: Exported<unknown>): string => {
  const count = rows.length.toLocaleString('en-US')
  return total > rows.length
    ? `一个文件最多 ${MOST_ROWS.toLocaleString('en-US')} 行，这里一共 ${total.toLocaleString('en-US')} 行，只导出了前 ${count} 行。缩小筛选可以分几次导全`
    : `导出了 ${count} 行`
}
