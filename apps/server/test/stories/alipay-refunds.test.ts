// Refunds at Alipay: at once, once, and known by asking.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import {
  allTold,
  atAlipay,
  calls,
  openAlipay,
  paidByAlipay,
  toldOf,
  type AlipayPurchase,
} from '../payments/alipay.ts'
import { alarms, fault, orderOf, rows, stateOf } from '../payments/purchase.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let hq: LinliApi
before(async () => {
  world = await openWorld({ onHand: 1000 })
  shopper = await world.member('shopper-0001')
  hq = await world.staff('hq')
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

async function giveBack({ orderId }: AlipayPurchase, quantity: number): Promise<void> {
  const params = { orderId }
  const lines = [{ lineNo: 1, quantity }]
  const quote = await hq('POST /console/v1/orders/:orderId/refund-quotes', { params, body: { lines } })
  const body = { idempotencyKey: randomUUID(), reason: '少一件', lines, expectFen: quote.amountFen }
  await hq('POST /console/v1/orders/:orderId/refunds', { params, body })
}
const refundsOf = ({ orderId }: AlipayPurchase) =>
  rows<{ state: string; amount_fen: number; trouble: string | null; out_refund_no: string }>(
    world,
    'select state, amount_fen, trouble, out_refund_no from refund where order_id = $1 order by created_at, id',
    [orderId],
  )
const statesOf = async (purchase: AlipayPurchase) => (await refundsOf(purchase)).map(({ state }) => state)
const tradeOf = ({ outTradeNo }: AlipayPurchase) => {
  const trade = world.sandbox.world.store.alipayTrades.get(outTradeNo)
  assert.ok(trade)
  return trade
}
const sweep = () => world.sweep('payments.refunds')
const outcomesOf = async (subject: string) =>
  (
    await rows<{ outcome: string }>(
      world,
      `select outcome from payment_notice where provider = 'alipay' and subject = $1`,
      [subject],
    )
  ).map(({ outcome }) => outcome)
test('a piece back: its sum to the fen, at once; then the rest', async () => {
  const purchase = await paidByAlipay(world, shopper, 3)
  await giveBack(purchase, 1)
  await sweep()
  assert.deepEqual(await statesOf(purchase), ['SUCCESS'])
  const [first] = await refundsOf(purchase)
  assert.deepEqual(
    tradeOf(purchase).refunds.map(({ refundFen, outRequestNo }) => [refundFen, outRequestNo]),
    [[first?.amount_fen, first?.out_refund_no]],
  )
  world.clock.advance(120)
  await giveBack(purchase, 2)
  await sweep()
  assert.deepEqual(await statesOf(purchase), ['SUCCESS', 'SUCCESS'])
  assert.equal(
    tradeOf(purchase).refunds.reduce((sum, { refundFen }) => sum + refundFen, 0),
    purchase.totalFen,
  )
  assert.equal((await orderOf(purchase)).refundState, 'FULL')
})

test('mode 97 · the refund is told of with TRADE_SUCCESS: no second payment, and the refund is asked for, not believed', async () => {
  const purchase = await paidByAlipay(world, shopper, 2)
  await giveBack(purchase, 1)
  await sweep()
  await allTold(world, purchase, 2)
  const [, told] = toldOf(world, purchase.outTradeNo)
  assert.equal(told?.plaintext['trade_status'], 'TRADE_SUCCESS')
  const [refund] = await refundsOf(purchase)
  // Which of the two was first to know is chance; that neither believed the sum in the notification is not.
  const [outcome = ''] = await outcomesOf(refund?.out_refund_no ?? '')
  assert.ok(['noted', 'settled'].includes(outcome), outcome)
  assert.deepEqual(await statesOf(purchase), ['SUCCESS'])
  assert.ok(calls(world, purchase.outTradeNo, 'alipay-refund-query') >= 2)
  assert.deepEqual(await outcomesOf(purchase.outTradeNo), ['accepted'])
  assert.deepEqual(await alarms(world, purchase.orderId), [])
  const attempts = await rows(world, 'select id from payment_attempt where order_id = $1', [purchase.orderId])
  assert.equal(attempts.length, 1)
})

test('mode 97 · for an attempt that was never told to be paid, a refund notification pays nothing', async () => {
  const unheard = await openAlipay(shopper)
  await fault(world, unheard.outTradeNo, [['alipay-notify', 'drop', 1]])
  await atAlipay(world, unheard)
  await until(
    async () => toldOf(world, unheard.outTradeNo)[0]?.state === 'dropped',
    'the payment is not told of',
  )
  const half = Math.floor(unheard.totalFen / 2)
  await world.sim('POST', `/_sim/alipay/trades/${unheard.outTradeNo}/refund`, { fen: half })
  await until(async () => toldOf(world, unheard.outTradeNo)[1]?.state === 'delivered', 'the refund is')
  assert.equal(await stateOf(unheard), 'PENDING_PAY')
})

test('done, but the answer is lost: asked at once, given back once', async () => {
  const purchase = await paidByAlipay(world, shopper)
  await fault(world, purchase.outTradeNo, [['alipay-refund', 'error-after', 1]])
  await giveBack(purchase, 1)
  await sweep()
  assert.deepEqual(await statesOf(purchase), ['SUCCESS'])
  assert.equal(tradeOf(purchase).refunds.length, 1)
})

test('done, the answer and the query lost: the same number again, fund_change N, given back once', async () => {
  const purchase = await paidByAlipay(world, shopper)
  await fault(world, purchase.outTradeNo, [
    ['alipay-refund', 'error-after', 1],
    ['alipay-refund-query', 'status', 1],
    ['alipay-notify', 'drop'],
  ])
  await giveBack(purchase, 1)
  await sweep()
  assert.deepEqual(await statesOf(purchase), ['PENDING'])
  world.clock.advance(60)
  await sweep()
  assert.deepEqual(await statesOf(purchase), ['SUCCESS'])
  assert.equal(tradeOf(purchase).refunds.length, 1)
  assert.equal(calls(world, purchase.outTradeNo, 'alipay-refund'), 2)
})

test('20000: unknown is neither done nor failed; it waits under its number', async () => {
  const purchase = await paidByAlipay(world, shopper)
  await fault(world, purchase.outTradeNo, [['alipay-refund', 'status', 1]])
  await giveBack(purchase, 1)
  await sweep()
  assert.deepEqual(await statesOf(purchase), ['PENDING'])
  assert.deepEqual(await alarms(world, purchase.orderId), [])
  world.clock.advance(60)
  await sweep()
  assert.deepEqual(await statesOf(purchase), ['SUCCESS'])
})

test('taken on, but not to be seen yet: under way, and asked about until it is', async () => {
  const purchase = await paidByAlipay(world, shopper)
  await fault(world, purchase.outTradeNo, [
    ['alipay-refund-query', 'stale-view', 1],
    ['alipay-notify', 'drop'],
  ])
  await giveBack(purchase, 1)
  await sweep()
  assert.deepEqual(await statesOf(purchase), ['PROCESSING'])
  await fault(world, purchase.outTradeNo, [])
  world.clock.advance(60)
  await sweep()
  assert.deepEqual(await statesOf(purchase), ['SUCCESS'])
})

for (const code of ['ACQ.SELLER_BALANCE_NOT_ENOUGH', 'isv.invalid-signature'])
  test(`${code}: waits under the same number, a person is told, then it goes out once`, async () => {
    const purchase = await paidByAlipay(world, shopper)
    await fault(world, purchase.outTradeNo, [['alipay-refund', { kind: 'status', status: 200, code }, 1]])
    await giveBack(purchase, 1)
    await sweep()
    assert.deepEqual(await statesOf(purchase), ['PENDING'])
    const [alarm] = await alarms(world, purchase.orderId)
    assert.match(alarm?.detail ?? '', new RegExp(code.replace('.', '\\.')))
    world.clock.advance(60)
    await sweep()
    assert.deepEqual(await statesOf(purchase), ['SUCCESS'])
    assert.equal(tradeOf(purchase).refunds.length, 1)
  })

test('refused for good: failed only after a query found nothing there; a person is told', async () => {
  const purchase = await paidByAlipay(world, shopper)
  const code = 'ACQ.TRADE_STATUS_ERROR'
  await fault(world, purchase.outTradeNo, [['alipay-refund', { kind: 'status', status: 200, code }]])
  await giveBack(purchase, 1)
  await sweep()
  assert.deepEqual(await statesOf(purchase), ['FAILED'])
  const [alarm] = await alarms(world, purchase.orderId)
  assert.match(alarm?.detail ?? '', /支付宝拒绝了这笔退款/)
})

test('a refund made in the merchant console: taken, kept, a person is told', async () => {
  const purchase = await paidByAlipay(world, shopper)
  const half = Math.floor(purchase.totalFen / 2)
  const { refund } = await world.sim<{ refund: { outRequestNo: string } }>(
    'POST',
    `/_sim/alipay/trades/${purchase.outTradeNo}/refund`,
    { fen: half },
  )
  await allTold(world, purchase, 2)
  const found = await rows<{ detail: string }>(
    world,
    `select detail from payment_alarm where kind = 'unknown_trade' and subject = $1`,
    [refund.outRequestNo],
  )
  assert.equal(found.length, 1)
  assert.match(found[0]?.detail ?? '', /支付宝商家中心/)
})

test('a refund answer of another sum is not believed: quarantined, a person is told', async () => {
  const purchase = await paidByAlipay(world, shopper)
  await fault(world, purchase.outTradeNo, [
    ['alipay-refund-query', 'stale-view', 1],
    ['alipay-notify', 'drop'],
  ])
  await giveBack(purchase, 1)
  const trade = tradeOf(purchase)
  await sweep()
  const [made] = trade.refunds
  assert.ok(made)
  made.refundFen -= 1
  world.clock.advance(60)
  await sweep()
  const kinds = (await alarms(world, purchase.orderId)).map(({ kind }) => kind)
  assert.ok(kinds.includes('refund_failed'))
})
