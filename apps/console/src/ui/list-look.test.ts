import assert from 'node:assert/strict'
import { test } from 'node:test'

import {
  plainLook,
  readLook,
  viewSearch,
  VIEWS_MAX,
  withColumn,
  withMoment,
  withoutView,
  withView,
} from './list-look.ts'

test('a view keeps filters, in one order, not the page and not the store', () => {
  assert.equal(
    viewSearch(new URLSearchParams('store=S01&page=3&state=PAID&q=梨')),
    viewSearch(new URLSearchParams('q=梨&state=PAID')),
  )
  assert.equal(viewSearch(new URLSearchParams('page=2')), '')
})

test('a view is looked through from where somebody is: store and day stay, page and open panel do not', () => {
  const here = new URLSearchParams('store=S02&day=2026-11-21&kind=late&page=3&diff=7')
  assert.equal(viewSearch(here), 'kind=late')
  assert.equal(withMoment('kind=amount_diff', here), 'kind=amount_diff&store=S02&day=2026-11-21')
  assert.equal(withMoment('', new URLSearchParams('page=2')), '')
})

test('the same name replaces, the limit holds, and a view can be taken away', () => {
  const one = withView(plainLook, { name: '早检', search: 'cat=10' })
  assert.deepEqual(withView(one, { name: '早检', search: 'cat=11' }).views, [
    { name: '早检', search: 'cat=11' },
  ])
  const full = Array.from({ length: VIEWS_MAX + 2 }, (_, n) => ({
    name: `第 ${n} 个`,
    search: `q=${n}`,
  })).reduce(withView, plainLook)
  assert.equal(full.views.length, VIEWS_MAX)
  assert.deepEqual(withoutView(one, '早检'), plainLook)
})

test('a column goes and comes back', () => {
  const without = withColumn(withColumn(plainLook, 'price', false), 'price', false)
  assert.deepEqual(without.hidden, ['price'])
  assert.deepEqual(withColumn(without, 'price', true), plainLook)
})

test('what cannot be read is the plain look', () => {
  for (const bad of [
    null,
    '',
    'x',
    '{}',
    '{"hidden":[1],"views":[]}',
    '{"hidden":[],"views":[{"name":"a"}]}',
  ])
    assert.deepEqual(readLook(bad), plainLook, String(bad))
  const kept = withView(withColumn(plainLook, 'x', false), { name: 'a', search: 'b=c' })
  assert.deepEqual(readLook(JSON.stringify(kept)), kept)
})
