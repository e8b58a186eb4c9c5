// The product itself is what fails: it answers 500, too late, or not at all for hours. Payments survive it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  only,
  orderOf,
  pay,
  place,
  rows,
  settleAtCashier,
  stateOf,
  type Purchase,
} from '../payments/purchase.ts'
import { until } from '../until.ts'
import { openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
before(async () => {
  world = await openWorld()
  shopper = await world.member('shopper-0001')
})
after(() => world.close())

const notice = (id: string) => world.sandbox.world.store.notifications.get(id)
const tries = (id: string) => notice(id)?.attempts ?? []
const tried = (id: string, times: number) =>
  until(async () => tries(id).length >= times, `${times} deliveries`)
const later = (seconds: number) => world.sim('POST', '/_sim/clock', { advanceSeconds: seconds })
const payments = ({ orderId }: Purchase) =>
  rows(world, `select from order_event where order_id = $1 and verb = 'pay'`, [orderId])
const delivered = (id: string) => until(async () => notice(id)?.state === 'delivered', 'acknowledged')

test('mode 33 · we answer 500 three times: WeChat comes again, and the order is paid once', async () => {
  const { pool } = world.ctx.database
  const purchase = await place(shopper)
  const { prepayId } = await pay(purchase)
  await pool.query('alter table payment_notice rename to payment_notice_away')
  let id: string
  try {
    id = await settleAtCashier(world, prepayId)
    await tried(id, 1)
    await later(15)
    await tried(id, 2)
    await later(15)
    await tried(id, 3)
  } finally {
    await pool.query('alter table payment_notice_away rename to payment_notice')
  }
  assert.deepEqual(
    tries(id).map(({ status }) => status),
    [500, 500, 500],
  )
  await later(30)
  await delivered(id)
  assert.equal(await stateOf(purchase), 'PAID')
  assert.equal((await payments(purchase)).length, 1)
})

test('mode 34 · we answer, but after WeChat hung up: done all the same, and the repetition changes nothing', async () => {
  const purchase = await place(shopper)
  const { prepayId } = await pay(purchase)
  const { config } = world.sandbox.world
  const patience = config.notifyTimeoutMs
  const holder = await world.ctx.database.pool.connect()
  let id: string
  try {
    config.notifyTimeoutMs = 100
    await holder.query('begin')
    await holder.query('select from orders where id = $1 for update', [purchase.orderId])
    id = await settleAtCashier(world, prepayId)
    await tried(id, 1)
  } finally {
    await holder.query('rollback')
    holder.release()
    config.notifyTimeoutMs = patience
  }
  assert.equal(tries(id)[0]?.status, null, 'nobody heard our answer')
  await until(async () => (await stateOf(purchase)) === 'PAID', 'paid')
  await later(15)
  await delivered(id)
  assert.equal((await payments(purchase)).length, 1)
})

test('mode 35 · we are down for two hours: the first sweep finds the payment before it would close the order; the late notification changes nothing', async () => {
  const purchase = await place(shopper)
  const { prepayId } = await pay(purchase)
  const { server } = world.linli.http.app
  const { port } = new URL(world.origin)
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await closed
  const id = await settleAtCashier(world, prepayId)
  await tried(id, 1)
  await world.advance(7200)
  assert.ok(tries(id).length > 5 && tries(id).every(({ status }) => status === null))
  assert.equal((await orderOf(purchase)).payState, 'UNPAID')
  await new Promise<void>((resolve) => server.listen(Number(port), '127.0.0.1', resolve))
  await world.sweep('orders.timeouts')
  assert.equal(await stateOf(purchase), 'PAID')
  await later(10_800)
  await delivered(id)
  assert.equal((await payments(purchase)).length, 1)
  const { state } = await only<{ state: string }>(world, 'select state from orders where id = $1', [
    purchase.orderId,
  ])
  assert.equal(state, 'PAID')
})
