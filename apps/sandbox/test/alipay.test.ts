/** The pretended Alipay, met by Alipay's own library and by hand: what it takes, what it refuses, what it answers. */
import assert from 'node:assert/strict'
import { createPrivateKey, createSign } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import test, { after, before } from 'node:test'
import { AlipaySdk } from 'alipay-sdk'
import type { AlipayFile } from '../src/keys.ts'
import { call, newNumber, startWorld } from './world.ts'
import type { Json, World } from './world.ts'

let world: World
let keys: AlipayFile
let sdk: AlipaySdk
before(async () => {
  // The library stamps requests with the local time of the process.
  process.env['TZ'] = 'Asia/Shanghai'
  world = await startWorld()
  keys = JSON.parse(await readFile(path.join(world.dataDir, 'sandbox/alipay.json'), 'utf8')) as AlipayFile
  sdk = new AlipaySdk({
    appId: keys.appId,
    privateKey: keys.appPrivateKeyPem,
    keyType: 'PKCS8',
    alipayPublicKey: keys.alipayPublicKeyPem,
    gateway: keys.gatewayUrl,
  })
})
after(() => world.close())

const payContent = (number: string, over: Json = {}): Json => ({
  out_trade_no: number,
  total_amount: '19.90',
  subject: '内丘苹果 100% + 梨',
  product_code: 'QUICK_WAP_WAY',
  ...over,
})
const addressOf = (number: string, over: Json = {}): string =>
  sdk.pageExecute('alipay.trade.wap.pay', 'GET', {
    bizContent: payContent(number, over),
    returnUrl: 'http://127.0.0.1:9/back?id=1',
  })
const pay = (payUrl: string, outcome = 'success') =>
  world.sim('POST', '/_sim/alipay/payments', { payUrl, outcome })
/** The library's own call, every reply verified. */
const exec = (method: string, bizContent: Json): Promise<Json> =>
  sdk.exec(method, { bizContent }, { validateSign: true })

test('the library pays, queries, refunds twice the same, looks it up, and believes every reply', async () => {
  const number = newNumber()
  const paid = await pay(addressOf(number))
  assert.equal(paid.status, 200, paid.text)
  const found = await exec('alipay.trade.query', { out_trade_no: number })
  assert.deepEqual(
    [found['code'], found['tradeStatus'], found['totalAmount'], found['outTradeNo']],
    ['10000', 'TRADE_SUCCESS', '19.90', number],
  )
  const refund = { out_trade_no: number, refund_amount: '0.90', out_request_no: `${number}R1` }
  const first = await exec('alipay.trade.refund', refund)
  const again = await exec('alipay.trade.refund', refund)
  assert.deepEqual([first['fundChange'], again['fundChange']], ['Y', 'N'])
  assert.deepEqual([first['refundFee'], again['refundFee']], ['0.90', '0.90'])
  const second = await exec('alipay.trade.refund', {
    ...refund,
    refund_amount: '19.00',
    out_request_no: 'R2',
  })
  assert.equal(second['refundFee'], '19.90', 'the sum of all refunds, not of this one')
  const there = await exec('alipay.trade.fastpay.refund.query', {
    out_trade_no: number,
    out_request_no: `${number}R1`,
  })
  assert.deepEqual([there['refundStatus'], there['refundAmount']], ['REFUND_SUCCESS', '0.90'])
  const whole = await exec('alipay.trade.query', { out_trade_no: number })
  assert.equal(whole['tradeStatus'], 'TRADE_CLOSED')
})

test('a trade begins when the shopper signs in, not before', async () => {
  const number = newNumber()
  const address = addressOf(number)
  assert.equal((await exec('alipay.trade.query', { out_trade_no: number }))['subCode'], 'ACQ.TRADE_NOT_EXIST')
  assert.equal((await exec('alipay.trade.close', { out_trade_no: number }))['subCode'], 'ACQ.TRADE_NOT_EXIST')
  await pay(address, 'begin')
  assert.equal((await exec('alipay.trade.query', { out_trade_no: number }))['tradeStatus'], 'WAIT_BUYER_PAY')
  assert.equal((await exec('alipay.trade.close', { out_trade_no: number }))['code'], '10000')
  assert.equal((await pay(address)).body['code'], 'ACQ.TRADE_HAS_CLOSE')
})

test('what cannot be given back is refused', async () => {
  const number = newNumber()
  const refund = { out_trade_no: number, refund_amount: '1.00', out_request_no: 'R1' }
  const why = async (over: Json = {}) =>
    (await exec('alipay.trade.refund', { ...refund, ...over }))['subCode']
  assert.equal(await why(), 'ACQ.TRADE_NOT_EXIST')
  await pay(addressOf(number), 'begin')
  assert.equal(await why(), 'ACQ.TRADE_STATUS_ERROR')
  await pay(addressOf(number))
  for (const refund_amount of ['0', '0.00', '-1.00', '1.005', '1e2', 1])
    assert.equal(await why({ refund_amount }), 'ACQ.INVALID_PARAMETER', String(refund_amount))
  assert.equal(await why({ refund_amount: '19.91' }), 'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL')
  assert.equal(await why(), undefined)
  assert.equal(await why({ refund_amount: '2.00' }), 'ACQ.DISCORDANT_REPEAT_REQUEST')
  assert.equal(await why({ surprise: 'x' }), 'ACQ.INVALID_PARAMETER')
  const never = await exec('alipay.trade.fastpay.refund.query', {
    out_trade_no: number,
    out_request_no: 'R9',
  })
  assert.deepEqual([never['code'], never['refundStatus']], ['10000', undefined])
})

