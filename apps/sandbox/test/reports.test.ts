// What the product tells WeChat of goods: 发货信息 and service cards, with the checks and codes of the real service.
import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import { openidOf } from '../src/shoppers.ts'
import { placePaid, startWorld } from './world.ts'
import type { Json, World } from './world.ts'

let world: World
let token: string
before(async () => {
  world = await startWorld()
  const { appId: appid, appSecret: secret } = world.merchant
  const { body } = await post('/cgi-bin/stable_token', { grant_type: 'client_credential', appid, secret })
  token = String(body.access_token)
})
after(() => world.close())

const post = async (path: string, body: Json): Promise<{ body: Json }> => {
  const reply = await fetch(world.merchant.wxBaseUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { body: (await reply.json()) as Json }
}
const told = async (path: string, body: Json) =>
  (await post(`${path}?access_token=${encodeURIComponent(token)}`, body)).body.errcode

const orderOf = (number: string) => {
  const order = world.sandbox.world.store.orders.get(number)
  assert.ok(order)
  return order
}
const shipment = (number: string, over: Json = {}): Json => {
  const { transactionId, openid } = orderOf(number)
  return {
    order_key: { order_number_type: 2, transaction_id: transactionId },
    logistics_type: 4,
    delivery_mode: 1,
    shipping_list: [{ item_desc: '苹果 等 2 件' }],
    upload_time: '2026-11-23T18:00:00.000+08:00',
    payer: { openid },
    ...over,
  }
}
const upload = (body: Json) => told('/wxa/sec/order/upload_shipping_info', body)

test('upload_shipping_info · taken once, changed once, and never a third time', async () => {
  const number = await placePaid(world)
  assert.equal(await upload(shipment(number)), 0)
  assert.equal(await upload(shipment(number)), 10060023, 'nothing new')
  const changed = { shipping_list: [{ item_desc: '苹果 等 3 件' }] }
  assert.equal(await upload(shipment(number, changed)), 47001, 'not later than the first')
  const later = '2026-11-23T18:00:00.001+08:00'
  assert.equal(await upload(shipment(number, { ...changed, upload_time: later })), 0)
  const third = { shipping_list: [{ item_desc: '梨' }], upload_time: '2026-11-23T18:00:01.000+08:00' }
  assert.equal(await upload(shipment(number, third)), 10060003)
  assert.equal(orderOf(number).shipping?.times, 2)
})

test('upload_shipping_info · by our own number too; whose it is not, and what nobody paid, is refused', async () => {
  const number = await placePaid(world)
  const key = { order_number_type: 1, mchid: world.merchant.mchId, out_trade_no: number }
  assert.equal(await upload(shipment(number, { payer: { openid: openidOf('shopper-0002') } })), 10060031)
  assert.equal(await upload(shipment(number, { order_key: { ...key, out_trade_no: 'unheardof' } })), 10060001)
  assert.equal(await upload(shipment(number, { order_key: key })), 0)
  const refunded = await placePaid(world)
  await world.sim('POST', `/_sim/orders/${refunded}/refund`, {})
  await world.sandbox.world.clock.settled()
  assert.equal(await upload(shipment(refunded)), 10060004)
})

test('upload_shipping_info · 47001 for whatever does not fit', async () => {
  const number = await placePaid(world)
  for (const [what, over] of [
    ['a description of 121', { shipping_list: [{ item_desc: '果'.repeat(121) }] }],
    ['no description', { shipping_list: [{}] }],
    ['no list', { shipping_list: [] }],
    ['sixteen parcels', { shipping_list: Array.from({ length: 16 }, () => ({ item_desc: '果' })) }],
    ['two parcels of a unified delivery', { shipping_list: [{ item_desc: '果' }, { item_desc: '菜' }] }],
    ['split without an express', { delivery_mode: 2, is_all_delivered: true }],
    ['another way of going', { logistics_type: 5 }],
    ['a time without milliseconds', { upload_time: '2026-11-23T18:00:00+08:00' }],
    ['a time that is none', { upload_time: 'now' }],
  ] as const)
    assert.equal(await upload(shipment(number, over as Json)), 47001, what)
  assert.equal(orderOf(number).shipping, null)
  const split = { delivery_mode: 2, logistics_type: 1, is_all_delivered: false }
  assert.equal(await upload(shipment(number, split)), 0)
})

test('mode 82 · upload_shipping_info answers 10060001 for a while', async () => {
  const number = await placePaid(world)
  await world.sim('POST', '/_sim/faults', {
    rules: [{ match: { route: 'shipping-info' }, action: { kind: 'errcode', errcode: 10060001 }, times: 1 }],
  })
  assert.equal(await upload(shipment(number)), 10060001)
  assert.equal(await upload(shipment(number)), 0)
})

const card = (number: string, status: number, over: Json = {}): Json => {
  const { transactionId, openid, totalFen, successTime } = orderOf(number)
  const content = {
    cur_status: status,
    wxa_path_query: 'pages/index/index',
    product_count: 1,
    product_list: {
      info_list: [{ product_img: 'https://x/a', product_name: '苹果', product_path_query: 'p' }],
    },
  }
  const check = { pay_amount: totalFen, pay_time: Math.floor(Date.parse(successTime ?? '') / 1_000) }
  return {
    openid,
    notify_type: 2002,
    notify_code: transactionId,
    content_json: JSON.stringify(content),
    check_json: JSON.stringify(check),
    ...over,
  }
}
const notify = (body: Json) => told('/wxa/set_user_notify', body)

test('set_user_notify · begun with a check of the payment, moved on without, never back', async () => {
  const number = await placePaid(world)
  assert.equal(await notify(card(number, 2, { check_json: undefined })), 85438, 'no proof of the payment')
  const wrong = JSON.stringify({ pay_amount: 1, pay_time: 1 })
  assert.equal(await notify(card(number, 2, { check_json: wrong })), 85438)
  assert.equal(await notify(card(number, 2, { openid: openidOf('shopper-0002') })), 85437)
  assert.equal(await notify(card(number, 2, { notify_type: 2001 })), 47001)
  assert.equal(await notify(card(number, 2, { content_json: '{"cur_status":2}' })), 47001)
  assert.equal(await notify(card(number, 2)), 0)
  assert.equal(await notify(card(number, 3, { check_json: undefined })), 0)
  assert.equal(await notify(card(number, 2)), 85439)
  assert.equal(orderOf(number).card?.status, 3)
})

test('set_user_notify · begun within a day of the payment, or never', async () => {
  const number = await placePaid(world)
  await world.sim('POST', '/_sim/clock', { advanceSeconds: 86_401 })
  const { appId: appid, appSecret: secret } = world.merchant
  token = String(
    (await post('/cgi-bin/stable_token', { grant_type: 'client_credential', appid, secret })).body
      .access_token,
  )
  assert.equal(await notify(card(number, 2)), 85438)
})

test('opspecialorder · a presale is waited for, 15 to 330 days after it was paid; what was shipped or given back is not', async () => {
  const number = await placePaid(world)
  const { transactionId, successTime } = orderOf(number)
  const paidAt = Math.floor(Date.parse(successTime ?? '') / 1000)
  const report = (over: Json = {}) =>
    told('/wxa/sec/order/opspecialorder', {
      order_id: transactionId,
      type: 1,
      delay_to: paidAt + 20 * 86_400,
      ...over,
    })
  assert.equal(await report({ order_id: 'unheardof' }), 10060001)
  assert.equal(await report({ type: 3 }), 47001)
  assert.equal(await report({ delay_to: '2027-01-01' }), 47001)
  assert.equal(await report({ delay_to: paidAt + 15 * 86_400 - 1 }), 47001)
  assert.equal(await report({ delay_to: paidAt + 330 * 86_400 + 1 }), 47001)
  assert.equal(orderOf(number).delayedTo, null)
  assert.equal(await report(), 0)
  assert.equal(await report({ delay_to: paidAt + 30 * 86_400 }), 0, 'another day')
  assert.equal(orderOf(number).delayedTo, paidAt + 30 * 86_400)
  assert.equal(await report({ order_id: number, type: 2, delay_to: undefined }), 0, 'a test order')
  assert.equal(await upload(shipment(number)), 0)
  assert.equal(await report(), 10060002)
  const refunded = await placePaid(world)
  await world.sim('POST', `/_sim/orders/${refunded}/refund`, {})
  await world.sandbox.world.clock.settled()
  assert.equal(await report({ order_id: refunded }), 10060004)
})
