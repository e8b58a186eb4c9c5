import { parse } from 'csv-parse/sync'
import { refuse } from '#kernel/problem'
import { csvColumnsMissing, csvTooLong, csvUnreadable } from './problems.ts'

export type Column =
  | 'barcode'
  | 'name'
  | 'subtitle'
  | 'category'
  | 'unit'
  | 'price'
  | 'onlinePrice'
  | 'stores'
  | 'shelf'
  | 'onShelf'
  | 'pieceGrams'
  | 'perGrams'
  | 'speciality'

/** What a column may be called; head office writes Chinese, exports of other systems English. */
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  barcode: ['条码', '条形码', '商品条码', 'barcode'],
  name: ['名称', '商品名称', '品名', 'name'],
  subtitle: ['副标题', '卖点', 'subtitle'],
  category: ['分类', '类目', '商品分类', 'category'],
  unit: ['单位', '销售单位', 'unit'],
  price: ['价格', '售价', '门店价', 'price'],
  onlinePrice: ['线上价', '线上专享价', '专享价', 'onlineprice', 'online_price'],
  stores: ['门店', '门店编号', '适用门店', 'store', 'stores'],
  shelf: ['货位', '货架', '货架号', '库位', 'shelf'],
  onShelf: ['上架', '在架', 'onshelf', 'on_shelf'],
  pieceGrams: ['约重', '每份约重', '每份克数', 'piece_grams'],
  perGrams: ['计价克数', '单价克数', 'per_grams'],
  speciality: ['特产', 'speciality'],
}
const COLUMN_BY_NAME = new Map(
  Object.entries(NAMES).flatMap(([column, names]) => names.map((name) => [name, column as Column] as const)),
)

/** What a column is called on screens and in the template. */
export const columnName = (column: Column): string => NAMES[column][0] ?? column

export interface Cells {
  /** Line of the file on which the row ends, the header being 1. */
  line: number
  /** Fewer or more cells than the header has. */
  ragged: boolean
  cells: Partial<Record<Column, string>>
}
export interface Table {
  /** What each column is called in this file. */
  headers: Partial<Record<Column, string>>
  /** Headers that mean nothing here, or that an earlier column has already. */
  unknown: string[]
  rows: Cells[]
}

export const MOST_ROWS = 5000

/** `价格（元）` and `价格(元)` are called `价格`. */
const bare = (header: string): string =>
  header
    .normalize('NFKC')
    .replace(/\(.*\)$/, '')
    .trim()
    .toLowerCase()

/** Reads a CSV as a table of known columns. Refuses what is no CSV, not UTF-8, too long, or has no barcodes. */
export function readTable(csv: string): Table {
  // Bytes that were not UTF-8 have become this sign on their way: a file saved as GBK would import as rubbish.
  if (csv.includes('\uFFFD')) refuse(csvUnreadable, { encoding: 'not UTF-8' })
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
    return refuse(csvUnreadable, { reason: error instanceof Error ? error.message : String(error) })
  }
  const [head, ...body] = records
  if (!head) return refuse(csvUnreadable, { reason: 'empty' })
  const rows = body.filter(({ record }) => record.some((cell) => cell !== ''))
  if (rows.length > MOST_ROWS) refuse(csvTooLong, { rows: rows.length, most: MOST_ROWS })
  const headers = head.record
  const columns = headers.map((header) => COLUMN_BY_NAME.get(bare(header)))
  if (!columns.includes('barcode')) refuse(csvColumnsMissing, { columns: [NAMES.barcode[0]] })
  const known = columns.flatMap((column, i) =>
    column && columns.indexOf(column) === i ? [[column, i] as const] : [],
  )
  const used = new Set(known.map(([, i]) => i))
  return {
    headers: Object.fromEntries(known.map(([column, i]) => [column, headers[i]])),
    unknown: headers.filter((header, i) => header !== '' && !used.has(i)),
    rows: rows.map(({ info, record }) => ({
      line: info.lines,
      ragged: record.length !== headers.length,
      cells: Object.fromEntries(known.map(([column, i]) => [column, record[i] ?? ''])),
    })),
  }
}
