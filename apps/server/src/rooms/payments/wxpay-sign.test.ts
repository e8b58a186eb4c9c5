import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin'
import known from './vectors.json' with { type: 'json' }
import {
  distrust,
  openResource,
  payMessage,
  randomNonce,
  readPlatformKeys,
  requestMessage,
  signText,
} from './wxpay-sign.ts'

const NOW = new Date('2026-03-01T04:00:00Z')
const SECONDS = String(NOW.getTime() / 1000)
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = (key: typeof pair.publicKey) => key.export({ type: 'spki', format: 'pem' }).toString()
const KEYS = readPlatformKeys([
  { id: 'PUB_KEY_ID_0114232134912410000000000000', publicKeyPem: pem(pair.publicKey) },
])
const vector = (id: string) => {
  const found = known.vectors.find((each) => each.id === id)
  assert.ok(found, id)
  return found
}

const headersOf = (raw: Buffer, over: Record<string, string | undefined> = {}) => {
  const timestamp = over['wechatpay-timestamp'] ?? SECONDS
  const message = Buffer.concat([Buffer.from(`${timestamp}\nN0NCE\n`), raw, Buffer.from('\n')])
  const headers: Record<string, string | undefined> = {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': 'N0NCE',
    'wechatpay-signature': sign('sha256', message, pair.privateKey).toString('base64'),
    'wechatpay-serial': 'PUB_KEY_ID_0114232134912410000000000000',
    ...over,
  }
  return (name: string) => headers[name]
}
const BODY = Buffer.from('{"id":"EV-1","金额":1280}')

test('known answer · signature of wechatpay-go', async () => {
  const {
    private_key_pem: key = '',
    message = '',
    expected_signature_base64: expected,
  } = vector('wxpay-go-rsa-sign-source')
  assert.equal(await signText(message, createPrivateKey(key)), expected)
})

test('known answer · request message of wechatpay-go, with and without a body', () => {
  for (const each of vector('wxpay-go-request-message').cases ?? [])
    assert.equal(requestMessage({ ...each, target: each.url }), each.expected_message)
})

test('known answer · paySign of the official sample', async () => {
  const sample = vector('wxpay-doc-paysign-message')
  const message = payMessage(
    sample.appId ?? '',
    sample.timeStamp ?? '',
    sample.nonceStr ?? '',
    sample.package ?? '',
  )
  assert.equal(message, sample.expected_message)
  assert.equal(
    await signText(message, createPrivateKey(sample.private_key_pem ?? '')),
    sample.expected_paySign,
  )
})

const sealed = known.vectors.filter((each) => each.category === 'wxpay.v3.aead')
for (const each of sealed) {
  const resource = {
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: each.ciphertext_base64 ?? '',
    nonce: each.nonce ?? '',
    associated_data: each.associated_data ?? '',
  }
  test(`known answer · ${each.id} opens`, () =>
    assert.equal(openResource(resource, each.key_utf8 ?? ''), each.expected_plaintext))
  for (const wrong of each.negative ?? [])
    test(`known answer · ${each.id} does not open with ${JSON.stringify(wrong)}`, () => {
      const { nonce = resource.nonce, associated_data = resource.associated_data } = wrong
      assert.throws(() => openResource({ ...resource, nonce, associated_data }, each.key_utf8 ?? ''))
    })
}

test('every bit of the ciphertext and of its tag matters', () => {
  const key = '0123456789abcdef0123456789abcdef'
  const bytes = Buffer.from(
    Aes.AesGcm.encrypt('{"amount":{"total":1}}', key, 'abcdefghijkl', 'transaction'),
    'base64',
  )
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes)
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    assert.throws(
      () =>
        openResource(
          {
            algorithm: 'AEAD_AES_256_GCM',
            ciphertext: changed.toString('base64'),
            nonce: 'abcdefghijkl',
            associated_data: 'transaction',
          },
          key,
        ),
      `bit ${bit}`,
    )
  }
})

test('another algorithm, a short text and a missing tag are refused', () => {
  const key = '0123456789abcdef0123456789abcdef'
  const resource = { ciphertext: 'QUJD', nonce: 'abcdefghijkl' }
  assert.throws(() => openResource({ ...resource, algorithm: 'AEAD_SM4_GCM' }, key), /not sealed with/)
  assert.throws(() => openResource({ ...resource, algorithm: 'AEAD_AES_256_GCM' }, key), /shorter/)
})

test('what WeChat signed just now is believed; header names and body bytes as they come', () => {
  assert.equal(distrust(headersOf(BODY), BODY, KEYS, NOW), null)
  const empty = Buffer.alloc(0)
  assert.equal(distrust(headersOf(empty), empty, KEYS, NOW), null)
  const notUtf8 = Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0xff, 0x7d])
  assert.equal(distrust(headersOf(notUtf8), notUtf8, KEYS, NOW), null)
})

test('the serial is found whatever its case', () => {
  const header = headersOf(BODY, { 'wechatpay-serial': 'pub_key_id_0114232134912410000000000000' })
  assert.equal(distrust(header, BODY, KEYS, NOW), null)
})

