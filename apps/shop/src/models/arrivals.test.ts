import assert from 'node:assert/strict'
import { test } from 'node:test'
import { arrivedText, piecesBeside, promiseText, readPieces, waitingText } from './arrivals.ts'

test('pieces are whole, at least one, and one step never leaves that', () => {
  assert.deepEqual(['', '0', '1', '12', '1.5', '-3', '1000000', '1000001', '12个'].map(readPieces), [
    null,
    null,
    1,
    12,
    null,
    null,
    1_000_000,
    null,
    null,
  ])
  assert.deepEqual(
    [piecesBeside('', 1), piecesBeside('', -1), piecesBeside('1', -1), piecesBeside('5', -1)],
    ['1', '1', '1', '4'],
  )
  assert.equal(piecesBeside('1000000', 1), '1000000')
})

test('who waits, with those whose balance is awaited beside them', () => {
  const goods = { waitingOrders: 3, waitingPieces: 5, balanceOrders: 0, arrivedPieces: 0, unit: '份' }
  assert.equal(waitingText(goods), '3 单在等，共 5 份')
  assert.equal(waitingText({ ...goods, balanceOrders: 2 }), '3 单在等，共 5 份；2 单还没付尾款')
  const owing = { ...goods, waitingOrders: 0, balanceOrders: 2 }
  assert.equal(waitingText(owing), '还没有人付清；2 单还没付尾款')
  assert.equal(waitingText({ ...owing, arrivedPieces: 4 }), '付清的都留好了；2 单还没付尾款')
})

test('a promise is late from its instant on, and only while somebody waits', () => {
  const promisedBy = '2026-11-24T02:00:00.000Z'
  const at = (minutes: number) => Date.parse(promisedBy) + minutes * 60_000
  assert.equal(promiseText({ promisedBy, waitingOrders: 1 }, at(-1)).late, false)
  assert.equal(promiseText({ promisedBy, waitingOrders: 1 }, at(0)).late, true)
  assert.match(promiseText({ promisedBy, waitingOrders: 1 }, at(5)).text, /^说好 .* 到，已经晚了$/)
  assert.equal(promiseText({ promisedBy, waitingOrders: 0 }, at(5)).late, false)
})

test('what an arrival did is said with who is still without', () => {
  const all = { servedOrders: 2, servedPieces: 3, shortOrders: 0, shortPieces: 0 }
  assert.deepEqual(arrivedText(all, '份'), {
    title: '给 2 单留好了 3 份',
    note: '等的都有了。系统会告诉顾客来取，袋子去「待取」里备',
  })
  assert.match(arrivedText({ ...all, shortOrders: 1, shortPieces: 2 }, '份').note, /还有 1 单 2 份没轮到/)
  const none = { servedOrders: 0, servedPieces: 0, shortOrders: 4, shortPieces: 6 }
  assert.equal(arrivedText(none, '份').title, '一单也没留上')
})
