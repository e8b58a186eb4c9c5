// Sold by weight: paid by the estimate, weighed while it is packed, and what it weighs less goes back once, as the bag is handed over.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { plantPoints } from '../benefits.ts'
import { APPLE, PEAR, plant, productOf } from '../fixtures.ts'
import { fault, pay, rows, settleAtCashier } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { order, wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

/** 11.80 yuan for about 1.5 kg. */
const PEAR_PRODUCT = productOf('6999911000039')
let world: World
let shopper: Shopper
let hq: LinliApi
let clerk: LinliApi
let clerk2: LinliApi
before(async () => {
  world = await openWorld({
    fill: async (url) => {
      await plant(url, { onHand: 100 })
      await plantPoints(url)
    },
  })
  shopper = await world.member('shopper-0001')
  hq = await world.staff('hq')
  clerk = await world.staff('clerk01', 'floor')
  clerk2 = await world.staff('clerk02', 'floor')
  await sellByWeight({ pieceGrams: 1500, perGrams: 1000 })
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

const params = { productId: PEAR_PRODUCT }
async function sellByWeight(weight: { pieceGrams: number; perGrams: 500 | 1000 } | null) {
  const { id, skuId, barcode, listings, pictures, updatedAt, components, ...what } = await hq(
    'GET /console/v1/products/:productId',
    { params },
  )
  assert.ok(id && skuId && barcode && listings.length > 0 && updatedAt && components === null)
  const pictureIds = pictures.map((picture) => picture.id)
  return hq('PUT /console/v1/products/:productId', { params, body: { ...what, pictureIds, weight } })
}
const onPage = () =>
  world.api('GET /v1/stores/:storeId/products/:productId', { params: { storeId: 'S01', ...params } })

/** Pears, and apples by the piece with them; paid. */
async function paidPears(pears = 1, apples = 0): Promise<string> {
  const lines = [{ skuId: PEAR, quantity: pears }]
  if (apples > 0) lines.push({ skuId: APPLE, quantity: apples })
  const { id, totalFen } = await order(shopper, { lines })
  const { prepayId } = await pay({ shopper, orderId: id, totalFen })
  await settleAtCashier(world, prepayId)
  await until(async () => (await mine(id)).state === 'PAID', 'paid')
  return id
}
const mine = (orderId: string) => shopper.api('GET /v1/orders/:orderId', { params: { orderId } })
const show = (orderId: string) => hq('GET /console/v1/orders/:orderId', { params: { orderId } })
const weigh = (orderId: string, grams: number, expectGrams: number | null = null, who = clerk) =>
  who('POST /staff/v1/orders/:orderId/weights', {
    params: { orderId },
    body: { lines: [{ lineNo: 1, grams, expectGrams }] },
  })
const makeReady = (orderId: string) =>
  clerk('POST /staff/v1/orders/:orderId/readiness', { params: { orderId } })
async function handOver(orderId: string) {
  const { digits } = await shopper.api('GET /v1/orders/:orderId/pickup-code', { params: { orderId } })
  return clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
}
const settled = (orderId: string, state: string) =>
  until(async () => {
    world.clock.advance(61)
    await world.sweep('payments.refunds')
    return (await show(orderId)).refundState === state
  }, state)
async function refund(orderId: string, lines?: { lineNo: number; quantity: number }[]) {
  const asked = lines ? { lines } : {}
  const quote = await hq('POST /console/v1/orders/:orderId/refund-quotes', {
    params: { orderId },
    body: asked,
  })
  const body = { idempotencyKey: randomUUID(), ...asked, expectFen: quote.amountFen, reason: '坏了' }
  await hq('POST /console/v1/orders/:orderId/refunds', { params: { orderId }, body })
  return quote
}
const money = async (orderId: string) => {
  const { refunds } = await show(orderId)
  return refunds.map(({ cause, state, amountFen, lines }) => [
    cause,
    state,
    amountFen,
    lines.map(({ quantity, amountFen: fen }) => [quantity, fen]),
  ])
}

test('the page says what a piece weighs, its price per kilogram, and from which difference on money goes back', async () => {
  assert.deepEqual((await onPage()).weight, {
    pieceGrams: 1500,
    perGrams: 1000,
    perFen: 787,
    toleranceBp: 300,
  })
})

test('lighter: paid as estimated, weighed, handed over, and the difference goes back once, of no pieces', async () => {
  const orderId = await paidPears(2, 1)
  const [line] = (await mine(orderId)).lines
  const estimate = { estimateGrams: 3000, payFen: 2360, toleranceBp: 300, finalGrams: null, backFen: 0 }
  assert.deepEqual(line?.weight, estimate)
  const [weighed, plain] = (await weigh(orderId, 2850)).lines
  assert.deepEqual(weighed?.weight, { ...estimate, finalGrams: 2850, backFen: 118 })
  assert.equal(plain?.weight, null)
  assert.deepEqual(await money(orderId), [], 'nothing is sent before the bag is handed over')
  await makeReady(orderId)
  assert.equal((await handOver(orderId)).state, 'COMPLETED')
  await settled(orderId, 'PARTIAL')
  assert.deepEqual(await money(orderId), [['weighing', 'SUCCESS', 118, [[0, 118]]]])
  const { refundedFen, lines } = await mine(orderId)
  assert.deepEqual([refundedFen, lines[0]?.refundedFen, lines[0]?.refundedQuantity], [118, 118, 0])
})

test('domain 2.7: points are earned by what was really paid: a difference in weight takes its part back, and its pieces the rest', async () => {
  const points = async () => (await shopper.api('GET /v1/points')).frozen
  const before = await points()
  const orderId = await paidPears(2)
  const earned = (await mine(orderId)).pointsEarned
  assert.equal(earned, 23, 'of 23.60 yuan')
  assert.equal(await points(), before + earned)
  await weigh(orderId, 1500)
  await handOver(orderId)
  await settled(orderId, 'PARTIAL')
  assert.deepEqual(await money(orderId), [['weighing', 'SUCCESS', 1180, [[0, 1180]]]])
  assert.equal(await points(), before + 12, 'half of it was not given: 11 of 23 are taken back')
  await refund(orderId)
  await settled(orderId, 'FULL')
  assert.equal(await points(), before)
})

test('afterwards its pieces share what remains of it: paid = given back, to the fen', async () => {
  const orderId = await paidPears(3)
  await weigh(orderId, 4100)
  await handOver(orderId)
  const total = 3 * 1180
  const back = total - Math.round((total * 4100) / 4500)
  const one = await refund(orderId, [{ lineNo: 1, quantity: 1 }])
  assert.equal(one.amountFen, Math.floor((total - back) / 3))
  const rest = await refund(orderId)
  assert.deepEqual([rest.whole, rest.keptFen], [true, 0])
  assert.equal(back + one.amountFen + rest.amountFen, total)
  await settled(orderId, 'FULL')
})

test('within the tolerance nothing goes back; heavier costs nothing more', async () => {
  for (const grams of [1455, 1500, 2200]) {
    const orderId = await paidPears()
    const { lines } = await weigh(orderId, grams)
    assert.equal(lines[0]?.weight?.backFen, 0, `${grams} g`)
    await handOver(orderId)
    const { refundState, totalFen } = await mine(orderId)
    assert.deepEqual([refundState, totalFen], ['NONE', 1180])
  }
})

test('409 weight_missing: not packed and not handed over before it was weighed', async () => {
  const orderId = await paidPears()
  const { data } = await refused(makeReady(orderId), 'fulfilment.weight_missing', 409)
  assert.deepEqual(data, { lineNo: 1 })
  await refused(handOver(orderId), 'fulfilment.weight_missing', 409)
  assert.equal((await mine(orderId)).state, 'PAID')
  await weigh(orderId, 1500)
  await handOver(orderId)
})

test('a slip is corrected until the bag is gone, by whoever saw it: 409 weight_changed otherwise', async () => {
  const orderId = await paidPears()
  await weigh(orderId, 150)
  const { data } = await refused(weigh(orderId, 1480), 'orders.weight_changed', 409)
  assert.deepEqual(data, { lineNo: 1, grams: 150 })
  await weigh(orderId, 1480, 150)
  await weigh(orderId, 1480, 150) // sent again: the same weight changes nothing
  await makeReady(orderId)
  await hq('POST /console/v1/orders/:orderId/weights', {
    params: { orderId },
    body: { lines: [{ lineNo: 1, grams: 1400, expectGrams: 1480 }] },
  })
  await handOver(orderId)
  await refused(weigh(orderId, 1500, 1400), 'fulfilment.already_handed', 409)
  const { events } = await mine(orderId)
  assert.equal(events.filter(({ verb }) => verb === 'weigh').length, 3)
  assert.deepEqual(await money(orderId), [['weighing', 'PENDING', 79, [[0, 79]]]])
})

test('409 not_weighed for a line by the piece; of two lines, none is noted if one is refused', async () => {
  const orderId = await paidPears(1, 1)
  const lines = [
    { lineNo: 1, grams: 1500, expectGrams: null },
    { lineNo: 2, grams: 1000, expectGrams: null },
  ]
  const { data } = await refused(
    clerk('POST /staff/v1/orders/:orderId/weights', { params: { orderId }, body: { lines } }),
    'orders.not_weighed',
    409,
  )
  assert.deepEqual(data, { lineNo: 2 })
  assert.equal((await mine(orderId)).lines[0]?.weight?.finalGrams, null)
})

test('an order of another store cannot be weighed, and an unpaid one neither', async () => {
  const orderId = await paidPears()
  await refused(weigh(orderId, 1500, null, clerk2), 'orders.missing', 404)
  const { id } = await order(shopper, { lines: [{ skuId: PEAR, quantity: 1 }] })
  await refused(weigh(id, 1500), 'fulfilment.not_paid', 409)
})

test('a piece taken out of the bag takes the weight with it: the rest is weighed again', async () => {
  const orderId = await paidPears(2)
  await weigh(orderId, 2900)
  const { amountFen } = await refund(orderId, [{ lineNo: 1, quantity: 1 }])
  assert.equal(amountFen, 1180)
  await refused(handOver(orderId), 'fulfilment.weight_missing', 409)
  const { lines } = await weigh(orderId, 1350)
  assert.deepEqual(lines[0]?.weight, {
    estimateGrams: 1500,
    payFen: 1180,
    toleranceBp: 300,
    finalGrams: 1350,
    backFen: 118,
  })
  await handOver(orderId)
  await settled(orderId, 'PARTIAL')
  assert.equal((await mine(orderId)).refundedFen, 1180 + 118)
})

test('what was promised with the order holds, whatever the product is sold as by then', async () => {
  const orderId = await paidPears()
  await sellByWeight(null)
  try {
    assert.equal((await onPage()).weight, null)
    await refused(handOver(orderId), 'fulfilment.weight_missing', 409)
    const plain = await paidPears()
    await handOver(plain)
    await weigh(orderId, 1000)
    await handOver(orderId)
    assert.equal((await money(orderId))[0]?.[2], 393)
  } finally {
    await sellByWeight({ pieceGrams: 1500, perGrams: 1000 })
  }
})

test('a difference that WeChat did not pay out is owed, and can be sent again alone', async () => {
  const orderId = await paidPears()
  await weigh(orderId, 1200)
  const [attempt] = (await show(orderId)).payments
  await fault(world, attempt?.outTradeNo ?? '', [['refund', 'refund-closed', 1]])
  await handOver(orderId)
  await settled(orderId, 'FAILED')
  await fault(world, attempt?.outTradeNo ?? '', [])
  const again = await refund(orderId, [{ lineNo: 1, quantity: 0 }])
  assert.deepEqual([again.amountFen, again.whole], [236, false])
  await settled(orderId, 'PARTIAL')
  const owed = { params: { orderId }, body: { lines: [{ lineNo: 1, quantity: 0 }] } }
  await refused(hq('POST /console/v1/orders/:orderId/refund-quotes', owed), 'orders.not_refundable', 409)
})

test('two clerks weigh at once, and hand over at once: one weight, one difference', async () => {
  const orderId = await paidPears()
  const weighed = await Promise.allSettled([weigh(orderId, 1300), weigh(orderId, 1200)])
  assert.deepEqual(weighed.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  const grams = (await mine(orderId)).lines[0]?.weight?.finalGrams
  assert.ok(grams === 1300 || grams === 1200)
  const handed = await Promise.allSettled([handOver(orderId), handOver(orderId), handOver(orderId)])
  assert.equal(handed.filter(({ status }) => status === 'fulfilled').length, 1)
  const sent = await rows(world, `select from refund where order_id = $1 and cause = 'weighing'`, [orderId])
  assert.equal(sent.length, 1)
})
