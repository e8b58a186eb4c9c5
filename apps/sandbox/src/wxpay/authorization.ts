/** The `Authorization` header: parsed strictly, then every part checked as the real service checks it. */
import { requestMessage, verifyText } from '../crypto.ts'
import type { Keys } from '../keys.ts'
import type { FieldObject } from './fields.ts'
import { Refusal } from './refusals.ts'

const SCHEME = 'WECHATPAY2-SHA256-RSA2048 '
const ATTRIBUTE = /^(\w+)="([^"]*)"$/
const NAMES = ['mchid', 'nonce_str', 'signature', 'timestamp', 'serial_no'] as const
const SKEW_SECONDS_MAX = 300
const SHOWN_MESSAGE_MAX = 200
const NONCES_KEPT = 10_000

type Attributes = Record<(typeof NAMES)[number], string>

export type SignedRequest = {
  header: string | undefined
  method: string
  /** Path and query exactly as sent, the `/wxpay` prefix included. */
  target: string
  body: string
}

const refuseSign = (message: string, detail: FieldObject): never => {
  throw new Refusal(401, 'SIGN_ERROR', message, { location: 'authorization', ...detail })
}

const parse = (header: string | undefined): Attributes => {
  const malformed = 'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》'
  if (!header?.startsWith(SCHEME)) return refuseSign(malformed, { issue: 'wrong scheme' })
  const found = new Map<string, string>()
  for (const part of header.slice(SCHEME.length).split(',')) {
    const [, name, value] = ATTRIBUTE.exec(part.trim()) ?? []
    if (name === undefined || value === undefined || found.has(name)) {
      return refuseSign(malformed, { issue: `unreadable attribute: ${part.trim().slice(0, 40)}` })
    }
    found.set(name, value)
  }
  const read = (name: (typeof NAMES)[number]): string =>
    found.get(name) || refuseSign(malformed, { issue: `missing attribute: ${name}` })
  return {
    mchid: read('mchid'),
    nonce_str: read('nonce_str'),
    signature: read('signature'),
    timestamp: read('timestamp'),
    serial_no: read('serial_no'),
  }
}

/**
 * Passes, or throws SIGN_ERROR saying which part is wrong. Answers the nonce, so the caller can notice a replay.
 * The serial is compared without case, because widely used clients send lower-case hex and production takes it.
 */
export const authorize = (keys: Keys, request: SignedRequest, now: Date): string => {
  const given = parse(request.header)
  if (given.mchid !== keys.mchId)
    refuseSign('商户号有误', { field: 'mchid', value: given.mchid, issue: 'unknown mchid' })
  if (given.serial_no.toLowerCase() !== keys.merchantSerial.toLowerCase()) {
    refuseSign('商户证书序列号有误。请使用签名私钥匹配的证书序列号', {
      field: 'serial_no',
      value: given.serial_no,
      issue: 'serial does not belong to this merchant',
    })
  }
  const skew = Math.abs(now.getTime() / 1000 - Number(given.timestamp))
  if (!/^\d{1,12}$/.test(given.timestamp) || skew > SKEW_SECONDS_MAX) {
    refuseSign('Http头Authorization中的timestamp与发起请求的时间不得超过5分钟', {
      field: 'timestamp',
      value: given.timestamp,
      issue: 'timestamp is out of range',
    })
  }
  const message = requestMessage(
    request.method,
    request.target,
    given.timestamp,
    given.nonce_str,
    request.body,
  )
  if (!verifyText(message, given.signature, keys.merchantPublicKey)) {
    refuseSign('错误的签名，验签失败', {
      field: 'signature',
      issue: 'sign not match',
      sign_information: {
        method: request.method,
        url: request.target,
        truncated_sign_message: message.slice(0, SHOWN_MESSAGE_MAX),
        sign_message_length: message.length,
      },
    })
  }
  return given.nonce_str
}

/** Remembers the last nonces in two generations, so that memory stays bounded; answers whether one was seen before. */
export const createNonceMemory = (): ((nonce: string) => boolean) => {
  let young = new Set<string>()
  let old = new Set<string>()
  return (nonce) => {
    if (young.has(nonce) || old.has(nonce)) return true
    young.add(nonce)
    if (young.size >= NONCES_KEPT) {
      old = young
      young = new Set()
    }
    return false
  }
}
