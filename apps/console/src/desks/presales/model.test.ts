import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isLate, piecesIn, servedWords } from './model.ts'

test('what came is said for whom it is enough, and for whom not', () => {
  const served = { servedOrders: 2, servedPieces: 3, shortOrders: 1, shortPieces: 2 }
  assert.equal(servedWords(served, true), '已给 2 单留 3 件；还有 1 单 2 件没货，可以再到货，或去订单里退款')
  assert.equal(servedWords({ ...served, shortOrders: 0, shortPieces: 0 }, false), '够给 2 单留 3 件，都有了')
  assert.match(servedWords({ ...served, servedOrders: 0, servedPieces: 0 }, false), /^一单也不够/)
})
test('goods are late from the promised moment on, while somebody waits', () => {
  const goods = { promisedBy: '2026-12-15T12:00:00Z', waitingOrders: 1 }
  assert.equal(isLate(goods, Date.parse('2026-12-15T11:59:59Z')), false)
  assert.equal(isLate(goods, Date.parse('2026-12-15T12:00:00Z')), true)
  assert.equal(isLate({ ...goods, waitingOrders: 0 }, Date.parse('2026-12-16T12:00:00Z')), false)
})
test('pieces are whole and at least one', () => {
  assert.deepEqual(['1', '120', '0', '', '1.5', '-1', 'x'].map(piecesIn), [
    1,
    120,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})
