import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultStore, hoursText, otherStore, whyNot } from './ordering.ts'

const STORE = { id: 'S01', name: '一店', openNow: true, opensAt: '08:00', closesAt: '22:00' } as const
const open = { ...STORE, ordering: 'open' as const }
const paused = { ...STORE, ordering: 'paused' as const }
const noPickup = { ...STORE, ordering: 'no_pickup' as const }

test('a store that takes orders needs no words, the others say why', () => {
  assert.equal(whyNot(open), null)
  assert.equal(whyNot(paused)?.title, '一店暂停接单')
  assert.equal(whyNot(noPickup)?.tag, '暂停自提')
})

test('only a store that takes orders invites them while it is shut', () => {
  assert.equal(hoursText(open), '今天营业到 22:00')
  assert.equal(hoursText({ ...open, openNow: false }), '已打烊，08:00 开门，可以先下单')
  assert.equal(hoursText({ ...paused, openNow: false }), '暂停接单')
  assert.equal(hoursText(noPickup), '暂停自提')
})

test('a store is found that takes orders: for a newcomer, and beside one that does not', () => {
  const stores = [paused, { ...noPickup, id: 'S02' }, { ...open, id: 'S03' }]
  assert.equal(defaultStore(stores)?.id, 'S03')
  assert.equal(defaultStore([paused])?.id, 'S01')
  assert.equal(defaultStore([]), undefined)
  assert.equal(otherStore(stores, 'S01')?.id, 'S03')
  assert.equal(otherStore(stores, 'S03'), undefined)
})
