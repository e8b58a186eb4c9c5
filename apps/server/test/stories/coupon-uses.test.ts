// What coupons cost, and whom; and budgets that count what was used.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { businessDay } from '../../src/kernel/clock.ts'
import { coupon, offered } from '../benefits.ts'
import { newcomer, payFor, place, refund, THREE, world } from '../benefits-world.ts'
import { openPartner } from '../partner.ts'
import { refused } from '../refused.ts'
import { APPLES, giveBack, redeem, refOf, reserve, reverse, sale, upload } from '../tills.ts'

/** A coupon used at a till, by the till's number. */
async function usedAtTill(till: Awaited<ReturnType<typeof openPartner>>, memberId: string, couponId: string) {
  const memberRef = refOf(world, till.partnerId, memberId)
  const { posTxnId, payFen } = await reserve(till.api, memberRef, { couponIds: [couponId] })
  await redeem(till.api, posTxnId)
  return { posTxnId, receipt: sale(world, { posTxnId, benefitOffFen: 300, lines: [{ ...APPLES, payFen }] }) }
}

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

test('domain 2.10: what a till took off is borne by the same funders: as soon as it is redeemed, less what came back, with the till’s number', async () => {
  const today = businessDay(world.clock.now())
  const till = await openPartner(world)
  const shopper = await newcomer()
  const ids = []
  for (let i = 0; i < 3; i++)
    ids.push(await coupon(world, shopper, { label: '供应商出的', funding: 'supplier' }))
  const [first = '', second = '', third = ''] = ids
  const hq = await world.staff('hq')
  const query = { from: today, to: today, storeId: 'S01' }
  const rows = async () => {
    const all = (await hq('GET /console/v1/coupon-uses', { query })).rows
    const mine = all.filter(({ label }) => label === '供应商出的')
    const sum = (each: typeof mine, what: 'count' | 'offFen' | 'backFen') =>
      each.reduce((total, row) => total + row[what], 0)
    return [...Map.groupBy(mine, ({ source, funding }) => `${source} ${funding}`)].map(([where, each]) => [
      where,
      sum(each, 'count'),
      sum(each, 'offFen'),
      sum(each, 'backFen'),
    ])
  }
  const one = await usedAtTill(till, shopper.memberId, first)
  assert.deepEqual(await rows(), [['till supplier', 1, 300, 0]], 'before its receipt')
  await upload(till.api, [one.receipt])
  const two = await usedAtTill(till, shopper.memberId, second)
  await reverse(till.api, two.posTxnId)
  assert.deepEqual(await rows(), [['till supplier', 2, 600, 300]], 'what was reversed is borne by nobody')
  await upload(till.api, [giveBack(world, one.posTxnId)])
  assert.deepEqual(await rows(), [['till supplier', 2, 600, 450]])
  await payFor(await place(shopper, { lines: THREE, couponIds: [third] }))
  assert.deepEqual(await rows(), [
    ['online supplier', 1, 300, 0],
    ['till supplier', 2, 600, 450],
  ])
  const singles = async (api: typeof hq, more: { page?: number; limit?: number } = {}) =>
    api('GET /console/v1/coupon-uses/purchases', { query: { ...query, ...more } })
  const all = await singles(hq, { limit: 100 })
  const mine = all.items.filter(({ label }) => label === '供应商出的')
  assert.deepEqual(mine.map(({ source, offFen, backFen }) => `${source} ${offFen} ${backFen}`).toSorted(), [
    'online 300 0',
    'till 300 150',
    'till 300 300',
  ])
  assert.ok(mine.some(({ purchaseNo }) => purchaseNo === one.posTxnId))
  assert.equal(all.total, all.items.length)
  const page = await singles(hq, { limit: 1, page: 2 })
  assert.deepEqual(page, { items: [all.items[1]], total: all.total })
  await refused(singles(await world.staff('s02')), 'staff.out_of_scope')
})

test('a budget that counts what was used counts what tills used', async () => {
  const till = await openPartner(world)
  const [one, two] = [await newcomer(), await newcomer()]
  const id = await offered(world, { budgetFen: 300, budgetOn: 'used' })
  const mine = await claim(one.api, id, 'first-at-a-till')
  const { posTxnId, receipt } = await usedAtTill(till, one.memberId, mine.id)
  await upload(till.api, [receipt])
  await world.sweep('coupons.budgets')
  await refused(claim(two.api, id, 'second-at-a-till'), 'coupons.gone')
  await upload(till.api, [
    giveBack(world, posTxnId, { lines: [{ ...APPLES, payFen: 2100, resellable: true }] }),
  ])
  await world.sweep('coupons.budgets')
  await claim(two.api, id, 'second-at-a-till')
})
