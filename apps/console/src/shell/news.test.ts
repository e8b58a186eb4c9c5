import assert from 'node:assert/strict'
import { test } from 'node:test'

import { mergeNewest, newestLimit, readNews, type NewestList } from './news.ts'

const order = (id: string, placedAt: string, storeId = 'S01', state: 'PAID' | 'PENDING_PAY' = 'PAID') =>
  ({ id, placedAt, storeId, state }) as NewestList['items'][number]

const list: NewestList = {
  items: [order('b', '2026-11-22T02:00:00Z'), order('a', '2026-11-22T01:00:00Z')],
  total: 2,
  counts: {},
  paidFen: 0,
}
const ids = (merged: NewestList) => merged.items.map((each) => each.id)

test('a new order goes on top, a changed one stays where it was', () => {
  const changed = order('a', '2026-11-22T01:00:00Z', 'S01', 'PENDING_PAY')
  const merged = mergeNewest(list, [order('c', '2026-11-22T03:00:00Z'), changed], undefined)
  assert.deepEqual(ids(merged), ['c', 'b', 'a'])
  assert.equal(merged.items[2]?.state, 'PENDING_PAY')
})

test('orders of other stores stay out while one store is looked at', () => {
  const news = [order('c', '2026-11-22T03:00:00Z', 'S02')]
  assert.deepEqual(ids(mergeNewest(list, news, 'S01')), ['b', 'a'])
  assert.deepEqual(ids(mergeNewest(list, news, 'S02')), ['c', 'b', 'a'])
})

test('the list does not grow without end', () => {
  const many = Array.from({ length: 40 }, (_, n) =>
    order(`n${n}`, `2026-11-22T03:00:${String(n).padStart(2, '0')}Z`),
  )
  const merged = mergeNewest(list, many, undefined)
  assert.equal(merged.items.length, newestLimit)
  assert.equal(merged.items[0]?.id, 'n39')
})

test('what is not news is ignored', () => {
  assert.equal(readNews('not json'), undefined)
  assert.equal(readNews('{"hello":1}'), undefined)
  assert.equal(readNews('null'), undefined)
  assert.deepEqual(readNews('{"items":[],"missed":true}'), { items: [], missed: true })
})
