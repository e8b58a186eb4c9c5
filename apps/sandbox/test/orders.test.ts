import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import {
  close,
  isSignedByPlatform,
  newNumber,
  orderBody,
  placeOrder,
  placePaid,
  query,
  signed,
  startWorld,
} from './world.ts'
import type { Json, Twist, World } from './world.ts'

const JSAPI = '/v3/pay/transactions/jsapi'
let world: World
before(async () => {
  world = await startWorld()
})
after(() => world.close())

const order = (overrides: Json = {}, twist: Twist = {}) =>
  signed(world, 'POST', JSAPI, orderBody(world, overrides), twist)

test('POST jsapi · 200 with a prepay id, signed, with a request id that ends in 0', async () => {
  const reply = await order()
  assert.equal(reply.status, 200)
  assert.match(String(reply.body.prepay_id), /^wx\d{14}[0-9a-f]{20}$/)
  assert.match(reply.headers.get('request-id') ?? '', /-0$/)
  assert.equal(reply.headers.get('wechatpay-serial'), world.merchant.platformKeys[0]?.id)
  assert.ok(isSignedByPlatform(world, reply.headers, reply.text))
})

const wrongFields: [string, Json, string][] = [
  ['an unknown field', { channel: 'x' }, '/channel'],
  ['an unknown inner field', { amount: { total: 1, tax: 0 } }, '/amount/tax'],
  ['no fen', { amount: { total: 0 } }, '/amount/total'],
  ['half a fen', { amount: { total: 1.5 } }, '/amount/total'],
  ['fen as text', { amount: { total: '1' } }, '/amount/total'],
  ['dollars', { amount: { total: 1, currency: 'USD' } }, '/amount/currency'],
  ['a description of 128 characters', { description: '果'.repeat(128) }, '/description'],
  ['an empty description', { description: '' }, '/description'],
  ['a number of 5 characters', { out_trade_no: 'abcde' }, '/out_trade_no'],
  ['a number of 33 characters', { out_trade_no: 'a'.repeat(33) }, '/out_trade_no'],
  ['a number with a slash', { out_trade_no: 'abc/defg' }, '/out_trade_no'],
  ['an attach of 129 characters', { attach: 'a'.repeat(129) }, '/attach'],
  ['no payer', { payer: undefined }, '/payer'],
  ['no openid', { payer: {} }, '/payer/openid'],
  ['a local time without offset', { time_expire: '2099-01-01 00:00:00' }, '/time_expire'],
  ['a time that has passed', { time_expire: '2020-01-01T00:00:00+08:00' }, '/time_expire'],
  ['plain HTTP to the world', { notify_url: 'http://shop.example/hooks' }, '/notify_url'],
  ['an address with a query', { notify_url: 'https://shop.example/hooks?a=1' }, '/notify_url'],
  ['no address', { notify_url: 'hooks' }, '/notify_url'],
]
for (const [name, overrides, field] of wrongFields) {
  test(`POST jsapi · 400 PARAM_ERROR for ${name}`, async () => {
    const reply = await order(overrides)
    assert.equal(reply.status, 400, reply.text)
    assert.equal(reply.body.code, 'PARAM_ERROR')
    assert.equal((reply.body.detail as Json).field, field)
    assert.ok(isSignedByPlatform(world, reply.headers, reply.text), 'refusals are signed too')
  })
}

test('POST jsapi · accepts every documented field', async () => {
  const reply = await order({
    description: '果'.repeat(127),
    attach: 'attempt-1',
    goods_tag: 'TAG',
    time_expire: new Date(Date.now() + 600_000).toISOString().replace(/\.\d+Z$/, '+00:00'),
    support_fapiao: false,
    settle_info: { profit_sharing: false },
    scene_info: {
      payer_client_ip: '127.0.0.1',
      device_id: 'S01',
      store_info: { id: 'S01', name: '襄都旗舰店' },
    },
    detail: {
      cost_price: 1_990,
      goods_detail: [{ merchant_goods_id: 'SKU1', quantity: 1, unit_price: 1_990 }],
    },
  })
  assert.equal(reply.status, 200, reply.text)
})

const strangers: [string, Json, number, string][] = [
  ['another app', { appid: 'wx0000000000000000' }, 400, 'APPID_MCHID_NOT_MATCH'],
  ['another merchant', { mchid: '1900000001' }, 400, 'MCH_NOT_EXISTS'],
  ['an openid nobody has', { payer: { openid: 'oNobodyEverLoggedInWithThis1' } }, 500, 'OPENID_MISMATCH'],
]
for (const [name, overrides, status, code] of strangers) {
  test(`POST jsapi · ${status} ${code} for ${name}`, async () => {
    const reply = await order(overrides)
    assert.deepEqual([reply.status, reply.body.code], [status, code])
  })
}

