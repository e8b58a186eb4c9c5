// More shoppers than goods, through HTTP, to one and to two server processes; and a server that dies in the middle.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { ApiProblem } from '@linli/contract/client'
import { fetchTransport } from '@linli/contract/transports'
import { createClient } from '@linli/contract/client'
import type { AllRoutes } from '@linli/contract'
import { APPLE, PEAR, SOY } from '../fixtures.ts'
import { startServer } from '../server-process.ts'
import { basket, levelOf, order, type PlacedOrder, wrongInTheBooks } from '../shopping.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

const UNITS = 100
const SHOPPERS = 300
let world: World
let shoppers: Shopper[]
before(async () => {
  world = await openWorld({ onHand: UNITS })
  shoppers = await Promise.all(
    Array.from({ length: SHOPPERS }, (_, i) => world.member(`shopper-${String(i + 1).padStart(4, '0')}`)),
  )
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

/** Everybody wants one piece now. Answers how many were told yes and how many were told that it is sold out. */
async function rush(skuId: string, apiOf: (shopper: Shopper, i: number) => LinliApi) {
  const outcomes = await Promise.all(
    shoppers.map((shopper, i) =>
      order({ api: apiOf(shopper, i) }, { lines: [{ skuId, quantity: 1 }] }).then(
        () => 'placed',
        (error: unknown) => (error instanceof ApiProblem ? error.problem.code : String(error)),
      ),
    ),
  )
  const count = (what: string) => outcomes.filter((outcome) => outcome === what).length
  assert.deepEqual([count('placed'), count('inventory.stock_short')], [UNITS, SHOPPERS - UNITS])
  assert.deepEqual(await levelOf(world, skuId), { onHand: UNITS, reserved: UNITS })
}

test('300 shoppers, 100 pieces, one server: exactly 100 are sold', () =>
  rush(APPLE, ({ token }) =>
    createClient<AllRoutes>({ transport: fetchTransport(world.origin), token: () => token }),
  ))

test('300 shoppers, 100 pieces, two server processes: exactly 100 are sold', async () => {
  const servers = await Promise.all([startServer(world), startServer(world)])
  try {
    await rush(PEAR, ({ token }, i) => (servers[i % 2] ?? assert.fail()).as(token))
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
})

test('kill -9 in the middle of 500 placements: no acknowledged order is lost, and no piece is held for nobody', async () => {
  await world.ctx.database.pool.query('update stock_level set on_hand = 2000 where sku_id = $1', [SOY])
  await world.ctx.database.pool.query(
    `insert into stock_ledger (store_id, sku_id, reason, on_hand_delta, reserved_delta, on_hand_after, reserved_after, by, at)
     select store_id, sku_id, 'RECEIVE', 1900, 0, 2000, 0, 'test', now() from stock_level where sku_id = $1`,
    [SOY],
  )
  const server = await startServer(world)
  const acknowledged: PlacedOrder[] = []
  const bodies = Array.from({ length: 500 }, () => basket({ lines: [{ skuId: SOY, quantity: 1 }] }))
  const wishes = bodies.map((body, i) => ({ body, who: shoppers[i % SHOPPERS] ?? assert.fail() }))
  let killed: Promise<void> | undefined
  const queue = [...wishes]
  // 64 callers, so that the blow falls between answered, decided and waiting placements.
  await Promise.all(
    Array.from({ length: 64 }, async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        try {
          acknowledged.push(await server.as(next.who.token)('POST /v1/orders', { body: next.body }))
        } catch {
          return // the connection broke: this shopper knows nothing
        }
        if (acknowledged.length === 200) killed = server.kill()
      }
    }),
  )
  await killed
  assert.ok(acknowledged.length >= 200 && acknowledged.length < 500, `${acknowledged.length} acknowledged`)
  const { rows } = await world.ctx.database.pool.query<{ id: string; no: string; total_fen: number }>(
    'select id, no, total_fen from orders o where exists (select from order_line l where l.order_id = o.id and l.sku_id = $1)',
    [SOY],
  )
  const kept = new Map(rows.map((row) => [row.id, row]))
  for (const { id, no, totalFen } of acknowledged)
    assert.deepEqual([kept.get(id)?.no, kept.get(id)?.total_fen], [no, totalFen])
  assert.deepEqual(await wrongInTheBooks(world), [])

  // Everybody asks again with the same key: who was answered gets that answer, who was not gets one order, and nobody gets two.
  const answers = await Promise.all(wishes.map(({ body, who }) => who.api('POST /v1/orders', { body })))
  const first = new Map(acknowledged.map((placed) => [placed.id, placed]))
  const again = answers.filter(({ id }) => first.has(id))
  assert.equal(again.length, acknowledged.length)
  for (const answer of again) assert.deepEqual(answer, first.get(answer.id))
  assert.equal(new Set(answers.map(({ id }) => id)).size, 500)
  assert.equal((await levelOf(world, SOY)).reserved, 500)
})

test('numbers of orders placed by different processes never meet', async () => {
  const servers = await Promise.all([startServer(world), startServer(world)])
  try {
    const placed = await Promise.all(
      Array.from({ length: 400 }, (_, i) => {
        const { token } = shoppers[i % SHOPPERS] ?? assert.fail()
        const api = (servers[i % 2] ?? assert.fail()).as(token)
        return order({ api }, { idempotencyKey: randomUUID(), lines: [{ skuId: SOY, quantity: 1 }] })
      }),
    )
    assert.equal(new Set(placed.map(({ no }) => no)).size, 400)
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
})
