/** Signing what the platform sends, well or deliberately badly. Replies and notifications are signed the same way. */
import { nonceText, replyMessage, signText } from '../crypto.ts'
import type { ActionKind } from '../faults/actions.ts'
import type { PlatformKey } from '../keys.ts'
import type { World } from '../world.ts'

const STALE_SECONDS = 86_400
const FUTURE_SECONDS = 600
const UNKNOWN_SERIAL = `PUB_KEY_ID_0${'9'.repeat(31)}`
/** Real probe signatures begin like this and are wrong on purpose. */
const SIGNTEST = 'WECHATPAY/SIGNTEST/'

export type Sealed = { body: string; headers: Record<string, string> }

/** The key to sign with: what the request named, else what the operator switched to. */
export const signingKey = (world: World, wantedSerial?: string): PlatformKey => {
  const { publicKey, certificate } = world.keys
  if (wantedSerial === certificate.id) return certificate
  if (wantedSerial === publicKey.id) return publicKey
  return world.settings.signWith === 'certificate' ? certificate : publicKey
}

/** Signs `body`; `fault` may spoil the result in exactly one way. */
export const seal = (world: World, body: string, fault: ActionKind | null, wantedSerial?: string): Sealed => {
  const key = fault === 'certificate-key' ? world.keys.certificate : signingKey(world, wantedSerial)
  const timestamp = String(Math.floor(world.clock.stamp().getTime() / 1000) + shiftOf(fault))
  const nonce = nonceText()
  const signature = signText(replyMessage(timestamp, nonce, body), key.privateKey)
  const headers: Record<string, string> = {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': spoil(signature, fault),
    'Wechatpay-Serial': fault === 'unknown-serial' ? UNKNOWN_SERIAL : key.id,
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
  }
  if (fault === 'missing-headers') {
    delete headers['Wechatpay-Signature']
    delete headers['Wechatpay-Serial']
  }
  return { body: fault === 'tampered-body' ? tamper(body) : body, headers }
}

const shiftOf = (fault: ActionKind | null): number => {
  if (fault === 'stale-timestamp') return -STALE_SECONDS
  return fault === 'future-timestamp' ? FUTURE_SECONDS : 0
}

const spoil = (signature: string, fault: ActionKind | null): string => {
  if (fault === 'signtest') return `${SIGNTEST}${signature.slice(SIGNTEST.length)}`
  if (fault !== 'bad-signature') return signature
  const first = signature.startsWith('A') ? 'B' : 'A'
  return `${first}${signature.slice(1)}`
}

/** Changes one character and keeps the JSON readable: the kind of change only a signature notices. */
export const tamper = (body: string): string => {
  const digit = body.search(/\d/)
  if (digit < 0) return `${body} `
  const changed = (Number(body[digit]) + 1) % 10
  return `${body.slice(0, digit)}${changed === 0 ? 1 : changed}${body.slice(digit + 1)}`
}
