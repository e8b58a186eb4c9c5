import { BillProblem } from './bill-problem.ts'

/** The row's values, by the position of their columns, and its number for messages (the header is line 1). */
export type TakeRow = (values: readonly string[], row: number) => void

export interface BillReader {
  /** The next piece of the text, cut anywhere. */
  write(text: string): void
  /** After the last piece: throws unless the bill is whole. */
  end(): BillEnd
}
export interface BillEnd {
  rows: number
  /** The summary by the names of its columns. */
  summary: ReadonlyMap<string, string>
}

const CRLF = '\r\n'
/** A name with line breaks spans this many lines at most; anything longer is a file that lost its commas. */
const LINES_IN_A_ROW = 20
const LONGEST_LINE = 64 * 1024

/**
 * Reads WeChat's bill format as its text comes: a header without backticks; rows of values that each begin with a backtick, so that a comma
 * within a name divides nothing; a summary with a header of its own. `begin` gets the columns and says what to do with each row.
 * A name may break lines (the row goes on until it has all its values). Where a name itself contains a comma and a backtick, what is too much
 * belongs to the column called `freeText`.
 */
export function createBillReader(
  begin: (columns: readonly string[]) => TakeRow,
  freeText: string,
): BillReader {
  let rest = ''
  let section: 'header' | 'rows' | 'summary' | 'done' = 'header'
  let columns: readonly string[] = []
  let freeAt = -1
  let takeRow: TakeRow = () => {}
  let open: string[] = []
  let rows = 0
  let sums: readonly string[] = []
  const summary = new Map<string, string>()

  function readHeader(line: string): void {
    columns = namesOf(line.replace(/^\uFEFF/, ''))
    freeAt = columns.indexOf(freeText)
    takeRow = begin(columns)
    section = 'rows'
  }
  function readRow(line: string): void {
    if (open.length === 0 && !line.startsWith('`')) return readSummaryHeader(line)
    open.push(line)
    if (open.length > LINES_IN_A_ROW) throw new BillProblem('row_unreadable', `row ${rows + 1} has no end`)
    const text = open.length === 1 ? line : open.join(CRLF)
    const values = text.slice(1).split(',`')
    if (values.length < columns.length) return
    open = []
    rows += 1
    takeRow(fitted(values), rows)
  }
  function fitted(values: string[]): readonly string[] {
    const extra = values.length - columns.length
    if (extra === 0) return values
    if (freeAt < 0) throw new BillProblem('row_unreadable', `row ${rows} has ${extra} values too many`)
    const name = values.slice(freeAt, freeAt + extra + 1).join(',`')
    return [...values.slice(0, freeAt), name, ...values.slice(freeAt + extra + 1)]
  }
  function readSummaryHeader(line: string): void {
    sums = namesOf(line)
    section = 'summary'
  }
  function readSummary(line: string): void {
    const values = line.slice(1).split(',`')
    if (!line.startsWith('`') || values.length !== sums.length)
      throw new BillProblem('summary_unreadable', line.slice(0, 100))
    for (const [at, name] of sums.entries()) summary.set(name, values[at] ?? '')
    section = 'done'
  }
  function readLine(line: string): void {
    if (section === 'header') readHeader(line)
    else if (section === 'rows') readRow(line)
    else if (section === 'summary') readSummary(line)
    else if (line !== '') throw new BillProblem('after_summary', line.slice(0, 100))
  }
  return {
    write(text) {
      rest += text
      let from = 0
      for (let at = rest.indexOf(CRLF); at >= 0; at = rest.indexOf(CRLF, from)) {
        readLine(rest.slice(from, at))
        from = at + CRLF.length
      }
      rest = rest.slice(from)
      if (rest.length > LONGEST_LINE) throw new BillProblem('row_unreadable', `row ${rows + 1} has no end`)
    },
    end() {
      if (rest !== '') readLine(rest)
      rest = ''
      if (section !== 'done') throw new BillProblem('truncated', `after ${rows} rows`)
      return { rows, summary }
    },
  }
}

function namesOf(line: string): string[] {
  const names = line.split(',').map((name) => name.trim())
  if (line.includes('`') || names.includes('')) throw new BillProblem('header_unreadable', line.slice(0, 100))
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw new BillProblem('column_twice', twice)
  return names
}

/** Where each named column stands; columns that nobody asks for may come and go. */
export function placesOf<const N extends string>(
  columns: readonly string[],
  names: readonly N[],
): Readonly<Record<N, number>> {
  const places = names.map((name) => {
    const at = columns.indexOf(name)
    if (at < 0) throw new BillProblem('column_missing', name)
    return [name, at] as const
  })
  return Object.fromEntries(places) as Record<N, number>
}

export type Encoding = 'utf-8' | 'gb18030'
/** The bytes of a bill as text, whatever characters the pieces were cut through. Throws on bytes that are none. */
export function createDecoder(encoding: Encoding = 'utf-8'): { decode(piece?: Uint8Array): string } {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  return {
    decode(piece) {
      try {
        return piece ? decoder.decode(piece, { stream: true }) : decoder.decode()
      } catch {
        throw new BillProblem(encoding === 'utf-8' ? 'not_utf8' : 'not_gbk', 'bytes that are no text')
      }
    },
  }
}
