/**
 * The only file that knows `alipay-sdk`. The library signs and verifies; what it leaves open is closed here:
 * - its `exec` believes unsigned replies unless told otherwise, and stops verifying without a word when it has no key: here every reply is
 *   verified, and what is read is the very text that was verified, not a second reading of the reply beside it (whoever appends the same name once
 *   more to a reply that was signed long ago would otherwise be believed);
 * - it lets a notification choose its algorithm: here RSA2 comes before everything else;
 * - its older check of notifications decodes values twice and throws on a `%`;
 * - it stamps requests with the local time of the process: here it is Beijing's, whatever TZ says;
 * - it has one time-out for everything and no bound for an answer: requests go the way of every other provider's.
 * Names of fields stay as Alipay writes them, in replies as in notifications.
 */
import { AlipaySdk } from 'alipay-sdk'
import type { AlipayConfig } from '#kernel/config'
import { ProviderFault } from './provider-fault.ts'
import { ask, askForBytes, type Effort, type Ports, tryHard } from './trying.ts'

export type Fields = Readonly<Record<string, string>>
export type Reply = Readonly<Record<string, unknown>>
/** Why a notification is not believed. */
export type Distrust = 'unreadable' | 'repeated field' | 'algorithm' | 'charset' | 'signature'

export interface Alipay {
  appId: string
  sellerId: string
  /** Asks the gateway until there is a clear answer or the effort is spent. Throws `ProviderFault`; `code` is Alipay's sub_code where it gave one. */
  call(method: string, content: object, effort: Effort): Promise<Reply>
  /** Where a browser goes to pay, signed now. */
  pageUrl(method: string, content: object, urls: { notifyUrl: string; returnUrl: string }): string
  /** The bytes behind an address that a reply gave, from Alipay alone and as safely as the gateway is reached. */
  bytes(url: string): AsyncIterable<Uint8Array>
  /** The fields of a notification that Alipay signed, decoded once. */
  readForm(raw: Buffer): Fields | Distrust
}

const HEADERS = {
  accept: 'application/json',
  'content-type': 'application/x-www-form-urlencoded;charset=utf-8',
  'user-agent': 'linli-payments/1',
}

/** The merchant's side of Alipay. Keys are read once, here. */
export function createAlipay(config: AlipayConfig, ports: Ports): Alipay {
  const sdk = new AlipaySdk({
    appId: config.appId,
    privateKey: config.appPrivateKeyPem,
    keyType: 'PKCS8',
    alipayPublicKey: config.alipayPublicKeyPem,
    signType: 'RSA2',
    gateway: config.gatewayUrl,
  })
  const signed = (method: string, content: object, urls: object = {}): URLSearchParams => {
    const params = { ...urls, bizContent: content, timestamp: beijingTime(ports.clock.stamp()) }
    return new URLSearchParams(sdk.sdkExecute(method, params, { bizContentAutoSnakeCase: false }))
  }
  async function once(method: string, content: object, signal: AbortSignal): Promise<Reply> {
    const query = signed(method, content)
    const body = new URLSearchParams({ biz_content: query.get('biz_content') ?? '' }).toString()
    query.delete('biz_content')
    const url = new URL(config.gatewayUrl)
    url.search = query.toString()
    const answer = await ask(ports, url, { method: 'POST', headers: HEADERS, body, signal }, method)
    return judge(sdk, method, answer)
  }
  return {
    appId: config.appId,
    sellerId: config.sellerId,
    call: (method, content, effort) => tryHard(ports, effort, (signal) => once(method, content, signal)),
    pageUrl(method, content, urls) {
      const url = new URL(config.pageUrl ?? config.gatewayUrl)
      url.search = signed(method, content, urls).toString()
      return url.href
    },
    bytes(address) {
      const url = ownAddress(address, config.gatewayUrl)
      return askForBytes(
        ports,
        url,
        async () => ({ 'user-agent': HEADERS['user-agent'] }),
        () => undefined,
      )
    },
    readForm: (raw) => readForm(sdk, raw),
  }
}

