// Work that may be late exists exactly when the change it follows does.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { orderOf, paid } from '../payments/purchase.ts'
import { until } from '../until.ts'
import { openWorld, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const waiting = async (): Promise<number> => {
  const { rows } = await world.ctx.database.pool.query<{ count: number }>(
    `select count(*)::int as count from graphile_worker.jobs where task_identifier = 'payments.refunds'`,
  )
  return rows[0]?.count ?? 0
}

test('a refund wakes a worker, without waiting for a sweep', async () => {
  const purchase = await paid(world, await world.member('shopper-0001'))
  const hq = await world.staff('hq')
  const ask = (expectFen: number, idempotencyKey: string) =>
    hq('POST /console/v1/orders/:orderId/refunds', {
      params: { orderId: purchase.orderId },
      body: { idempotencyKey, expectFen, reason: '顾客不要了' },
    })
  await assert.rejects(ask(purchase.totalFen + 1, 'wrong-amount'))
  assert.equal(await waiting(), 0, 'a refusal leaves no job')
  await ask(purchase.totalFen, 'right-amount')
  assert.equal(await waiting(), 1, 'the job stands beside the refund')

  // What a worker does when it is woken; the queue itself is graphile-worker's.
  await world.linli.jobs['payments.refunds']?.()
  await until(async () => (await orderOf(purchase)).refundState === 'FULL', 'refunded')
})