for (const name of ['timestamp', 'nonce', 'signature', 'serial'])
  test(`distrust · without wechatpay-${name}`, () => {
    for (const value of [undefined, ''])
      assert.equal(
        distrust(headersOf(BODY, { [`wechatpay-${name}`]: value }), BODY, KEYS, NOW),
        'header_missing',
      )
  })

test('distrust · five minutes either way pass, a second more does not', () => {
  const judged = (seconds: number) =>
    distrust(headersOf(BODY, { 'wechatpay-timestamp': String(Number(SECONDS) + seconds) }), BODY, KEYS, NOW)
  assert.deepEqual([-300, 300].map(judged), [null, null])
  assert.deepEqual([-301, 301, -86_400].map(judged), ['timestamp_off', 'timestamp_off', 'timestamp_off'])
})

test('distrust · a time stamp that is no number', () => {
  for (const stamp of ['NaN', `${SECONDS}.5`, `0x${Number(SECONDS).toString(16)}`, ` ${SECONDS}`, '1e9'])
    assert.equal(
      distrust(headersOf(BODY, { 'wechatpay-timestamp': stamp }), BODY, KEYS, NOW),
      'timestamp_off',
    )
})

test('distrust · a serial we do not know', () =>
  assert.equal(
    distrust(headersOf(BODY, { 'wechatpay-serial': 'PUB_KEY_ID_9' }), BODY, KEYS, NOW),
    'serial_unknown',
  ))

test('distrust · one changed byte, one added byte, another nonce, another time', () => {
  const header = headersOf(BODY)
  assert.equal(distrust(header, Buffer.from('{"id":"EV-1","金额":1281}'), KEYS, NOW), 'signature_wrong')
  assert.equal(distrust(header, Buffer.concat([BODY, Buffer.from('\n')]), KEYS, NOW), 'signature_wrong')
  const but = (name: string, value: string) => (asked: string) => (asked === name ? value : header(asked))
  assert.equal(distrust(but('wechatpay-nonce', 'N0NCF'), BODY, KEYS, NOW), 'signature_wrong')
  assert.equal(
    distrust(but('wechatpay-timestamp', String(Number(SECONDS) + 1)), BODY, KEYS, NOW),
    'signature_wrong',
  )
})

test('distrust · a probe of WeChat is as wrong as any other signature, but has a name', () => {
  const right = headersOf(BODY)('wechatpay-signature') ?? ''
  const probe = `WECHATPAY/SIGNTEST/${right.slice(19)}`
  assert.equal(distrust(headersOf(BODY, { 'wechatpay-signature': probe }), BODY, KEYS, NOW), 'probe')
})

test('distrust · signed with the key of another name', () => {
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const keys = readPlatformKeys([
    { id: 'PUB_KEY_ID_0114232134912410000000000000', publicKeyPem: pem(other.publicKey) },
    { id: 'CERT', publicKeyPem: pem(pair.publicKey) },
  ])
  assert.equal(distrust(headersOf(BODY), BODY, keys, NOW), 'signature_wrong')
})

test('nonces are 32 characters and do not repeat', () => {
  const made = new Set(Array.from({ length: 1000 }, randomNonce))
  assert.equal(made.size, 1000)
  for (const nonce of made) assert.match(nonce, /^[0-9A-F]{32}$/)
})

// The second opinion: an independent library must agree with us on signing, checking and opening, whatever the bytes.
test('agrees with wechatpay-axios-plugin · messages and signatures', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 200 })
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST'),
      fc.webPath(),
      fc.nat(),
      text,
      async (method, path, at, body) => {
        const request = { method, target: `/v3${path}`, timestamp: String(at), nonce: randomNonce(), body }
        const message = requestMessage(request)
        assert.equal(message, Formatter.request(method, request.target, at, request.nonce, body))
        const ours = await signText(message, pair.privateKey)
        assert.equal(ours, Rsa.sign(message, pair.privateKey))
        const replied = Formatter.response(at, request.nonce, body)
        const raw = Buffer.from(body)
        const headers: Record<string, string> = {
          'wechatpay-timestamp': String(at),
          'wechatpay-nonce': request.nonce,
          'wechatpay-serial': 'PUB_KEY_ID_0114232134912410000000000000',
          'wechatpay-signature': Rsa.sign(replied, pair.privateKey),
        }
        assert.equal(
          distrust((name) => headers[name], raw, KEYS, new Date(at * 1000)),
          null,
        )
        assert.ok(
          Rsa.verify(replied, headers['wechatpay-signature'] ?? '', createPublicKey(pem(pair.publicKey))),
        )
      },
    ),
    { numRuns: 60 },
  )
})

test('agrees with wechatpay-axios-plugin · sealed resources', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 300 })
  fc.assert(
    fc.property(text, fc.string({ unit: 'grapheme-ascii', maxLength: 20 }), (plain, data) => {
      const key = randomBytes(16).toString('hex')
      const nonce = randomBytes(6).toString('hex')
      const ciphertext = Aes.AesGcm.encrypt(plain, key, nonce, data)
      assert.equal(
        openResource({ algorithm: 'AEAD_AES_256_GCM', ciphertext, nonce, associated_data: data }, key),
        Aes.AesGcm.decrypt(ciphertext, key, nonce, data),
      )
    }),
    { numRuns: 100 },
  )
})
