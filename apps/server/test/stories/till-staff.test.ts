// Coupons in a store whose register does not speak with us: staff say what is bought, and the coupon is used, once.
import type { AllRoutes, Input } from '@linli/contract'
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { coupon, couponNow, mine } from '../benefits.ts'
import { balance, newcomer, world } from '../benefits-world.ts'
import { productOf } from '../fixtures.ts'
import { refused } from '../refused.ts'
import { levelOf } from '../shopping.ts'
import { until } from '../until.ts'
import type { LinliApi, Shopper } from '../world.ts'

type Redeem = Input<AllRoutes['POST /staff/v1/coupon-redemptions']>['body']
const APPLES = { barcode: '6999911000015', quantity: 2 }
const DAY = 86_400

/** Staff are signed in anew each time: tests here live for days. */
const clerk = (account = 'clerk01'): Promise<LinliApi> => world.staff(account, 'floor')
async function showCoupon(shopper: Shopper, couponId: string, api: LinliApi, storeId = 'S01') {
  const { code } = await shopper.api('GET /v1/coupons/:couponId/till-code', { params: { couponId } })
  return api('POST /staff/v1/coupon-holders', { body: { storeId, shown: { couponCode: code } } })
}
const redeem = (api: LinliApi, memberRef: string, couponId: string, over: Partial<Redeem> = {}) =>
  api('POST /staff/v1/coupon-redemptions', {
    body: {
      storeId: 'S01',
      memberRef,
      lines: [APPLES],
      couponIds: [couponId],
      requestKey: randomUUID(),
      expectPayFen: 2260,
      ...over,
    },
  })
/** How often the trail says that this was done to it. */
async function deeds(action: string, saleId: string): Promise<number | undefined> {
  const { rows } = await world.ctx.database.pool.query<{ n: number }>(
    'select count(*)::int as n from audit_event where action = $1 and subject = $2',
    [action, `till_sale:${saleId}`],
  )
  return rows[0]?.n
}
const listed = async (account = 's01') =>
  (await (await world.staff(account))('GET /console/v1/coupon-redemptions', { query: { limit: 100 } })).items
const undo = async (redemptionId: string, account = 's01') =>
  (await world.staff(account))('POST /console/v1/coupon-redemptions/:redemptionId/reversal', {
    params: { redemptionId },
    body: { reason: '扫错了券' },
  })

test('domain 2.10: staff redeem a coupon that is shown: used once however often it is said, with who did it and who bears it', async () => {
  const shopper = await newcomer()
  const id = await coupon(world, shopper, { label: '满10减3' })
  const stock = await levelOf(world)
  const api = await clerk()
  const holder = await showCoupon(shopper, id, api)
  assert.deepEqual([holder.couponId, holder.coupons.map((each) => each.id)], [id, [id]])
  const { memberRef } = holder
  const quote = await api('POST /staff/v1/coupon-redemption-quotes', {
    body: { storeId: 'S01', memberRef, lines: [APPLES] },
  })
  assert.deepEqual([quote.goodsFen, quote.discountFen, quote.payFen], [2560, 300, 2260])
  assert.deepEqual(
    quote.coupons.map(({ acts }) => acts),
    [true],
  )
  assert.equal((await couponNow(world, id)).state, 'UNUSED')

  const requestKey = randomUUID()
  const first = await redeem(api, memberRef, id, { requestKey })
  assert.deepEqual(await redeem(api, memberRef, id, { requestKey }), first)
  await refused(
    redeem(api, memberRef, id, { requestKey, lines: [{ ...APPLES, quantity: 3 }] }),
    'tills.txn_reused',
  )
  await refused(redeem(api, memberRef, id), 'coupons.unusable')
  const used = await shopper.api('GET /v1/coupons/:couponId', { params: { couponId: id } })
  assert.deepEqual([used.state, used.receiptId, (await couponNow(world, id)).round], ['USED', first.id, 1])

  // Goods, points and growth are told by whoever took the money.
  assert.deepEqual(await levelOf(world), stock)
  assert.equal((await balance(shopper)).frozen, 0)
  const receipt = await shopper.api('GET /v1/till-receipts/:receiptId', { params: { receiptId: first.id } })
  assert.deepEqual(
    [receipt.source, receipt.paidFen, receipt.discounts],
    ['staff', 2260, [{ label: '满10减3', offFen: 300, points: 0 }]],
  )
  const row = (await listed()).find((each) => each.id === first.id)
  assert.deepEqual(
    [row?.by, row?.coupons, row?.reversible, row?.member.id],
    ['一店店员', [{ label: '满10减3', offFen: 300, funding: 'hq' }], true, shopper.memberId],
  )
  const trail = await (await world.staff('hq'))('GET /console/v1/audit-events', { query: { about: 'tills' } })
  assert.deepEqual(
    trail.items.map(({ action, subject, storeId }) => [action, subject, storeId]),
    [['tills.coupon_redeemed', `till_sale:${first.id}`, 'S01']],
  )
})

