// Coupons that come by themselves: to a phone that becomes known, and with an order that was collected.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { inTx } from '../../src/kernel/db.ts'
import { settleDue } from '../../src/rooms/coupons/due.sql.ts'
import { couponNow, mine, offered } from '../benefits.ts'
import { handOver, newcomer, payFor, place, refund, THREE, world } from '../benefits-world.ts'
import type { Shopper } from '../world.ts'

const bind = async ({ api }: Shopper, phone: string): Promise<void> => {
  const { code } = await world.sim<{ code: string }>('POST', '/_sim/phone', {
    shopper: 'shopper-0001',
    phone,
  })
  await api('PUT /v1/me/phone', { body: { code } })
}
const labels = async (shopper: Shopper): Promise<string[]> => {
  await world.sweep('coupons.due')
  return (await mine(shopper)).map(({ label }) => label).sort()
}
const end = async (templateId: string): Promise<unknown> =>
  (await world.staff('hq'))('POST /console/v1/coupon-templates/:templateId/ending', {
    params: { templateId },
  })

test('a new member gets what new members get, once for a phone, ever', async () => {
  const [a, b] = [
    await offered(world, { way: 'register', label: '新人一' }),
    await offered(world, { way: 'register', label: '新人二' }),
  ]
  const shopper = await newcomer()
  assert.deepEqual(await labels(shopper), [])
  await bind(shopper, '19900000801')
  assert.deepEqual(await labels(shopper), ['新人一', '新人二'])
  await bind(shopper, '19900000801')
  assert.deepEqual(await labels(shopper), ['新人一', '新人二'], 'the same phone again')
  await end(a)
  await offered(world, { way: 'register', label: '新人三' })
  // The number goes to somebody else; a coupon that is new is not owed for it either.
  await bind(shopper, '19900000802')
  const other = await newcomer()
  await bind(other, '19900000801')
  assert.deepEqual(await labels(other), [])
  await end(b)
})

test('a coupon for new members that has run out is owed to nobody, and the reason is kept', async () => {
  const id = await offered(world, { way: 'register', label: '只有一张', most: 1 })
  const [first, second] = [await newcomer(), await newcomer()]
  await bind(first, '19900000811')
  assert.ok((await labels(first)).includes('只有一张'))
  await bind(second, '19900000812')
  assert.ok(!(await labels(second)).includes('只有一张'))
  const { rows } = await world.ctx.database.pool.query<{ refusal: string | null }>(
    'select refusal from coupon_due where template_id = $1 order by at',
    [id],
  )
  assert.deepEqual(
    rows.map(({ refusal }) => refusal),
    [null, 'coupons.gone'],
  )
  await end(id)
})

test('an order that costs enough brings a coupon once it is collected, and one that costs less does not', async () => {
  const shopper = await newcomer()
  const { totalFen } = await place(shopper, { lines: THREE })
  const [near, far] = [
    await offered(world, { way: 'pay', payFromFen: totalFen, label: '够了', mostEach: 9 }),
    await offered(world, { way: 'pay', payFromFen: totalFen + 1, label: '差一分' }),
  ]
  const purchase = await payFor(await place(shopper, { lines: THREE }))
  assert.deepEqual(await labels(shopper), [], 'paid is not collected')
  await handOver(purchase)
  assert.deepEqual(await labels(shopper), ['够了'])
  assert.deepEqual(await labels(shopper), ['够了'], 'once for each order')
  await end(far)
  await end(near)
})

test('domain 2.8: gift coupons of the order: unused they go with its refund, used they stay', async () => {
  const shopper = await newcomer()
  const { totalFen } = await place(shopper, { lines: THREE })
  const id = await offered(world, { way: 'pay', payFromFen: totalFen, label: '下单送', mostEach: 9 })
  const bought = async () => {
    const purchase = await payFor(await place(shopper, { lines: THREE }))
    await handOver(purchase)
    await world.sweep('coupons.due')
    return purchase
  }
  const first = await bought()
  const [coupon] = await mine(shopper)
  assert.ok(coupon)
  await refund(first, { lines: [{ lineNo: 1, quantity: 1 }] })
  assert.deepEqual(await labels(shopper), [], 'less is kept than it asks for')
  assert.equal((await couponNow(world, coupon.id)).state, 'VOID')
  const hq = await world.staff('hq')
  const { events } = await hq('GET /console/v1/coupons/:couponId', { params: { couponId: coupon.id } })
  assert.deepEqual(
    events.map(({ verb, reason }) => [verb, reason]),
    [
      ['grant', null],
      ['void', '得这张券的订单退了款'],
    ],
  )

  const second = await bought()
  const [used] = await mine(shopper)
  assert.ok(used)
  await payFor(await place(shopper, { lines: THREE, couponIds: [used.id], idempotencyKey: randomUUID() }))
  await refund(second)
  await world.sweep('coupons.due')
  assert.equal((await couponNow(world, used.id)).state, 'USED')
  await end(id)
})

test('a gift coupon that an unpaid order holds is taken back once it is free again', async () => {
  const shopper = await newcomer()
  const { totalFen } = await place(shopper, { lines: THREE })
  const id = await offered(world, { way: 'pay', payFromFen: totalFen, label: '占用着', mostEach: 9 })
  const purchase = await payFor(await place(shopper, { lines: THREE }))
  await handOver(purchase)
  await world.sweep('coupons.due')
  const [coupon] = await mine(shopper)
  assert.ok(coupon)
  const holding = await place(shopper, { lines: THREE, couponIds: [coupon.id] })
  await refund(purchase)
  await world.sweep('coupons.due')
  assert.equal((await couponNow(world, coupon.id)).state, 'LOCKED')
  // The order may also have taken it after the sweep had listed it: then nothing is settled.
  assert.equal(await inTx(world.ctx.db, (tx) => settleDue(tx, [coupon.id], world.clock.now())), 0)
  await shopper.api('POST /v1/orders/:orderId/cancellation', {
    params: { orderId: holding.orderId },
    body: { reason: '不要了' },
  })
  assert.deepEqual(await labels(shopper), [])
  assert.equal((await couponNow(world, coupon.id)).state, 'VOID')
  await end(id)
})
