import { BillProblem } from './bill-problem.ts'
import { createBillReader, placesOf, type BillEnd, type BillReader } from './bill-text.ts'
import { readCount, readFen, readMilliFen } from './decimal.ts'

/** One payment or refund as the bill states it. */
export interface BillLine {
  source: 'payment' | 'refund' | 'transfer'
  /** The provider's number of the payment or of the refund. */
  number: string
  /** Our number of the same. */
  ourNo: string
  outTradeNo: string
  at: Date
  /** SUCCESS for a payment; for a refund what was known at nine the next morning; of a transfer, OUT or BACK. */
  state: string
  /** What the order cost, or what was asked back. */
  amountFen: number
  settleFen: number
  couponFen: number
  feeMilliFen: number
  rate: string
}
export interface TradeLine extends BillLine {
  source: 'payment' | 'refund'
}

const COLUMNS = [
  '交易时间',
  '商户号',
  '微信订单号',
  '商户订单号',
  '交易状态',
  '货币种类',
  '应结订单金额',
  '代金券金额',
  '微信退款单号',
  '商户退款单号',
  '退款金额',
  '充值券退款金额',
  '退款状态',
  '手续费',
  '费率',
  '订单金额',
  '申请退款金额',
] as const
type Column = (typeof COLUMNS)[number]

const NUMBER = /^[0-9A-Za-z_\-|*@]{1,64}$/
const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/
const STATE = /^[A-Z_]{1,20}$/
/** A payment taken back at a till (REVOKED) is a refund in all but name. */
const SOURCES: ReadonlyMap<string, TradeLine['source']> = new Map([
  ['SUCCESS', 'payment'],
  ['REFUND', 'refund'],
  ['REVOKED', 'refund'],
])

interface Sums {
  payments: number
  settleFen: number
  refundFen: number
  couponRefundFen: number
  feeMilliFen: number
  orderFen: number
  askedFen: number
}

export interface TradeReader extends Pick<BillReader, 'write'> {
  /** Throws unless the bill is whole and its summary equals its rows. */
  end(): { rows: number }
}

/** Reads a trade bill of this merchant: every row strictly, the summary against the rows. Hands each row on as it comes. */
export function createTradeReader(mchId: string, take: (line: TradeLine) => void): TradeReader {
  const sums: Sums = {
    payments: 0,
    settleFen: 0,
    refundFen: 0,
    couponRefundFen: 0,
    feeMilliFen: 0,
    orderFen: 0,
    askedFen: 0,
  }
  const reader = createBillReader((columns) => {
    const places = placesOf(columns, COLUMNS)
    return (values, row) => take(readLine({ mchId, sums, row, text: (name) => values[places[name]] ?? '' }))
  }, '商品名称')
  return {
    write: (text) => reader.write(text),
    end() {
      const end = reader.end()
      compareSummary(end, sums)
      return { rows: end.rows }
    },
  }
}

interface Row {
  mchId: string
  sums: Sums
  row: number
  text(name: Column): string
}

function readLine({ mchId, sums, row, text }: Row): TradeLine {
  const unreadable = (name: Column): never => {
    throw new BillProblem('value_unreadable', `row ${row}, ${name}: ${text(name).slice(0, 60)}`)
  }
  const fen = (name: Column): number => readFen(text(name)) ?? unreadable(name)
  const matching = (name: Column, pattern: RegExp): string =>
    pattern.test(text(name)) ? text(name) : unreadable(name)
  const source = SOURCES.get(text('交易状态')) ?? unreadable('交易状态')
  const at = new Date(`${matching('交易时间', TIME).replace(' ', 'T')}+08:00`)
  if (Number.isNaN(at.getTime())) unreadable('交易时间')
  if (text('商户号') !== mchId)
    throw new BillProblem('other_merchant', `row ${row}: ${text('商户号').slice(0, 20)}`)
  if (text('货币种类') !== 'CNY')
    throw new BillProblem('other_currency', `row ${row}: ${text('货币种类').slice(0, 20)}`)
  const feeMilliFen = readMilliFen(text('手续费')) ?? unreadable('手续费')
  const [orderFen, askedFen, refundFen] = [fen('订单金额'), fen('申请退款金额'), fen('退款金额')]
  const settleFen = fen('应结订单金额')
  const paid = source === 'payment'
  if (paid) sums.payments += 1
  sums.settleFen += settleFen
  sums.refundFen += refundFen
  const couponRefundFen = fen('充值券退款金额')
  sums.couponRefundFen += couponRefundFen
  sums.feeMilliFen += feeMilliFen
  sums.orderFen += orderFen
  sums.askedFen += askedFen
  const outTradeNo = matching('商户订单号', NUMBER)
  return {
    source,
    number: matching(paid ? '微信订单号' : '微信退款单号', NUMBER),
    ourNo: paid ? outTradeNo : matching('商户退款单号', NUMBER),
    outTradeNo,
    at,
    state: paid ? 'SUCCESS' : matching('退款状态', STATE),
    amountFen: paid ? orderFen : askedFen,
    settleFen: paid ? settleFen : refundFen,
    couponFen: paid ? fen('代金券金额') : couponRefundFen,
    feeMilliFen,
    rate: text('费率').slice(0, 20),
  }
}

function compareSummary({ rows, summary }: BillEnd, sums: Sums): void {
  const compare = (name: string, read: (text: string) => number | null, ...ours: number[]): void => {
    const text = summary.get(name)
    if (text === undefined) throw new BillProblem('column_missing', name)
    const stated = read(text)
    if (stated === null) throw new BillProblem('value_unreadable', `${name}: ${text.slice(0, 60)}`)
    if (!ours.includes(stated))
      throw new BillProblem('summary_differs', `${name}: ${text}, rows ${ours.join(' or ')}`)
  }
  // Whether refunds count as trades is not said anywhere: both counts are believed, and nothing else.
  compare('总交易单数', readCount, rows, sums.payments)
  compare('应结订单总金额', readFen, sums.settleFen)
  compare('退款总金额', readFen, sums.refundFen)
  compare('充值券退款总金额', readFen, sums.couponRefundFen)
  compare('手续费总金额', readMilliFen, sums.feeMilliFen)
  compare('订单总金额', readFen, sums.orderFen)
  compare('申请退款总金额', readFen, sums.askedFen)
}