test('the same request from everywhere at once: one redemption, one answer, one entry in the trail', async () => {
  const shopper = await newcomer()
  const id = await coupon(world, shopper)
  const api = await clerk()
  const { memberRef } = await showCoupon(shopper, id, api)
  const requestKey = randomUUID()
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => redeem(api, memberRef, id, { requestKey })),
  )
  assert.equal(new Set(answers.map((each) => JSON.stringify(each))).size, 1)
  assert.equal(await deeds('tills.coupon_redeemed', answers[0]?.id ?? ''), 1)
})

test('a manager takes a redemption back on its day, once: the coupon returns, and the receipt says so', async () => {
  const shopper = await newcomer()
  const id = await coupon(world, shopper)
  const api = await clerk()
  const { memberRef } = await showCoupon(shopper, id, api)
  const requestKey = randomUUID()
  const { id: saleId } = await redeem(api, memberRef, id, { requestKey })
  await refused(undo(saleId, 's02'), 'tills.redemption_missing', 404)
  const [one, two] = await Promise.all([undo(saleId), undo(saleId)])
  assert.deepEqual(one, two)
  assert.deepEqual([one.reversible, one.reversed?.by, one.reversed?.reason], [false, '一店店长', '扫错了券'])
  assert.deepEqual([(await couponNow(world, id)).state, (await mine(shopper)).length], ['UNUSED', 1])
  const { lines, returns } = await shopper.api('GET /v1/till-receipts/:receiptId', {
    params: { receiptId: saleId },
  })
  assert.deepEqual([lines[0]?.returnedQuantity, returns.length], [2, 1])
  assert.equal(await deeds('tills.redemption_reversed', saleId), 1)
  // Free again: it serves the next basket.
  await redeem(api, memberRef, id)
})

test('what is over a day old stays, and other stores do not see it', async () => {
  const shopper = await newcomer()
  const id = await coupon(world, shopper)
  const api = await clerk()
  const { memberRef } = await showCoupon(shopper, id, api)
  const { id: saleId } = await redeem(api, memberRef, id)
  assert.ok(!(await listed('s02')).some((each) => each.id === saleId))
  await world.advance(DAY)
  await refused(undo(saleId), 'tills.redemption_over', 409)
  assert.equal((await couponNow(world, id)).state, 'USED')
})

test('another store’s clerk, another clerk’s reference, a changed price, goods nobody sells, and coupons that are not for counters', async () => {
  const shopper = await newcomer()
  const id = await coupon(world, shopper)
  const api = await clerk()
  const { memberRef } = await showCoupon(shopper, id, api)
  const other = await clerk('clerk02')
  await refused(redeem(other, memberRef, id), 'staff.out_of_scope', 403)
  await refused(redeem(other, memberRef, id, { storeId: 'S02' }), 'tills.member_ref_wrong', 403)
  const problem = await refused(redeem(api, memberRef, id, { expectPayFen: 2560 }), 'tills.price_changed')
  assert.deepEqual(problem.data, { payFen: 2260 })
  const strange = [{ barcode: '2000000000008', quantity: 1 }]
  await refused(redeem(api, memberRef, id, { lines: strange }), 'tills.goods_unknown', 404)
  const cheap = [{ ...APPLES, unitFen: 1 }]
  await refused(redeem(api, memberRef, id, { lines: cheap }), 'tills.weight_price_missing', 422)
  const online = await coupon(world, shopper, { channels: ['online'] })
  const double = await coupon(world, shopper, {
    kind: 'earn',
    steps: [],
    timesBp: 20_000,
    stackGroup: 'earn',
  })
  await refused(
    shopper.api('GET /v1/coupons/:couponId/till-code', { params: { couponId: online } }),
    'coupons.unusable',
  )
  await refused(redeem(api, memberRef, online, { expectPayFen: 2560 }), 'coupons.unusable')
  await refused(redeem(api, memberRef, double, { expectPayFen: 2560 }), 'coupons.unusable')
  assert.deepEqual(
    (await showCoupon(shopper, id, api)).coupons.map((each) => each.id),
    [id],
  )
  assert.equal((await couponNow(world, id)).state, 'UNUSED')
})

