import { isDay } from '#kernel/clock'
import { type Cells, readCsvTable, type Table } from '#kernel/csv-table'
import { cardNoOf, isCardNo } from './numbers.ts'
import { csvColumnsMissing, csvTooLong, csvUnreadable } from './problems.ts'

export type Column =
  | 'no'
  | 'name'
  | 'phone'
  | 'points'
  | 'growth'
  | 'firstBought'
  | 'lastBought'
  | 'purchases'
  | 'spent'
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  no: ['卡号', '会员卡号', '会员号', 'card_no', 'card'],
  name: ['姓名', '会员姓名', 'name'],
  phone: ['手机号', '手机', '电话', '联系电话', 'phone', 'mobile'],
  points: ['积分', '剩余积分', '可用积分', 'points'],
  growth: ['成长值', 'growth'],
  firstBought: ['首次消费', '开卡日期', 'first_bought'],
  lastBought: ['最近消费', '末次消费', 'last_bought'],
  purchases: ['消费次数', 'purchases'],
  spent: ['消费金额', '累计消费', 'spent'],
}
export const columnName = (column: Column): string => NAMES[column][0] ?? column
export const MOST_ROWS = 5000

export const readTable = (csv: string): Table<Column> =>
  readCsvTable(csv, {
    names: NAMES,
    needed: ['no', 'points'],
    mostRows: MOST_ROWS,
    unreadable: csvUnreadable,
    tooLong: csvTooLong,
    columnsMissing: csvColumnsMissing,
  })

/** A card as one row says it. */
export interface CardSaid {
  no: string
  name: string | null
  /** Whole, or null where the books have only its end. */
  phone: string | null
  phoneTail: string | null
  points: number
  growth: number
  firstBought: string | null
  lastBought: string | null
  purchases: number | null
  spentFen: number | null
}
export interface Fault {
  line: number
  no: string
  column: string
  reason: string
}

type Read<T> = { value: T } | { reason: string }
const MOST = 10_000_000

const count = (cell: string): Read<number> =>
  /^\d{1,8}$/.test(cell) && Number(cell) <= MOST
    ? { value: Number(cell) }
    : { reason: `「${cell}」请写 0 到一千万的整数` }
const name = (cell: string): Read<string> =>
  Array.from(cell).length > 30 || /\p{Cc}/u.test(cell) ? { reason: '最多 30 个字' } : { value: cell }
const phone = (cell: string): Read<{ phone: string | null; phoneTail: string }> => {
  const digits = cell.replace(/[\s-]/g, '')
  if (/^1\d{10}$/.test(digits)) return { value: { phone: digits, phoneTail: digits.slice(-4) } }
  // What the old books left of a number: 138****5678, or its last four digits.
  const [, tail] = /^(?:1\d{2}\*+)?(\d{4})$/.exec(digits) ?? []
  return tail === undefined
    ? { reason: `「${cell}」请写 11 位手机号，或只写最后四位` }
    : { value: { phone: null, phoneTail: tail } }
}
const day = (cell: string): Read<string> => {
  const [, year = '', month = '', date = ''] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(cell) ?? []
  const text = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  return isDay(text) ? { value: text } : { reason: `「${cell}」请写成 2023-05-31 这样的日期` }
}
const fen = (cell: string): Read<number> => {
  const [, yuan, fraction = ''] = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(cell.replace(/^[¥￥]\s*/, '')) ?? []
  return yuan === undefined
    ? { reason: `「${cell}」请写成 1280.50 这样的元` }
    : { value: Number(yuan) * 100 + Number(fraction.padEnd(2, '0')) }
}

/** Reads one row; an empty cell says nothing, a cell that cannot be read is a fault. */
function readRow({ line, ragged, cells }: Cells<Column>): { said: CardSaid; faults: Fault[] } {
  const no = cardNoOf(cells.no ?? '')
  const faults: Fault[] = []
  const blame = (column: Column, reason: string) => {
    faults.push({ line, no, column: columnName(column), reason })
  }
  if (ragged) blame('no', '这一行的格数和表头不一样')
  if (no === '') blame('no', '缺少卡号')
  else if (!isCardNo(no)) blame('no', '卡号是 4 到 24 位的数字和字母')
  const take = <T>(column: Column, read: (cell: string) => Read<T>): T | null => {
    const cell = cells[column] ?? ''
    if (cell === '') return null
    const answer = read(cell)
    if ('value' in answer) return answer.value
    blame(column, answer.reason)
    return null
  }
  const number = take('phone', phone)
  if ((cells.points ?? '') === '') blame('points', '缺少积分，没有请写 0')
  const said: CardSaid = {
    no,
    name: take('name', name),
    phone: number?.phone ?? null,
    phoneTail: number?.phoneTail ?? null,
    points: take('points', count) ?? 0,
    growth: take('growth', count) ?? 0,
    firstBought: take('firstBought', day),
    lastBought: take('lastBought', day),
    purchases: take('purchases', count),
    spentFen: take('spent', fen),
  }
  if (said.firstBought && said.lastBought && said.firstBought > said.lastBought)
    blame('lastBought', '最近消费早于首次消费')
  return { said, faults }
}

/** All that a file says, and all that is wrong with it. Two rows of one card are a fault of the second. */
export function readRows(table: Table<Column>): {
  rows: { line: number; said: CardSaid }[]
  faults: Fault[]
} {
  const faults: Fault[] = table.unknown.map((column) => ({
    line: 1,
    no: '',
    column,
    reason: '不认识或重复的列',
  }))
  const first = new Map<string, number>()
  const rows = table.rows.map((row) => {
    const { said, faults: own } = readRow(row)
    faults.push(...own)
    const before = first.get(said.no)
    if (said.no !== '' && before !== undefined)
      faults.push({
        line: row.line,
        no: said.no,
        column: columnName('no'),
        reason: `和第 ${before} 行是同一张卡`,
      })
    else first.set(said.no, row.line)
    return { line: row.line, said }
  })
  return { rows, faults }
}
