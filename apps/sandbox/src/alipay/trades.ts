/** Trades at the pretended Alipay: begun on the cashier, paid, closed, given back, and told of. */
import { randomInt } from 'node:crypto'
import { newDigits } from '../ids.ts'
import type { AlipayRefund, AlipayTrade, Notification } from '../records.ts'
import { happeningAt } from '../world.ts'
import type { World } from '../world.ts'
import { announce } from '../wxpay/notifications.ts'
import { refuse } from './refusals.ts'
import { refuseUnknown, textAt } from './request.ts'
import type { Content } from './request.ts'
import { fenOf, instantOf, wallClock, yuanOf } from './wire.ts'
import type { Fields } from './wire.ts'

const DEFAULT_LIFE_MS = 15 * 86_400_000
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])
const PAY_FIELDS = [
  'out_trade_no',
  'total_amount',
  'subject',
  'product_code',
  'time_expire',
  'quit_url',
  'body',
]

/** What a signed address asks a shopper to pay. */
export type Asked = {
  outTradeNo: string
  subject: string
  totalFen: number
  lifeMs: number
  notifyUrl: string | null
  returnUrl: string | null
  quitUrl: string | null
  fingerprint: string
}

/** Checks the content of alipay.trade.wap.pay. */
export const askedOf = (world: World, content: Content, fields: Fields): Asked => {
  refuseUnknown(content, PAY_FIELDS)
  const outTradeNo = textAt(content, 'out_trade_no', 64)
  if (!/^[\w]+$/.test(outTradeNo)) refuse('parameter', 'out_trade_no')
  const subject = textAt(content, 'subject', 256)
  if (/[/=&]/.test(subject)) refuse('parameter', 'subject 含特殊字符')
  if (textAt(content, 'product_code', 64) !== 'QUICK_WAP_WAY') refuse('parameter', 'product_code')
  const totalFen = fenOf(content.total_amount) ?? refuse('parameter', 'total_amount')
  const { time_expire: until } = content
  const end = typeof until === 'string' ? instantOf(until) : null
  if (until !== undefined && end === null) refuse('parameter', 'time_expire')
  return {
    outTradeNo,
    subject,
    totalFen,
    lifeMs: end === null ? DEFAULT_LIFE_MS : end - world.clock.stamp().getTime(),
    notifyUrl: checkedUrl(world, fields.notify_url, 'notify_url'),
    returnUrl: fields.return_url ?? null,
    quitUrl: typeof content.quit_url === 'string' ? content.quit_url : null,
    fingerprint: JSON.stringify([outTradeNo, subject, totalFen]),
  }
}

const checkedUrl = (world: World, value: string | undefined, name: string): string | null => {
  if (value === undefined) return null
  if (!URL.canParse(value)) refuse('parameter', name)
  const { protocol, hostname } = new URL(value)
  const isPlain = protocol === 'http:' && (world.config.notifyAllowHttp || LOOPBACK.has(hostname))
  return protocol === 'https:' || isPlain ? value : refuse('parameter', name)
}

/** The trade of this number, closed if its time is over. */
export const tradeOf = (world: World, outTradeNo: string): AlipayTrade | undefined => {
  const trade = world.store.alipayTrades.get(outTradeNo)
  if (trade?.state === 'WAIT_BUYER_PAY' && world.clock.now() >= trade.expiresAt) closeTrade(world, trade)
  return trade
}

/** A trade that this address may still pay, or the refusal that says why not. It need not have begun. */
export const checkPayable = (world: World, asked: Asked): AlipayTrade | undefined => {
  const trade = tradeOf(world, asked.outTradeNo)
  if (!trade) return asked.lifeMs <= 0 ? refuse('expired') : undefined
  if (trade.fingerprint !== asked.fingerprint) refuse('changed')
  if (trade.state === 'TRADE_CLOSED') refuse('closed')
  if (trade.state !== 'WAIT_BUYER_PAY') refuse('paid')
  return trade
}

