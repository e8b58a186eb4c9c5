/** The oracle library as a client: it must agree with every good reply and refuse every bad one. */
import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import test, { after, before } from 'node:test'
import { Aes } from 'wechatpay-axios-plugin'
import type { Wechatpay } from 'wechatpay-axios-plugin'
import { newNumber, oracle, orderBody, startWorld } from './world.ts'
import type { Json, World } from './world.ts'

let world: World
let client: Wechatpay
before(async () => {
  world = await startWorld()
  client = oracle(world)
})
after(() => world.close())

type Answer = { status: number; data: Json }
const ask = async (work: Promise<unknown>): Promise<Answer> => (await work) as Answer
const path = (text: string): Wechatpay => client.chain(text)
const order = (number: string) =>
  ask(path('v3/pay/transactions/jsapi').post(orderBody(world, { out_trade_no: number })))
const look = (number: string) =>
  ask(path(`v3/pay/transactions/out-trade-no/${number}`).get({ params: { mchid: world.merchant.mchId } }))

test('order, query, pay, query by id, close refused, refund, refund query', async () => {
  const number = newNumber()
  const placed = await order(number)
  assert.equal(placed.status, 200)
  assert.equal((await look(number)).data.trade_state, 'NOTPAY')
  await world.sim('POST', '/_sim/pay', { prepayId: placed.data.prepay_id, outcome: 'success' })
  const paid = await look(number)
  assert.equal(paid.data.trade_state, 'SUCCESS')
  const params = { mchid: world.merchant.mchId }
  const byId = await ask(path(`v3/pay/transactions/id/${String(paid.data.transaction_id)}`).get({ params }))
  assert.deepEqual(byId.data, paid.data)
  await assert.rejects(
    ask(path(`v3/pay/transactions/out-trade-no/${number}/close`).post(params)),
    (error: { response?: { data?: Json } }) => error.response?.data?.code === 'ORDER_PAID',
  )
  const refund = {
    out_trade_no: number,
    out_refund_no: number,
    amount: { refund: 1, total: 1_990, currency: 'CNY' },
  }
  assert.equal((await ask(path('v3/refund/domestic/refunds').post(refund))).data.status, 'PROCESSING')
  assert.equal((await ask(path(`v3/refund/domestic/refunds/${number}`).get())).data.out_refund_no, number)
})

test('close of an open order: an empty 204 the library verifies', async () => {
  const number = newNumber()
  await order(number)
  const closed = await ask(
    path(`v3/pay/transactions/out-trade-no/${number}/close`).post({ mchid: world.merchant.mchId }),
  )
  assert.equal(closed.status, 204)
})

test('certificates: the platform certificate, decrypted, is the key that signs when it is asked for', async () => {
  const { data } = await ask(path('v3/certificates').get())
  const [entry] = data.data as { serial_no: string; encrypt_certificate: Record<string, string> }[]
  const { ciphertext = '', nonce = '', associated_data: aad = '' } = entry?.encrypt_certificate ?? {}
  const pem = Aes.AesGcm.decrypt(ciphertext, world.merchant.apiV3Key, nonce, aad)
  const certificate = new X509Certificate(pem)
  const second = world.merchant.platformKeys[1]
  assert.equal(entry?.serial_no, second?.id)
  assert.equal(certificate.serialNumber, second?.id)
  assert.equal(certificate.publicKey.export({ type: 'spki', format: 'pem' }), second?.publicKeyPem)
  const strict = oracle(world, [{ id: second?.id ?? '', publicKeyPem: pem }])
  const headers = { 'Wechatpay-Serial': second?.id }
  const reply = await ask(strict.chain('v3/certificates').get({ headers }))
  assert.equal(reply.status, 200)
})

const refused: Record<string, RegExp> = {
  'bad-signature': /SIGNATURE/,
  'tampered-body': /SIGNATURE/,
  signtest: /SIGNATURE/,
  'missing-headers': /INCOMPLATE/,
  'stale-timestamp': /TIMESTAMP/,
  'future-timestamp': /TIMESTAMP/,
  'unknown-serial': /SERIAL/,
}
for (const [action, code] of Object.entries(refused)) {
  test(`the library refuses a reply with ${action}`, async () => {
    const number = newNumber()
    await world.sim('POST', '/_sim/faults', {
      namespace: number,
      rules: [{ match: { route: 'jsapi' }, action, times: 1 }],
    })
    await assert.rejects(order(number), (error: { code?: string }) => code.test(error.code ?? ''))
    assert.equal((await order(number)).status, 200, 'and the same request then succeeds')
    assert.equal((await look(number)).data.trade_state, 'NOTPAY', 'the order existed all along')
  })
}

const broken: [string, Json | string][] = [
  ['timeout-before', { kind: 'timeout-before', ms: 20 }],
  ['timeout-after', { kind: 'timeout-after', ms: 20 }],
  ['reset-before', 'reset-before'],
  ['reset-mid-body', 'reset-mid-body'],
  ['html', 'html'],
  ['a 500', 'status'],
  ['a 429', { kind: 'status', status: 429, code: 'FREQUENCY_LIMITED' }],
  ['an error after the work was done', 'error-after'],
]
for (const [name, action] of broken) {
  test(`the library fails on ${name}, and the same request then succeeds`, async () => {
    const number = newNumber()
    await world.sim('POST', '/_sim/faults', {
      namespace: number,
      rules: [{ match: { route: 'jsapi' }, action, times: 1 }],
    })
    await assert.rejects(order(number))
    const existed = world.sandbox.world.store.orders.has(number)
    const afterWork = ['timeout-after', 'reset-mid-body', 'an error after the work was done'].includes(name)
    assert.equal(existed, afterWork, 'whether the order was made before the reply was lost')
    assert.equal((await order(number)).status, 200)
  })
}

test('the certificate key, extra fields and unknown values pass: they are well signed', async () => {
  for (const action of ['certificate-key', 'extra-fields', 'unknown-enum']) {
    const number = newNumber()
    await order(number)
    await world.sim('POST', '/_sim/faults', {
      namespace: number,
      rules: [{ match: { route: 'query' }, action, times: 1 }],
    })
    const { data } = await look(number)
    assert.equal(data.trade_state, action === 'unknown-enum' ? 'SANDBOX_UNKNOWN' : 'NOTPAY')
    assert.equal('sandbox_extra' in data, action === 'extra-fields')
  }
})

test('truncated JSON is well signed and unreadable', async () => {
  const number = newNumber()
  await order(number)
  await world.sim('POST', '/_sim/faults', {
    namespace: number,
    rules: [{ match: { route: 'query' }, action: 'truncated-json', times: 1 }],
  })
  const reply = await look(number).catch((error: unknown) => error)
  assert.notEqual((reply as { data?: Json }).data?.trade_state, 'NOTPAY')
})
