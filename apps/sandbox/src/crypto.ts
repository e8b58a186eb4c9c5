/**
 * The sandbox's own cryptography: WeChat Pay APIv3 signatures, AES-256-GCM envelopes and RSA-OAEP fields.
 * It shares nothing with the product on purpose: a mistake made once must not be able to confirm itself.
 * Every function here is proved by the published vectors in `test/vectors.json`.
 */
import {
  constants,
  createCipheriv,
  createDecipheriv,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import type { KeyObject } from 'node:crypto'

const NONCE_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const TAG_BYTES = 16
const API_V3_KEY_BYTES = 32

/** The five lines a merchant signs; `target` is the path and query exactly as they were sent. */
export const requestMessage = (
  method: string,
  target: string,
  timestamp: string,
  nonce: string,
  body: string,
): string => `${method}\n${target}\n${timestamp}\n${nonce}\n${body}\n`

/** The three lines the platform signs, for replies and notifications alike. */
export const replyMessage = (timestamp: string, nonce: string, body: string): string =>
  `${timestamp}\n${nonce}\n${body}\n`

/** The four lines behind `paySign`; `packageValue` includes the `prepay_id=` prefix. */
export const payMessage = (
  appId: string,
  timeStamp: string,
  nonceStr: string,
  packageValue: string,
): string => `${appId}\n${timeStamp}\n${nonceStr}\n${packageValue}\n`

/** SHA256 with RSA (PKCS#1 v1.5), as base64. */
export const signText = (message: string, key: KeyObject): string =>
  sign('sha256', Buffer.from(message, 'utf8'), key).toString('base64')

/** Whether `signature` (base64) is the key's signature over `message`. Malformed base64 is simply false. */
export const verifyText = (message: string, signature: string, key: KeyObject): boolean =>
  verify('sha256', Buffer.from(message, 'utf8'), key, Buffer.from(signature, 'base64'))

const apiV3KeyBytes = (key: string): Buffer => {
  const bytes = Buffer.from(key, 'utf8')
  if (bytes.length !== API_V3_KEY_BYTES) throw new RangeError('the APIv3 key must be exactly 32 bytes')
  return bytes
}

/** AEAD_AES_256_GCM: base64 of ciphertext followed by the 16-byte tag. */
export const sealText = (plaintext: string, key: string, nonce: string, associatedData: string): string => {
  const cipher = createCipheriv('aes-256-gcm', apiV3KeyBytes(key), Buffer.from(nonce, 'utf8'))
  cipher.setAAD(Buffer.from(associatedData, 'utf8'))
  return Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
    'base64',
  )
}

/** The inverse of `sealText`; throws when key, nonce, associated data or a single bit disagree. */
export const openText = (sealed: string, key: string, nonce: string, associatedData: string): string => {
  const bytes = Buffer.from(sealed, 'base64')
  const split = bytes.length - TAG_BYTES
  if (split < 0) throw new RangeError('a sealed text is at least as long as its tag')
  const decipher = createDecipheriv('aes-256-gcm', apiV3KeyBytes(key), Buffer.from(nonce, 'utf8'), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.from(associatedData, 'utf8'))
  decipher.setAuthTag(bytes.subarray(split))
  return Buffer.concat([decipher.update(bytes.subarray(0, split)), decipher.final()]).toString('utf8')
}

/** Encrypts one sensitive field (RSA-OAEP with SHA-1, as the real service asks). */
export const sealField = (plaintext: string, key: KeyObject): string =>
  publicEncrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
    Buffer.from(plaintext, 'utf8'),
  ).toString('base64')

/** Decrypts one sensitive field; throws when it was encrypted for another key. */
export const openField = (sealed: string, key: KeyObject): string =>
  privateDecrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
    Buffer.from(sealed, 'base64'),
  ).toString('utf8')

/** Random text over capitals and digits, the shape WeChat Pay uses for nonces. */
export const nonceText = (length = 32): string => {
  let text = ''
  for (const byte of randomBytes(length)) text += NONCE_ALPHABET[byte % NONCE_ALPHABET.length]
  return text
}
