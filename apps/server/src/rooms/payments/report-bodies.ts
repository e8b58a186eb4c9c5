import type { WechatConfig } from '#kernel/config'
import type { ReportKind } from './facts.ts'
import type { DueReport, ReportedLine } from './reports.sql.ts'

/** How far a payment's order is, as reports count it. */
export const STEPS = { paid: 1, ready: 2, collected: 3, refunded: 4 } as const

const PATHS: Readonly<Record<ReportKind, string>> = {
  shipping: '/wxa/sec/order/upload_shipping_info',
  card: '/wxa/set_user_notify',
  delay: '/wxa/sec/order/opspecialorder',
}
const SELF_PICKUP = 4
const UNIFIED = 1
const BY_TRANSACTION = 2
/** 预售商品订单 */
const PRESALE = 1
/** 购物（自提）服务动态 */
const PICKUP_CARD = 2002
const DESCRIPTION_LENGTH = 120
const PRODUCTS_AT_MOST = 20

export interface Told {
  path: string
  body: object
}
export interface Shop {
  publicOrigin: string
  cards: NonNullable<WechatConfig['cards']>
}

/** 2 件以上 says how many there are; cut by characters, never through one. */
export function describe(lines: readonly ReportedLine[]): string {
  const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const more = pieces > 1 ? ` 等 ${pieces} 件` : ''
  const name = Array.from(lines[0]?.name ?? '商品').slice(0, DESCRIPTION_LENGTH - more.length)
  return name.join('') + more
}

/** RFC 3339 with milliseconds, in Beijing’s offset. */
const beijing = (at: Date): string =>
  new Date(at.getTime() + 8 * 3600_000).toISOString().replace('Z', '+08:00')

const shipping = (report: DueReport, lines: readonly ReportedLine[], at: Date): object => ({
  order_key: { order_number_type: BY_TRANSACTION, transaction_id: report.transactionId },
  logistics_type: SELF_PICKUP,
  delivery_mode: UNIFIED,
  shipping_list: [{ item_desc: describe(lines) }],
  upload_time: beijing(at),
  payer: { openid: report.openid },
})

/** 特殊发货报备: WeChat waits for the goods until then. */
const delay = ({ transactionId, delayTo }: DueReport): object => ({
  order_id: transactionId,
  type: PRESALE,
  delay_to: Math.floor((delayTo ?? new Date(0)).getTime() / 1000),
})

const DAY = 86_400_000
/** WeChat waits so many days by itself, and so many at most where it is asked to (domain handbook §2.9). */
const USUAL_DAYS = 15
const LONGEST_DAYS = 330
/** What WeChat is asked to wait for after a payment, when the goods are promised for `by`; undefined where it waits so long anyhow. */
export const delayOf = (paidAt: Date, by: Date): Date | undefined => {
  const days = (by.getTime() - paidAt.getTime()) / DAY
  if (days <= USUAL_DAYS) return undefined
  return days <= LONGEST_DAYS ? by : new Date(paidAt.getTime() + LONGEST_DAYS * DAY)
}

const STATES = ['paid', 'ready', 'collected', 'refunded'] as const

function card(report: DueReport, lines: readonly ReportedLine[], { publicOrigin, cards }: Shop): object {
  const page = `packages/order/order/index?id=${report.orderId}`
  const content = {
    cur_status: cards[STATES[report.wanted - 1] ?? 'paid'],
    wxa_path_query: page,
    product_count: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    product_list: {
      info_list: lines
        .slice(0, PRODUCTS_AT_MOST)
        .map(({ name, quantity, unitFen, productId, pictureId }) => ({
          product_img: pictureId ? `${publicOrigin}/media/${pictureId}/m.webp` : publicOrigin,
          product_name: name,
          product_path_query: `packages/goods/product/index?id=${productId}`,
          count: quantity,
          single_price: unitFen,
        })),
    },
  }
  // Asked for when a card is begun; WeChat compares it with the payment.
  const check = { pay_amount: report.amountFen, pay_time: Math.floor(report.paidAt.getTime() / 1000) }
  return {
    openid: report.openid,
    notify_type: PICKUP_CARD,
    notify_code: report.transactionId,
    content_json: JSON.stringify(content),
    ...(report.told === 0 ? { check_json: JSON.stringify(check) } : {}),
  }
}

/** What to say, and where. */
export const tellOf = (report: DueReport, lines: readonly ReportedLine[], at: Date, shop: Shop): Told => ({
  path: PATHS[report.kind],
  body: bodyOf(report, lines, at, shop),
})

function bodyOf(report: DueReport, lines: readonly ReportedLine[], at: Date, shop: Shop): object {
  if (report.kind === 'shipping') return shipping(report, lines, at)
  return report.kind === 'delay' ? delay(report) : card(report, lines, shop)
}

/** What an errcode means for a report: known there, say it again later, or no use in saying it again. */
export type Verdict = 'told' | 'again' | 'failed'

const VERDICTS: Readonly<Record<ReportKind, ReadonlyMap<number, Verdict>>> = {
  shipping: new Map([
    [0, 'told'],
    // 已发货、重新发货机会用完、内容没有变: WeChat has it.
    [10060002, 'told'],
    [10060003, 'told'],
    [10060023, 'told'],
    // 支付单不存在: also said for a while right after the payment.
    [10060001, 'again'],
    // 不可发货（已退款）、支付单不属于这个 openid.
    [10060004, 'failed'],
    [10060031, 'failed'],
    [47001, 'failed'],
  ]),
  card: new Map([
    [0, 'told'],
    [47001, 'failed'],
  ]),
  delay: new Map([
    [0, 'told'],
    [10060001, 'again'],
    // 已发货、已退款: there is nothing left to wait for.
    [10060002, 'told'],
    [10060004, 'told'],
    [47001, 'failed'],
  ]),
}

/** Null: no answer. What nobody knows is said again until the rungs are used up. */
export const verdictOf = (kind: ReportKind, errcode: number | null): Verdict =>
  (errcode === null ? undefined : VERDICTS[kind].get(errcode)) ?? 'again'