/** Alipay still writes addresses of bills without encryption: whatever it writes, the way there is the gateway's. */
function ownAddress(address: string, gatewayUrl: string): URL {
  const gateway = new URL(gatewayUrl)
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url || (url.host !== gateway.host && !url.hostname.endsWith('.alipay.com')))
    throw new ProviderFault('ambiguous', 'UNEXPECTED', 'an address that is not Alipay’s')
  url.protocol = gateway.protocol
  return url
}

/** `2026-03-01 12:00:00`, as Alipay writes instants: Beijing's wall clock. */
export const beijingTime = (at: Date): string =>
  new Date(at.getTime() + 8 * 3600_000).toISOString().slice(0, 19).replace('T', ' ')

/** 10000 counts only when signed; another code is a refusal; all else (20000, its own troubles, a proxy's page) leaves us not knowing. */
function judge(
  sdk: AlipaySdk,
  method: string,
  { response, raw }: { response: Response; raw: Buffer },
): Reply {
  const { status } = response
  const text = raw.toString('utf8')
  const envelope = status === 200 ? parsed(text) : null
  const name = [`${method.replaceAll('.', '_')}_response`, 'error_response'].find((each) => envelope?.[each])
  if (!envelope || name === undefined)
    throw new ProviderFault('ambiguous', 'UNREADABLE', `${method}, ${status}`, { status })
  const content = verified(sdk, text, name, envelope['sign'])
  const said = content ?? toReply(envelope[name])
  const [code, subCode] = [textIn(said, 'code'), textIn(said, 'sub_code')]
  const about = `${method}, ${code ?? 'no code'}`
  // What it says unsigned decides nothing, but may tell a person what to mend.
  if (!content)
    throw new ProviderFault('ambiguous', subCode ?? 'UNVERIFIED', `${about}, unverified`, { status })
  if (code === '10000') return content
  const unclear =
    code === undefined || /^1|^20000$/.test(code) || (subCode !== undefined && isTheirs(subCode))
  throw new ProviderFault(unclear ? 'ambiguous' : 'refused', subCode ?? code ?? 'UNREADABLE', about, {
    status,
  })
}

const isTheirs = (subCode: string): boolean => /^(isp|aop)\.|SYSTEM_ERROR$/.test(subCode)

/** The content that the signature covers; null when it is not Alipay's. */
function verified(sdk: AlipaySdk, text: string, name: string, signature: unknown): Reply | null {
  if (typeof signature !== 'string' || signature === '') return null
  const covered = sdk.getSignStr(text, name)
  return sdk.rsaCheck(covered, signature, 'RSA2') ? parsed(covered) : null
}

function parsed(text: string): Reply | null {
  try {
    return toReply(JSON.parse(text))
  } catch {
    return null
  }
}
const toReply = (value: unknown): Reply | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Reply) : null

function textIn(reply: Reply | null, name: string): string | undefined {
  const value = reply?.[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function readForm(sdk: AlipaySdk, raw: Buffer): Fields | Distrust {
  const pairs = pairsOf(raw)
  if (!pairs) return 'unreadable'
  const fields = Object.fromEntries(pairs)
  // Of a field that comes twice, one may be signed and the other one read.
  if (Object.keys(fields).length !== pairs.length) return 'repeated field'
  if (fields['sign_type'] !== 'RSA2') return 'algorithm'
  if ((fields['charset'] ?? 'utf-8').toLowerCase() !== 'utf-8') return 'charset'
  return sdk.checkNotifySignV2(fields) ? fields : 'signature'
}

function pairsOf(raw: Buffer): [string, string][] | null {
  try {
    return [...new URLSearchParams(new TextDecoder('utf-8', { fatal: true }).decode(raw))]
  } catch {
    return null
  }
}
