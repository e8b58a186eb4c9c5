/**
 * What WeChat Pay APIv3 asks of cryptography, and nothing else: signing what we send, checking what we are told, opening what is sealed.
 * Proved by the known answers in `vectors.json`.
 */
import {
  constants,
  createDecipheriv,
  createPublicKey,
  type KeyObject,
  publicEncrypt,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'

export const SCHEME = 'WECHATPAY2-SHA256-RSA2048'
const AEAD = 'AEAD_AES_256_GCM'
const TAG_BYTES = 16
const SKEW_SECONDS = 300
/** WeChat sends deliberately wrong signatures that begin so, to see whether we check. They get no special treatment but a name in the log. */
const PROBE = 'WECHATPAY/SIGNTEST/'

export interface OutgoingRequest {
  method: string
  /** Path and query exactly as they are sent. */
  target: string
  timestamp: string
  nonce: string
  /** The very text that is sent; empty for none. */
  body: string
}

export const requestMessage = ({ method, target, timestamp, nonce, body }: OutgoingRequest): string =>
  `${method}\n${target}\n${timestamp}\n${nonce}\n${body}\n`

/** What `wx.requestPayment` is signed over. `packageValue` includes `prepay_id=`. */
export const payMessage = (
  appId: string,
  timeStamp: string,
  nonceStr: string,
  packageValue: string,
): string => `${appId}\n${timeStamp}\n${nonceStr}\n${packageValue}\n`

/** SHA-256 with RSA, base64. On a thread of the pool: half a millisecond that no other request should wait for. */
export const signText = (message: string, key: KeyObject): Promise<string> =>
  new Promise((resolve, reject) => {
    sign('sha256', Buffer.from(message), key, (error, signature) =>
      error ? reject(error) : resolve(signature.toString('base64')),
    )
  })

/** 32 characters nobody can guess. */
export const randomNonce = (): string => randomBytes(16).toString('hex').toUpperCase()

/**
 * Keys WeChat signs with, by the name in `Wechatpay-Serial`. More than one is normal: during a migration from platform certificates to a public
 * key, and when keys change, old and new names verify side by side.
 */
export type PlatformKeys = ReadonlyMap<string, KeyObject>
const nameOf = (serial: string): string => serial.toUpperCase()

export const readPlatformKeys = (list: readonly { id: string; publicKeyPem: string }[]): PlatformKeys =>
  new Map(list.map(({ id, publicKeyPem }) => [nameOf(id), createPublicKey(publicKeyPem)]))

export type HeaderReader = (name: string) => string | null | undefined
/** Why a message is not believed. */
export type Distrust = 'header_missing' | 'timestamp_off' | 'serial_unknown' | 'signature_wrong' | 'probe'

/** Did WeChat send exactly these bytes, just now? Null when it did. */
export function distrust(header: HeaderReader, raw: Buffer, keys: PlatformKeys, now: Date): Distrust | null {
  const timestamp = header('wechatpay-timestamp')
  const nonce = header('wechatpay-nonce')
  const signature = header('wechatpay-signature')
  const serial = header('wechatpay-serial')
  if (!timestamp || !nonce || !signature || !serial) return 'header_missing'
  const skew = Math.abs(now.getTime() / 1000 - Number(timestamp))
  if (!/^\d{1,12}$/.test(timestamp) || skew > SKEW_SECONDS) return 'timestamp_off'
  const key = keys.get(nameOf(serial))
  if (!key) return 'serial_unknown'
  const message = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), raw, Buffer.from('\n')])
  if (verify('sha256', message, key, Buffer.from(signature, 'base64'))) return null
  return signature.startsWith(PROBE) ? 'probe' : 'signature_wrong'
}

/** Seals a personal field so that only WeChat can read it: RSA-OAEP with SHA-1, base64. */
export const sealField = (text: string, key: KeyObject): string =>
  publicEncrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
    Buffer.from(text),
  ).toString('base64')

export interface SealedResource {
  algorithm: string
  ciphertext: string
  nonce: string
  associated_data?: string
}

/** Opens a sealed resource with the APIv3 key. Throws when the algorithm, the key, the nonce, the data or a single bit is not right. */
export function openResource(
  { algorithm, ciphertext, nonce, associated_data: data = '' }: SealedResource,
  apiV3Key: string,
): string {
  if (algorithm !== AEAD) throw new Error(`not sealed with ${AEAD}: ${algorithm}`)
  const bytes = Buffer.from(ciphertext, 'base64')
  const cut = bytes.length - TAG_BYTES
  if (cut < 0) throw new Error('shorter than its own tag')
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(nonce), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.from(data)).setAuthTag(bytes.subarray(cut))
  // Without final() the tag is never looked at and any forgery opens.
  return Buffer.concat([decipher.update(bytes.subarray(0, cut)), decipher.final()]).toString('utf8')
}
