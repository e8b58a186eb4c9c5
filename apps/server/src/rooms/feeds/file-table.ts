import { looksLikeSheet } from '@linli/contract/sheet-cell'
import { parse } from 'csv-parse'
import { Readable } from 'node:stream'
import { columnsOf } from '#kernel/csv-table'
import { refuse } from '#kernel/problem'
import type { Topic } from './events.sql.ts'
import type { Fault } from './faults.ts'
import { fileColumnsMissing, fileTooLong, fileUnreadable } from './problems.ts'
import { sheetRows } from './sheet.ts'
import type { Word } from './words.ts'

const MOST_ROWS = 300_000
// 300,000 rows unfold into a third of it.
const MOST_UNFOLDED = 256 * 1024 * 1024
const CHUNK_BYTES = 64 * 1024

type Column =
  | 'seq'
  | 'at'
  | 'store'
  | 'goods'
  | 'count'
  | 'change'
  | 'price'
  | 'onlinePrice'
  | 'basePrice'
  | 'barcode'
  | 'name'
  | 'unit'
  | 'category'
/** What a column may be called; people write Chinese, exports of other systems English. */
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  seq: ['序号', '流水号', 'seq'],
  at: ['时间', '发生时间', 'at'],
  store: ['门店', '门店编码', '门店编号', 'store'],
  goods: ['商品编码', '编码', '货号', 'goods', 'sku'],
  count: ['数量', '库存', '库存数量', '现存量', 'count'],
  change: ['增减', '变动', '变动数量', 'change'],
  price: ['价格', '售价', '门店价', 'price'],
  onlinePrice: ['线上价', '线上专享价', 'onlineprice', 'online_price'],
  basePrice: ['划线价', '原价', 'baseprice', 'base_price'],
  barcode: ['条码', '条形码', '商品条码', 'barcode'],
  name: ['名称', '品名', '商品名称', 'name'],
  unit: ['单位', '销售单位', 'unit'],
  category: ['分类', '类别', '商品分类', 'category'],
}
const NEEDED: Readonly<Record<Topic, readonly (readonly Column[])[]>> = {
  stock: [['store'], ['goods', 'barcode'], ['count', 'change']],
  prices: [['store'], ['goods', 'barcode'], ['price', 'onlinePrice']],
  products: [['goods', 'barcode']],
}

/** A CSV as text: UTF-8, or the GB18030 that spreadsheets here write. Refuses what is neither. */
export function textOf(bytes: Buffer): string {
  if (bytes.includes(0)) refuse(fileUnreadable, { reason: 'binary' })
  for (const encoding of ['utf-8', 'gb18030'])
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      // the other one, then
    }
  return refuse(fileUnreadable, { reason: 'encoding' })
}

export interface Table {
  columns: readonly (Column | undefined)[]
  rows: string[][]
}
/** Reads an .xlsx or a CSV, whatever the file is called, without holding up everybody else. Refuses what is neither, or too long. */
export async function tableOf(bytes: Buffer): Promise<Table> {
  if (!looksLikeSheet(bytes)) return csvTable(textOf(bytes))
  const [head = [], ...body] = await sheetRows(bytes, { rows: MOST_ROWS, unfolded: MOST_UNFOLDED })
  return { columns: columnsOf(NAMES, head), rows: body.filter(says) }
}

const says = (row: readonly string[]): boolean => row.some((cell) => cell !== '')

/** Piece by piece: a long one takes its time. */
async function csvTable(text: string): Promise<Table> {
  const pieces = Array.from({ length: Math.ceil(text.length / CHUNK_BYTES) }, (_, i) =>
    text.slice(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES),
  )
  const parser = Readable.from(pieces).pipe(
    parse({
      bom: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 20_000,
    }),
  )
  const rows: Table['rows'] = []
  let columns: (Column | undefined)[] | undefined
  try {
    for await (const each of parser as AsyncIterable<string[]>) {
      if (!columns) columns = columnsOf(NAMES, each)
      else if (says(each)) rows.push(each)
      if (rows.length > MOST_ROWS) break
    }
  } catch (error) {
    return refuse(fileUnreadable, { reason: error instanceof Error ? error.message : 'unreadable' })
  }
  if (rows.length > MOST_ROWS) refuse(fileTooLong, { most: MOST_ROWS })
  return { columns: columns ?? [], rows }
}

const NUMBER = /^[¥￥]?\s*(-?\d{1,7}(?:\.\d{1,3})?)$/
const NONE: ReadonlySet<string> = new Set(['无', '-', 'none'])

export type Read =
  | { word: Word; seq?: number; at?: string }
  | { fault: Fault; store: string | null; goods: string | null }
/** One line as a word of the topic; a cell that is no number is a fault of the row. */
export function wordOf(topic: Topic, no: number, cell: (column: Column) => string): Read {
  const wrong: Fault[] = []
  const numeric = (column: Column): number | undefined => {
    const text = cell(column)
    if (text === '') return undefined
    const value = NUMBER.exec(text.replaceAll(',', ''))?.[1]
    if (value === undefined)
      wrong.push({
        code: 'cell_invalid',
        said: `「${NAMES[column][0]}」这一格的「${text.slice(0, 20)}」不是数字`,
      })
    return value === undefined ? undefined : Number(value)
  }
  const some = <K extends string, V>(key: K, value: V | undefined) =>
    (value === undefined ? {} : { [key]: value }) as { [P in K]?: V }
  const text = (column: Column) => cell(column) || undefined
  const goods = text('goods') ?? text('barcode') ?? ''
  const store = cell('store')
  const numbers = {
    count: numeric('count'),
    change: numeric('change'),
    price: numeric('price'),
    base: numeric('basePrice'),
  }
  const online = NONE.has(cell('onlinePrice').toLowerCase()) ? null : numeric('onlinePrice')
  const seq = numeric('seq')
  const [fault] = wrong
  if (fault) return { fault, store: store || null, goods: goods || null }
  const rest = { ...some('seq', seq), ...some('at', text('at')) }
  if (topic === 'stock')
    return {
      ...rest,
      word: {
        topic,
        no,
        body: { store, goods, ...some('count', numbers.count), ...some('change', numbers.change) },
      },
    }
  if (topic === 'prices')
    return {
      ...rest,
      word: {
        topic,
        no,
        body: {
          store,
          goods,
          ...some('price', numbers.price),
          ...some('onlinePrice', online),
          ...some('basePrice', numbers.base),
        },
      },
    }
  return {
    ...rest,
    word: {
      topic,
      no,
      body: {
        goods,
        ...some('barcode', text('barcode')),
        ...some('name', text('name')),
        ...some('unit', text('unit')),
        ...some('category', text('category')),
      },
    },
  }
}

/** The rows of a table as words of a topic; refuses a table that lacks a column which the topic needs. */
export function readRows(topic: Topic, { columns, rows }: Table): { read: Read[]; numbered: boolean } {
  const missing = NEEDED[topic].filter((any) => !any.some((column) => columns.includes(column)))
  if (missing.length > 0)
    refuse(fileColumnsMissing, {
      columns: missing.map((any) => any.map((column) => NAMES[column][0]).join('或')),
    })
  const read = rows.map((cells, i) => wordOf(topic, i + 1, (column) => cells[columns.indexOf(column)] ?? ''))
  return { read, numbered: columns.includes('seq') }
}
