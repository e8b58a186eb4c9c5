import assert from 'node:assert/strict'
import { test } from 'node:test'
import { besideText, boughtText, goodsFenOf, tillOffFen } from './receipts.ts'

const line = (name: string, quantity: number, returnedQuantity = 0) => ({
  name,
  quantity,
  unitFen: 1000,
  payFen: quantity * 900,
  returnedQuantity,
})
const row = (source: 'till' | 'staff', lines: ReturnType<typeof line>[], earnedPoints = 0) => ({
  source,
  lines,
  earnedPoints,
})

test('what was bought, in a line', () => {
  assert.equal(boughtText(row('till', [line('苹果', 1), line('鸭梨', 1)])), '苹果、鸭梨')
  assert.equal(boughtText(row('till', [line('苹果', 3)])), '苹果 等 3 件')
  assert.equal(
    boughtText(row('till', [line('苹果', 1), line('鸭梨', 1), line('酱油', 2)])),
    '苹果、鸭梨 等 4 件',
  )
})

test('what became of it comes before what it earned', () => {
  assert.equal(besideText(row('till', [line('苹果', 2)], 21)), '得 21 积分')
  assert.equal(besideText(row('till', [line('苹果', 2)])), null)
  assert.equal(besideText(row('till', [line('苹果', 2, 1)], 21)), '退了 1 件')
  assert.equal(besideText(row('till', [line('苹果', 2, 2)], 21)), '已全部退货')
  assert.equal(besideText(row('staff', [line('苹果', 2)])), '店员核销的券')
  assert.equal(besideText(row('staff', [line('苹果', 2, 2)])), '已撤销，券退回了')
})

test('goods less what coupons and points took is what the till took off by itself', () => {
  const receipt = {
    lines: [line('苹果', 2)],
    discounts: [{ label: '券', offFen: 300, points: 0 }],
    paidFen: 1500,
  }
  assert.deepEqual([goodsFenOf(receipt), tillOffFen(receipt)], [2000, 200])
  assert.equal(tillOffFen({ ...receipt, paidFen: 1750 }), 0)
})
