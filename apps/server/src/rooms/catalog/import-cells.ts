import { isEan13 } from './barcode.ts'
import type { Cells, Column } from './import-columns.ts'

/** What a row says, cell by cell; absent where the cell is empty or the column missing. */
export interface Said {
  barcode: string
  name?: string
  subtitle?: string
  category?: string
  unit?: string
  price?: number
  /** Null takes the online price away. */
  onlinePrice?: number | null
  stores?: string[]
  shelf?: string
  onShelf?: boolean
  /** Null: sold by the piece, not by weight. */
  pieceGrams?: number | null
  perGrams?: 500 | 1000
  speciality?: boolean
}
export interface CellFault {
  column: Column
  reason: string
}
type Read<T> = { value: T } | { reason: string }

const text =
  (most: number) =>
  (cell: string): Read<string> =>
    Array.from(cell).length > most
      ? { reason: `最多 ${most} 个字` }
      : /\p{Cc}/u.test(cell)
        ? { reason: '含有换行或控制字符' }
        : { value: cell }

const YUAN = /^(\d{1,6})(?:\.(\d{1,2}))?$/
const MOST_FEN = 10_000_000
/** Yuan as people write them, to fen without passing through a float. */
function fen(cell: string): Read<number> {
  const [, yuan, fraction = ''] = YUAN.exec(cell.replace(/^[¥￥]\s*/, '')) ?? []
  if (yuan === undefined) return { reason: `「${cell}」不是价格，请写成 12.80 这样的元` }
  const value = Number(yuan) * 100 + Number(fraction.padEnd(2, '0'))
  return value >= 1 && value <= MOST_FEN ? { value } : { reason: '价格要在 0.01 元到 10 万元之间' }
}
const NONE: ReadonlySet<string> = new Set(['无', '-', 'none'])
const fenOrNone = (cell: string): Read<number | null> =>
  NONE.has(cell.toLowerCase()) ? { value: null } : fen(cell)

const GRAMS = /^(\d{1,5})\s*(?:g|克)?$/i
function pieceGrams(cell: string): Read<number | null> {
  if (NONE.has(cell.toLowerCase())) return { value: null }
  const value = Number(GRAMS.exec(cell)?.[1] ?? Number.NaN)
  return value >= 10 && value <= 20_000
    ? { value }
    : { reason: `「${cell}」请写每份约多少克，10 到 20000，不称重写 无` }
}
const PER_GRAMS: ReadonlyMap<string, 500 | 1000> = new Map([
  ['500', 500],
  ['斤', 500],
  ['1000', 1000],
  ['公斤', 1000],
  ['kg', 1000],
])
function perGrams(cell: string): Read<500 | 1000> {
  const value = PER_GRAMS.get(cell.toLowerCase().replace(/\s*(?:g|克)$/, ''))
  return value ? { value } : { reason: `「${cell}」请写 500 或 1000` }
}

const YES: ReadonlySet<string> = new Set(['是', '1', 'true', 'yes', 'y', '上架'])
const NO: ReadonlySet<string> = new Set(['否', '0', 'false', 'no', 'n', '下架'])
function yesNo(cell: string): Read<boolean> {
  const word = cell.toLowerCase()
  return YES.has(word) || NO.has(word) ? { value: YES.has(word) } : { reason: `「${cell}」请写 是 或 否` }
}
const SHELF = /^[A-Z][0-9]{2}-[0-9]-[1-5]$/
const shelf = (cell: string): Read<string> =>
  SHELF.test(cell.toUpperCase())
    ? { value: cell.toUpperCase() }
    : { reason: `「${cell}」不是货位，例如 L02-3-2` }
const codes = (cell: string): Read<string[]> => ({
  value: [
    ...new Set(
      cell
        .toUpperCase()
        .split(/[\s,，、;；/]+/)
        .filter(Boolean),
    ),
  ],
})

/** Reads one row. An empty cell says nothing; a cell that cannot be read is a fault. */
export function readRow({ cells }: Cells): { said: Said; faults: CellFault[] } {
  const faults: CellFault[] = []
  const barcode = cells.barcode ?? ''
  if (barcode === '') faults.push({ column: 'barcode', reason: '缺少条码' })
  else if (!isEan13(barcode)) faults.push({ column: 'barcode', reason: '不是 13 位条码，或末位校验不对' })
  const take = <T>(column: Column, read: (cell: string) => Read<T>): T | undefined => {
    const cell = cells[column] ?? ''
    if (cell === '') return undefined
    const answer = read(cell)
    if ('value' in answer) return answer.value
    faults.push({ column, reason: answer.reason })
    return undefined
  }
  const all = {
    name: take('name', text(60)),
    subtitle: take('subtitle', text(80)),
    category: take('category', text(20)),
    unit: take('unit', text(8)),
    price: take('price', fen),
    onlinePrice: take('onlinePrice', fenOrNone),
    stores: take('stores', codes),
    shelf: take('shelf', shelf),
    onShelf: take('onShelf', yesNo),
    pieceGrams: take('pieceGrams', pieceGrams),
    perGrams: take('perGrams', perGrams),
    speciality: take('speciality', yesNo),
  }
  const said = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
  return { said: { barcode, ...said }, faults }
}