const textOf = (fields: Record<string, string>) =>
  Object.keys(fields)
    .toSorted()
    .map((name) => `${name}=${fields[name]}`)
    .join('&')
const stamp = (minutes = 0) =>
  new Date(Date.now() + 8 * 3_600_000 + minutes * 60_000).toISOString().slice(0, 19).replace('T', ' ')

/** A query signed by hand, wrong in one way. */
async function byHand(over: Record<string, string>, sign?: string): Promise<Json> {
  const fields: Record<string, string> = {
    app_id: keys.appId,
    method: 'alipay.trade.query',
    charset: 'utf-8',
    version: '1.0',
    sign_type: 'RSA2',
    timestamp: stamp(),
    biz_content: '{"out_trade_no":"nobody"}',
    ...over,
  }
  const own = createSign('RSA-SHA256')
    .update(textOf(fields))
    .sign(createPrivateKey(keys.appPrivateKeyPem), 'base64')
  const body = new URLSearchParams({ ...fields, sign: sign ?? own }).toString()
  const reply = await call(keys.gatewayUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
    body,
  })
  return (reply.body['alipay_trade_query_response'] ?? reply.body['error_response']) as Json
}

test('a call is checked as the real gateway does', async () => {
  const cases: [Record<string, string>, string][] = [
    [{}, 'ACQ.TRADE_NOT_EXIST'],
    [{ app_id: '2021000000000000' }, 'isv.invalid-app-id'],
    [{ charset: 'GBK' }, 'isv.invalid-charset'],
    [{ version: '2.0' }, 'isv.invalid-version'],
    [{ sign_type: 'RSA' }, 'isv.invalid-signature-type'],
    [{ timestamp: stamp(-8 * 60) }, 'isv.invalid-timestamp'],
    [{ timestamp: stamp(20) }, 'isv.invalid-timestamp'],
    [{ timestamp: 'yesterday' }, 'isv.invalid-timestamp'],
    [{ biz_content: '[]' }, 'isv.invalid-parameter'],
    [{ biz_content: '{' }, 'isv.invalid-parameter'],
    [{ method: 'alipay.trade.steal' }, 'isv.invalid-method'],
  ]
  for (const [over, subCode] of cases)
    assert.equal((await byHand(over))['sub_code'], subCode, JSON.stringify(over))
  assert.equal((await byHand({}, 'AAAA'))['sub_code'], 'isv.invalid-signature')
})

test('the page takes a signed address only, and says what is wrong with others', async () => {
  const number = newNumber()
  const address = addressOf(number)
  const shown = await call(address)
  assert.equal(shown.status, 200)
  assert.match(shown.text, /沙盒 SANDBOX/)
  assert.match(shown.text, /内丘苹果 100% \+ 梨/)
  const cheaper = new URL(address)
  cheaper.searchParams.set('biz_content', JSON.stringify(payContent(number, { total_amount: '0.01' })))
  const refused = await call(cheaper.href)
  assert.equal(refused.status, 400)
  assert.match(refused.text, /isv.invalid-signature/)
  assert.equal((await pay(cheaper.href)).body['code'], 'isv.invalid-signature')
  assert.equal((await call(addressOf(number, { time_expire: stamp(-1) }))).status, 400)
  assert.equal((await call(addressOf(number, { subject: 'a=b' }))).status, 400)
})

test('the same number with other terms is refused once the trade has begun', async () => {
  const number = newNumber()
  await pay(addressOf(number), 'begin')
  assert.equal(
    (await pay(addressOf(number, { total_amount: '19.91' }))).body['code'],
    'ACQ.CONTEXT_INCONSISTENT',
  )
  assert.equal((await pay(addressOf(number))).status, 200)
  assert.equal((await pay(addressOf(number))).body['code'], 'ACQ.TRADE_HAS_SUCCESS')
})

for (const [fault, what] of [
  ['bad-signature', /验签失败/],
  ['tampered-body', /验签失败/],
  ['unsigned', /The "signature" argument|undefined/],
  ['html', /HTTP 请求错误/],
  ['truncated-json', /格式错误/],
] as const)
  test(`the library refuses a reply with ${fault}`, async () => {
    const number = newNumber()
    await world.sim('POST', '/_sim/faults', {
      namespace: number,
      rules: [{ match: { route: 'alipay-query' }, action: fault }],
    })
    await assert.rejects(exec('alipay.trade.query', { out_trade_no: number }), what)
  })

test('the library takes our notifications, also with a difficult title, and the one with sign_type inside', async () => {
  const { buildForm } = await import('../src/alipay/form.ts')
  const number = newNumber()
  const address = sdk.pageExecute('alipay.trade.wap.pay', 'GET', {
    bizContent: payContent(number),
    notifyUrl: 'http://127.0.0.1:9/hook',
  })
  const { body } = await pay(address)
  const { world: inside } = world.sandbox
  const notification = inside.store.notifications.get(String(body['notificationId']))
  assert.ok(notification)
  const read = (fault: Parameters<typeof buildForm>[2]) =>
    Object.fromEntries(new URLSearchParams(buildForm(inside, notification, fault).body))
  for (const fault of [null, 'odd-title', 'unknown-event', 'other-seller', 'amount-mismatch'] as const)
    assert.equal(sdk.checkNotifySignV2(read(fault)), true, String(fault))
  for (const fault of ['bad-signature', 'tampered-body', 'unsigned'] as const)
    assert.equal(sdk.checkNotifySignV2(read(fault)), false, fault)
  assert.equal(
    sdk.checkNotifySignV2(read('weak-signature')),
    true,
    'the library follows: the product must not',
  )
})
