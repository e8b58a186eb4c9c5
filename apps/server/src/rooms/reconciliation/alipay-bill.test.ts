// Alipay's bill, row by row and sum by sum; whatever does not fit is refused by name.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAlipayReader } from './alipay-bill.ts'
import { BillProblem, type BillFault } from './bill-problem.ts'
import type { TradeLine } from './trade-bill.ts'

const HEAD = [
  '#支付宝业务明细查询',
  '#账号：[20880000000000000156]',
  '#起始日期：[2026年11月22日 00:00:00]   终止日期：[2026年11月23日 00:00:00]',
  '#-----------------------------------------业务明细列表----------------------------------------',
]
const NAMES =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,订单金额（元）,商家实收（元）,退款批次号/请求号,服务费（元）,备注'
const PAID = '2026112222001\t,OUT1\t,交易,苹果,2026-11-22 10:00:00,2026-11-22 10:00:30,12.80,12.80,,-0.08,'
const BACK =
  '2026112222001\t,OUT1\t,退款,苹果,2026-11-22 10:00:00,2026-11-22 11:00:00,-12.80,-12.80,R1\t,0.08,'
const FOOT = [
  '#-----------------------------------------业务明细列表结束------------------------------------',
  '#交易合计：1笔，商家实收共12.80元，商家优惠共0.00元',
  '#退款合计：1笔，商家实收退款共-12.80元，商家优惠退款共0.00元',
  '#导出时间：[2026年11月23日 06:27:10]',
]
const WHOLE = [...HEAD, NAMES, PAID, BACK, ...FOOT]

function read(lines: readonly string[], piece = Infinity, end = '\r\n'): TradeLine[] {
  const taken: TradeLine[] = []
  const reader = createAlipayReader({ party: '2088000000000000', day: '2026-11-22' }, (each) =>
    taken.push(each),
  )
  const text = lines.map((line) => `${line}${end}`).join('')
  for (let at = 0; at < text.length; at += Math.min(piece, text.length))
    reader.write(text.slice(at, at + piece))
  reader.end()
  return taken
}
const fault = (lines: readonly string[]): BillFault | null => {
  try {
    read(lines)
    return null
  } catch (error) {
    assert.ok(error instanceof BillProblem)
    return error.code
  }
}
const put = (at: number, ...lines: string[]) => WHOLE.toSpliced(at, 1, ...lines)

test('a payment and its refund: numbers without their tabs, fen, and a fee that is a cost', () => {
  const [paid, back] = read(WHOLE)
  assert.deepEqual(paid, {
    source: 'payment',
    number: '2026112222001',
    ourNo: 'OUT1',
    outTradeNo: 'OUT1',
    at: new Date('2026-11-22T10:00:30+08:00'),
    state: 'SUCCESS',
    amountFen: 1280,
    settleFen: 1280,
    couponFen: 0,
    feeMilliFen: 8000,
    rate: '',
  })
  assert.deepEqual(
    [back?.source, back?.number, back?.ourNo, back?.amountFen, back?.feeMilliFen],
    ['refund', 'R1', 'R1', 1280, -8000],
  )
})

test('the same however the text is cut, with either line end', () => {
  const whole = read(WHOLE)
  for (const piece of [1, 7, 100]) assert.deepEqual(read(WHOLE, piece), whole)
  assert.deepEqual(read(WHOLE, 13, '\n'), whole)
})

test('names with commas and quotes, quoted or not, divide nothing', () => {
  const named = (name: string) => read(put(5, PAID.replace('苹果', name)))[0]?.number
  for (const name of ['苹果, 特价', '"苹果, ""特价"""', '"特价"苹果', '苹果 "大', '"没有完, 的'])
    assert.equal(named(name), '2026112222001', name)
})

test('neither do those in a remark; where there is no such text, the value is refused', () => {
  for (const remark of ['坏了, 退一件', '"大"的, 退, 了', '退 "一', ',']) {
    const [, back] = read(put(6, `${BACK}${remark}`))
    assert.deepEqual([back?.number, back?.amountFen, back?.feeMilliFen], ['R1', 1280, -8000], remark)
    const [paid] = read(put(5, `${PAID.replace('苹果', '苹果, 特价')}${remark}`))
    assert.deepEqual([paid?.settleFen, paid?.feeMilliFen], [1280, 8000], remark)
  }
  const bare = (line = '') => line.split(',').toSpliced(10, 1).toSpliced(3, 1).join(',')
  const lines = [...HEAD, bare(NAMES), bare(PAID), bare(BACK), ...FOOT]
  assert.equal(fault(lines), null)
  assert.equal(fault(lines.toSpliced(5, 1, bare(PAID).replace('-0.08', '"-0.08'))), 'value_unreadable')
})

test('a refund made at Alipay’s own desk has no number of ours: one is made of its trade and second', () => {
  const [, back] = read(put(6, BACK.replace('R1\t', '')))
  assert.equal(back?.number, '2026112222001@20261122110000')
})

test('what does not fit is refused by name', () => {
  const cases: [BillFault, readonly string[]][] = [
    ['truncated', WHOLE.slice(0, 6)],
    ['truncated', WHOLE.slice(0, 9)],
    ['header_unreadable', ['<html>', ...WHOLE]],
    ['header_unreadable', WHOLE.toSpliced(1, 1)],
    ['other_merchant', put(1, '#账号：[20881111111111110156]')],
    ['other_day', put(2, '#起始日期：[2026年11月21日 00:00:00]')],
    ['column_missing', put(4, NAMES.replace('商家实收（元）', '实收'))],
    ['column_twice', put(4, NAMES.replace('备注', '业务类型'))],
    ['row_unreadable', put(5, '2026112222001,OUT1,交易')],
    ['row_unreadable', put(5, PAID, '#别的')],
    ['row_unreadable', put(5, PAID + ','.repeat(60_000))],
    ['value_unreadable', put(5, PAID.replaceAll('12.80', '12.8O'))],
    ['value_unreadable', put(5, PAID.replaceAll('12.80', '-12.80'))],
    ['value_unreadable', put(5, PAID.replace('交易', '转账'))],
    ['value_unreadable', put(5, PAID.replace('2026-11-22 10:00:30', '2026-02-31 25:00:00'))],
    ['value_unreadable', put(5, PAID.replace('OUT1', '；drop'))],
    ['summary_differs', put(8, FOOT[1]?.replace('12.80', '12.81') ?? '')],
    ['summary_differs', put(9, FOOT[2]?.replace('1笔', '2笔') ?? '')],
    ['summary_unreadable', put(8, FOOT[1]?.replace('12.80', '1.2.8') ?? '')],
    ['after_summary', [...WHOLE, PAID]],
  ]
  for (const [code, lines] of cases) assert.equal(fault(lines), code, `${code}: ${lines.length} lines`)
  assert.equal(fault(WHOLE), null)
})
