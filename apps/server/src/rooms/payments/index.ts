/**
 * Payments owns the attempts to pay an order, the inbox of what providers (WeChat Pay, Alipay) told us, refunds, what WeChat is to be told of the
 * goods, and the alarms that need a person.
 * It promises: one open attempt per order; nothing is believed that its provider did not sign; money that arrived is never ignored; a refund is always
 * asked for under the same number; an unclear answer is asked about again, never guessed.
 * It tells others (through `connect`): money arrived; a refund ended.
 *
 * For `orders`: 'POST /v1/orders/:orderId/payments' and 'GET /v1/orders/:orderId/payment' are yours to mount (`paymentRoutes`), because only you know
 * the order; they call `open` and `check`. Before a cancellation is submitted to the desk: `settle`. On the desk: lock the order, then `lockAttempts`;
 * an attempt still OPENING or OPEN refuses the cancellation (somebody opened a payment in between: settle again).
 */
import type { StaffActor } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import type { Tx } from '#kernel/db'
import { gather } from '#kernel/gather'
import type { Http } from '#kernel/http'
import type { JobTable, Sweep } from '#kernel/jobs'
import { countOpenAlarms } from './alarms.sql.ts'
import { closeAlarm, raise } from './alarms.ts'
import { openPayment } from './attempts.ts'
import { alipayProvider } from './alipay-provider.ts'
import { takeBill, type BillAnswer } from './bills.ts'
import { counterRefundFor, type Waiting, waitingAt } from './counter.ts'
import { confirmRefund, confirmTrade } from './confirming.ts'
import { paymentsDesk, type PaymentsDesk, REFUNDS_JOB } from './desk.sql.ts'
import type {
  BillKind,
  NewAlarm,
  OpenedPayment,
  PayableOrder,
  PaymentEvents,
  ProviderName,
  Settled,
} from './facts.ts'
import type { Provider, Providers } from './provider.ts'
import { workRefunds } from './refunds.ts'
import { workReports } from './reports.ts'
import type { Room } from './room.ts'
import { mountPayments } from './routes.ts'
import { settleOrder } from './settlement.ts'
import {
  paymentsOfOrder,
  refundsOfOrder,
  tendersOfOrders,
  type TenderRow,
  type OrderMoney,
} from './views.sql.ts'
import { createTransfers, type Transfers } from './transfers.ts'
import { checkDue, createChecker } from './watch.ts'
import { realPorts, type Ports } from './trying.ts'
import { createWxpay } from './wxpay-api.ts'
import { createWxpayTransfers } from './wxpay-transfers.ts'
import { wxpayProvider } from './wxpay-provider.ts'

export type { BillAnswer, BillFile } from './bills.ts'
export type * from './facts.ts'
export { atCounter } from './facts.ts'
export type { Waiting as CounterRefund } from './counter.ts'
export type { PaymentsDesk } from './desk.sql.ts'
export type { OrderMoney } from './views.sql.ts'
export { delayOf, STEPS as REPORT_STEPS } from './report-bodies.ts'
export { firstState, refundCounts, refundMayMove, type RefundState } from './refund-states.ts'

/** A provider that gives us bills. */
export interface Billing {
  provider: ProviderName
  /** As a person calls it. */
  label: string
  kinds: readonly BillKind[]
  /** Our number in them. */
  party: string
}

