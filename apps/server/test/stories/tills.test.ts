// Tills of others: what a member's coupons and points take off there, used once, given back when the sale did not happen.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coupon, couponNow, grantPoints } from '../benefits.ts'
import { balance, newcomer, world } from '../benefits-world.ts'
import { openPartner, type TestPartner } from '../partner.ts'
import { refused } from '../refused.ts'
import { APPLES, redeem, refOf, reserve, reverse, txn } from '../tills.ts'
import type { Shopper } from '../world.ts'

let opened: Promise<TestPartner> | undefined
const partner = (): Promise<TestPartner> => (opened ??= openPartner(world))
const ref = (till: TestPartner, { memberId }: Shopper) => refOf(world, till.partnerId, memberId)

test('a quote says what coupons and points take off the till’s own prices, and sets nothing aside', async () => {
  const till = await partner()
  const shopper = await newcomer()
  await grantPoints(world, shopper.memberId, 500)
  const id = await coupon(world, shopper)
  const body = { storeId: 'S01', memberRef: ref(till, shopper), lines: [APPLES] }
  const quote = await till.api('POST /partner/v1/till/quotes', {
    body: { ...body, bestCoupons: true, usePoints: 500 },
  })
  assert.deepEqual(
    [quote.goodsFen, quote.discountFen, quote.payFen, quote.couponIds, quote.pointsUsed],
    [2400, 800, 1600, [id], 500],
  )
  assert.deepEqual(
    quote.lines[0]?.discounts.map(({ offFen, points, funding }) => [offFen, points, funding]),
    [
      [300, 0, 'hq'],
      [500, 500, 'hq'],
    ],
  )
  assert.deepEqual([quote.pointsBalance, quote.coupons[0]?.acts], [500, true])
  assert.equal((await couponNow(world, id)).state, 'UNUSED')
})

test('goods that we do not know are priced along, but take no coupon for some goods only', async () => {
  const till = await partner()
  const shopper = await newcomer()
  const id = await coupon(world, shopper, { categoryIds: ['G'] })
  const lines = [{ barcode: '2000000000008', name: '现包水饺', quantity: 1, unitFen: 5000 }]
  const quote = await till.api('POST /partner/v1/till/quotes', {
    body: { storeId: 'S01', memberRef: ref(till, shopper), lines, couponIds: [id] },
  })
  assert.deepEqual([quote.payFen, quote.couponIds, quote.lines[0]?.known], [5000, [], false])
})

test('domain 2.10: reserve, redeem: the coupon is used and the points are spent, once however often it is said', async () => {
  const till = await partner()
  const shopper = await newcomer()
  await grantPoints(world, shopper.memberId, 500)
  const id = await coupon(world, shopper)
  const wish = { posTxnId: txn(), couponIds: [id], usePoints: 500 }
  const first = await reserve(till.api, ref(till, shopper), wish)
  assert.deepEqual([first.benefits, first.payFen], ['RESERVED', 1600])
  assert.deepEqual(await reserve(till.api, ref(till, shopper), wish), first, 'the same answer')
  assert.equal((await couponNow(world, id)).state, 'LOCKED')
  assert.deepEqual((await balance(shopper)).held, 500)
  const redeemed = await redeem(till.api, wish.posTxnId)
  assert.equal(redeemed.benefits, 'REDEEMED')
  assert.deepEqual(await redeem(till.api, wish.posTxnId), redeemed)
  assert.deepEqual([(await couponNow(world, id)).state, (await couponNow(world, id)).round], ['USED', 1])
  const { available, held } = await balance(shopper)
  assert.deepEqual([available, held], [0, 0])
})

