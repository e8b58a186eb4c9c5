import { parse } from 'csv-parse/sync'
import { BillProblem } from './bill-problem.ts'
import { placesOf } from './bill-text.ts'
import { readFen, readMilliFen } from './decimal.ts'
import type { TradeLine, TradeReader } from './trade-bill.ts'

const COLUMNS = [
  '支付宝交易号',
  '商户订单号',
  '业务类型',
  '完成时间',
  '订单金额',
  '商家实收',
  '退款批次号/请求号',
  '服务费',
] as const
type Column = (typeof COLUMNS)[number]
/** What people wrote: commas in it divide nothing, and Alipay may not say so with quotes. The first stands before the times, the second after them. */
const [NAME, REMARK] = ['商品名称', '备注']
const MOST_COMMAS = 200
const SOURCES: ReadonlyMap<string, TradeLine['source']> = new Map([
  ['交易', 'payment'],
  ['退款', 'refund'],
])

const BEGINS = /^#-+业务明细列表-+$/
const ENDS = /^#-+业务明细列表结束-+$/
const ACCOUNT = /^#账号：\[([^\]]*)\]/
const FROM = /^#起始日期：\[(\d{4})年(\d\d)月(\d\d)日 00:00:00\]/
const PAID = /^#交易合计：(\d{1,9})笔，商家实收共(-?[\d.]+)元/
const BACK = /^#退款合计：(\d{1,9})笔，商家实收退款共(-?[\d.]+)元/
const NUMBER = /^[0-9A-Za-z_\-|*@]{1,64}$/
const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/
const LONGEST_LINE = 64 * 1024

interface Sum {
  count: number
  fen: number
}
interface Sums {
  payment: Sum
  refund: Sum
}

/** Whose bill of which day it should be. */
export interface Expected {
  party: string
  day: string
}

/**
 * Reads Alipay's trade bill (业务明细) as its text comes: lines that begin with # say whose it is and of which day, where the rows begin and end, and
 * what they add up to; the rows are CSV, with tabs after numbers and quotes only perhaps. Hands each row on as it comes.
 */
export function createAlipayReader(expected: Expected, take: (line: TradeLine) => void): TradeReader {
  const sums: Sums = { payment: { count: 0, fen: 0 }, refund: { count: 0, fen: 0 } }
  const said: Partial<Record<'account' | 'from', string | undefined>> = {}
  const totals: Partial<Record<keyof Sums, string[] | undefined>> = {}
  let section: 'head' | 'columns' | 'rows' | 'foot' = 'head'
  let columns: readonly string[] = []
  let places: Readonly<Record<Column, number>> | undefined
  let rest = ''
  let rows = 0

  function readColumns(line: string): void {
    columns = line.split(',').map((name) => name.trim().replace(/[（(]元[）)]$/, ''))
    const twice = columns.find((name, at) => columns.indexOf(name) !== at)
    if (twice !== undefined) throw new BillProblem('column_twice', twice.slice(0, 60))
    places = placesOf(columns, COLUMNS)
    section = 'rows'
  }
  function readRow(line: string): void {
    rows += 1
    const values = valuesOf(line, columns, rows)
    const text = (name: Column) => values[places?.[name] ?? -1]?.trim() ?? ''
    const read = readLine(text, rows)
    const sum = sums[read.source]
    sum.count += 1
    sum.fen += read.settleFen
    take(read)
  }
  function readHash(line: string): void {
    if (section === 'head') {
      said.account ??= ACCOUNT.exec(line)?.[1]
      said.from ??= FROM.exec(line)?.slice(1).join('-')
      if (!BEGINS.test(line)) return
      compareHead(said, expected)
      section = 'columns'
    } else if (section === 'rows' && ENDS.test(line)) section = 'foot'
    else if (section === 'foot') {
      totals.payment ??= PAID.exec(line)?.slice(1)
      totals.refund ??= BACK.exec(line)?.slice(1)
    } else throw new BillProblem('row_unreadable', `row ${rows + 1}: ${line.slice(0, 60)}`)
  }
  function readOne(line: string): void {
    if (line.startsWith('#')) readHash(line)
    else if (section === 'columns') readColumns(line)
    else if (section === 'rows') readRow(line)
    else if (line !== '')
      throw new BillProblem(section === 'foot' ? 'after_summary' : 'header_unreadable', line.slice(0, 60))
  }
  return {
    write(text) {
      rest += text
      let from = 0
      for (let at = rest.indexOf('\n'); at >= 0; at = rest.indexOf('\n', from)) {
        readOne(rest.slice(from, at).replace(/\r$/, ''))
        from = at + 1
      }
      rest = rest.slice(from)
      if (rest.length > LONGEST_LINE) throw new BillProblem('row_unreadable', `row ${rows + 1} has no end`)
    },
    end() {
      if (rest !== '') readOne(rest.replace(/\r$/, ''))
      rest = ''
      if (!totals.payment || !totals.refund) throw new BillProblem('truncated', `after ${rows} rows`)
      compareSum('交易合计', totals.payment, sums.payment)
      compareSum('退款合计', totals.refund, sums.refund)
      return { rows }
    },
  }
}

