import { BillProblem } from './bill-problem.ts'
import type { FundColumn } from './fund-bill.ts'
import type { BillLine } from './trade-bill.ts'

const TIME = /^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d$/
const NUMBER = /^[0-9A-Za-z_-]{1,64}$/

/**
 * 商家转账 as the account's bill states it: our number is its voucher. Money that left has the number of the transfer; money that came back has the number
 * of its own movement, because the transfer's stands there already.
 */
export function readTransfer(
  text: (name: FundColumn) => string,
  { row, fen, income }: { row: number; fen: number; income: boolean },
): BillLine {
  const number = text(income ? '资金流水单号' : '微信支付业务单号')
  const ourNo = text('业务凭证号')
  const time = text('记账时间')
  if (!NUMBER.test(number) || !NUMBER.test(ourNo) || !TIME.test(time))
    throw new BillProblem('value_unreadable', `row ${row}: a transfer of ${time} without its numbers`)
  return {
    source: 'transfer',
    number,
    ourNo,
    outTradeNo: '',
    at: new Date(`${time.replace(' ', 'T')}+08:00`),
    state: income ? 'BACK' : 'OUT',
    amountFen: fen,
    // Nothing of it is settled to us, and it takes no part in what trades come to.
    settleFen: 0,
    couponFen: 0,
    feeMilliFen: 0,
    rate: '',
  }
}
