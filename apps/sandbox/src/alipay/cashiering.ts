/** What the shopper does on Alipay's page: the address must be signed, or there is nothing to pay. */
import type { AlipayTrade, Notification } from '../records.ts'
import type { World } from '../world.ts'
import { refuse } from './refusals.ts'
import { checkedContent, fieldsOf } from './request.ts'
import { askedOf, beginTrade, checkPayable, payTrade } from './trades.ts'
import type { Asked } from './trades.ts'
import { signFields, wallClock, yuanOf } from './wire.ts'

/** `begin`: signs in, then leaves without paying. */
export const alipayOutcomes = [
  'success',
  'fail',
  'cancel',
  'begin',
  'success-without-return',
  'late',
] as const
export type AlipayOutcome = (typeof alipayOutcomes)[number]

/** What this address asks a shopper to pay. Refuses one that is not signed, stale, or of a trade that takes no money. */
export const askedBy = (world: World, search: string): Asked => {
  const fields = fieldsOf(search, '') ?? refuse('repeatedField')
  if (fields.method !== 'alipay.trade.wap.pay') refuse('noMethod')
  const asked = askedOf(world, checkedContent(world, fields), fields)
  checkPayable(world, asked)
  return asked
}

export type AlipaySettled = {
  asked: Asked
  trade: AlipayTrade | null
  notification: Notification | null
  /** Where the shopper's browser goes now; null when it stays. */
  returnTo: string | null
}

/** Does what the shopper chose. */
export const settleAt = (world: World, search: string, outcome: AlipayOutcome): AlipaySettled => {
  const asked = askedBy(world, search)
  const away = asked.quitUrl ?? asked.returnUrl
  if (outcome === 'cancel') return { asked, trade: null, notification: null, returnTo: away }
  const trade = beginTrade(world, asked)
  if (outcome === 'begin' || outcome === 'fail')
    return { asked, trade, notification: null, returnTo: outcome === 'begin' ? away : null }
  const notification = payTrade(world, trade, outcome === 'late')
  const returnTo = outcome === 'success-without-return' ? null : returnAddress(world, asked, trade)
  return { asked, trade, notification, returnTo }
}

/** The merchant's return address with what Alipay adds to it: signed, and yet no proof of a payment. */
const returnAddress = (world: World, { returnUrl }: Asked, trade: AlipayTrade): string | null => {
  if (returnUrl === null) return null
  const { appId, sellerId, privateKey } = world.keys.alipay
  const fields = {
    charset: 'utf-8',
    out_trade_no: trade.outTradeNo,
    method: 'alipay.trade.wap.pay.return',
    total_amount: yuanOf(trade.totalFen),
    trade_no: trade.tradeNo,
    auth_app_id: appId,
    version: '1.0',
    app_id: appId,
    seller_id: sellerId,
    timestamp: wallClock(world.clock.stamp()),
  }
  const url = new URL(returnUrl)
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value)
  url.searchParams.set('sign_type', 'RSA2')
  url.searchParams.set('sign', signFields(fields, privateKey))
  return url.href
}
