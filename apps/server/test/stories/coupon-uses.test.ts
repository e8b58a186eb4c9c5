// What coupons cost, and whom; and budgets that count what was used.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { businessDay } from '../../src/kernel/clock.ts'
import { coupon, offered } from '../benefits.ts'
import { newcomer, payFor, place, refund, THREE, world } from '../benefits-world.ts'
import { refused } from '../refused.ts'

const claim = (
  api: Awaited<ReturnType<typeof newcomer>>['api'],
  templateId: string,
  idempotencyKey: string,
) => api('POST /v1/coupon-offers/:templateId/claims', { params: { templateId }, body: { idempotencyKey } })

test('who bears what coupons took off: by day, store and coupon; pieces that went back are borne by nobody', async () => {
  const today = businessDay(world.clock.now())
  const shopper = await newcomer()
  const own = await coupon(world, shopper, { label: '门店出的', funding: 'store' })
  const purchase = await payFor(await place(shopper, { lines: THREE, couponIds: [own] }))
  await place(shopper, { lines: THREE, couponIds: [await coupon(world, shopper, { label: '没付的' })] })
  const hq = await world.staff('hq')
  const report = (over: { storeId?: string; from?: string; to?: string } = {}) =>
    hq('GET /console/v1/coupon-uses', { query: { from: today, to: today, ...over } })
  const rowOf = async () => (await report()).rows.find(({ label }) => label === '门店出的')
  const used = await rowOf()
  assert.deepEqual(
    [used?.day, used?.storeId, used?.funding, used?.count, used?.offFen, used?.backFen],
    [today, 'S01', 'store', 1, 300, 0],
  )
  assert.ok(!(await report()).rows.some(({ label }) => label === '没付的'), 'only what was paid for')
  assert.ok(!(await report({ storeId: 'S02' })).rows.some(({ label }) => label === '门店出的'))
  await refund(purchase, { lines: [{ lineNo: 1, quantity: 1 }] })
  const partly = await rowOf()
  assert.ok(partly && partly.offFen === 300 && partly.backFen > 0 && partly.backFen < 300)
  await refund(purchase)
  const back = await rowOf()
  assert.deepEqual([back?.offFen, back?.backFen], [300, 300])
  await refused(report({ from: '2026-13-01' }), 'request.invalid')
  await refused(report({ from: '2020-01-01' }), 'request.invalid')
  const manager = await world.staff('s02')
  await refused(
    manager('GET /console/v1/coupon-uses', { query: { from: today, to: today, storeId: 'S01' } }),
    'staff.out_of_scope',
  )
  const theirs = await manager('GET /console/v1/coupon-uses', { query: { from: today, to: today } })
  assert.ok(theirs.rows.every(({ storeId }) => storeId === 'S02'))
})

test('a budget that counts what was used: no more are given a minute after it is spent, and again when goods come back', async () => {
  const [one, two, three] = [await newcomer(), await newcomer(), await newcomer()]
  const id = await offered(world, { budgetFen: 300, budgetOn: 'used' })
  const mine = await claim(one.api, id, 'first-of-them')
  await claim(two.api, id, 'second-of-them')
  const purchase = await payFor(await place(one, { lines: THREE, couponIds: [mine.id] }))
  await world.sweep('coupons.budgets')
  await refused(claim(three.api, id, 'third-of-them'), 'coupons.gone')
  const hq = await world.staff('hq')
  const template = () => hq('GET /console/v1/coupon-templates/:templateId', { params: { templateId: id } })
  assert.equal((await template()).usedFen, 300)
  await refund(purchase)
  await world.sweep('coupons.budgets')
  assert.equal((await template()).usedFen, 0)
  await claim(three.api, id, 'third-of-them')
})
