import { delayOf, type NewReport, REPORT_STEPS as STEPS } from '#room/payments'
import type { Fold, OrderEvent } from './view.ts'

const SENT_BACK: ReadonlySet<string> = new Set(['late_payment', 'double_payment'])

/** What the shopper's card in WeChat says after an event; undefined where it says the same as before. */
function stepOf({ view }: Fold, { verb, orderId }: OrderEvent): number | undefined {
  if (verb === 'pay' || verb === 'pay_seat' || verb === 'pay_deposit') return STEPS.paid
  if (verb === 'ready') return STEPS.ready
  if (verb === 'hand_over') return STEPS.collected
  return verb === 'refunded' && view.orders.get(orderId)?.refundState === 'FULL' ? STEPS.refunded : undefined
}

/** When goods are promised for that were just paid for; WeChat is asked to wait where that is long. */
function delayFor({ view, writes }: Fold, orderId: string, attemptId: string): Date | undefined {
  const by = view.orders.get(orderId)?.goodsBy
  const paid = writes.paid.find((row) => row.attemptId === attemptId)
  return by && paid ? delayOf(paid.paidAt, by) : undefined
}

/**
 * What WeChat is to be told after these decisions: of payments through WeChat only, and none that went back because it came twice or too late. Goods
 * that were handed over are shipped, for WeChat.
 */
export function reportsOf(fold: Fold): NewReport[] {
  const reports = new Map<string, NewReport>()
  for (const event of fold.writes.events) {
    const wanted = stepOf(fold, event)
    if (wanted === undefined) continue
    const refunds = [...fold.view.refunds.values()]
    for (const { attemptId, orderId, provider, state } of fold.view.attempts.values()) {
      if (orderId !== event.orderId || provider !== 'wechat' || state !== 'PAID') continue
      if (refunds.some((refund) => refund.attemptId === attemptId && SENT_BACK.has(refund.cause))) continue
      const report = { attemptId, orderId, at: event.at }
      const delayTo = delayFor(fold, event.orderId, attemptId)
      if (delayTo) reports.set(`delay ${attemptId}`, { ...report, kind: 'delay', wanted: 1, delayTo })
      // Of several events of a batch the last is what counts.
      reports.set(`card ${attemptId}`, { ...report, kind: 'card', wanted })
      if (event.verb === 'hand_over')
        reports.set(`shipping ${attemptId}`, { ...report, kind: 'shipping', wanted: 1 })
    }
  }
  return [...reports.values()]
}
