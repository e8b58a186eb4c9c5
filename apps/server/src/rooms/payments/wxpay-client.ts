/**
 * The transport to WeChat Pay APIv3: signs exactly what is sent, believes only what is signed, and says honestly when it does not know.
 * Clock, fetch, nonce, pauses and chance come from outside, so that every fault can be played.
 */
import type { KeyObject } from 'node:crypto'
import { ProviderFault } from './provider-fault.ts'
import { ask, askForBytes, type Effort, type Ports, tryHard } from './trying.ts'
import { distrust, requestMessage, SCHEME, signText, type PlatformKeys } from './wxpay-sign.ts'

export interface Merchant {
  baseUrl: string
  mchId: string
  merchantSerial: string
  merchantKey: KeyObject
  platformKeys: PlatformKeys
  /** Which key we expect replies to be signed with; WeChat chooses by it during a migration of keys. */
  platformKeyId: string
}
export interface WxpayCall {
  method: 'GET' | 'POST'
  /** Path and query under the base URL. */
  path: string
  /** Serialised once by the caller: every try sends these bytes. */
  body?: string
}
export interface Reply {
  status: number
  /** Verified; undefined for an empty body. */
  body: unknown
}

const AGENT = 'linli-payments/1'

/** Sends, again and again with the same bytes while the outcome is unclear, until tries or time run out. Throws `ProviderFault`. */
export const send = (merchant: Merchant, ports: Ports, call: WxpayCall, effort: Effort): Promise<Reply> =>
  tryHard(ports, effort, (signal) => sendOnce(merchant, ports, call, signal))

async function sendOnce(
  merchant: Merchant,
  ports: Ports,
  call: WxpayCall,
  signal: AbortSignal,
): Promise<Reply> {
  const about = `${call.method} ${call.path}`
  const url = new URL(merchant.baseUrl + call.path)
  const headers = await signedHeaders(merchant, ports, call, url.pathname + url.search)
  const init = {
    method: call.method,
    headers,
    signal,
    ...(call.body === undefined ? {} : { body: call.body }),
  }
  const { response, raw } = await ask(ports, url, init, about)
  return judge(merchant, ports, response, raw, about)
}

/** For answers that are bytes without a signature. */
export function sendForBytes(merchant: Merchant, ports: Ports, url: URL): AsyncIterable<Uint8Array> {
  const path = url.pathname + url.search
  return askForBytes(
    ports,
    url,
    () => signedHeaders(merchant, ports, { method: 'GET', path }, path),
    (raw) => codeIn(parsed(raw)),
  )
}

async function signedHeaders(
  merchant: Merchant,
  { clock, nonce: newNonce }: Ports,
  call: WxpayCall,
  target: string,
): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(clock.stamp().getTime() / 1000))
  const nonce = newNonce()
  const message = requestMessage({ method: call.method, target, timestamp, nonce, body: call.body ?? '' })
  const signature = await signText(message, merchant.merchantKey)
  return {
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': AGENT,
    'wechatpay-serial': merchant.platformKeyId,
    authorization: `${SCHEME} mchid="${merchant.mchId}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${merchant.merchantSerial}"`,
    ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
  }
}

/** 200 and 204 count only when signed; 4xx with a code is a refusal; all else (5xx, 429, 202, a proxy's page) leaves us not knowing. */
function judge(merchant: Merchant, { clock }: Ports, response: Response, raw: Buffer, about: string): Reply {
  const { status, headers } = response
  const seen = `${about}, ${status}, Request-ID ${headers.get('request-id') ?? 'none'}`
  const body = parsed(raw)
  if (status !== 200 && status !== 204) {
    const code = codeIn(body)
    const definite = status >= 400 && status < 500 && status !== 429 && code !== undefined
    throw new ProviderFault(definite ? 'refused' : 'ambiguous', code ?? 'UNREADABLE', seen, { status })
  }
  const reason = distrust((name) => headers.get(name), raw, merchant.platformKeys, clock.stamp())
  if (reason) throw new ProviderFault('ambiguous', 'UNVERIFIED', `${seen}, ${reason}`, { status })
  if (body === UNREADABLE) throw new ProviderFault('ambiguous', 'UNREADABLE', seen, { status })
  return { status, body }
}

const UNREADABLE = Symbol('unreadable')
function parsed(raw: Buffer): unknown {
  if (raw.length === 0) return undefined
  try {
    return JSON.parse(raw.toString('utf8'))
  } catch {
    return UNREADABLE
  }
}
const codeIn = (body: unknown): string | undefined =>
  typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string'
    ? body.code
    : undefined
