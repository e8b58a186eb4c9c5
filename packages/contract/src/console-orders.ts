import { Type } from 'typebox'
import {
  ByOrder,
  Fen,
  Instant,
  Limit,
  Line,
  Maybe,
  OneOf,
  PageNo,
  StoreId,
  Strict,
  TablePage,
  Text,
  Uuid,
} from './parts.ts'
import { CouponBack, Order, OrderState, OrderSummary, RefundState } from './orders.ts'
import { Discount, FUNDINGS } from './pricing.ts'
import { RefundParts, REPORT_KINDS, Tender } from './payments.ts'
import { defineRoutes } from './route.ts'
import { WEIGH_ERRORS, WeighInput } from './weighing.ts'

/** Nobody in the console needs a shopper's whole name; it can still be searched for. */
const MaskedName = Type.String({ description: 'nickname with its middle hidden' })

export const ConsoleOrderRow = Type.Object({
  ...OrderSummary.properties,
  memberName: MaskedName,
  phoneTail: Maybe(Type.String()),
})
export const PaymentAttempt = Type.Object({
  id: Uuid,
  outTradeNo: Type.String(),
  provider: Tender,
  state: Type.String(),
  amountFen: Fen,
  transactionId: Maybe(Type.String()),
  createdAt: Instant,
  paidAt: Maybe(Instant),
  trouble: Maybe(Type.String()),
  /** Its money is frozen at WeChat, so that others can have a part of it. */
  profitSharing: Type.Boolean(),
  /** What WeChat was told of the goods: that they were handed over (`shipping`), and how the shopper's card stands. None: nothing to tell yet. */
  reports: Type.Array(
    Type.Object({
      kind: OneOf(REPORT_KINDS),
      state: OneOf(['PENDING', 'UPLOADED', 'FAILED'] as const),
      trouble: Maybe(Type.String({ description: 'errcode of WeChat, NO_ANSWER, or OFF' })),
      doneAt: Maybe(Instant),
    }),
  ),
})
export const RefundLine = Type.Object({
  lineNo: Type.Integer(),
  quantity: Type.Integer(),
  amountFen: Fen,
  /** Points spent on it that come back. */
  pointsBack: Type.Integer(),
  /** Points earned by it that are taken back. */
  pointsTaken: Type.Integer(),
})
export const Refund = Type.Object({
  id: Uuid,
  outRefundNo: Type.String(),
  attemptId: Uuid,
  provider: Tender,
  amountFen: Fen,
  reason: Type.String(),
  state: OneOf(['PENDING', 'PROCESSING', 'SUCCESS', 'ABNORMAL', 'CLOSED', 'FAILED'] as const),
  cause: OneOf(['order', 'weighing', 'group_price', 'late_payment', 'double_payment'] as const),
  lines: Type.Array(RefundLine),
  createdAt: Instant,
  doneAt: Maybe(Instant),
  trouble: Maybe(Type.String()),
  /** Where a person sent it when it could not reach the shopper's account. */
  redirectedTo: Maybe(OneOf(['user_card', 'merchant_account'] as const)),
})
export const ConsoleOrder = Type.Object({
  ...Order.properties,
  /** As a shopper reads them, with who bears each. */
  discounts: Type.Array(Type.Object({ ...Discount.properties, funding: OneOf(FUNDINGS) })),
  memberId: Uuid,
  memberName: MaskedName,
  phoneTail: Maybe(Type.String()),
  payments: Type.Array(PaymentAttempt),
  refunds: Type.Array(Refund),
  pickup: Maybe(
    Type.Object({ readyAt: Maybe(Instant), handedAt: Maybe(Instant), handedBy: Maybe(Type.String()) }),
  ),
  /** What a whole refund would give back now; null when nothing can be refunded. */
  refundableFen: Maybe(Fen),
  /** How many pieces of each line a refund could still take. */
  refundable: Type.Array(Type.Object({ lineNo: Type.Integer(), quantity: Type.Integer() })),
  /** Money of refunds that did not arrive and that no piece brings back; refund the lines with quantity 0 to send it again. */
  owedFen: Fen,
})
const WantedLines = Type.Array(
  Strict({
    lineNo: Type.Integer({ minimum: 1, maximum: 1000 }),
    quantity: Type.Integer({
      minimum: 0,
      maximum: 999,
      description: '0: only what of it did not arrive, for pieces given back before or for its weight',
    }),
  }),
  { minItems: 1, maxItems: 100 },
)