test('a code that is minutes old, forged, or of a coupon that is gone finds nobody; a card does', async () => {
  const shopper = await newcomer()
  const id = await coupon(world, shopper)
  const api = await clerk()
  const { code } = await shopper.api('GET /v1/coupons/:couponId/till-code', { params: { couponId: id } })
  const show = (couponCode: string) =>
    api('POST /staff/v1/coupon-holders', { body: { storeId: 'S01', shown: { couponCode } } })
  const middle = code.split('.')[2] ?? ''
  await refused(
    show(
      code.replace(
        middle,
        middle.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')),
      ),
    ),
    'tills.coupon_code_wrong',
  )
  const { digits } = await shopper.api('GET /v1/me/card')
  const byCard = await api('POST /staff/v1/coupon-holders', {
    body: { storeId: 'S01', shown: { cardCode: digits } },
  })
  assert.deepEqual([byCard.member.id, byCard.couponId], [shopper.memberId, null])
  await redeem(api, byCard.memberRef, id)
  await refused(show(code), 'coupons.unusable')
  world.clock.advance(301)
  await refused(show(code), 'tills.coupon_code_wrong')
})

test('goods by weight cost what the scales say, and wait for it', async () => {
  const hq = await world.staff('hq')
  const params = { productId: productOf('6999911000039') }
  const {
    id: _,
    skuId: _sku,
    barcode,
    listings: _listings,
    pictures,
    updatedAt: _at,
    components: _parts,
    ...what
  } = await hq('GET /console/v1/products/:productId', { params })
  const weight = { pieceGrams: 1500, perGrams: 1000 as const }
  const pictureIds = pictures.map((picture) => picture.id)
  await hq('PUT /console/v1/products/:productId', { params, body: { ...what, pictureIds, weight } })
  const shopper = await newcomer()
  const id = await coupon(world, shopper)
  const api = await clerk()
  const { memberRef } = await showCoupon(shopper, id, api)
  const pears = { barcode: barcode ?? '', quantity: 1 }
  await until(async () => {
    const { lines } = await api('POST /staff/v1/coupon-redemption-quotes', {
      body: { storeId: 'S01', memberRef, lines: [pears] },
    })
    return lines[0]?.weighed === true
  }, 'sold by weight')
  await refused(
    redeem(api, memberRef, id, { lines: [pears], expectPayFen: 880 }),
    'tills.weight_price_missing',
    422,
  )
  const weighed = [{ ...pears, unitFen: 1310 }]
  const { goodsFen, payFen } = await redeem(api, memberRef, id, { lines: weighed, expectPayFen: 1010 })
  assert.deepEqual([goodsFen, payFen], [1310, 1010])
})

test('receipts and coupons of others do not exist', async () => {
  const [shopper, other] = [await newcomer(), await newcomer()]
  const id = await coupon(world, shopper)
  const api = await clerk()
  const { memberRef } = await showCoupon(shopper, id, api)
  const { id: receiptId } = await redeem(api, memberRef, id)
  await refused(
    other.api('GET /v1/till-receipts/:receiptId', { params: { receiptId } }),
    'tills.receipt_missing',
    404,
  )
  await refused(other.api('GET /v1/coupons/:couponId', { params: { couponId: id } }), 'coupons.missing', 404)
})

test('coupons come in pages, each once', async () => {
  const shopper = await newcomer()
  const ids = [await coupon(world, shopper), await coupon(world, shopper), await coupon(world, shopper)]
  const seen: string[] = []
  let cursor: string | null | undefined
  do {
    const page = await shopper.api('GET /v1/coupons', { query: { limit: 2, ...(cursor && { cursor }) } })
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== null)
  assert.deepEqual(seen.sort(), ids.sort())
  await refused(shopper.api('GET /v1/coupons', { query: { cursor: 'x' } }), 'coupons.cursor_invalid', 400)
})
