import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  holdUp,
  linesOf,
  readBarcode,
  readCouponShown,
  readYuan,
  withPiece,
  withQuantity,
} from './redeeming.ts'
import { holdsFor } from './till-code.ts'

test('a coupon code, a card, or the end of a number with six digits; nothing else', () => {
  const code = `LC1.k.${'A'.repeat(70)}.${'B'.repeat(86)}`
  assert.deepEqual(readCouponShown(` ${code}\n`), { couponCode: code })
  assert.deepEqual(readCouponShown('8613 0002 0741 9956'), { cardCode: '8613000207419956' })
  assert.deepEqual(readCouponShown('0318 419956'), { phoneTail: '0318', code: '419956' })
  assert.equal(readCouponShown('6999911000015'), null)
})

test('the same barcode again is a piece more, and none of it is no line', () => {
  const one = withPiece([], '6999911000015')
  const two = withPiece(withPiece(one, '6999911000039'), '6999911000015')
  assert.deepEqual(
    two.map(({ barcode, quantity }) => [barcode, quantity]),
    [
      ['6999911000015', 2],
      ['6999911000039', 1],
    ],
  )
  assert.deepEqual(
    withQuantity(two, '6999911000015', 0).map(({ barcode }) => barcode),
    ['6999911000039'],
  )
  assert.equal(readBarcode(' 6999911000015 '), '6999911000015')
  assert.equal(readBarcode('苹果'), null)
})

test('the price on the scales is a sum of yuan, and goods by weight wait for it', () => {
  assert.deepEqual(['12.5', '12', '0.05', '0', '1.234', 'x'].map(readYuan), [1250, 1200, 5, null, null, null])
  const line = { barcode: '1', quantity: 1, yuan: '' }
  assert.deepEqual(linesOf([line, { ...line, yuan: '9.9' }]), [
    { barcode: '1', quantity: 1 },
    { barcode: '1', quantity: 1, unitFen: 990 },
  ])
  const priced = { barcode: '1', name: '鸭梨', quantity: 1, unitFen: 1180, payFen: 1180, weighed: true }
  const quote = { lines: [priced], couponIds: ['c'] }
  assert.match(holdUp(quote, [line]) ?? '', /鸭梨/)
  assert.equal(holdUp(quote, [{ ...line, yuan: '9.9' }]), null)
  assert.match(holdUp({ lines: [], couponIds: [] }, []) ?? '', /用不上/)
})

test('how long a code still holds', () =>
  assert.deepEqual([245, 60, 38].map(holdsFor), ['4 分 05 秒', '1 分 00 秒', '38 秒']))