/** What a refund would give back, to the fen. */
export const RefundQuote = Type.Object({
  amountFen: Fen,
  lines: Type.Array(RefundLine),
  /** Nothing is left to refund after it, and the order closes. */
  whole: Type.Boolean(),
  /** What the shopper will have paid in the end. */
  keptFen: Fen,
  parts: RefundParts,
  pointsBack: Type.Integer(),
  pointsTaken: Type.Integer(),
  /** Coupons that come back with it. */
  coupons: Type.Array(CouponBack),
})

export const consoleOrderRoutes = defineRoutes({
  'GET /console/v1/orders': {
    summary: 'Orders within my scope, newest first',
    access: 'console',
    permission: 'orders.read',
    query: Strict({
      storeId: Type.Optional(StoreId),
      state: Type.Optional(OrderState),
      refundState: Type.Optional(RefundState),
      q: Type.Optional(Text(40)),
      from: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' })),
      to: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' })),
      page: PageNo,
      limit: Limit,
    }),
    ok: Type.Object({
      ...TablePage(ConsoleOrderRow).properties,
      counts: Type.Record(Type.String(), Type.Integer(), {
        description: 'rows per state under the other filters',
      }),
      paidFen: Fen,
    }),
    errors: ['staff.out_of_scope', 'request.invalid'],
  },
  'GET /console/v1/orders/:orderId': {
    summary: 'One order with payments, refunds and history',
    access: 'console',
    permission: 'orders.read',
    params: ByOrder,
    ok: ConsoleOrder,
    errors: ['orders.missing'],
  },
  'POST /console/v1/orders/:orderId/cancellation': {
    summary: 'Cancel an unpaid order for a shopper',
    access: 'console',
    permission: 'orders.cancel',
    params: ByOrder,
    body: Strict({ reason: Line(60) }),
    ok: ConsoleOrder,
    errors: [
      'orders.missing',
      'orders.not_cancellable',
      'orders.desk_full',
      'payments.already_paid',
      'payments.unavailable',
    ],
  },
  'POST /console/v1/orders/:orderId/refund-quotes': {
    summary: 'What refunding these pieces (or all that is left) would give back, to the fen; changes nothing',
    access: 'console',
    permission: 'orders.refund',
    params: ByOrder,
    body: Strict({ lines: Type.Optional(WantedLines), ourFault: Type.Optional(Type.Boolean()) }),
    ok: RefundQuote,
    errors: ['orders.missing', 'orders.not_refundable', 'orders.refund_too_many'],
  },
  'POST /console/v1/orders/:orderId/refunds': {
    summary:
      'Refund pieces of a paid order, or all that is left; the last piece closes it. Stock that was not handed over returns to the shelf',
    access: 'console',
    permission: 'orders.refund',
    params: ByOrder,
    body: Strict({
      idempotencyKey: Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9._:-]+$' }),
      lines: Type.Optional(WantedLines),
      expectFen: Fen,
      reason: Line(60),
      /** The store's doing (goods missing, spoiled, wrong): coupons that come back live three days more at least. */
      ourFault: Type.Optional(Type.Boolean()),
    }),
    ok: ConsoleOrder,
    status: 202,
    errors: [
      'orders.missing',
      'orders.not_refundable',
      'orders.refund_too_many',
      'orders.waits_for_group',
      'orders.price_changed',
      'orders.key_reused',
      'orders.desk_full',
    ],
  },
  'POST /console/v1/orders/:orderId/weights': {
    summary: 'What the scales say of weighed lines; may be corrected until the bag is handed over',
    access: 'console',
    permission: 'handovers.write',
    params: ByOrder,
    body: WeighInput,
    ok: ConsoleOrder,
    errors: WEIGH_ERRORS,
  },
  'GET /console/v1/orders-live': {
    summary: 'New and changed orders as server-sent events',
    access: 'console',
    permission: 'orders.read',
    stream: true,
    ok: Type.Unknown(),
    errors: [],
  },
})
