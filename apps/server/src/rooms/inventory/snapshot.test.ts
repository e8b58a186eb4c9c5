import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ledgerFloor } from './snapshot.ts'

test('nothing under way: the floor follows one look behind', () => {
  const ledger = ledgerFloor({ top: 10, oldest: 100, fence: 100 })
  ledger.looked({ top: 20, oldest: 105, fence: 105 })
  assert.equal(ledger.floor(), 10)
  ledger.looked({ top: 30, oldest: 110, fence: 110 })
  assert.equal(ledger.floor(), 20)
})
test('a slow transaction holds the floor below whatever it may still add', () => {
  const ledger = ledgerFloor({ top: 10, oldest: 100, fence: 101 }) // transaction 100 is under way and may hold id 9
  assert.equal(ledger.settled(), false)
  ledger.looked({ top: 500, oldest: 100, fence: 160 })
  ledger.looked({ top: 900, oldest: 100, fence: 190 })
  assert.equal(ledger.floor(), 10)
  assert.equal(ledger.settled(), false)
  ledger.looked({ top: 950, oldest: 192, fence: 192 }) // it has ended; the look at 950 read everything above 10 once more
  assert.equal(ledger.settled(), true)
  assert.equal(ledger.floor(), 10)
  ledger.looked({ top: 960, oldest: 195, fence: 195 })
  assert.equal(ledger.floor(), 950)
})
