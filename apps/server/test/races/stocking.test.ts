// People who move stock at the same time, on two servers, while shoppers buy: no level below zero, and every piece in the ledger once.
import { ApiProblem } from '@linli/contract/client'
import fc from 'fast-check'
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { APPLE, PEAR, SOY } from '../fixtures.ts'
import { levelOf, order, wrongInTheBooks } from '../shopping.ts'
import {
  carry,
  count,
  deed,
  receive,
  request,
  startCount,
  type StockDocument,
  takeBack,
  waste,
} from '../stocking.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let second: Awaited<ReturnType<World['another']>>
let shopper: Shopper
let here: LinliApi
let there: LinliApi
before(async () => {
  world = await openWorld({ onHand: 20 })
  second = await world.another()
  shopper = await world.member('shopper-0001')
  const token = await world.staffToken('hq', 'console')
  here = world.as(token)
  there = second.as(token)
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await second.close()
  await world.close()
  assert.deepEqual(wrong, [])
})

const who = (i: number) => (i % 2 ? here : there)
/** Named refusals are answers; anything else is a fault of ours. */
const tried = <T>(call: Promise<T>): Promise<T | undefined> =>
  call.catch((error: unknown) => {
    if (error instanceof ApiProblem && error.problem.status < 500) return undefined
    throw error
  })
const happened = async (calls: Promise<unknown>[]) =>
  (await Promise.all(calls.map(tried))).filter((answer) => answer !== undefined).length

test('race: twenty pieces, thirty write-offs of one: exactly twenty are written off', async () => {
  const lines = [{ skuId: SOY, quantity: 1 }]
  assert.equal(await happened(Array.from({ length: 30 }, (_, i) => waste(who(i), { lines }))), 20)
  assert.deepEqual(await levelOf(world, SOY), { onHand: 0, reserved: 0 })
})

test('race: two tills receive the same goods at once, lines in opposite order: both arrive whole', async () => {
  const lines = [APPLE, PEAR, SOY].map((skuId) => ({ skuId, quantity: 1, expiresOn: '2099-01-01' }))
  const before = await Promise.all([APPLE, PEAR, SOY].map((skuId) => levelOf(world, skuId)))
  const done = await happened(
    Array.from({ length: 30 }, (_, i) => receive(who(i), { lines: i % 2 ? lines : lines.toReversed() })),
  )
  assert.equal(done, 30)
  for (const [i, skuId] of [APPLE, PEAR, SOY].entries())
    assert.equal((await levelOf(world, skuId)).onHand, (before[i]?.onHand ?? 0) + 30)
})

test('race: write-offs against shoppers: nobody is promised what was written off', async () => {
  const { onHand } = await levelOf(world, PEAR)
  const lines = [{ skuId: PEAR, quantity: 1 }]
  const [sold, gone] = await Promise.all([
    happened(Array.from({ length: onHand }, () => order(shopper, { lines }))),
    happened(Array.from({ length: onHand }, (_, i) => waste(who(i), { lines }))),
  ])
  assert.equal(sold + gone, onHand)
  assert.deepEqual(await levelOf(world, PEAR), { onHand: sold, reserved: sold })
})

test('race: two counts post while shoppers buy and goods arrive: each difference once', async () => {
  const document = await startCount(here)
  const { onHand } = await levelOf(world)
  await count(here, document, onHand - 3)
  const [, received] = await Promise.all([
    happened(Array.from({ length: 8 }, (_, i) => deed(who(i), 'posting', document))),
    happened(
      Array.from({ length: 5 }, (_, i) => receive(who(i), { lines: [{ skuId: APPLE, quantity: 2 }] })),
    ),
    happened(Array.from({ length: 6 }, () => order(shopper))),
  ])
  assert.equal((await levelOf(world)).onHand, onHand - 3 + received * 2)
})

const sku = fc.constantFrom(APPLE, PEAR, SOY)
const step = fc.oneof(
  fc.record({
    verb: fc.constant('receive' as const),
    sku,
    pieces: fc.integer({ min: 1, max: 9 }),
    dated: fc.boolean(),
  }),
  fc.record({
    verb: fc.constant('waste' as const),
    sku,
    pieces: fc.integer({ min: 1, max: 12 }),
    short: fc.boolean(),
  }),
  fc.record({ verb: fc.constant('count' as const), sku, counted: fc.integer({ min: 0, max: 30 }) }),
  fc.record({
    verb: fc.constant('transfer' as const),
    sku,
    pieces: fc.integer({ min: 1, max: 9 }),
    lost: fc.integer({ min: 0, max: 3 }),
    end: fc.constantFrom('arrival' as const, 'recall' as const, 'none' as const),
  }),
  fc.record({ verb: fc.constant('reverse' as const), which: fc.nat({ max: 30 }) }),
  fc.record({ verb: fc.constant('buy' as const), sku, pieces: fc.integer({ min: 1, max: 4 }) }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

async function take(each: Step, posted: StockDocument[], i: number): Promise<void> {
  const api = who(i)
  const keep = (document: StockDocument | undefined) => document && posted.push(document)
  switch (each.verb) {
    case 'receive':
      return void keep(
        await receive(api, {
          lines: [
            { skuId: each.sku, quantity: each.pieces, ...(each.dated ? { expiresOn: '2099-01-01' } : {}) },
          ],
        }),
      )
    case 'waste':
      return void keep(
        await tried(
          waste(api, { lines: [{ skuId: each.sku, quantity: each.pieces }], shortAccepted: each.short }),
        ),
      )
    case 'count': {
      const document = await startCount(api)
      await tried(count(api, document, each.counted, each.sku))
      return void keep(await tried(deed(api, 'posting', document)))
    }
    case 'transfer': {
      const document = await request(api, [{ skuId: each.sku, quantity: each.pieces }])
      const shipped = await tried(
        carry(api, 'shipment', document, [{ skuId: each.sku, quantity: each.pieces }]),
      )
      if (!shipped) return
      if (each.end === 'recall') await tried(deed(api, 'recall', document))
      if (each.end === 'arrival')
        await tried(
          carry(api, 'arrival', document, [
            { skuId: each.sku, quantity: Math.max(0, each.pieces - each.lost) },
          ]),
        )
      return
    }
    case 'reverse': {
      const document = posted[each.which % Math.max(1, posted.length)]
      return void (document && (await tried(takeBack(api, document, randomUUID()))))
    }
    case 'buy':
      return void (await tried(order(shopper, { lines: [{ skuId: each.sku, quantity: each.pieces }] })))
  }
}

test('property: after any documents in any order, by several people at once, the ledger adds up to the levels', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24 }), async (steps) => {
      const posted: StockDocument[] = []
      const lanes = [0, 1, 2].map((lane) => steps.filter((_, i) => i % 3 === lane))
      await Promise.all(
        lanes.map(async (lane) => {
          for (const [i, each] of lane.entries()) await take(each, posted, i)
        }),
      )
      await world.sweep('inventory.lots')
      assert.deepEqual(await wrongInTheBooks(world), [])
      assert.deepEqual(
        await world.linli.http.app.inject('/healthz').then(({ statusCode }) => statusCode),
        200,
      )
    }),
    { numRuns: 25 },
  )
})
