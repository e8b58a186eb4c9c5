import { parse } from 'csv-parse/sync'
import { type ProblemKind, refuse } from './problem.ts'

export interface Cells<C extends string> {
  /** Line of the file on which the row ends, the header being 1. */
  line: number
  /** Fewer or more cells than the header has. */
  ragged: boolean
  cells: Partial<Record<C, string>>
}
export interface Table<C extends string> {
  /** What each column is called in this file. */
  headers: Partial<Record<C, string>>
  /** Headers that mean nothing here, or that an earlier column has already. */
  unknown: string[]
  rows: Cells<C>[]
}
/** What a table may look like. */
export interface TableForm<C extends string> {
  /** What each column may be called; people write Chinese, exports of other systems English. The first is what we call it. */
  names: Readonly<Record<C, readonly string[]>>
  needed: readonly C[]
  mostRows: number
  unreadable: ProblemKind
  tooLong: ProblemKind
  columnsMissing: ProblemKind
}

/** What a header says: `价格（元）` and `价格(元)` are called `价格`. */
const bare = (header: string): string =>
  header
    .normalize('NFKC')
    .replace(/\(.*\)$/, '')
    .trim()
    .toLowerCase()

/** Which column each header of a file is; undefined where it means nothing here. */
export function columnsOf<C extends string>(
  names: Readonly<Record<C, readonly string[]>>,
  headers: readonly string[],
): (C | undefined)[] {
  const byName = new Map(
    (Object.entries(names) as [C, readonly string[]][]).flatMap(([column, all]) =>
      all.map((name) => [name, column] as const),
    ),
  )
  return headers.map((header) => byName.get(bare(header)))
}

/** Reads a CSV as a table of known columns. Refuses what is no CSV, not UTF-8, too long, or lacks a column that is needed. */
export function readCsvTable<C extends string>(csv: string, form: TableForm<C>): Table<C> {
  const { names, needed, mostRows, unreadable, tooLong, columnsMissing } = form
  // Bytes that were not UTF-8 have become this sign on their way: a file saved as GBK would import as rubbish.
  if (csv.includes('\uFFFD')) refuse(unreadable, { encoding: 'not UTF-8' })
  let records: { info: { lines: number }; record: string[] }[]
  try {
    records = parse(csv, {
      bom: true,
      info: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 20_000,
    }) as unknown as typeof records
  } catch (error) {
    return refuse(unreadable, { reason: error instanceof Error ? error.message : String(error) })
  }
  const [head, ...body] = records
  if (!head) return refuse(unreadable, { reason: 'empty' })
  const rows = body.filter(({ record }) => record.some((cell) => cell !== ''))
  if (rows.length > mostRows) refuse(tooLong, { rows: rows.length, most: mostRows })
  const headers = head.record
  const columns = columnsOf(names, headers)
  const missing = needed.filter((column) => !columns.includes(column))
  if (missing.length > 0) refuse(columnsMissing, { columns: missing.map((column) => names[column][0]) })
  const known = columns.flatMap((column, i) =>
    column && columns.indexOf(column) === i ? [[column, i] as const] : [],
  )
  const used = new Set(known.map(([, i]) => i))
  return {
    headers: Object.fromEntries(known.map(([column, i]) => [column, headers[i]])) as Table<C>['headers'],
    unknown: headers.filter((header, i) => header !== '' && !used.has(i)),
    rows: rows.map(({ info, record }) => ({
      line: info.lines,
      ragged: record.length !== headers.length,
      cells: Object.fromEntries(known.map(([column, i]) => [column, record[i] ?? ''])) as Cells<C>['cells'],
    })),
  }
}