function compareHead(
  { account, from }: { account?: string | undefined; from?: string | undefined },
  { party, day }: Expected,
): void {
  if (account === undefined || from === undefined)
    throw new BillProblem('header_unreadable', 'no account or no day')
  // The account may carry two digits more for the shop: the first sixteen are the merchant's.
  if (!account.startsWith(party)) throw new BillProblem('other_merchant', account.slice(0, 20))
  if (from !== day) throw new BillProblem('other_day', from)
}

function compareSum(name: string, [count = '', yuan = '']: readonly string[], sum: Sum): void {
  const fen = signedFen(yuan)
  if (fen === null) throw new BillProblem('summary_unreadable', `${name}: ${yuan.slice(0, 60)}`)
  if (Number(count) !== sum.count || Math.abs(fen) !== sum.fen)
    throw new BillProblem('summary_differs', `${name}: ${count}, ${yuan}, rows ${sum.count}, ${sum.fen} fen`)
}

/** Refunds are written with a minus. */
function signedFen(text: string): number | null {
  const fen = readFen(text.replace(/^-/, ''))
  return fen === null || !text.startsWith('-') || fen === 0 ? fen : -fen
}

function valuesOf(line: string, columns: readonly string[], row: number): readonly string[] {
  const plain = line.split(',')
  if (plain.length === columns.length && !line.includes('"')) return plain
  const quoted = line.includes('"') ? quotedValues(line) : undefined
  if (quoted?.length === columns.length) return quoted
  // Not quoted, then: what is too much belongs to the name of the goods, the remark, or both, so that a time stands where one has to.
  const extra = plain.length - columns.length
  const [name, remark, time] = [NAME, REMARK, '完成时间'].map((each) => columns.indexOf(each))
  for (let inName = extra > MOST_COMMAS ? -1 : extra; inName >= 0; inName--) {
    const values = joined(joined(plain, name, inName), remark, extra - inName)
    if (values.length === columns.length && TIME.test(values[time ?? -1]?.trim() ?? '')) return values
  }
  throw new BillProblem('row_unreadable', `row ${row} has ${plain.length} of ${columns.length} values`)
}
/** With so many more values made one with that at `at`. */
const joined = (values: readonly string[], at: number | undefined, more: number): readonly string[] =>
  at === undefined || at < 0 || more === 0
    ? values
    : [...values.slice(0, at), values.slice(at, at + more + 1).join(','), ...values.slice(at + more + 1)]
function quotedValues(line: string): string[] | undefined {
  try {
    return parse(line, { relax_column_count: true })[0]
  } catch {
    return undefined
  }
}

function readLine(text: (name: Column) => string, row: number): TradeLine {
  const unreadable = (name: Column): never => {
    throw new BillProblem('value_unreadable', `row ${row}, ${name}: ${text(name).slice(0, 60)}`)
  }
  const matching = (name: Column, pattern: RegExp): string =>
    pattern.test(text(name)) ? text(name) : unreadable(name)
  const source = SOURCES.get(text('业务类型')) ?? unreadable('业务类型')
  const fen = (name: Column): number => {
    const read = signedFen(text(name)) ?? unreadable(name)
    return source === 'payment' ? (read >= 0 ? read : unreadable(name)) : Math.abs(read)
  }
  const time = matching('完成时间', TIME)
  const at = new Date(`${time.replace(' ', 'T')}+08:00`)
  if (Number.isNaN(at.getTime())) unreadable('完成时间')
  const [trade, outTradeNo] = [matching('支付宝交易号', NUMBER), matching('商户订单号', NUMBER)]
  const [amountFen, settleFen] = [fen('订单金额'), fen('商家实收')]
  const fee = Math.abs(readMilliFen(text('服务费') || '0') ?? unreadable('服务费'))
  // Made at Alipay's own desk it may have no number of ours: the trade and the second make one.
  const back = () =>
    text('退款批次号/请求号') === ''
      ? `${trade.slice(0, 49)}@${time.replaceAll(/\D/g, '')}`
      : matching('退款批次号/请求号', NUMBER)
  const number = source === 'payment' ? trade : back()
  return {
    source,
    number,
    ourNo: source === 'payment' ? outTradeNo : number,
    outTradeNo,
    at,
    state: 'SUCCESS',
    amountFen,
    settleFen,
    couponFen: amountFen - settleFen,
    feeMilliFen: source === 'payment' ? fee : -fee,
    rate: '',
  }
}
