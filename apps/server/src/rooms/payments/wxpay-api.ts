import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { WechatConfig } from '#kernel/config'
import type { BillKind } from './facts.ts'
import { reader } from './reader.ts'
import { BillOffer, Prepay, RefundReply, Trade } from './wxpay-bodies.ts'
import { isRefused, ProviderFault } from './provider-fault.ts'
import { FOR_A_PERSON, type Effort, type Ports } from './trying.ts'
import { send, sendForBytes, type Merchant, type Reply, type WxpayCall } from './wxpay-client.ts'
import {
  distrust,
  openResource,
  payMessage,
  readPlatformKeys,
  sealField,
  signText,
  type Distrust,
  type HeaderReader,
  type SealedResource,
} from './wxpay-sign.ts'

export interface PrepayRequest {
  outTradeNo: string
  title: string
  amountFen: number
  openid: string
  /** After this WeChat takes no more money for it. */
  payableUntil: Date
  /** Freezes the money, so that others can have a part of it; cannot be said later. */
  profitSharing: boolean
}
export interface RefundRequest {
  outTradeNo: string
  outRefundNo: string
  reason: string
  refundFen: number
  totalFen: number
}
/** A debit card of the shopper. Held in memory for one call, sealed on the wire, stored nowhere. */
export interface BankCard {
  bankType: string
  bankAccount: string
  realName: string
}
export interface RedirectRequest {
  /** WeChat's number of the refund. */
  providerId: string
  outRefundNo: string
  /** Null: back to the merchant's own account. */
  card: BankCard | null
}
export interface PayParams {
  appId: string
  timeStamp: string
  nonceStr: string
  package: string
  signType: 'RSA'
  paySign: string
}

/** The interfaces of WeChat Pay that we use, typed. Each throws `ProviderFault` for what is not an answer. */
export interface Wxpay {
  appId: string
  mchId: string
  /** Why these bytes are not from WeChat, just now; null when they are. */
  distrust(header: HeaderReader, raw: Buffer): Distrust | null
  /** Throws when it was not sealed for us. */
  unseal(resource: SealedResource): string
  prepay(request: PrepayRequest): Promise<string>
  /** Null: WeChat knows no such trade. */
  trade(outTradeNo: string, effort?: Effort): Promise<Trade | null>
  close(outTradeNo: string): Promise<void>
  refund(request: RefundRequest, effort?: Effort): Promise<RefundReply>
  /** Sends a refund that could not arrive to another account. */
  redirectRefund(request: RedirectRequest, effort?: Effort): Promise<RefundReply>
  /** Null: WeChat knows no such refund. */
  refundOf(outRefundNo: string, effort?: Effort): Promise<RefundReply | null>
  /** Where the bill of a business day can be fetched now; `none` is also the answer for a day without trades. */
  bill(
    kind: BillKind,
    day: string,
    effort?: Effort,
  ): Promise<{ sha1: string; url: string } | 'none' | 'creating'>
  /** The zipped bytes behind such an address: WeChat does not sign them, so compare the hash. */
  billBytes(url: string): AsyncIterable<Uint8Array>
  /** What `wx.requestPayment` takes, signed now. */
  payParams(prepayId: string): Promise<PayParams>
}

export const NOT_THERE: ReadonlySet<string> = new Set([
  'ORDER_NOT_EXIST',
  'ORDERNOTEXIST',
  'RESOURCE_NOT_EXISTS',
])
// Whether WeChat counts characters or bytes is not documented: bytes are the safer reading.
const TITLE_BYTES = 127
const REASON_BYTES = 80

const readPrepay = reader(Prepay)
const readTrade = reader(Trade)
const readRefund = reader(RefundReply)
const readBill = reader(BillOffer)

const BILL_PATHS: Readonly<Record<BillKind, string>> = {
  trade: '/v3/bill/tradebill?bill_type=ALL&tar_type=GZIP&bill_date=',
  funds: '/v3/bill/fundflowbill?account_type=BASIC&tar_type=GZIP&bill_date=',
}
const NO_BILL: ReadonlyMap<string, 'none' | 'creating'> = new Map([
  ['NO_STATEMENT_EXIST', 'none'],
  ['STATEMENT_CREATING', 'creating'],
])

