import assert from 'node:assert/strict'
import { test } from 'node:test'

import { emptyForm, type GoodsForm } from './form.ts'
import { mergeForms } from './merge.ts'

const listing = { storeId: 'S01', price: '24.90', online: '', onShelf: true, shelf: 'M02-3-4' }
const base: GoodsForm = {
  ...emptyForm,
  name: '鸡蛋',
  unit: '板',
  listings: [listing, { ...listing, storeId: 'S02' }],
}

test('changes to different fields are put together without a word', () => {
  const { form, clashes } = mergeForms(base, { ...base, subtitle: '新到' }, { ...base, name: '鲜鸡蛋' })
  assert.equal(form.name, '鲜鸡蛋')
  assert.equal(form.subtitle, '新到')
  assert.deepEqual(clashes, [])
})

test('the same field changed twice keeps mine and names theirs', () => {
  const { form, clashes } = mergeForms(base, { ...base, name: '土鸡蛋' }, { ...base, name: '鲜鸡蛋' })
  assert.equal(form.name, '鲜鸡蛋')
  assert.deepEqual(clashes, [{ field: 'name', label: '名称', theirs: '土鸡蛋', mine: '鲜鸡蛋' }])
})

test('the same change made twice is no clash', () => {
  const both = { ...base, unit: '盒' }
  assert.deepEqual(mergeForms(base, both, both).clashes, [])
})

test('two people pricing two stores both get their way', () => {
  const price = (at: number, value: string): GoodsForm => ({
    ...base,
    listings: base.listings.map((each, index) => (index === at ? { ...each, price: value } : each)),
  })
  const { form } = mergeForms(base, price(0, '23.90'), price(1, '25.00'))
  assert.deepEqual(
    form.listings.map((each) => each.price),
    ['23.90', '25.00'],
  )
})

test('a store that I am adding stays mine, whatever others save meanwhile', () => {
  const added = { storeId: 'S03', price: '25.00', online: '', onShelf: true, shelf: '' }
  const { form, clashes } = mergeForms(
    base,
    { ...base, name: '土鸡蛋' },
    { ...base, listings: [...base.listings, added] },
  )
  assert.deepEqual(form.listings.at(-1), added)
  assert.deepEqual(clashes, [])
  const theirs = { ...base, listings: [...base.listings, { ...added, price: '23.00' }] }
  assert.equal(mergeForms(base, theirs, base).form.listings.length, 3)
})
