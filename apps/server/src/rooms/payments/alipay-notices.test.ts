// What Alipay tells us unasked: a form, believed only as far as its signature reaches.
import assert from 'node:assert/strict'
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { test } from 'node:test'
import { createAlipay } from './alipay-client.ts'

const theirs = generateKeyPairSync('rsa', { modulusLength: 2048 })
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })
const alipay = createAlipay(
  {
    appId: '2021000000000001',
    sellerId: '2088000000000001',
    appPrivateKeyPem: stranger.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    alipayPublicKeyPem: theirs.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    gatewayUrl: 'https://pay.example.com/gateway.do',
  },
  {
    clock: { stamp: () => new Date('2026-03-01T20:30:05Z') },
    nonce: () => 'N',
    pause: async () => {},
    chance: () => 0,
    fetch: () => assert.fail('reading a form asks nobody'),
  },
)
const signed = (text: string, key: KeyObject, type: string): string =>
  createSign(type === 'RSA' ? 'RSA-SHA1' : 'RSA-SHA256')
    .update(text, 'utf8')
    .sign(key, 'base64')

const NOTICE = {
  notify_type: 'trade_status_sync',
  notify_id: 'n1',
  charset: 'utf-8',
  out_trade_no: 'A1',
  total_amount: '12.80',
}
/** A form that Alipay might have sent. `kept`: sign_type is part of what is signed, as in notifications that are not about payments. */
function form(
  fields: Record<string, string>,
  { key = theirs.privateKey, type = 'RSA2', kept = false } = {},
): Record<string, string> {
  const covered: Record<string, string> = kept ? { ...fields, sign_type: type } : fields
  const text = Object.keys(covered)
    .toSorted()
    .map((name) => `${name}=${covered[name]}`)
    .join('&')
  return { ...fields, sign_type: type, sign: signed(text, key, type) }
}
const read = (fields: Record<string, string> | string) =>
  alipay.readForm(Buffer.from(typeof fields === 'string' ? fields : new URLSearchParams(fields).toString()))

test('a notification signed by Alipay is read, decoded once', () => {
  for (const kept of [false, true]) {
    const fields = form(NOTICE, { kept })
    assert.deepEqual(read(fields), fields)
  }
})

for (const subject of ['100%', '50%25 off', '%E8%8B', 'a+b c', '内丘苹果 1.5kg', 'a=b&c', '"引号"', '😀'])
  test(`mode 98 · ${subject} in the title does not break the signature`, () => {
    const fields = form({ ...NOTICE, subject })
    assert.deepEqual(read(fields), fields)
  })

test('mode 99 · a notification that chooses SHA-1 is refused, though its signature is right', () => {
  assert.equal(read(form(NOTICE, { type: 'RSA' })), 'algorithm')
  const { sign_type: _, ...without } = form(NOTICE)
  assert.equal(read(without), 'algorithm')
})

test('a notification of somebody else, changed, cut, repeated or not in UTF-8 is refused', () => {
  const good = form(NOTICE)
  const text = new URLSearchParams(good).toString()
  assert.equal(read(form(NOTICE, { key: stranger.privateKey })), 'signature')
  assert.equal(read({ ...good, total_amount: '0.01' }), 'signature')
  assert.equal(read({ ...good, refund_fee: '12.80' }), 'signature')
  const { sign: _, ...unsigned } = good
  assert.equal(read(unsigned), 'signature')
  assert.equal(read({ ...good, sign: '' }), 'signature')
  assert.equal(read(`${text}&out_trade_no=B2`), 'repeated field')
  assert.equal(read(`${text}&out_trade_no=A1`), 'repeated field')
  assert.equal(read(form({ ...NOTICE, charset: 'GBK' })), 'charset')
  assert.equal(read(text.slice(0, -20)), 'signature')
  assert.equal(read(''), 'algorithm')
  assert.equal(alipay.readForm(Buffer.from([0xff, 0xfe, 0x00])), 'unreadable')
})
