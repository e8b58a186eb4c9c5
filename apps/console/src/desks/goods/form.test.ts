import assert from 'node:assert/strict'
import { test } from 'node:test'

import {
  calmMarks,
  countChanges,
  eanValid,
  faultsOf,
  formOf,
  listingChanges,
  newListing,
  priceChangeWords,
  perWeightWords,
  productChange,
  productChanged,
  sectionMarks,
  type Product,
} from './form.ts'

const product: Product = {
  id: 'p1',
  skuId: 's1',
  name: '鲜鸡蛋 30枚',
  subtitle: '',
  description: '',
  categoryId: 'M',
  barcode: '6999912000083',
  unit: '板',
  weight: null,
  components: null,
  speciality: false,
  facts: {
    origin: null,
    storage: '阴凉处',
    shelfLife: '30 天',
    allergens: ['蛋'],
    licence: null,
    ingredients: null,
  },
  pictures: [],
  listings: [
    { storeId: 'S01', priceFen: 2490, onlinePriceFen: null, onShelf: true, shelf: 'M02-3-4' },
    { storeId: 'S05', priceFen: 2390, onlinePriceFen: 1990, onShelf: true, shelf: null },
  ],
  updatedAt: '2026-11-22T01:12:00Z',
  version: 3,
}
const form = formOf(product)
const withListing = (at: number, change: object) => ({
  ...form,
  listings: form.listings.map((each, index) => (index === at ? { ...each, ...change } : each)),
})

test('fields filled from the server and sent back unchanged say nothing changed', () => {
  assert.equal(productChanged(product, form), false)
  assert.deepEqual(listingChanges(product, form), [])
  assert.equal(countChanges(product, form), 0)
  assert.equal(productChange(form, 3).version, 3)
  assert.equal(productChange(form, 3).facts.origin, null)
})

test('sold by weight: sent as grams of a piece and of the price; without grams it cannot be saved', () => {
  const ribs = { ...form, weighed: true, pieceGrams: '500', perGrams: '1000' as const }
  assert.deepEqual(productChange(ribs, 3).weight, { pieceGrams: 500, perGrams: 1000 })
  assert.equal(perWeightWords(ribs, 2590), '¥51.80/kg')
  assert.equal(faultsOf(ribs)['pieceGrams'], undefined)
  for (const pieceGrams of ['', '9', '20001', '1.5'])
    assert.ok(faultsOf({ ...ribs, pieceGrams })['pieceGrams'], pieceGrams)
  assert.equal(productChange({ ...ribs, weighed: false }, 3).weight, null)
})

test('a bundle sends what is in it, and never a weight; an empty one cannot be saved', () => {
  const eggs = { skuId: 's9', name: '鲜鸡蛋', unit: '板', quantity: 2 }
  const box = { ...form, weighed: true, pieceGrams: '500', components: [eggs] }
  assert.deepEqual(productChange(box, 3).components, [{ skuId: 's9', quantity: 2 }])
  assert.equal(productChange(box, 3).weight, null)
  assert.equal(faultsOf(box)['components'], undefined)
  assert.ok(faultsOf({ ...box, components: [] })['components'])
  assert.equal('components' in productChange(form, 3), false)
})

test('only the listing fields that differ are sent', () => {
  assert.deepEqual(listingChanges(product, withListing(0, { price: '23.9', shelf: 'm02-3-5' })), [
    { storeId: 'S01', body: { priceFen: 2390, shelf: 'M02-3-5' } },
  ])
  assert.deepEqual(listingChanges(product, withListing(1, { online: '' })), [
    { storeId: 'S05', body: { onlinePriceFen: null } },
  ])
  assert.deepEqual(listingChanges(product, withListing(1, { shelf: ' ' })), [])
})

test('price changes are said before they are made', () => {
  assert.deepEqual(priceChangeWords(product, withListing(1, { price: '25', online: '' })), [
    'S05 门店价 ¥23.90 → ¥25.00',
    'S05 线上价 ¥19.90 → 不设',
  ])
})

test('faults name the field and the limit', () => {
  assert.deepEqual(faultsOf(form), {})
  const bad = { ...withListing(0, { price: '0', shelf: 'M2' }), name: ' ', unit: '', categoryId: '' }
  assert.deepEqual(Object.keys(faultsOf(bad)).sort(), [
    'categoryId',
    'name',
    'price.S01',
    'shelf.S01',
    'unit',
  ])
  assert.match(faultsOf(withListing(1, { online: '23.91' }))['online.S05'] ?? '', /¥23\.90/)
  assert.equal(faultsOf({ ...form, name: '字'.repeat(61) })['name'], '名称最多 60 个字')
})

test('the rail separates what stops saving from what is merely missing', () => {
  const marks = sectionMarks(withListing(0, { price: 'x' }))
  assert.equal(marks.listings.mark, 'fault')
  assert.deepEqual(marks.facts, { mark: 'missing', word: '缺 1' })
  assert.equal(marks.pictures.mark, 'missing')
  assert.equal(marks.basics.mark, 'good')
  assert.deepEqual(calmMarks(marks).listings, { mark: 'missing', word: '待填' })
})

test('a barcode is believed only with its check digit', () => {
  assert.equal(eanValid('6999912000083'), true)
  assert.equal(eanValid('6999912000084'), false)
  assert.equal(eanValid('699991200008'), false)
})

test('a store that did not sell it yet gets its first listing, and needs a price', () => {
  const more = (change: object) => ({
    ...form,
    listings: [...form.listings, { ...newListing('S03'), ...change }],
  })
  assert.ok(faultsOf(more({}))['price.S03'])
  assert.deepEqual(listingChanges(product, more({})), [])
  assert.equal(countChanges(product, more({})), 1)
  const whole = more({ price: '25.00', online: '24', shelf: 'm02-3-4' })
  assert.deepEqual(listingChanges(product, whole), [
    { storeId: 'S03', body: { priceFen: 2500, onlinePriceFen: 2400, onShelf: true, shelf: 'M02-3-4' } },
  ])
  assert.equal(countChanges(product, whole), 1)
  assert.deepEqual(priceChangeWords(product, whole), ['S03 开始卖，门店价 ¥25.00，线上价 ¥24.00'])
})
