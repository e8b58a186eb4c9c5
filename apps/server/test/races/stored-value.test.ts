// One balance, many orders at once and two servers, with staff at the till between them: nothing is spent twice, nothing is lost.
import { ApiProblem } from '@linli/contract/client'
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { APPLE } from '../fixtures.ts'
import { cancel, pay, settleAtCashier, stateOf } from '../payments/purchase.ts'
import { order, wrongInTheBooks } from '../shopping.ts'
import { openValue, stored, topUp } from '../stored-value.ts'
import { until } from '../until.ts'
import { openWorld, type World } from '../world.ts'

let world: World
let second: Awaited<ReturnType<World['another']>>
before(async () => {
  world = await openWorld({ onHand: 1000 })
  second = await world.another()
  await openValue(world)
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await second.close()
  await world.close()
  assert.deepEqual(wrong, [])
})

const codeOf = (error: unknown): string => {
  if (error instanceof ApiProblem) return error.problem.code
  throw error
}
const LINES = [{ skuId: APPLE, quantity: 3 }]

test('ten orders at once for one balance, at two servers: as many as it is enough for', async () => {
  const shopper = await world.member('shopper-0001')
  await stored(world, shopper, 3500)
  await until(
    async () => (await second.as(shopper.token)('GET /v1/stored-value')).open,
    'both know the terms',
  )
  const faces = [shopper.api, second.as(shopper.token)]
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      order({ api: faces[i % 2] ?? shopper.api }, { lines: LINES, useStoredValue: 1000 }).then(
        () => 'placed',
        codeOf,
      ),
    ),
  )
  assert.equal(answers.filter((answer) => answer === 'placed').length, 3)
  assert.ok(
    answers.every((answer) => ['placed', 'stored_value.short'].includes(answer)),
    String(answers),
  )
  const { availableFen, heldFen } = await shopper.api('GET /v1/stored-value')
  assert.deepEqual([availableFen, heldFen], [500, 3000])
})

test('the same top-up at once, first of its account: the money is there once', async () => {
  const { memberId, api } = await world.member('shopper-0002')
  const there = second.as(await world.staffToken('clerk01', 'floor'))
  const here = await world.staff('clerk01', 'floor')
  const idempotencyKey = randomUUID()
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) => topUp(i % 2 ? here : there, memberId, 2000, { idempotencyKey })),
  )
  assert.deepEqual(new Set(answers.map(({ at }) => at)).size, 1)
  assert.equal((await api('GET /v1/stored-value')).availableFen, 2000)
})

test('top-ups at once never pass the limit', async () => {
  const { memberId, api } = await world.member('shopper-0003')
  const here = await world.staff('clerk01', 'floor')
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => topUp(here, memberId, 200_000).then(() => 'taken', codeOf)),
  )
  assert.equal(answers.filter((answer) => answer === 'taken').length, 2)
  assert.ok(answers.every((answer) => ['taken', 'stored_value.too_much'].includes(answer)))
  assert.equal((await api('GET /v1/stored-value')).availableFen, 400_000)
})

test('spending, topping up and paying out at once: every fen is somewhere', async () => {
  const shopper = await world.member('shopper-0004')
  await stored(world, shopper, 10_000)
  const { memberId } = shopper
  const there = second.as(shopper.token)
  const hq = await world.staff('hq')
  const clerk = await world.staff('clerk01', 'floor')
  for (let round = 1; round <= 5; round++) {
    const { availableFen } = await shopper.api('GET /v1/stored-value')
    await Promise.all([
      order({ api: there }, { lines: LINES, useStoredValue: 500 }).catch(codeOf),
      order(shopper, { lines: LINES, useStoredValue: 700 }).catch(codeOf),
      topUp(clerk, memberId, 300),
      hq('POST /console/v1/stored-value-members/:memberId/pay-outs', {
        params: { memberId },
        body: {
          idempotencyKey: randomUUID(),
          storeId: 'S01',
          amountFen: 1000,
          expectFen: availableFen,
          reason: '退一部分',
        },
      }).catch(codeOf),
    ])
  }
})

test('paying the rest and cancelling at once: the stored part is spent with the rest, or free again', async () => {
  const shopper = await world.member('shopper-0005')
  await stored(world, shopper, 5000)
  for (let round = 1; round <= 5; round++) {
    const before = (await shopper.api('GET /v1/stored-value')).availableFen
    const { id: orderId, totalFen } = await order(shopper, { lines: LINES, useStoredValue: 400 })
    const purchase = { shopper, orderId, totalFen }
    const { prepayId } = await pay(purchase)
    await Promise.all([settleAtCashier(world, prepayId), cancel(purchase).catch(codeOf)])
    await until(async () => (await stateOf(purchase)) !== 'PENDING_PAY', 'decided')
    const { availableFen, heldFen } = await shopper.api('GET /v1/stored-value')
    const paid = (await stateOf(purchase)) === 'PAID'
    assert.deepEqual([availableFen, heldFen], [paid ? before - 400 : before, 0])
  }
})
