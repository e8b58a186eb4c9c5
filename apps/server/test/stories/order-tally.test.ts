// The counts beside the list of orders are kept, not counted: they must be what counting would say, before the sweep, during it and after it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { businessDay, dayAfter } from '../../src/kernel/clock.ts'
import { cancel, paid, place } from '../payments/purchase.ts'
import { order, wrongInTheBooks } from '../shopping.ts'
import { openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
before(async () => {
  world = await openWorld()
  shopper = await world.member('shopper-0001')
})
after(async () => world.close())

const counted = async (query: Record<string, unknown>, who = 'hq') => {
  const { counts, total, paidFen } = await (await world.staff(who))('GET /console/v1/orders', { query })
  return { counts, total, paidFen }
}

test('GET /console/v1/orders · counts follow every change at once, and the sweep changes none of them', async () => {
  const bought = await paid(world, shopper)
  await cancel(await place(shopper))
  const slots = await world.api('GET /v1/stores/:storeId/pickup-slots', { params: { storeId: 'S02' } })
  const slotStart = slots.items[0]?.startsAt ?? assert.fail('no slot')
  await order(shopper, { storeId: 'S02', fulfilment: { kind: 'pickup', slotStart } })
  const day = businessDay(world.clock.now())
  const all = {
    counts: { PAID: 1, CANCELLED: 1, PENDING_PAY: 1 },
    total: 3,
    paidFen: bought.totalFen,
  }
  const here = { counts: { PAID: 1, CANCELLED: 1 }, total: 2, paidFen: bought.totalFen }
  const look = async () => {
    assert.deepEqual(await counted({}), all)
    assert.deepEqual(await counted({ from: day, to: day }), all)
    assert.deepEqual(await counted({ storeId: 'S01' }), here)
    assert.deepEqual(await counted({}, 's01'), here)
    assert.deepEqual(await counted({ to: dayAfter(day, -1) }), { counts: {}, total: 0, paidFen: 0 })
    assert.deepEqual(await wrongInTheBooks(world), [])
  }
  await look()
  await Promise.all([world.sweep('orders.tally'), world.sweep('orders.tally'), look()])
  await look()
  await paid(world, shopper)
  assert.equal((await counted({})).counts['PAID'], 2)
  await world.sweep('orders.tally')
  await world.sweep('orders.tally')
  assert.equal((await counted({ from: day })).counts['PAID'], 2)
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('the books notice a tally that is not what counting says', async () => {
  await world.ctx.database.pool.query('update order_tally set orders = orders + 1')
  assert.ok((await wrongInTheBooks(world)).some((what) => what.includes('tally')))
  await world.ctx.database.pool.query('update order_tally set orders = orders - 1')
  assert.deepEqual(await wrongInTheBooks(world), [])
})
