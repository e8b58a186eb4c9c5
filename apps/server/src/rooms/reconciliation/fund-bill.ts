import { BillProblem } from './bill-problem.ts'
import { createBillReader, placesOf } from './bill-text.ts'
import { readCount, readFen } from './decimal.ts'
import { readTransfer } from './fund-transfer.ts'
import type { BillLine } from './trade-bill.ts'

/** What moved on the merchant's account on a day. */
export interface FundSums {
  rows: number
  incomeFen: number
  outgoFen: number
  /** Of these: takings of payments, and refunds less what came back of them. */
  takingsFen: number
  refundsFen: number
}

const COLUMNS = [
  '记账时间',
  '微信支付业务单号',
  '资金流水单号',
  '业务名称',
  '业务类型',
  '收支类型',
  '收支金额(元)',
  '业务凭证号',
] as const
export type FundColumn = (typeof COLUMNS)[number]
const plain = (name: string): string => name.replaceAll('（', '(').replaceAll('）', ')')

/** Reads a fund-flow bill to sums, and hands on its transfers to persons; throws unless it is whole and its summary equals its rows. */
export function createFundReader(take: (line: BillLine) => void): {
  write(text: string): void
  end(): FundSums
} {
  const sums: FundSums = { rows: 0, incomeFen: 0, outgoFen: 0, takingsFen: 0, refundsFen: 0 }
  const reader = createBillReader((columns) => {
    const places = placesOf(columns.map(plain), COLUMNS)
    return (values, row) => {
      const text = (name: FundColumn) => values[places[name]] ?? ''
      const fen = readFen(text('收支金额(元)'))
      const income = text('收支类型') === '收入'
      if (fen === null || (!income && text('收支类型') !== '支出'))
        throw new BillProblem('value_unreadable', `row ${row}: ${values.join(',').slice(0, 100)}`)
      sums.rows += 1
      if (income) sums.incomeFen += fen
      else sums.outgoFen += fen
      const kind = text('业务类型')
      if (kind === '交易') sums.takingsFen += income ? fen : -fen
      if (`${kind}${text('业务名称')}`.includes('转账')) take(readTransfer(text, { row, fen, income }))
      if (kind === '退款' || kind === '退款退回') sums.refundsFen += income ? -fen : fen
    }
  }, '备注')
  return {
    write: (text) => reader.write(text),
    end() {
      const { rows, summary } = reader.end()
      const stated = [
        readCount(summary.get('资金流水总笔数') ?? ''),
        readFen(summary.get('收入金额') ?? ''),
        readFen(summary.get('支出金额') ?? ''),
      ]
      if (stated.includes(null)) throw new BillProblem('summary_unreadable', [...summary.values()].join(','))
      if (stated[0] !== rows || stated[1] !== sums.incomeFen || stated[2] !== sums.outgoFen)
        throw new BillProblem('summary_differs', [...summary.values()].join(','))
      return sums
    },
  }
}
