import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { OrderDetail } from './model.ts'
import { pickAll, pickLines, pieceSteps, shareWords, wantedOf } from './refund-model.ts'

const line = (lineNo: number, quantity: number, payFen: number, over = {}) => ({
  lineNo,
  name: `商品${lineNo}`,
  unit: '份',
  quantity,
  payFen,
  refundedFen: 0,
  ...over,
})
// Only what a refund reads of an order.
const order = {
  state: 'PAID',
  lines: [line(1, 2, 1992), line(2, 3, 1011, { refundedFen: 337 }), line(3, 1, 500)],
  refundable: [
    { lineNo: 1, quantity: 2 },
    { lineNo: 2, quantity: 2 },
  ],
} as unknown as OrderDetail

const quoted = (whole: boolean) => ({ whole, parts: [{ provider: 'wechat' as const, amountFen: 100 }] })

test('only lines with pieces left can be chosen, and only chosen ones are sent', () => {
  assert.deepEqual(
    pickLines(order).map(({ line: { lineNo }, left }) => [lineNo, left]),
    [
      [1, 2],
      [2, 2],
    ],
  )
  assert.deepEqual(pickAll(order), { 1: 2, 2: 2 })
  assert.deepEqual(wantedOf({ 1: 0, 2: 1 }), [{ lineNo: 2, quantity: 1 }])
})
test('the share of a line is told so that it adds up to what was paid for it', () => {
  const [first, second] = pickLines(order)
  assert.ok(first && second)
  const one = shareWords(first, 1, 996)
  assert.deepEqual(
    one.map(({ fen }) => fen),
    [1992, 996, 996],
  )
  assert.match(one[1]?.name ?? '', /向下取整/)
  const rest = shareWords(second, 2, 674)
  assert.deepEqual(
    rest.map(({ fen }) => fen),
    [1011, 337, 674],
  )
})
test('a part leaves the order as it is; goods that were collected move no stock', () => {
  assert.match(pieceSteps(order, { 1: 1 }, quoted(false)).join(), /1 份 商品1 从这一单里拿掉/)
  assert.match(pieceSteps({ ...order, state: 'COMPLETED' }, { 1: 1 }, quoted(false)).join(), /库存不动/)
  assert.match(pieceSteps(order, { 1: 2, 2: 2 }, quoted(true)).join(), /提货码马上作废/)
})