test('another wish under the same number is refused, and so is another store’s redeeming', async () => {
  const till = await partner()
  const shopper = await newcomer()
  const id = await coupon(world, shopper)
  const posTxnId = txn()
  await reserve(till.api, ref(till, shopper), { posTxnId, couponIds: [id] })
  await refused(reserve(till.api, ref(till, shopper), { posTxnId }), 'tills.txn_reused')
  await refused(
    reserve(till.api, ref(till, shopper), { posTxnId, couponIds: [id], storeId: 'S02' }),
    'tills.txn_reused',
  )
  await refused(redeem(till.api, posTxnId, 'S02'), 'tills.missing')
  await refused(reverse(till.api, posTxnId, 'S02'), 'tills.missing')
  await refused(redeem(till.api, txn()), 'tills.missing')
  // Another partner's transaction of the same number is another one.
  const other = await openPartner(world)
  await refused(redeem(other.api, posTxnId), 'tills.missing')
})

test('reversed before it was paid: everything is as it was; after it was paid: given back; in both cases over', async () => {
  const till = await partner()
  for (const paid of [false, true]) {
    const shopper = await newcomer()
    await grantPoints(world, shopper.memberId, 300)
    const id = await coupon(world, shopper)
    const posTxnId = txn()
    await reserve(till.api, ref(till, shopper), { posTxnId, couponIds: [id], usePoints: 300 })
    if (paid) await redeem(till.api, posTxnId)
    assert.equal((await reverse(till.api, posTxnId)).benefits, 'REVERSED')
    assert.equal((await reverse(till.api, posTxnId)).benefits, 'REVERSED')
    assert.equal((await couponNow(world, id)).state, 'UNUSED')
    const { available, held } = await balance(shopper)
    assert.deepEqual([available, held], [300, 0])
    await refused(redeem(till.api, posTxnId), 'tills.reversed')
    await refused(
      reserve(till.api, ref(till, shopper), { posTxnId, couponIds: [id], usePoints: 300 }),
      'tills.reversed',
    )
  }
})

test('a reversal that overtakes its reservation wins', async () => {
  const till = await partner()
  const shopper = await newcomer()
  const id = await coupon(world, shopper)
  const posTxnId = txn()
  await reverse(till.api, posTxnId)
  await refused(reserve(till.api, ref(till, shopper), { posTxnId, couponIds: [id] }), 'tills.reversed')
  assert.equal((await couponNow(world, id)).state, 'UNUSED')
})

test('what nobody pays for comes back after a quarter of an hour', async () => {
  const till = await partner()
  const shopper = await newcomer()
  await grantPoints(world, shopper.memberId, 300)
  const id = await coupon(world, shopper)
  const posTxnId = txn()
  await reserve(till.api, ref(till, shopper), { posTxnId, couponIds: [id], usePoints: 300 })
  world.clock.advance(14 * 60)
  await world.sweep('tills.reservations')
  assert.equal((await couponNow(world, id)).state, 'LOCKED')
  world.clock.advance(61)
  await refused(redeem(till.api, posTxnId), 'tills.expired')
  await world.sweep('tills.reservations')
  assert.equal((await couponNow(world, id)).state, 'UNUSED')
  assert.equal((await balance(shopper)).available, 300)
  await refused(redeem(till.api, posTxnId), 'tills.reversed')
})

test('a coupon that acts on nothing, points that are not there, and a member who showed no card are refused', async () => {
  const till = await partner()
  const shopper = await newcomer()
  const other = await newcomer()
  const mine = await coupon(world, shopper, { categoryIds: ['V'] })
  const theirs = await coupon(world, other)
  const online = await coupon(world, shopper, { channels: ['online'] })
  await refused(reserve(till.api, ref(till, shopper), { couponIds: [online] }), 'coupons.unusable')
  await refused(reserve(till.api, ref(till, shopper), { couponIds: [mine] }), 'coupons.unusable')
  await refused(reserve(till.api, ref(till, shopper), { couponIds: [theirs] }), 'coupons.unusable')
  await refused(reserve(till.api, ref(till, shopper), { usePoints: 1 }), 'points.unusable')
  const elsewhere = refOf(world, (await openPartner(world)).partnerId, shopper.memberId)
  const whole = ref(till, shopper)
  world.clock.advance(1801)
  for (const wrong of [elsewhere, whole, `${whole.slice(0, -1)}${whole.endsWith('A') ? 'B' : 'A'}`])
    await refused(reserve(till.api, wrong), 'tills.member_ref_wrong')
})
