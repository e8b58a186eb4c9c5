import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AT_ONCE, distinct, grantAll, type Member, parsePhones } from './grant.ts'

const member = (n: number): Member => ({ id: `m${n}`, name: `顾*${n}`, phoneTail: null })
const many = Array.from({ length: AT_ONCE + 5 }, (_, n) => member(n))

test('a pasted list: each number once, and what is none of them is named', () => {
  assert.deepEqual(parsePhones('19900000001\n19900000002，19900000001; 1990000 x\n'), {
    phones: ['19900000001', '19900000002'],
    bad: ['1990000', 'x'],
  })
  assert.deepEqual(parsePhones('  '), { phones: [], bad: [] })
})

test('somebody found twice gets one', () => {
  assert.deepEqual(distinct([member(1), member(2), member(1)]), [member(1), member(2)])
})

test('many are granted to in turns, and each is told how it went', async () => {
  const told: number[] = []
  const result = await grantAll(
    many,
    (memberIds, turn) =>
      Promise.resolve(
        turn === 0
          ? {
              granted: memberIds.slice(1).map((memberId) => ({ memberId, couponId: `c-${memberId}` })),
              full: ['m0'],
            }
          : { granted: memberIds.map((memberId) => ({ memberId, couponId: `c-${memberId}` })), full: [] },
      ),
    (done) => told.push(done),
  )
  assert.deepEqual(told, [AT_ONCE, AT_ONCE + 5])
  assert.equal(result.got.length, AT_ONCE + 4)
  assert.deepEqual(result.full, [member(0)])
  assert.deepEqual([result.left, result.stopped], [[], undefined])
})

test('a refusal stops there: who had one has it, the others are named', async () => {
  const result = await grantAll(
    many,
    (memberIds, turn) =>
      turn === 1
        ? Promise.reject(new Error('granted out'))
        : Promise.resolve({
            granted: memberIds.map((memberId) => ({ memberId, couponId: `c-${memberId}` })),
            full: [],
          }),
    () => undefined,
  )
  assert.equal(result.got.length, AT_ONCE)
  assert.equal(result.left.length, 5)
  assert.ok(result.stopped instanceof Error)
})
