import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import test from 'node:test'
import { selfSigned } from '../src/certificate.ts'
import {
  openField,
  openText,
  payMessage,
  replyMessage,
  requestMessage,
  sealField,
  sealText,
  signText,
  verifyText,
} from '../src/crypto.ts'

type Vector = {
  id: string
  category: string
  private_key_pem: string
  message: string
  expected_signature_base64: string
  cases: {
    method: string
    url: string
    timestamp: string
    nonce: string
    body: string
    expected_message: string
  }[]
  key_utf8: string
  nonce: string
  associated_data: string
  ciphertext_base64: string
  expected_plaintext: string
  negative?: { associated_data?: string; nonce?: string }[]
  appId: string
  timeStamp: string
  nonceStr: string
  package: string
  expected_message: string
  expected_paySign: string
}

const file = await readFile(new URL('vectors.json', import.meta.url), 'utf8')
const { vectors } = JSON.parse(file) as { vectors: Vector[] }

const proofs: Record<string, (vector: Vector) => void> = {
  'wxpay.v3.rsa_sign': (vector) => {
    const key = createPrivateKey(vector.private_key_pem)
    assert.equal(signText(vector.message, key), vector.expected_signature_base64)
    assert.ok(
      verifyText(vector.message, vector.expected_signature_base64, createPublicKey(vector.private_key_pem)),
    )
    assert.ok(!verifyText(`${vector.message} `, vector.expected_signature_base64, createPublicKey(key)))
  },
  'wxpay.v3.request_message': (vector) => {
    for (const one of vector.cases) {
      assert.equal(
        requestMessage(one.method, one.url, one.timestamp, one.nonce, one.body),
        one.expected_message,
      )
    }
  },
  'wxpay.v3.aead': (vector) => {
    const { key_utf8: key, nonce, associated_data: data, ciphertext_base64: sealed } = vector
    assert.equal(openText(sealed, key, nonce, data), vector.expected_plaintext)
    assert.equal(sealText(vector.expected_plaintext, key, nonce, data), sealed)
    for (const wrong of vector.negative ?? []) {
      assert.throws(() => openText(sealed, key, wrong.nonce ?? nonce, wrong.associated_data ?? data))
    }
    const flipped = Buffer.from(sealed, 'base64')
    flipped.writeUInt8(flipped.readUInt8(0) ^ 1, 0)
    assert.throws(
      () => openText(flipped.toString('base64'), key, nonce, data),
      'a flipped bit must not pass the tag',
    )
  },
  'wxpay.v3.pay_sign': (vector) => {
    const message = payMessage(vector.appId, vector.timeStamp, vector.nonceStr, vector.package)
    assert.equal(message, vector.expected_message)
    assert.equal(signText(message, createPrivateKey(vector.private_key_pem)), vector.expected_paySign)
  },
  'wxpay.v3.rsa_oaep': (vector) => {
    const key = createPrivateKey(vector.private_key_pem)
    assert.equal(openField(vector.ciphertext_base64, key), vector.expected_plaintext)
    assert.equal(openField(sealField('张三', createPublicKey(key)), key), '张三')
  },
}

for (const vector of vectors) {
  test(`vector ${vector.id}`, () => {
    const prove = proofs[vector.category]
    assert.ok(prove, `nobody proves ${vector.category}`)
    prove(vector)
  })
}

test('every kind of vector has been met', () => {
  assert.deepEqual([...new Set(vectors.map(({ category }) => category))].sort(), Object.keys(proofs).sort())
})

test('an APIv3 key of 16 bytes is refused, not quietly used as AES-128', () => {
  assert.throws(() => sealText('x', '0123456789abcdef', '0123456789ab', ''), RangeError)
  assert.throws(
    () => openText('AAAAAAAAAAAAAAAAAAAAAAAA', '0123456789abcdef', '0123456789ab', ''),
    RangeError,
  )
})

test('a reply of no body is signed over an empty third line', () => {
  assert.equal(replyMessage('1', 'n', ''), '1\nn\n\n')
})

test('the hand-made certificate is one Node and its own key agree with', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const from = new Date('2026-01-01T00:00:00Z')
  const certificate = new X509Certificate(
    selfSigned(privateKey, '5A00FF', 'Sandbox', from, new Date('2031-01-01T00:00:00Z')),
  )
  assert.equal(certificate.serialNumber, '5A00FF')
  assert.equal(certificate.subject, 'CN=Sandbox')
  assert.equal(certificate.validFromDate.getTime(), from.getTime())
  assert.ok(certificate.verify(publicKey))
  assert.ok(certificate.checkPrivateKey(privateKey))
})
