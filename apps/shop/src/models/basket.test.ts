import assert from 'node:assert/strict'
import { test } from 'node:test'
import { piecesByZone, piecesOf, sortBasket, troubleText, withoutKey } from './basket.ts'
import type { Cart, CartLine } from './wire.ts'

const line = (skuId: string, change: Partial<CartLine> = {}): CartLine => ({
  skuId,
  quantity: 2,
  selected: true,
  trouble: null,
  product: {
    id: skuId,
    skuId,
    name: skuId,
    subtitle: '',
    unit: '份',
    priceFen: 100,
    basePriceFen: null,
    picture: null,
    shelf: 'V01-1-3',
    speciality: false,
    onlineOnlyPrice: false,
    weight: null,
    bundle: false,
    stock: 'in_stock',
    available: 9,
  },
  ...change,
})
const cart = (...lines: CartLine[]): Cart => ({ storeId: 'S01', lines, quote: null, count: lines.length * 2 })

test('what cannot be bought folds away and never joins the checkout', () => {
  const basket = sortBasket(
    cart(
      line('a'),
      line('b', { selected: false }),
      line('c', { trouble: 'sold_out' }),
      line('d', { trouble: 'off_shelf' }),
      line('e', { trouble: 'short' }),
    ),
  )
  assert.deepEqual(
    basket.buyable.map((each) => each.skuId),
    ['a', 'b', 'e'],
  )
  assert.deepEqual(
    basket.troubled.map((each) => each.skuId),
    ['c', 'd'],
  )
  assert.deepEqual(
    basket.chosen.map((each) => each.skuId),
    ['a'],
  )
  assert.equal(basket.chosenPieces, 2)
  assert.equal(basket.allChosen, false)
  assert.equal(sortBasket(cart()).allChosen, false)
})

test('pieces are counted per product', () => {
  assert.equal(piecesOf(cart(line('a'), line('b', { quantity: 5 })), 'b'), 5)
  assert.equal(piecesOf(cart(line('a')), 'z'), 0)
  assert.equal(piecesOf(null, 'a'), 0)
})

test('a key leaves a record and the rest stays', () => {
  const wishes = { a: 1, b: 2 }
  assert.deepEqual(withoutKey(wishes, 'a'), { b: 2 })
  assert.deepEqual(withoutKey(wishes, 'z'), { a: 1, b: 2 })
  assert.deepEqual(wishes, { a: 1, b: 2 })
})

test('badges count pieces by zone', () => {
  const inZone = (skuId: string, shelf: string | null) =>
    line(skuId, { product: { ...line(skuId).product, shelf } })
  assert.deepEqual(
    piecesByZone(
      cart(inZone('a', 'V01-1-3'), inZone('b', 'V02-1-1'), inZone('c', 'L01-1-1'), inZone('d', null)),
    ),
    {
      V: 4,
      L: 2,
    },
  )
  assert.deepEqual(piecesByZone(null), {})
})

test('trouble is told in words', () => {
  assert.equal(troubleText(line('a', { trouble: 'short' })), '只剩 9 份')
  assert.equal(troubleText(line('a', { trouble: 'sold_out' })), '卖完了')
  assert.equal(troubleText(line('a')), '')
})