/** The merchant's side of WeChat Pay. Keys are parsed once, here. */
export function createWxpay(config: WechatConfig, publicOrigin: string, ports: Ports): Wxpay {
  const merchant = merchantOf(config)
  const call = (what: WxpayCall, effort: Effort) => send(merchant, ports, what, effort)
  const post = (path: string, body: object, effort: Effort) =>
    call({ method: 'POST', path, body: JSON.stringify(body) }, effort)
  const get = (path: string, effort: Effort) =>
    call({ method: 'GET', path }, effort).catch((error: unknown) => {
      if (isRefused(error) && error.status === 404 && NOT_THERE.has(error.code)) return null
      throw error
    })
  return {
    appId: config.appId,
    mchId: config.mchId,
    distrust: (header, raw) => distrust(header, raw, merchant.platformKeys, ports.clock.stamp()),
    unseal: (resource) => openResource(resource, config.apiV3Key),
    prepay: async (request) =>
      read(
        readPrepay,
        await post('/v3/pay/transactions/jsapi', prepayBody(config, publicOrigin, request), FOR_A_PERSON),
      ).prepay_id,
    async trade(outTradeNo, effort = FOR_A_PERSON) {
      const reply = await get(`/v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=${config.mchId}`, effort)
      return reply && read(readTrade, reply, (trade) => trade.out_trade_no === outTradeNo)
    },
    async close(outTradeNo) {
      await post(
        `/v3/pay/transactions/out-trade-no/${outTradeNo}/close`,
        { mchid: config.mchId },
        FOR_A_PERSON,
      )
    },
    refund: async (request, effort = FOR_A_PERSON) =>
      read(
        readRefund,
        await post('/v3/refund/domestic/refunds', refundBody(publicOrigin, request), effort),
        (refund) => refund.out_refund_no === request.outRefundNo,
      ),
    redirectRefund: async ({ providerId, outRefundNo, card }, effort = FOR_A_PERSON) =>
      read(
        readRefund,
        await post(
          `/v3/refund/domestic/refunds/${providerId}/apply-abnormal-refund`,
          redirectBody(merchant.sealingKey, outRefundNo, card),
          effort,
        ),
        (refund) => refund.out_refund_no === outRefundNo,
      ),
    async refundOf(outRefundNo, effort = FOR_A_PERSON) {
      const reply = await get(`/v3/refund/domestic/refunds/${outRefundNo}`, effort)
      return reply && read(readRefund, reply, (refund) => refund.out_refund_no === outRefundNo)
    },
    async bill(kind, day, effort = FOR_A_PERSON) {
      try {
        const reply = await call({ method: 'GET', path: `${BILL_PATHS[kind]}${day}` }, effort)
        const offer = read(readBill, reply, ({ download_url: url }) => isOfWechat(url, config.wxpayBaseUrl))
        return { sha1: offer.hash_value, url: offer.download_url }
      } catch (fault) {
        const known = isRefused(fault) ? NO_BILL.get(fault.code) : undefined
        if (known) return known
        throw fault
      }
    },
    billBytes: (url) => sendForBytes(merchant, ports, new URL(url)),
    async payParams(prepayId) {
      const timeStamp = String(Math.floor(ports.clock.stamp().getTime() / 1000))
      const nonceStr = ports.nonce()
      const pack = `prepay_id=${prepayId}`
      const paySign = await signText(
        payMessage(config.appId, timeStamp, nonceStr, pack),
        merchant.merchantKey,
      )
      return { appId: config.appId, timeStamp, nonceStr, package: pack, signType: 'RSA', paySign }
    },
  }
}

// The reply is signed, but a request that carries our signature goes nowhere else.
const isOfWechat = (url: string, baseUrl: string): boolean =>
  URL.canParse(url) &&
  (new URL(url).origin === new URL(baseUrl).origin ||
    /^https:\/\/[a-z0-9.]+\.mch\.weixin\.qq\.com\//.test(url))

/** Keys of the merchant, parsed. */
export function merchantOf(config: WechatConfig): Merchant & { sealingKey: KeyObject } {
  const { platformKeys } = config
  // Public-key names come first: replies move to them, never back.
  const preferred = platformKeys.find(({ id }) => id.startsWith('PUB_KEY_ID_')) ?? platformKeys[0]
  if (!preferred) throw new Error('no platform key')
  return {
    sealingKey: createPublicKey(preferred.publicKeyPem),
    baseUrl: config.wxpayBaseUrl,
    mchId: config.mchId,
    merchantSerial: config.merchantSerial,
    merchantKey: createPrivateKey(config.merchantPrivateKeyPem),
    platformKeys: readPlatformKeys(platformKeys),
    platformKeyId: preferred.id,
  }
}

// A signed answer of another shape, or about something else (an answer that was kept and sent again), is not the answer we asked for: we still do
// not know.
export function read<T>(
  check: (value: unknown) => T | null,
  { status, body }: Reply,
  fits: (value: T) => boolean = () => true,
): T {
  const value = check(body)
  if (value === null || !fits(value))
    throw new ProviderFault('ambiguous', 'UNEXPECTED', 'signed, but not what was asked for', { status })
  return value
}

function cut(text: string, bytes: number): string {
  let kept = ''
  let size = 0
  for (const character of text) {
    size += Buffer.byteLength(character)
    if (size > bytes) break
    kept += character
  }
  return kept
}

/** RFC 3339 in Beijing's offset, as WeChat writes instants. */
const beijing = (at: Date): string =>
  `${new Date(at.getTime() + 8 * 3600_000).toISOString().slice(0, 19)}+08:00`

/** Equal requests give equal bytes: WeChat refuses a repeated number whose parameters differ. */
const prepayBody = (config: WechatConfig, origin: string, request: PrepayRequest): object => ({
  appid: config.appId,
  mchid: config.mchId,
  description: cut(request.title, TITLE_BYTES),
  out_trade_no: request.outTradeNo,
  time_expire: beijing(request.payableUntil),
  notify_url: `${origin}/hooks/wechat/payments`,
  amount: { total: request.amountFen, currency: 'CNY' },
  payer: { openid: request.openid },
  ...(request.profitSharing ? { settle_info: { profit_sharing: true } } : {}),
})

const refundBody = (origin: string, request: RefundRequest): object => ({
  out_trade_no: request.outTradeNo,
  out_refund_no: request.outRefundNo,
  reason: cut(request.reason, REASON_BYTES),
  notify_url: `${origin}/hooks/wechat/refunds`,
  amount: { refund: request.refundFen, total: request.totalFen, currency: 'CNY' },
})

// Sealed with the key that `Wechatpay-Serial` names. Sealing is random: a repeat within one call sends the same bytes, because they are made here.
const redirectBody = (key: KeyObject, outRefundNo: string, card: BankCard | null): object => ({
  out_refund_no: outRefundNo,
  ...(card
    ? {
        type: 'USER_BANK_CARD',
        bank_type: card.bankType,
        bank_account: sealField(card.bankAccount, key),
        real_name: sealField(card.realName, key),
      }
    : { type: 'MERCHANT_BANK_CARD' }),
})
