import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  addressWith,
  handedOn,
  placeOf,
  queryText,
  shareKeyOf,
  shareKeyOfScene,
  storeChanged,
} from './share.ts'

const KEY = 'ABCDEFGHJKLM'

test('only keys of shares count, in an address and in a code', () => {
  assert.equal(shareKeyOf(KEY), KEY)
  assert.equal(shareKeyOfScene(`s.${KEY}`), KEY)
  for (const other of [null, '', 'short', `${KEY}x`, `g.${KEY}`, '1011', `s.${KEY}%`]) {
    assert.equal(shareKeyOf(other), null)
    assert.equal(shareKeyOfScene(other), null)
  }
})

test('what a share leads to; what this version does not know opens the home page', () => {
  for (const kind of ['product', 'group', 'rally', 'invite'] as const)
    assert.deepEqual(placeOf({ kind, id: 'x' }), { page: kind, query: { id: 'x' } })
  for (const kind of ['store', 'campaign', 'dragon']) assert.equal(placeOf({ kind, id: 'x' }).page, 'home')
})

test('an address carries the key, and is whole without one', () => {
  assert.equal(addressWith('/p', { id: 'a b' }, KEY), `/p?id=a%20b&s=${KEY}`)
  assert.equal(addressWith('/p', { id: 'a' }, null), '/p?id=a')
  assert.equal(addressWith('/p', {}, null), '/p')
  assert.equal(queryText({ id: 'a' }, KEY), `id=a&s=${KEY}`)
})

test('who is not signed in hands on what they came by, of the same thing and for thirty days', () => {
  const seen = { key: KEY, kind: 'product', id: 'p', at: 0 }
  const day = 86_400_000
  assert.equal(handedOn(seen, { kind: 'product', id: 'p' }, 29 * day), KEY)
  assert.equal(handedOn(seen, { kind: 'product', id: 'p' }, 30 * day), null)
  assert.equal(handedOn(seen, { kind: 'product', id: 'q' }, 0), null)
  assert.equal(handedOn(null, { kind: 'product', id: 'p' }, 0), null)
})

test('a change of store is said, the first store is not', () => {
  const landing = {
    storeId: 'S02',
    storeName: '2 号店',
    promoterKey: null,
    subject: { kind: 'store', id: 'S02' },
  }
  assert.equal(storeChanged(null, landing), null)
  assert.equal(storeChanged({ storeId: 'S02' }, landing), null)
  assert.match(storeChanged({ storeId: 'S01' }, landing) ?? '', /2 号店/)
})