const now = () => Math.floor(Date.now() / 1_000)
const badAuthorizations: [string, () => Twist][] = [
  ['no header', () => ({ authorization: '' })],
  ['another scheme', () => ({ authorization: 'Bearer x' })],
  ['a missing attribute', () => ({ authorization: 'WECHATPAY2-SHA256-RSA2048 mchid="1",nonce_str="2"' })],
  ['another merchant', () => ({ mchid: '1900000001' })],
  ['the platform’s serial', () => ({ serial: world.merchant.platformKeys[1]?.id ?? '' })],
  ['a clock 301 s behind', () => ({ timestamp: String(now() - 302) })],
  ['a clock 301 s ahead', () => ({ timestamp: String(now() + 303) })],
  ['a timestamp in words', () => ({ timestamp: 'now' })],
  ['a signature over another body', () => ({ signedBody: '{}' })],
  ['a signature over the path without its prefix', () => ({ signedTarget: JSAPI })],
  ['a signature that is not base64', () => ({ signature: '***' })],
]
for (const [name, twist] of badAuthorizations) {
  test(`POST jsapi · 401 SIGN_ERROR for ${name}`, async () => {
    const reply = await order({}, twist())
    assert.deepEqual([reply.status, reply.body.code], [401, 'SIGN_ERROR'])
  })
}

test('a clock 290 s off and a lower-case serial are accepted', async () => {
  const reply = await order(
    {},
    { timestamp: String(now() - 290), serial: world.merchant.merchantSerial.toLowerCase() },
  )
  assert.equal(reply.status, 200)
})

test('the query string is part of what is signed', async () => {
  const { number } = await placeOrder(world)
  const target = `/v3/pay/transactions/out-trade-no/${number}?mchid=${world.merchant.mchId}`
  const reply = await signed(world, 'GET', target, undefined, {
    signedTarget: `/wxpay${target.split('?')[0]}`,
  })
  assert.equal(reply.body.code, 'SIGN_ERROR')
})

test('POST jsapi · 400 without User-Agent or with another content type', async () => {
  const silent = await order({}, { headers: { 'User-Agent': '' } })
  const form = await order({}, { headers: { 'Content-Type': 'text/plain' } })
  assert.deepEqual([silent.body.code, form.body.code], ['PARAM_ERROR', 'PARAM_ERROR'])
})

test('POST jsapi · 400 for a body that is no JSON object', async () => {
  for (const body of ['{', '[]', '"x"']) {
    const reply = await signed(world, 'POST', JSAPI, body)
    assert.deepEqual([reply.status, reply.body.code], [400, 'PARAM_ERROR'])
  }
})

test('a nonce used twice is answered, and noted in the journal', async () => {
  const nonce = newNumber('nonce')
  await order({}, { nonce })
  assert.equal((await order({}, { nonce })).status, 200)
  const { body } = await world.sim('GET', '/_sim/journal?kind=warning')
  assert.ok(JSON.stringify(body.entries).includes(`nonce ${nonce} was used before`))
})

test('the same number with the same parameters, in any order, gives the same prepay id', async () => {
  const body = orderBody(world)
  const first = await signed(world, 'POST', JSAPI, body)
  const turned = Object.fromEntries(Object.entries(body).toReversed())
  const second = await signed(world, 'POST', JSAPI, turned)
  assert.equal(second.body.prepay_id, first.body.prepay_id)
})

test('the same number with other parameters · 400 INVALID_REQUEST', async () => {
  const body = orderBody(world)
  await signed(world, 'POST', JSAPI, body)
  for (const change of [
    { amount: { total: 1_991, currency: 'CNY' } },
    { attach: 'x' },
    { description: '别的' },
  ]) {
    const reply = await signed(world, 'POST', JSAPI, { ...body, ...change })
    assert.deepEqual([reply.status, reply.body.code], [400, 'INVALID_REQUEST'])
    assert.equal(reply.body.message, '请求重入时，参数与首次请求时不一致')
  }
})

test('a prepay id dies after two hours; the same request then gives a new one for the same order', async () => {
  const body = orderBody(world)
  const first = await signed(world, 'POST', JSAPI, body)
  await world.sim('POST', '/_sim/clock', { advanceSeconds: 7_200 })
  const late = await world.sim('POST', '/_sim/pay', { prepayId: first.body.prepay_id, outcome: 'success' })
  assert.deepEqual([late.status, late.body.code], [409, 'sim.prepay_expired'])
  const second = await signed(world, 'POST', JSAPI, body)
  assert.notEqual(second.body.prepay_id, first.body.prepay_id)
  const stale = await world.sim('POST', '/_sim/pay', { prepayId: first.body.prepay_id, outcome: 'success' })
  assert.equal(stale.body.code, 'sim.prepay_expired')
  const paid = await world.sim('POST', '/_sim/pay', { prepayId: second.body.prepay_id, outcome: 'success' })
  assert.equal(paid.body.tradeState, 'SUCCESS')
})

