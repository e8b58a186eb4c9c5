// Many people want the same coupon at once, at two servers: no more are given than there are, and nobody has more than one may have.
import { ApiProblem } from '@linli/contract/client'
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { offered } from '../benefits.ts'
import { plant } from '../fixtures.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { openWorld, type LinliApi, type Shopper, type World } from '../world.ts'

let world: World
let second: Awaited<ReturnType<World['another']>>
let shoppers: Shopper[]
before(async () => {
  world = await openWorld({ fill: (url) => plant(url) })
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
const claim = (api: LinliApi, templateId: string, idempotencyKey: string = randomUUID()): Promise<string> =>
  api('POST /v1/coupon-offers/:templateId/claims', { params: { templateId }, body: { idempotencyKey } }).then(
    ({ id }) => id,
    (error: unknown) => {
      if (error instanceof ApiProblem) return error.problem.code
      throw error
    },
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
