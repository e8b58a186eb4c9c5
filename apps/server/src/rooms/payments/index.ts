/**
 * Payments owns the attempts to pay an order, the inbox of what WeChat Pay told us, refunds, and the alarms that need a person.
 * It promises: one open attempt per order; nothing is believed that WeChat did not sign; money that arrived is never ignored; a refund is always
 * asked for under the same number; an unclear answer is asked about again, never guessed.
 * It tells others (through `connect`): money arrived; a refund ended.
 *
 * For `orders`: 'POST /v1/orders/:orderId/payments' and 'GET /v1/orders/:orderId/payment' are yours to mount (`paymentRoutes`), because only you know
 * the order; they call `open` and `check`. Before a cancellation is submitted to the desk: `settle`. On the desk: lock the order, then `lockAttempts`;
 * an attempt still OPENING or OPEN refuses the cancellation (somebody opened a payment in between: settle again).
 */
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import type { PaymentsDesk } from './desk.sql.ts'
import type { OpenedPayment, PayableOrder, PaymentEvents, Settled } from './facts.ts'
import type { OrderMoney } from './views.sql.ts'

export type * from './facts.ts'
export type { PaymentsDesk } from './desk.sql.ts'
export type { OrderMoney } from './views.sql.ts'
export { refundCounts, refundMayMove, type RefundState } from './refund-states.ts'

export interface Payments {
  /** Opens a payment, or gives back the open one with a fresh signature. Refuses payments.not_payable, already_paid, unavailable. */
  open(order: PayableOrder): Promise<OpenedPayment>
  /** Query, close, and query again: what is left of the order's open payment. Never inside a transaction: it calls WeChat. */
  settle(orderId: string): Promise<Settled>
  /** Asks WeChat about the order's open payment unless that was done a moment ago. Returns when the answer is from. */
  check(orderId: string): Promise<Date>
  /** Attempts and refunds of an order, oldest first, as the console shows them. */
  ofOrder(orderId: string): Promise<OrderMoney>
  connect(events: PaymentEvents): void
  desk: PaymentsDesk
  routes(http: Http): void
  sweeps: Sweep[]
}