test('an order closes by itself when time_expire has passed, on the virtual clock', async () => {
  const body = orderBody(world, { time_expire: new Date(Date.now() + 900_000).toISOString() })
  const { body: placed } = await signed(world, 'POST', JSAPI, body)
  await world.sim('POST', '/_sim/clock', { advanceSeconds: 901 })
  const late = await world.sim('POST', '/_sim/pay', { prepayId: placed.prepay_id, outcome: 'success' })
  assert.deepEqual([late.status, late.body.code], [409, 'sim.order_closed'])
  assert.equal((await query(world, String(body.out_trade_no))).body.trade_state, 'CLOSED')
  assert.equal((await signed(world, 'POST', JSAPI, body)).body.code, 'ORDER_CLOSED')
})

test('GET order · unpaid has no payer-side facts; paid has them all, by either number', async () => {
  const { number, prepayId } = await placeOrder(world, { attach: 'attempt-9' })
  const unpaid = await query(world, number)
  assert.equal(unpaid.body.trade_state, 'NOTPAY')
  assert.equal(unpaid.body.transaction_id, undefined)
  await world.sim('POST', '/_sim/pay', { prepayId, outcome: 'success' })
  const paid = await query(world, number)
  assert.equal(paid.body.trade_state, 'SUCCESS')
  assert.equal(paid.body.attach, 'attempt-9')
  assert.match(String(paid.body.transaction_id), /^4200\d{24}$/)
  assert.match(String(paid.body.success_time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/)
  assert.deepEqual(paid.body.amount, {
    total: 1_990,
    payer_total: 1_990,
    currency: 'CNY',
    payer_currency: 'CNY',
  })
  const target = `/v3/pay/transactions/id/${String(paid.body.transaction_id)}?mchid=${world.merchant.mchId}`
  assert.deepEqual((await signed(world, 'GET', target)).body, paid.body)
})

test('GET order · 404 ORDER_NOT_EXIST, 400 without mchid', async () => {
  const unknown = await query(world, 'unknown-number')
  assert.deepEqual([unknown.status, unknown.body.code], [404, 'ORDER_NOT_EXIST'])
  const bare = await signed(world, 'GET', '/v3/pay/transactions/out-trade-no/unknown-number')
  assert.deepEqual([bare.status, bare.body.code], [400, 'PARAM_ERROR'])
})

test('close · 204 signed over nothing, again 204, then the cashier refuses', async () => {
  const { number, prepayId } = await placeOrder(world)
  const first = await close(world, number)
  assert.deepEqual([first.status, first.text], [204, ''])
  assert.ok(isSignedByPlatform(world, first.headers, ''))
  assert.equal((await close(world, number)).status, 204)
  const late = await world.sim('POST', '/_sim/pay', { prepayId, outcome: 'success' })
  assert.equal(late.body.code, 'sim.order_closed')
})

test('close of a paid order · 400 ORDER_PAID; of an unknown one · 404 ORDER_NOT_EXIST', async () => {
  const paid = await close(world, await placePaid(world))
  assert.deepEqual([paid.status, paid.body.code], [400, 'ORDER_PAID'])
  assert.equal((await close(world, 'unknown-number')).body.code, 'ORDER_NOT_EXIST')
})

test('close soon after ordering is refused only when the operator wants the old rule', async () => {
  await world.sim('POST', '/_sim/settings', { closeAfterSeconds: 300 })
  const { number } = await placeOrder(world)
  assert.equal((await close(world, number)).body.code, 'INVALID_REQUEST')
  await world.sim('POST', '/_sim/clock', { advanceSeconds: 300 })
  assert.equal((await close(world, number)).status, 204)
  await world.sim('POST', '/_sim/settings', { closeAfterSeconds: 0 })
})

test('paying twice is refused; failing and cancelling leave the order open', async () => {
  const { number, prepayId } = await placeOrder(world)
  for (const outcome of ['fail', 'cancel']) {
    const { body } = await world.sim('POST', '/_sim/pay', { prepayId, outcome })
    assert.deepEqual([body.result, body.tradeState], [outcome, 'NOTPAY'])
  }
  await world.sim('POST', '/_sim/pay', { prepayId, outcome: 'success-without-callback' })
  const again = await world.sim('POST', '/_sim/pay', { prepayId, outcome: 'success' })
  assert.deepEqual([again.status, again.body.code], [409, 'sim.order_paid'])
  assert.equal((await query(world, number)).body.trade_state, 'SUCCESS')
})

test('an unknown path is a signed 404', async () => {
  const reply = await signed(world, 'GET', '/v3/nothing/here')
  assert.deepEqual([reply.status, reply.body.code], [404, 'RESOURCE_NOT_EXISTS'])
  assert.ok(isSignedByPlatform(world, reply.headers, reply.text))
})