export interface Payments {
  /** Opens a payment, or gives back the open one with a fresh signature. Refuses payments.not_payable, already_paid, unavailable, provider_off. */
  open(order: PayableOrder, provider: ProviderName): Promise<OpenedPayment>
  /** Query, close, and query again: what is left of the order's open payment. Never inside a transaction: it calls the provider. */
  settle(orderId: string): Promise<Settled>
  /** Asks the provider about the order's open payment unless that was done a moment ago. Returns when it was last asked. */
  check(orderId: string): Promise<Date>
  /** Attempts and refunds of an order, oldest first, as the console shows them. */
  ofOrder(orderId: string): Promise<OrderMoney>
  /** What an order was paid with, first paid first, and what of each is back. */
  tendersOf(orderId: string): Promise<TenderRow[]>
  /** Refunds that wait at the counter of this store, oldest first. */
  waitingAtCounter(storeId: string): Promise<Waiting[]>
  /** A refund of money taken at a counter that this person may see; refuses with payments.refund_missing. */
  counterRefund(actor: StaffActor, id: string): Promise<Waiting>
  /** Alarms that wait for a person, by store (null: head office's), for whoever sees these stores. */
  openAlarms(
    scope: readonly string[] | null,
  ): Promise<{ storeId: string | null; count: number; since: Date }[]>
  /** Those who give us bills, and who we are in them. */
  billing: readonly Billing[]
  /** Fetches a bill to a file. Never inside a transaction: it calls the provider. */
  takeBill(provider: ProviderName, kind: BillKind, day: string): Promise<BillAnswer>
  /** A bill names this trade as paid: asks the provider, and books what it signs. */
  confirmTrade(outTradeNo: string): Promise<void>
  /** A bill names this refund as ended: asks the provider, and applies what it signs. */
  confirmRefund(outRefundNo: string): Promise<void>
  /** Puts something about money before a person; once per kind and subject. */
  raiseAlarm(tx: Tx, alarm: Omit<NewAlarm, 'at'>): Promise<void>
  /** Nobody needs to look any more, and why. */
  closeAlarm(tx: Tx, alarm: Pick<NewAlarm, 'kind' | 'subject'>, why: string): Promise<void>
  /** Money to people: commissions. */
  transfers: Transfers
  connect(events: PaymentEvents): void
  desk: PaymentsDesk
  routes(http: Http): void
  sweeps: readonly Sweep[]
  jobs: JobTable
}

/** `ports` is how this room reaches the outside; a test may bring its own. */
export function createPayments(
  ctx: Ctx,
  deps: Pick<Room, 'members' | 'staff'>,
  ports: Ports = realPorts(ctx.clock),
): Payments {
  let connected: PaymentEvents | undefined
  const wxpay = createWxpay(ctx.config.wechat, ctx.config.publicOrigin, ports)
  const alipay = ctx.config.alipay && alipayProvider(ctx, ctx.config.alipay, ports)
  const { told: transferTold, ...transfers } = createTransfers(
    ctx,
    createWxpayTransfers(ctx.config.wechat, ctx.config.publicOrigin, ports),
  )
  const room: Room = {
    ...deps,
    ctx,
    transferTold,
    providers: byName([wxpayProvider(wxpay, ctx, deps.members), ...(alipay ? [alipay] : [])]),
    wxpay,
    events() {
      if (!connected) throw new Error('payments: nobody is connected')
      return connected
    },
  }
  return {
    open: (order, provider) => openPayment(room, order, provider),
    settle: (orderId) => settleOrder(room, orderId),
    check: createChecker(room),
    async ofOrder(orderId) {
      const [payments, refunds] = await Promise.all([
        paymentsOfOrder(ctx.db, orderId),
        refundsOfOrder(ctx.db, orderId),
      ])
      return { payments, refunds }
    },
    tendersOf: gather((ids) => tendersOfOrders(ctx.database.deskPool, ids)),
    waitingAtCounter: (storeId) => waitingAt(room, [storeId]),
    counterRefund: (actor, id) => counterRefundFor(room, actor, id),
    openAlarms: (scope) => countOpenAlarms(ctx.db, scope),
    billing: [...room.providers.values()].map(({ name, label, bills: { kinds, party } }) => ({
      provider: name,
      label,
      kinds,
      party,
    })),
    takeBill: (provider, kind, day) => takeBill(room, provider, kind, day),
    confirmTrade: (outTradeNo) => confirmTrade(room, outTradeNo),
    confirmRefund: (outRefundNo) => confirmRefund(room, outRefundNo),
    raiseAlarm: (tx, alarm) => raise(ctx, tx, alarm),
    closeAlarm: (tx, alarm, why) => closeAlarm(ctx, tx, alarm, why),
    transfers,
    connect(events) {
      connected = events
    },
    desk: paymentsDesk,
    routes: (http) => mountPayments(http, room),
    sweeps: [
      { name: 'payments.check', seconds: 2, run: () => checkDue(room) },
      // New refunds wake the job; this finds those whose next try has come.
      { name: 'payments.refunds', seconds: 10, run: () => workRefunds(room) },
      { name: 'payments.reports', seconds: 5, run: () => workReports(room) },
    ],
    jobs: { [REFUNDS_JOB]: () => workRefunds(room) },
  }
}

const byName = (providers: readonly Provider[]): Providers =>
  new Map(providers.map((provider) => [provider.name, provider]))
