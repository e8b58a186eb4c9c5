/** How refunds end: by themselves after a moment, or as a fault or the operator decides; and how they are shown. */
import { beijingTime } from '../ids.ts'
import type { Notification, Refund, RefundState } from '../records.ts'
import { happeningAt } from '../world.ts'
import type { World } from '../world.ts'
import type { FieldObject } from './fields.ts'
import { announce } from './notifications.ts'

const EVENT_SUMMARY: Record<Exclude<RefundState, 'PROCESSING'>, string> = {
  SUCCESS: '退款成功',
  ABNORMAL: '退款异常',
  CLOSED: '退款关闭',
}
const RECEIVED_ACCOUNT = '支付用户零钱'

/** Makes the appointment at which the refund ends by itself, if it does. */
export const scheduleSettling = (world: World, refund: Refund): void => {
  if (refund.state !== 'PROCESSING' || refund.settlesAt === null) return
  world.appointments.set(
    refund.refundId,
    world.clock.at(refund.settlesAt, async () => {
      settleRefund(world, refund, refund.settlesAs)
    }),
  )
}

/** Puts unfinished refunds back on the clock after a restart. */
export const resumeRefunds = (world: World): void => {
  for (const refund of world.store.refunds.values()) scheduleSettling(world, refund)
}

/** Ends a refund that is still open and announces it. Answers the notification, or null when there is none to send. */
export const settleRefund = (
  world: World,
  refund: Refund,
  state: Exclude<RefundState, 'PROCESSING'>,
): Notification | null => {
  const appointment = world.appointments.get(refund.refundId)
  if (appointment) appointment.cancelled = true
  world.appointments.delete(refund.refundId)
  if (refund.state === state || refund.state === 'SUCCESS' || refund.state === 'CLOSED') return null
  refund.previousState = refund.state
  refund.state = state
  refund.settlesAt = null
  if (state === 'SUCCESS') refund.successTime = beijingTime(happeningAt(world))
  world.store.keepRefund(refund)
  if (state === 'CLOSED') restoreOrder(world, refund)
  if (refund.notifyUrl === null) return null
  return announce(world, {
    eventType: `REFUND.${state}`,
    originalType: 'refund',
    summary: EVENT_SUMMARY[state],
    outTradeNo: refund.outTradeNo,
    outRefundNo: refund.outRefundNo,
    shopper: world.store.orders.get(refund.outTradeNo)?.shopper ?? null,
    url: refund.notifyUrl,
    plaintext: refundNews(world, refund),
  })
}

/** A closed refund gave nothing back: with no other refund alive, the order counts as simply paid again. */
const restoreOrder = (world: World, refund: Refund): void => {
  const order = world.store.orders.get(refund.outTradeNo)
  if (order?.state !== 'REFUND') return
  const alive = order.outRefundNos.some((number) => {
    const other = world.store.refunds.get(number)
    return other !== undefined && other.state !== 'CLOSED'
  })
  if (alive) return
  order.state = 'SUCCESS'
  world.store.keepOrder(order)
}

/** A refund as replies show it; `state` may be an older one than the truth. */
export const refundView = (world: World, refund: Refund, state: RefundState = refund.state): FieldObject => ({
  refund_id: refund.refundId,
  out_refund_no: refund.outRefundNo,
  transaction_id: refund.transactionId,
  out_trade_no: refund.outTradeNo,
  channel: refund.channel,
  user_received_account: RECEIVED_ACCOUNT,
  create_time: refund.createTime,
  status: state,
  funds_account: 'AVAILABLE',
  promotion_detail: [],
  ...(state === 'SUCCESS' && refund.successTime ? { success_time: refund.successTime } : {}),
  amount: {
    total: refund.totalFen,
    refund: refund.refundFen,
    from: [],
    payer_total: payerTotal(world, refund),
    payer_refund: refund.payerRefundFen,
    settlement_total: refund.totalFen,
    settlement_refund: refund.refundFen,
    discount_refund: refund.refundFen - refund.payerRefundFen,
    currency: 'CNY',
    refund_fee: 0,
  },
})

/** A refund as its notification tells it: `refund_status` instead of `status`, and fewer amounts. */
const refundNews = (world: World, refund: Refund): FieldObject => ({
  mchid: world.keys.mchId,
  transaction_id: refund.transactionId,
  out_trade_no: refund.outTradeNo,
  refund_id: refund.refundId,
  out_refund_no: refund.outRefundNo,
  refund_status: refund.state,
  ...(refund.successTime ? { success_time: refund.successTime } : {}),
  user_received_account: RECEIVED_ACCOUNT,
  amount: {
    total: refund.totalFen,
    refund: refund.refundFen,
    payer_total: payerTotal(world, refund),
    payer_refund: refund.payerRefundFen,
  },
})

const payerTotal = (world: World, refund: Refund): number => {
  const order = world.store.orders.get(refund.outTradeNo)
  return order ? order.totalFen - order.couponFen : refund.totalFen
}
