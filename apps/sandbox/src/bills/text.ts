/**
 * Bills as text: a byte order mark, CRLF, a header without backticks, every value after a backtick, and a summary of the rows. Lines are
 * generated, so that a bill of a million rows is never held whole.
 */
import type { ActionKind } from '../faults/actions.ts'
import { feeText, yuan } from './money.ts'
import { FUND_COLUMNS, TRADE_COLUMNS } from './rows.ts'
import type { FundRow, TradeRow } from './rows.ts'

const BOM = '\uFEFF'
const CRLF = '\r\n'
const TRADE_SUMMARY = [
  '总交易单数',
  '应结订单总金额',
  '退款总金额',
  '充值券退款总金额',
  '手续费总金额',
  '订单总金额',
  '申请退款总金额',
]
const FUND_SUMMARY = ['资金流水总笔数', '收入笔数', '收入金额', '支出笔数', '支出金额']
const ODD_NAME = '苹果, "特价" `斤`\r\n第二行 🍎'

const header = (names: readonly string[]): string => `${names.join(',')}${CRLF}`
const line = (values: readonly string[]): string => `\`${values.join(',`')}${CRLF}`

/** The columns of a trade bill as this fault would have them, and a row's values in that order. */
const layout = (fault: ActionKind | null): { names: string[]; valuesOf: (row: TradeRow) => string[] } => {
  const columns =
    fault === 'bill-reordered'
      ? [...TRADE_COLUMNS.slice(5), ...TRADE_COLUMNS.slice(0, 5)]
      : [...TRADE_COLUMNS]
  const valuesOf = (row: TradeRow) =>
    columns.map((name) => (fault === 'bill-odd-names' && name === '商品名称' ? ODD_NAME : row.cells[name]))
  if (fault !== 'bill-extra-column') return { names: columns, valuesOf }
  return {
    names: [...columns.slice(0, 3), '新增的列', ...columns.slice(3)],
    valuesOf: (row) => {
      const values = valuesOf(row)
      return [...values.slice(0, 3), '沙盒', ...values.slice(3)]
    },
  }
}

/** A trade bill, line by line. */
export function* tradeText(rows: Iterable<TradeRow>, fault: ActionKind | null): Generator<string> {
  const { names, valuesOf } = layout(fault)
  const sums = { rows: 0, orderFen: 0, refundFen: 0, couponRefundFen: 0, feeMilliFen: 0 }
  yield BOM + header(names)
  for (const row of rows) {
    sums.rows += 1
    sums.orderFen += row.orderFen
    sums.refundFen += row.refundFen
    sums.couponRefundFen += row.couponRefundFen
    sums.feeMilliFen += row.feeMilliFen
    yield line(valuesOf(row))
  }
  if (fault === 'bill-summary-wrong') sums.orderFen += 1
  yield header(TRADE_SUMMARY)
  yield line([
    `${sums.rows}.0`,
    yuan(sums.orderFen),
    yuan(sums.refundFen),
    yuan(sums.couponRefundFen),
    feeText(sums.feeMilliFen),
    yuan(sums.orderFen),
    yuan(sums.refundFen),
  ])
}

/** A fund-flow bill, line by line. */
export function* fundText(rows: readonly FundRow[]): Generator<string> {
  yield BOM + header(FUND_COLUMNS)
  for (const row of rows) yield line(row.cells)
  const count = (pick: (row: FundRow) => number) => rows.filter((row) => pick(row) > 0).length
  const sum = (pick: (row: FundRow) => number) => rows.reduce((fen, row) => fen + pick(row), 0)
  yield header(FUND_SUMMARY)
  yield line([
    String(rows.length),
    String(count((row) => row.incomeFen)),
    yuan(sum((row) => row.incomeFen)),
    String(count((row) => row.outgoFen)),
    yuan(sum((row) => row.outgoFen)),
  ])
}
