import assert from 'node:assert/strict'
import { test } from 'node:test'

import {
  goodsChips,
  goodsFilters,
  priceRange,
  sellable,
  shelfState,
  ticksOf,
  type GoodsRow,
} from './model.ts'

const row: GoodsRow = {
  id: 'p1',
  skuId: 's1',
  name: '鲜鸡蛋 30枚',
  barcode: '6999912000083',
  unit: '板',
  categoryId: 'M',
  picture: null,
  minPriceFen: 2390,
  maxPriceFen: 2490,
  stores: [
    { storeId: 'S01', onShelf: true, available: 64 },
    { storeId: 'S02', onShelf: true, available: 10 },
    { storeId: 'S03', onShelf: true, available: 0 },
    { storeId: 'S04', onShelf: false, available: 12 },
  ],
  updatedAt: '2026-11-22T01:12:00Z',
}

test('filters are read from the address and nothing else gets through', () => {
  assert.deepEqual(
    goodsFilters(new URLSearchParams('q=%20蛋%20&cat=M&shelf=on&stock=low&sort=name&page=3&x=1')),
    {
      q: '蛋',
      categoryId: 'M',
      shelf: 'on',
      stock: 'low',
      sort: 'name',
    },
  )
  assert.deepEqual(goodsFilters(new URLSearchParams('cat=a%20b&shelf=toString&stock=all&sort=&q=')), {})
})

test('chips name their filter in words', () => {
  const categories = [{ id: 'M', name: '肉禽蛋水产', zone: 'M', products: 15 }]
  assert.deepEqual(goodsChips({ categoryId: 'M', stock: 'low', shelf: 'on' }, categories), [
    { key: 'cat', label: '分类', value: '肉禽蛋水产' },
    { key: 'stock', label: '库存', value: '偏少' },
  ])
  assert.equal(goodsChips({ categoryId: 'X' }, categories)[0]?.value, 'X')
})

test('ticks tell full, low, empty and not sold apart', () => {
  assert.deepEqual(
    ticksOf(row).map((tick) => tick.level),
    ['full', 'low', 'empty', 'none'],
  )
  assert.equal(sellable(row), 74)
})

test('a price range shows the sign once', () => {
  assert.equal(priceRange(row), '¥23.90 – 24.90')
  assert.equal(priceRange({ ...row, maxPriceFen: 2390 }), '¥23.90')
})

test('the shelf state counts stores', () => {
  assert.deepEqual(shelfState(row), { tone: 'doing', word: '3 / 4 店在架' })
  assert.equal(shelfState({ ...row, stores: row.stores.slice(0, 3) }).word, '在架')
  assert.equal(shelfState({ ...row, stores: row.stores.slice(3) }).word, '已下架')
})
