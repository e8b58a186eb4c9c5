/** What the shopper's phone does: paying, and what WeChat Pay tells about an order afterwards. */
import { beijingTime, newTransactionId } from '../ids.ts'
import { SimProblem } from '../problem.ts'
import type { Notification, Order, TradeState } from '../records.ts'
import { happeningAt } from '../world.ts'
import type { World } from '../world.ts'
import type { FieldObject } from './fields.ts'
import { announce } from './notifications.ts'

/** What can happen on the cashier. */
export const outcomes = ['success', 'fail', 'cancel', 'success-without-callback', 'late'] as const
export type Outcome = (typeof outcomes)[number]

/** What `wx.requestPayment` reports; null when the front end never hears. */
export type FrontEndResult = 'ok' | 'fail' | 'cancel' | null

export type Payment = { result: FrontEndResult; order: Order; notification: Notification | null }

/** Fixed, whatever `time_expire` says. */
export const PREPAY_LIFE_MS = 2 * 3_600_000
const STATE_TEXT: Record<TradeState, string> = {
  NOTPAY: '订单未支付',
  SUCCESS: '支付成功',
  REFUND: '订单发生过退款，退款详情请查询退款单',
  CLOSED: '订单已关闭',
}

/** Closes an order whose time is over: WeChat Pay does it by itself, we do it when somebody looks. */
export const expirePassed = (world: World, order: Order): void => {
  if (order.state !== 'NOTPAY' || world.clock.now() < order.expiresAt) return
  order.state = 'CLOSED'
  world.store.keepOrder(order)
}

/** The order a cashier may open, or a problem that says why not. */
export const payableOrder = (world: World, prepayId: string): Order => {
  const order = world.store.orderByPrepayId.get(prepayId)
  if (!order) throw new SimProblem(404, 'sim.prepay_unknown', '没有这个预支付单')
  expirePassed(world, order)
  if (order.state === 'CLOSED') throw new SimProblem(409, 'sim.order_closed', '订单已关闭，不能支付')
  if (order.state !== 'NOTPAY') throw new SimProblem(409, 'sim.order_paid', '订单已支付，请勿重复付款')
  if (prepayId !== order.prepayId || world.clock.now() - order.prepayIssuedAt >= PREPAY_LIFE_MS) {
    throw new SimProblem(409, 'sim.prepay_expired', '预支付单已过期（2 小时），请重新下单')
  }
  return order
}

/** Settles an order the way `outcome` says. A coupon lowers what the payer pays, never what the order costs. */
export const payOrder = (world: World, prepayId: string, outcome: Outcome, couponFen = 0): Payment => {
  const order = payableOrder(world, prepayId)
  if (couponFen < 0 || couponFen >= order.totalFen) {
    throw new SimProblem(400, 'sim.coupon_wrong', '优惠金额必须小于订单金额')
  }
  if (outcome === 'fail' || outcome === 'cancel') return { result: outcome, order, notification: null }
  const paidAt = happeningAt(world)
  order.state = 'SUCCESS'
  order.transactionId = newTransactionId(paidAt)
  order.paidAt = world.clock.now()
  order.successTime = beijingTime(paidAt)
  order.couponFen = couponFen
  world.store.keepOrder(order)
  const notification = announce(
    world,
    {
      eventType: 'TRANSACTION.SUCCESS',
      originalType: 'transaction',
      summary: '支付成功',
      outTradeNo: order.outTradeNo,
      outRefundNo: null,
      shopper: order.shopper,
      url: order.notifyUrl,
      plaintext: orderView(world, order),
    },
    outcome === 'late',
  )
  return { result: outcome === 'success-without-callback' ? null : 'ok', order, notification }
}

/** An order as queries and notifications show it; an unpaid one has no payer-side facts yet. */
export const orderView = (world: World, order: Order): FieldObject => {
  const head: FieldObject = {
    appid: world.keys.appId,
    mchid: world.keys.mchId,
    out_trade_no: order.outTradeNo,
    trade_state: order.state,
    trade_state_desc: STATE_TEXT[order.state],
    promotion_detail: promotions(order),
    ...(order.attach === null ? {} : { attach: order.attach }),
  }
  if (order.transactionId === null) {
    return { ...head, amount: { total: order.totalFen, currency: 'CNY' }, payer: { openid: order.openid } }
  }
  return {
    ...head,
    transaction_id: order.transactionId,
    trade_type: 'JSAPI',
    bank_type: 'OTHERS',
    success_time: order.successTime,
    payer: { openid: order.openid },
    amount: {
      total: order.totalFen,
      payer_total: order.totalFen - order.couponFen,
      currency: 'CNY',
      payer_currency: 'CNY',
    },
  }
}

const promotions = (order: Order): FieldObject[] =>
  order.couponFen === 0
    ? []
    : [
        {
          coupon_id: `sandbox-${order.outTradeNo}`.slice(0, 32),
          name: '沙盒立减',
          scope: 'GLOBAL',
          type: 'CASH',
          amount: order.couponFen,
          currency: 'CNY',
        },
      ]
