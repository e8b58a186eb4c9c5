// The database goes away in the middle of a rush, as in a restart or a failover: the server lives on, and what it acknowledged stands.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ApiProblem } from '@linli/contract/client'
import { Client } from 'pg'
import { APPLE } from '../fixtures.ts'
import { startServer } from '../server-process.ts'
import { basket, levelOf, type PlacedOrder, wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { openWorld, type World } from '../world.ts'

const WISHES = 400
let world: World
before(async () => {
  world = await openWorld({ onHand: 1000 })
})
after(() => world.close())

test('every connection breaks twice in the middle of 400 placements: nothing acknowledged is lost, and repeats get their answers', async () => {
  const shoppers = await Promise.all(Array.from({ length: 8 }, (_, i) => world.member(`shopper-000${i + 1}`)))
  const wishes = Array.from({ length: WISHES }, (_, i) => ({
    body: basket({ lines: [{ skuId: APPLE, quantity: 1 }] }),
    token: (shoppers[i % 8] ?? assert.fail()).token,
  }))
  const server = await startServer(world)
  const answers: (PlacedOrder | string)[] = []
  try {
    const queue = [...wishes]
    await Promise.all(
      Array.from({ length: 64 }, async () => {
        for (let next = queue.shift(); next; next = queue.shift()) {
          const { body, token } = next
          const answer = await server
            .as(token)('POST /v1/orders', { body })
            .catch((error: unknown) => {
              if (error instanceof ApiProblem && error.problem.status >= 500) return error.problem.code
              throw error
            })
          answers.push(answer)
          if (answers.length === 100 || answers.length === 200) await breakConnections(world)
        }
      }),
    )
    const placed = answers.filter((answer) => typeof answer !== 'string')
    await until(
      async () => (await fetch(`${server.origin}/readyz`)).status === 200,
      'the same server is ready again',
      10,
    )
    const again = await Promise.all(
      wishes.map(({ body, token }) => server.as(token)('POST /v1/orders', { body })),
    )
    const ids = new Map(again.map((order) => [order.id, order]))
    assert.equal(ids.size, WISHES)
    for (const order of placed) assert.deepEqual(ids.get(order.id), order)
    assert.deepEqual(await levelOf(world), { onHand: 1000, reserved: WISHES })
    assert.deepEqual(await wrongInTheBooks(world), [])
  } finally {
    await server.stop()
  }
})

/** Ends every connection to the world's database but those that end others: a pool might lend this statement one that is ended already. */
async function breakConnections({ ctx: { config } }: World): Promise<void> {
  const breaker = new Client({ connectionString: config.databaseUrl, application_name: 'breaker' })
  await breaker.connect()
  try {
    await breaker.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name <> 'breaker'`,
    )
  } finally {
    await breaker.end()
  }
}
