import assert from 'node:assert/strict'
import { test } from 'node:test'

import { leaderWords, peopleWords, priceWords } from './group-list-model.ts'

const LADDER = [
  { size: 2, priceFen: 2790 },
  { size: 4, priceFen: 2690 },
  { size: 6, priceFen: 2590 },
]

test('a group says how many are missing, and who has not paid, only while it is open', () => {
  const group = { paid: 1, seated: 2, size: 3, most: 3 }
  assert.deepEqual(peopleWords({ ...group, state: 'OPEN' }), {
    count: '1 / 3',
    note: '差 2 人成团，1 人没付',
  })
  assert.deepEqual(peopleWords({ ...group, state: 'FAILED' }), { count: '1 / 3', note: '' })
  const ladder = { paid: 3, seated: 3, size: 2, most: 6 }
  assert.deepEqual(peopleWords({ ...ladder, state: 'OPEN' }), { count: '3 / 6', note: '够 2 人，能成团' })
})

test('a ladder says where it stands and what the next step needs; one price says only what is missing', () => {
  const [first, second, third] = LADDER
  assert.ok(first && second && third)
  const at = (paid: number, reached: typeof first | null) =>
    priceWords({ state: 'OPEN', rungs: LADDER, paid, reached })
  assert.deepEqual(at(1, null), { price: '–', note: '再 1 人 ¥27.90' })
  assert.deepEqual(at(3, first), { price: '¥27.90', note: '满 2 人，再 1 人 ¥26.90' })
  assert.deepEqual(at(6, third), { price: '¥25.90', note: '满 6 人' })
  assert.deepEqual(priceWords({ state: 'SUCCESS', rungs: LADDER, paid: 4, reached: second }), {
    price: '¥26.90',
    note: '满 4 人',
  })
  const single = { rungs: [first], paid: 2, reached: first }
  assert.deepEqual(priceWords({ ...single, state: 'SUCCESS' }), { price: '¥27.90', note: '' })
  assert.deepEqual(priceWords({ ...single, state: 'FAILED', reached: null }), { price: '–', note: '' })
})

test('whose group it is', () => {
  assert.equal(leaderWords({ leader: null }), '–')
  assert.equal(leaderWords({ leader: { customer: '王*', phoneTail: null } }), '王*')
  assert.equal(leaderWords({ leader: { customer: '王*', phoneTail: '1234' } }), '王* 尾号 1234')
})
