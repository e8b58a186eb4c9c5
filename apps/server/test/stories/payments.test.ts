import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { after, before, test } from 'node:test'
import {
  cancel,
  fault,
  paid,
  paidUnheard,
  pay,
  place,
  rows,
  settleAtCashier,
  stateOf,
  type Purchase,
} from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { until } from '../until.ts'
import { openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
before(async () => {
  world = await openWorld({ onHand: 1000 })
  shopper = await world.member('shopper-0001')
})
after(() => world.close())

const attemptsOf = ({ orderId }: Purchase) =>
  rows<{ state: string; out_trade_no: string; trouble: string | null }>(
    world,
    'select state, out_trade_no, trouble from payment_attempt where order_id = $1 order by created_at, id',
    [orderId],
  )
const statesOf = async (purchase: Purchase) => (await attemptsOf(purchase)).map(({ state }) => state)
const requests = (outTradeNo: string, route: string) =>
  world.sandbox.world.journal
    .read({ since: 0, limit: 1000, namespace: outTradeNo })
    .filter((entry) => entry.route === route).length
/** Faults for a shopper strike before a trade has a number. */
const faultFor = (name: string, route: string, action: string | object) =>
  fault(world, name, [[route, action]])
const noFaultFor = (name: string) => fault(world, name, [])

test('POST /v1/orders/:orderId/payments · 201: what wx.requestPayment takes, signed by the merchant', async () => {
  const purchase = await place(shopper)
  const opened = await pay(purchase)
  assert.equal(opened.amountFen, purchase.totalFen)
  const { appId, timeStamp, nonceStr, package: pack, signType, paySign } = opened.params
  assert.equal(pack, `prepay_id=${opened.prepayId}`)
  assert.equal(signType, 'RSA')
  const key = createPublicKey(world.ctx.config.wechat.merchantPrivateKeyPem)
  const message = Buffer.from(`${appId}\n${timeStamp}\n${nonceStr}\n${pack}\n`)
  assert.ok(verify('sha256', message, key, Buffer.from(paySign, 'base64')))
})

test('POST /v1/orders/:orderId/payments · again: the same prepay id, a fresh signature, no second call', async () => {
  const purchase = await place(shopper)
  const [first, second] = [await pay(purchase), await pay(purchase)]
  assert.deepEqual([second.attemptId, second.prepayId], [first.attemptId, first.prepayId])
  assert.notEqual(second.params.paySign, first.params.paySign)
  assert.equal(requests(first.outTradeNo, 'jsapi'), 1)
})

test('POST /v1/orders/:orderId/payments · ten at once, from two servers: one attempt, one prepay id', async () => {
  const purchase = await place(shopper)
  const second = await world.another()
  try {
    const other = { ...purchase, shopper: { ...shopper, api: second.as(shopper.token) } }
    const opened = await Promise.all(Array.from({ length: 10 }, (_, i) => pay(i % 2 ? purchase : other)))
    assert.equal(new Set(opened.map(({ prepayId }) => prepayId)).size, 1)
    assert.deepEqual(await statesOf(purchase), ['OPEN'])
  } finally {
    await second.close()
  }
})

test('POST /v1/orders/:orderId/payments · 404 for an order of somebody else', async () => {
  const purchase = await place(shopper)
  const other = await world.member('shopper-0002')
  await refused(pay({ ...purchase, shopper: other }), 'orders.missing', 404)
})

test('POST /v1/orders/:orderId/payments · 409 not_payable once cancelled, already_paid once paid', async () => {
  const cancelled = await place(shopper)
  await cancel(cancelled)
  await refused(pay(cancelled), 'payments.not_payable', 409)
  await refused(pay(await paid(world, shopper)), 'payments.already_paid', 409)
})

test('POST /v1/orders/:orderId/payments · 409 not_payable when a cancellation is being committed at that moment', async () => {
  const purchase = await place(shopper)
  const desk = await world.ctx.database.pool.connect()
  try {
    await desk.query('begin')
    await desk.query('select 1 from orders where id = $1 for update', [purchase.orderId])
    const opening = refused(pay(purchase), 'payments.not_payable', 409)
    await new Promise((resolve) => setTimeout(resolve, 100))
    await desk.query(`update orders set state = 'CANCELLED', cancelled_at = now() where id = $1`, [
      purchase.orderId,
    ])
    await desk.query('commit')
    await opening
  } finally {
    desk.release()
  }
  assert.deepEqual(await statesOf(purchase), [])
})

test('POST /v1/orders/:orderId/payments · 503 while WeChat is down; the same number goes on afterwards', async () => {
  const buyer = await world.member('shopper-0003')
  const purchase = await place(buyer)
  await faultFor('shopper-0003', 'jsapi', 'error-after')
  await refused(pay(purchase), 'payments.unavailable', 503)
  const [left] = await attemptsOf(purchase)
  assert.deepEqual([left?.state, left?.trouble], ['OPENING', 'SYSTEM_ERROR'])
  await noFaultFor('shopper-0003')
  const opened = await pay(purchase)
  assert.equal(opened.outTradeNo, left?.out_trade_no)
  assert.equal(world.sandbox.world.store.orders.get(opened.outTradeNo)?.prepayId, opened.prepayId)
})

test('POST /v1/orders/:orderId/payments · 503 when WeChat refuses; the next try has a new number', async () => {
  const buyer = await world.member('shopper-0004')
  const purchase = await place(buyer)
  await faultFor('shopper-0004', 'jsapi', { kind: 'status', status: 403, code: 'NO_AUTH' })
  await refused(pay(purchase), 'payments.unavailable', 503)
  await noFaultFor('shopper-0004')
  await pay(purchase)
  const attempts = await attemptsOf(purchase)
  assert.deepEqual(
    attempts.map(({ state, trouble }) => [state, trouble]),
    [
      ['FAILED', 'NO_AUTH'],
      ['OPEN', null],
    ],
  )
  assert.notEqual(attempts[0]?.out_trade_no, attempts[1]?.out_trade_no)
})

test('a server that died between its own row and the call leaves nothing that hangs', async () => {
  const buyer = await world.member('shopper-0005')
  const purchase = await place(buyer)
  await faultFor('shopper-0005', 'jsapi', 'reset-before')
  await refused(pay(purchase), 'payments.unavailable', 503)
  await noFaultFor('shopper-0005')
  assert.deepEqual(await statesOf(purchase), ['OPENING'])
  await world.advance(31)
  await world.sweep('payments.check')
  assert.deepEqual(await statesOf(purchase), ['FAILED'])
  await pay(purchase)
  assert.deepEqual(await statesOf(purchase), ['FAILED', 'OPEN'])
})

test('a prepay id older than 110 minutes is closed at WeChat and replaced under a new number', async () => {
  const purchase = await place(shopper)
  const old = await pay(purchase)
  await rows(
    world,
    `update payment_attempt set prepay_expires_at = prepay_expires_at - interval '110 minutes' where id = $1`,
    [old.attemptId],
  )
  const fresh = await pay(purchase)
  assert.notEqual(fresh.outTradeNo, old.outTradeNo)
  assert.equal(world.sandbox.world.store.orders.get(old.outTradeNo)?.state, 'CLOSED')
  assert.deepEqual(await statesOf(purchase), ['CLOSED', 'OPEN'])
})

for (const [what, change] of [
  ['over another amount', 'amount_fen = amount_fen + 1'],
  ['of another payer', `payer = payer || '-before'`],
] as const)
  test(`an attempt ${what} is closed at WeChat and replaced under a new number`, async () => {
    const purchase = await place(shopper)
    const old = await pay(purchase)
    await rows(world, `update payment_attempt set ${change} where id = $1`, [old.attemptId])
    const fresh = await pay(purchase)
    assert.equal(fresh.amountFen, purchase.totalFen)
    assert.notEqual(fresh.outTradeNo, old.outTradeNo)
    assert.equal(world.sandbox.world.store.orders.get(old.outTradeNo)?.state, 'CLOSED')
  })

test('an opening whose answer was lost is not taken up again over another amount', async () => {
  const buyer = await world.member('shopper-0007')
  const purchase = await place(buyer)
  await faultFor('shopper-0007', 'jsapi', 'error-after')
  await refused(pay(purchase), 'payments.unavailable', 503)
  await noFaultFor('shopper-0007')
  await rows(world, 'update payment_attempt set amount_fen = amount_fen + 1 where order_id = $1', [
    purchase.orderId,
  ])
  assert.equal((await pay(purchase)).amountFen, purchase.totalFen)
  assert.deepEqual(await statesOf(purchase), ['CLOSED', 'OPEN'])
})

test('an old prepay id that was paid after all is not replaced: 409 already_paid', async () => {
  const purchase = await place(shopper)
  const old = await paidUnheard(world, purchase)
  await rows(
    world,
    `update payment_attempt set prepay_expires_at = prepay_expires_at - interval '110 minutes' where id = $1`,
    [old.attemptId],
  )
  await refused(pay(purchase), 'payments.already_paid', 409)
  assert.equal(await stateOf(purchase), 'PAID')
})

test('mode 36 · a coupon of WeChat: the order is paid in full', async () => {
  const purchase = await place(shopper)
  const { prepayId } = await pay(purchase)
  await settleAtCashier(world, prepayId, { couponFen: 300 })
  await until(async () => (await stateOf(purchase)) === 'PAID', 'paid')
})

test('mode 23 · the notification overtakes the answer: 409 already_paid, and the order is paid', async () => {
  const buyer = await world.member('shopper-0006')
  const purchase = await place(buyer)
  await faultFor('shopper-0006', 'jsapi', 'pay-before-reply')
  await refused(pay(purchase), 'payments.already_paid', 409)
  await noFaultFor('shopper-0006')
  assert.equal(await stateOf(purchase), 'PAID')
})
