/** One delivery of a notification: encrypted with the APIv3 key, signed, and spoilt if a variant asks for it. */
import { nonceText, sealText } from '../crypto.ts'
import type { ActionKind } from '../faults/actions.ts'
import type { Notification } from '../records.ts'
import type { World } from '../world.ts'
import { isFieldObject } from './fields.ts'
import type { FieldObject, FieldValue } from './fields.ts'
import type { Delivery } from './post.ts'
import { seal } from './seal.ts'

const NONCE_LENGTH = 12
const OTHER_API_V3_KEY = '0'.repeat(32)
const OTHER_MCHID = '1900000000'
const OTHER_APPID = 'wx0000000000000000'
const BOM = '\uFEFF'

/** Builds the delivery of `notification`; `fault` null is a faithful one. */
export const buildDelivery = (
  world: World,
  notification: Notification,
  fault: ActionKind | null,
): Delivery => {
  const body = JSON.stringify({
    id: notification.id,
    create_time: notification.createTime,
    resource_type: 'encrypt-resource',
    event_type: fault === 'unknown-event' ? 'SANDBOX.UNKNOWN' : notification.eventType,
    summary: notification.summary,
    resource: encrypt(world, notification, fault),
  })
  const sealed = seal(world, fault === 'bom' ? `${BOM}${body}` : body, fault)
  const headers: Record<string, string> = {
    'Content-Type': 'application/json; charset=utf-8',
    Accept: '*/*',
    'User-Agent': 'Mozilla/4.0',
    Pragma: 'no-cache',
    ...sealed.headers,
  }
  return {
    url: notification.url,
    headers: fault === 'header-case' ? lowerCased(headers) : headers,
    body: sealed.body,
    chunked: fault === 'chunked',
  }
}

const encrypt = (world: World, notification: Notification, fault: ActionKind | null): FieldObject => {
  const nonce = nonceText(NONCE_LENGTH)
  const key = fault === 'wrong-key' ? OTHER_API_V3_KEY : world.keys.apiV3Key
  const plaintext = JSON.stringify(altered(notification.plaintext, fault))
  const sealed = sealText(plaintext, key, nonce, notification.originalType)
  return {
    original_type: notification.originalType,
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: fault === 'wrong-tag' ? flipLastBit(sealed) : sealed,
    associated_data: notification.originalType,
    nonce,
  }
}

const alterations: Partial<Record<ActionKind, (plaintext: FieldObject) => FieldObject>> = {
  'other-mchid': (plaintext) => ({ ...plaintext, mchid: OTHER_MCHID }),
  'other-appid': (plaintext) => ({ ...plaintext, appid: OTHER_APPID }),
  'unknown-order': (plaintext) => ({ ...plaintext, out_trade_no: `unknown${nonceText(NONCE_LENGTH)}` }),
  'amount-mismatch': (plaintext) => ({ ...plaintext, amount: withOneFenMore(plaintext.amount) }),
}

const altered = (plaintext: FieldObject, fault: ActionKind | null): FieldObject =>
  (fault && alterations[fault]?.(plaintext)) ?? plaintext

const withOneFenMore = (amount: FieldValue | undefined): FieldObject => {
  if (!isFieldObject(amount)) return {}
  return {
    ...amount,
    total: Number(amount.total) + 1,
    ...('refund' in amount ? { refund: Number(amount.refund) + 1 } : {}),
  }
}

const flipLastBit = (sealed: string): string => {
  const bytes = Buffer.from(sealed, 'base64')
  const last = bytes.length - 1
  bytes.writeUInt8(bytes.readUInt8(last) ^ 1, last)
  return bytes.toString('base64')
}

const lowerCased = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
