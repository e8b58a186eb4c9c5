import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

import { auditFilters, deedWords, differences, doerWords, subjectOf } from './model.ts'

test('a deed is told in the words of the desks', () => {
  assert.equal(deedWords('catalog.listing_changed'), '改价或货位')
  assert.equal(deedWords('new.deed'), 'new.deed')
  assert.equal(doerWords({ actor: 'staff:hq', actorName: '林知微' }), '林知微')
  assert.equal(doerWords({ actor: 'operator', actorName: null }), '服务器上的技术同事')
})

test('every deed that the server notes has words', () => {
  const rooms = join(import.meta.dirname, '../../../../server/src/rooms')
  const actions = globSync('**/*.ts', { cwd: rooms }).flatMap((file) =>
    [...readFileSync(join(rooms, file), 'utf8').matchAll(/\baction: '([a-z_]+\.[a-z_]+)'/g)].map(
      ([, name]) => name ?? '',
    ),
  )
  assert.ok(actions.length > 30)
  assert.deepEqual(
    actions.filter((action) => deedWords(action) === action),
    [],
  )
})

test('what changed is said field by field', () => {
  assert.deepEqual(
    differences({
      before: { priceFen: 1280, onShelf: true, shelf: null },
      after: { priceFen: 1180, onShelf: false, shelf: 'L02-3-2' },
    }),
    [
      { field: '门店价', before: '¥12.80', after: '¥11.80' },
      { field: '上架', before: '是', after: '否' },
      { field: '货位', before: '空', after: 'L02-3-2' },
    ],
  )
  assert.deepEqual(differences({ before: null, after: { role: 'clerk', storeIds: ['S01', 'S02'] } }), [
    { field: '角色', after: '店员' },
    { field: '门店', after: 'S01、S02' },
  ])
  assert.deepEqual(differences({ before: null, after: null }), [])
})

test('a subject leads to its page', () => {
  assert.deepEqual(subjectOf('product:abc'), { word: '看商品', to: '/goods/abc' })
  assert.deepEqual(subjectOf('staff:clerk01'), { word: 'clerk01' })
  assert.deepEqual(subjectOf('products:12'), { word: '12 个商品' })
})

test('filters come from the address', () => {
  assert.deepEqual(auditFilters(new URLSearchParams('about=staff&q=hq')), { q: 'hq', about: 'staff' })
  assert.deepEqual(auditFilters(new URLSearchParams('about=toString')), {})
})