/** The shopper signs in on the cashier: from now on Alipay knows the trade. */
export const beginTrade = (world: World, asked: Asked): AlipayTrade => {
  const known = checkPayable(world, asked)
  if (known) return known
  const at = happeningAt(world)
  const now = world.clock.now()
  const trade: AlipayTrade = {
    outTradeNo: asked.outTradeNo,
    tradeNo: `${wallClock(at).slice(0, 10).replaceAll('-', '')}22001${newDigits(15)}`,
    subject: asked.subject,
    totalFen: asked.totalFen,
    notifyUrl: asked.notifyUrl,
    fingerprint: asked.fingerprint,
    state: 'WAIT_BUYER_PAY',
    createdAt: now,
    expiresAt: now + asked.lifeMs,
    createTime: wallClock(at),
    payTime: null,
    buyerId: `2088${String(randomInt(10 ** 12)).padStart(12, '0')}`,
    refunds: [],
  }
  world.store.keepAlipayTrade(trade)
  return trade
}

/** Takes the money and announces it; `held` keeps the notification until the operator or the clock moves. */
export const payTrade = (world: World, trade: AlipayTrade, held = false): Notification | null => {
  trade.state = 'TRADE_SUCCESS'
  trade.payTime = wallClock(happeningAt(world))
  world.store.keepAlipayTrade(trade)
  return tell(world, trade, {}, held)
}

export const closeTrade = (world: World, trade: AlipayTrade): void => {
  trade.state = 'TRADE_CLOSED'
  world.store.keepAlipayTrade(trade)
}

/** The time for giving back is over: the same payment is told of once more, under another state. */
export const finishTrade = (world: World, trade: AlipayTrade): Notification | null => {
  trade.state = 'TRADE_FINISHED'
  world.store.keepAlipayTrade(trade)
  return tell(world, trade)
}

export const refundedFen = (trade: AlipayTrade): number =>
  trade.refunds.reduce((sum, { refundFen }) => sum + refundFen, 0)

/** Gives money back. Answers the refund and whether money moved: for a known number it did so before. */
export const refundTrade = (
  world: World,
  trade: AlipayTrade,
  wanted: Omit<AlipayRefund, 'time'>,
): { refund: AlipayRefund; moved: boolean } => {
  const known = trade.refunds.find(({ outRequestNo }) => outRequestNo === wanted.outRequestNo)
  if (known)
    return known.refundFen === wanted.refundFen ? { refund: known, moved: false } : refuse('refundChanged')
  if (trade.state === 'TRADE_FINISHED') refuse('finished')
  if (trade.state !== 'TRADE_SUCCESS') refuse('wrongState')
  if (refundedFen(trade) + wanted.refundFen > trade.totalFen) refuse('refundTooMuch')
  const refund = { ...wanted, time: wallClock(happeningAt(world)) }
  trade.refunds.push(refund)
  if (refundedFen(trade) === trade.totalFen) trade.state = 'TRADE_CLOSED'
  world.store.keepAlipayTrade(trade)
  // With the words of a payment: only these fields say that it is none.
  tell(world, trade, {
    refund_fee: yuanOf(refundedFen(trade)),
    gmt_refund: `${refund.time}.000`,
    out_biz_no: refund.outRequestNo,
  })
  return { refund, moved: true }
}

const tell = (world: World, trade: AlipayTrade, more: Fields = {}, held = false): Notification | null => {
  if (trade.notifyUrl === null) return null
  const isRefund = 'refund_fee' in more
  return announce(
    world,
    {
      service: 'alipay',
      eventType: trade.state,
      originalType: isRefund ? 'refund' : 'transaction',
      summary: isRefund ? '退款' : '付款',
      outTradeNo: trade.outTradeNo,
      outRefundNo: more.out_biz_no ?? null,
      shopper: null,
      url: trade.notifyUrl,
      plaintext: {
        notify_type: 'trade_status_sync',
        app_id: world.keys.alipay.appId,
        auth_app_id: world.keys.alipay.appId,
        seller_id: world.keys.alipay.sellerId,
        out_trade_no: trade.outTradeNo,
        trade_no: trade.tradeNo,
        trade_status: trade.state,
        subject: trade.subject,
        total_amount: yuanOf(trade.totalFen),
        receipt_amount: yuanOf(trade.totalFen),
        buyer_pay_amount: yuanOf(trade.totalFen),
        buyer_id: trade.buyerId,
        buyer_logon_id: '199******00',
        gmt_create: trade.createTime,
        ...(trade.payTime === null ? {} : { gmt_payment: trade.payTime }),
        ...more,
      },
    },
    held,
  )
}
