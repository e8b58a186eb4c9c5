import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BillProblem } from './bill-problem.ts'
import { createFundReader } from './fund-bill.ts'
import type { BillLine } from './trade-bill.ts'

const line = (values: readonly string[]) => `\`${values.join(',`')}\r\n`
const FUND_HEADER =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号'
const fundBill = (rows: readonly [kind: string, way: string, yuan: string][], summary: readonly string[]) =>
  `\uFEFF${FUND_HEADER}\r\n${rows
    .map(([kind, way, fen]) =>
      line(['2026-11-21 20:33:01', '1', '2', kind, kind, way, fen, '0.00', 'system', '', '3']),
    )
    .join('')}资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额\r\n${line(summary)}`

test('the account: takings, refunds and fees are told apart, and add up to the summary', () => {
  const text = fundBill(
    [
      ['交易', '收入', '19.90'],
      ['扣除交易手续费', '支出', '0.12'],
      ['退款', '支出', '9.95'],
      ['退款退回', '收入', '9.95'],
    ],
    ['4', '2', '29.85', '2', '10.07'],
  )
  const reader = createFundReader(() => undefined)
  reader.write(text)
  assert.deepEqual(reader.end(), {
    rows: 4,
    incomeFen: 2985,
    outgoFen: 1007,
    takingsFen: 1990,
    refundsFen: 0,
  })
  for (const summary of [
    ['3', '2', '29.85', '2', '10.07'],
    ['4', '2', '29.86', '2', '10.07'],
  ]) {
    const wrong = createFundReader(() => undefined)
    wrong.write(fundBill([['交易', '收入', '29.85']], summary))
    assert.throws(() => wrong.end(), BillProblem)
  }
})

test('transfers to persons are handed on with our numbers, and take no part in what trades come to', () => {
  const lines: BillLine[] = []
  const reader = createFundReader((each) => lines.push(each))
  reader.write(
    fundBill(
      [
        ['商家转账', '支出', '17.60'],
        ['商家转账', '收入', '17.60'],
      ],
      ['2', '1', '17.60', '1', '17.60'],
    ),
  )
  const { takingsFen, refundsFen } = reader.end()
  assert.deepEqual([takingsFen, refundsFen], [0, 0])
  assert.deepEqual(
    lines.map(({ source, number, ourNo, state, amountFen, settleFen, at }) =>
      [source, number, ourNo, state, amountFen, settleFen, at.toISOString()].join(' '),
    ),
    ['transfer 1 3 OUT 1760 0 2026-11-21T12:33:01.000Z', 'transfer 2 3 BACK 1760 0 2026-11-21T12:33:01.000Z'],
  )
})
