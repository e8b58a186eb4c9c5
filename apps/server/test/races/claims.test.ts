// Many people want the same coupon at once, at two servers: no more are given than there are, and nobody has more than one may have.
import { ApiProblem } from '@linli/contract/client'
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { grantPoints, offered, plantPoints } from '../benefits.ts'
import { APPLE, plant } from '../fixtures.ts'
import { order, wrongInTheBooks } from '../shopping.ts'
import { openWorld, type LinliApi, type Shopper, type World } from '../world.ts'

let world: World
let second: Awaited<ReturnType<World['another']>>
let shoppers: Shopper[]
before(async () => {
  world = await openWorld({
    fill: async (url) => {
      await plant(url, { onHand: 1000 })
      await plantPoints(url)
    },
  })
  second = await world.another()
  shoppers = await Promise.all(
    Array.from({ length: 50 }, (_, i) => world.member(`shopper-${String(i + 1).padStart(4, '0')}`)),
  )
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await second.close()
  await world.close()
  assert.deepEqual(wrong, [])
})

/** The shopper at one of the two servers. */
const at = ({ api, token }: Shopper, i: number): LinliApi => (i % 2 === 0 ? api : second.as(token))
/** An id or the code of a refusal. Two servers that wait for one row may send somebody away, who comes again. */
async function answer(call: () => Promise<{ id: string }>): Promise<string> {
  for (;;) {
    const said = await call().then(
      ({ id }) => id,
      (error: unknown) => {
        if (error instanceof ApiProblem) return error.problem.code
        throw error
      },
    )
    if (said !== 'server.overloaded') return said
  }
}
const claim = (api: LinliApi, templateId: string, idempotencyKey: string = randomUUID()): Promise<string> =>
  answer(() =>
    api('POST /v1/coupon-offers/:templateId/claims', { params: { templateId }, body: { idempotencyKey } }),
  )
const tally = (answers: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const answer of answers) {
    const what = answer.includes('-') ? 'claimed' : answer
    counts[what] = (counts[what] ?? 0) + 1
  }
  return counts
}
const grantedOf = async (id: string): Promise<number> => {
  const hq = await world.staff('hq')
  const { granted, counts } = await hq('GET /console/v1/coupon-templates/:templateId', {
    params: { templateId: id },
  })
  assert.equal(granted, counts.UNUSED)
  return granted
}

test('the last of 1,000: 1,100 claims at once by 50 people, exactly 1,000 are given', async () => {
  const id = await offered(world, { most: 1000, mostEach: 100 })
  const answers = await Promise.all(
    Array.from({ length: 1100 }, (_, i) => {
      const shopper = shoppers[i % 50]
      assert.ok(shopper)
      return claim(at(shopper, Math.floor(i / 50)), id)
    }),
  )
  assert.deepEqual(tally(answers), { claimed: 1000, 'coupons.gone': 100 })
  assert.equal(await grantedOf(id), 1000)
})

test('one each: 50 claims of one member at once, exactly one is given', async () => {
  const [shopper] = shoppers
  assert.ok(shopper)
  const id = await offered(world)
  const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => claim(at(shopper, i), id)))
  assert.deepEqual(tally(answers), { claimed: 1, 'coupons.limit_reached': 49 })
  const again = await offered(world)
  const same = await Promise.all(
    Array.from({ length: 50 }, (_, i) => claim(at(shopper, i), again, 'one-key-for-all')),
  )
  assert.equal(new Set(same).size, 1, 'the same key: the same coupon for all who ask')
  assert.equal(await grantedOf(again), 1)
})

test('claims and staff who grant, at once: together no more than there are', async () => {
  const id = await offered(world, { most: 30 })
  const hq = await world.staff('hq')
  const grant = (memberIds: string[]) =>
    hq('POST /console/v1/coupon-templates/:templateId/grants', {
      params: { templateId: id },
      body: { idempotencyKey: randomUUID(), memberIds },
    }).catch((error: unknown) => {
      assert.ok(error instanceof ApiProblem && error.problem.code === 'coupons.granted_out')
    })
  await Promise.all([
    ...shoppers.slice(0, 25).map((shopper, i) => claim(at(shopper, i), id)),
    ...shoppers.slice(25).map(({ memberId }) => grant([memberId])),
  ])
  assert.equal(await grantedOf(id), 30)
})

test('domain 2.7: 200 gifts and orders at once with the same points: no more than the points are enough for', async () => {
  const shopper = shoppers[1]
  assert.ok(shopper)
  const gift = await offered(world, { way: 'points', pricePoints: 70, mostEach: 100 })
  await grantPoints(world, shopper.memberId, 2000, '2098-12-31')
  await grantPoints(world, shopper.memberId, 1499)
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, i) => {
      const api = at(shopper, i)
      return i % 4 < 2
        ? answer(() =>
            api('POST /v1/coupon-offers/:templateId/purchases', {
              params: { templateId: gift },
              body: { idempotencyKey: randomUUID() },
            }),
          ).then((each) => ({ points: 70, each }))
        : answer(() => order({ api }, { lines: [{ skuId: APPLE, quantity: 1 }], usePoints: 50 })).then(
            (each) => ({
              points: 50,
              each,
            }),
          )
    }),
  )
  const won = answers.filter(({ each }) => each.includes('-'))
  assert.ok(answers.every(({ each }) => each.includes('-') || each === 'points.unusable'))
  const spent = won.reduce((sum, { points }) => sum + points, 0)
  const { available } = await shopper.api('GET /v1/points')
  assert.equal(available, 3499 - spent)
  assert.ok(available < 70, 'whoever could be served was')
})

test('one code, 50 people at once: exactly one has its coupon', async () => {
  const templateId = await offered(world, { way: 'code' })
  const hq = await world.staff('hq')
  const { id: batchId } = await hq('POST /console/v1/coupon-templates/:templateId/code-batches', {
    params: { templateId },
    body: { idempotencyKey: randomUUID(), count: 1 },
  })
  await world.sweep('coupons.codes')
  const { items } = await hq('POST /console/v1/coupon-code-batches/:batchId/reveals', {
    params: { batchId },
    body: { after: 0 },
  })
  const code = items[0]?.code ?? ''
  const answers = await Promise.all(
    shoppers.map((shopper, i) =>
      answer(() => at(shopper, i)('POST /v1/coupon-codes', { body: { code, idempotencyKey: randomUUID() } })),
    ),
  )
  assert.deepEqual(tally(answers), { claimed: 1, 'coupons.code_used': 49 })
})

test('two coupons for a first order, 20 orders at once at two servers: one order has one of them', async () => {
  const first = { firstOrder: true, stackGroup: 'first-order' }
  for (let round = 0; round < 5; round++) {
    const shopper = shoppers[10 + round]
    assert.ok(shopper)
    const ids = await Promise.all([0, 1].map(async () => claim(shopper.api, await offered(world, first))))
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        answer(() =>
          order(
            { api: at(shopper, i) },
            { lines: [{ skuId: APPLE, quantity: 2 }], couponIds: [ids[Math.floor(i / 2) % 2] ?? ''] },
          ),
        ),
      ),
    )
    const { rows } = await world.ctx.database.pool.query<{ locked: number }>(
      `select count(*)::int as locked from member_coupon where member_id = $1 and state = 'LOCKED'`,
      [shopper.memberId],
    )
    assert.deepEqual(rows, [{ locked: 1 }])
    assert.ok(
      answers.every(
        (each) => each.includes('-') || ['coupons.unusable', 'orders.price_changed'].includes(each),
      ),
      JSON.stringify(tally(answers)),
    )
  }
})
