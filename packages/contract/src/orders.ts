import { Type } from 'typebox'
import { CAMPAIGN_ERRORS, CampaignClaim } from './campaign-kinds.ts'
import {
  ByOrder,
  CouponIds,
  Cursor,
  Fen,
  Instant,
  Limit,
  Maybe,
  OneOf,
  Page,
  Picture,
  StoreId,
  Strict,
  Text,
  UsePoints,
  Uuid,
} from './parts.ts'
import { OrderPresale } from './order-presale.ts'
import { Discount, Fulfilment, OrderLines, PRICING_ERRORS, UseStoredValue } from './pricing.ts'
import { Tender } from './payments.ts'
import { defineRoutes } from './route.ts'
import { LineWeight } from './weighing.ts'

/** How far an order has come; payment and refund are axes of their own. */
export const ORDER_STATES = [
  'PENDING_PAY',
  /** Paid, and the group that it is a seat of is not full yet: nothing is packed. */
  'WAIT_GROUP',
  'WAIT_BALANCE',
  'WAIT_GOODS',
  'PAID',
  'READY',
  'COMPLETED',
  'CANCELLED',
  'CLOSED_REFUND',
] as const
export const PAY_STATES = ['UNPAID', 'DEPOSIT', 'PAID'] as const
export const REFUND_STATES = ['NONE', 'PENDING', 'PARTIAL', 'FULL', 'FAILED'] as const
export const OrderState = OneOf(ORDER_STATES)
export const PayState = OneOf(PAY_STATES)
export const RefundState = OneOf(REFUND_STATES)

/** What the store should do when a picked line turns out short. */
export const SHORTAGE_CHOICES = ['refund', 'substitute', 'call'] as const

export const OrderLine = Type.Object({
  lineNo: Type.Integer(),
  skuId: Uuid,
  productId: Uuid,
  name: Type.String(),
  unit: Type.String(),
  barcode: Type.String(),
  shelf: Maybe(Type.String()),
  picture: Maybe(Picture),
  quantity: Type.Integer(),
  unitFen: Fen,
  amountFen: Fen,
  discounts: Type.Array(Discount),
  payFen: Fen,
  /** Pieces that are not in the bag any more: refunded while the order waited. */
  withdrawnQuantity: Type.Integer(),
  refundedQuantity: Type.Integer(),
  refundedFen: Fen,
  /** What goes back of it as its group came to a lower price; no piece comes back with it. */
  groupBackFen: Fen,
  /** Of a line that is sold by weight and has pieces in the bag. */
  weight: Maybe(LineWeight),
  /** What paying for the line earns. */
  earnedPoints: Type.Integer(),
  /** What is in a bundle, as it was when it was ordered; empty for other goods. */
  components: Type.Array(
    Type.Object({
      skuId: Uuid,
      name: Type.String(),
      unit: Type.String(),
      barcode: Type.String(),
      shelf: Maybe(Type.String()),
      picture: Maybe(Picture),
      /** Pieces in one bundle. */
      quantity: Type.Integer(),
      /** Its part of what was paid for the line. */
      payFen: Fen,
    }),
  ),
})
export const OrderEvent = Type.Object({
  verb: Type.String(),
  from: Maybe(Type.String()),
  to: Type.String(),
  at: Instant,
  by: Type.String(),
})

/** Where a coupon of an order is: with it, back with the member, or over. */
export const COUPON_PLACES = ['with_order', 'back', 'over'] as const
export const OrderCoupon = Type.Object({
  id: Uuid,
  label: Type.String(),
  where: OneOf(COUPON_PLACES),
  expiresAt: Instant,
})

/** A coupon that a whole refund brings back: until when it is then good, or null if it has expired. */
export const CouponBack = Type.Object({ id: Uuid, label: Type.String(), expiresAt: Maybe(Instant) })

export const OrderSummary = Type.Object({
  id: Uuid,
  no: Type.String(),
  storeId: StoreId,
  storeName: Type.String(),
  state: OrderState,
  payState: PayState,
  refundState: RefundState,
  fulfilment: Type.Object({ kind: Type.String(), slotStart: Maybe(Instant), slotEnd: Maybe(Instant) }),
  totalFen: Fen,
  /** What of the total stored value pays, or would have paid; the rest is asked of another tender. */
  storedValueFen: Fen,
  refundedFen: Fen,
  pieces: Type.Integer(),
  placedAt: Instant,
  /** To be paid next: the deposit, the balance, or all of it; 0 once nothing is. */
  dueFen: Fen,
  /** When goods that are yet to come are promised for; null: they are in the store. */
  goodsBy: Maybe(Instant),
  /** Unpaid orders are closed then; null once paid or closed. */
  expiresAt: Maybe(Instant),
  pictures: Type.Array(Type.Object({ name: Type.String(), picture: Maybe(Picture) })),
})
export const Order = Type.Object({
  ...OrderSummary.properties,
  goodsFen: Fen,
  discountFen: Fen,
  freightFen: Fen,
  /** What was taken off, summed for each rule, coupon and points. */
  discounts: Type.Array(Discount),
  pointsUsed: Type.Integer(),
  pointsEarned: Type.Integer(),
  /** Coupons that the order took, and where each is now. */
  coupons: Type.Array(OrderCoupon),
  /** Points given back, and earned points taken back: by refunds whose money has arrived, or because it was closed unpaid. */
  pointsBack: Type.Integer(),
  pointsTaken: Type.Integer(),
  lines: Type.Array(OrderLine),
  /** Of goods that are yet to come. */
  presale: Maybe(OrderPresale),
  remark: Type.String(),
  ifShort: OneOf(SHORTAGE_CHOICES),
  /** What it was paid with, first paid first, and what of each is back; empty while unpaid, and where there was nothing to pay. */
  tenders: Type.Array(Type.Object({ provider: Tender, paidFen: Fen, refundedFen: Fen })),
  paidAt: Maybe(Instant),
  completedAt: Maybe(Instant),
  cancelledAt: Maybe(Instant),
  cancelReason: Maybe(Type.String()),
  events: Type.Array(OrderEvent),
})

export const PlaceOrder = Strict({
  idempotencyKey: Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9._:-]+$' }),
  storeId: StoreId,
  fulfilment: Fulfilment,
  lines: OrderLines,
  /** Each of them must act: what `couponIds` of a quote says. */
  couponIds: Type.Optional(CouponIds),
  /** Exactly so many: what `pointsUsed` of a quote says. */
  usePoints: Type.Optional(UsePoints),
  /** Exactly so many fen of the total: what `storedValue.usedFen` of a quote says. The order is paid at once when nothing is left. */
  useStoredValue: Type.Optional(UseStoredValue),
  /** Of this campaign: at its price, out of what is kept for it, in its time to pay. */
  campaign: Type.Optional(CampaignClaim),
  /** The total that the shopper saw; another price refuses the order instead of surprising them. */
  expectFen: Type.Optional(Fen),
  remark: Type.Optional(Text(120)),
  ifShort: Type.Optional(OneOf(SHORTAGE_CHOICES)),
})

export const orderRoutes = defineRoutes({
  'POST /v1/orders': {
    summary: 'Place an order. Safe to repeat with the same key: the first answer comes back',
    access: 'member',
    body: PlaceOrder,
    ok: Type.Object({
      id: Uuid,
      no: Type.String(),
      state: OrderState,
      totalFen: Fen,
      expiresAt: Maybe(Instant),
    }),
    status: 201,
    errors: [
      ...PRICING_ERRORS,
      ...CAMPAIGN_ERRORS,
      'inventory.stock_short',
      'orders.price_changed',
      'orders.key_reused',
      'orders.desk_full',
      'stored_value.off',
      'stored_value.short',
      'stores.closed',
      'fulfilment.slot_required',
      'fulfilment.slot_full',
      'fulfilment.slot_invalid',
    ],
  },
  'GET /v1/orders': {
    summary: 'My orders, newest first',
    access: 'member',
    query: Strict({ state: Type.Optional(OrderState), cursor: Cursor, limit: Limit }),
    ok: Page(OrderSummary),
    errors: ['orders.cursor_invalid'],
  },
  'GET /v1/orders/:orderId': {
    summary: 'One of my orders',
    access: 'member',
    params: ByOrder,
    ok: Order,
    errors: ['orders.missing'],
  },
  'POST /v1/orders/:orderId/cancellation': {
    summary:
      'Cancel an order that is not paid yet, give up a seat of a group, or take one back whose goods are yet to come',
    access: 'member',
    params: ByOrder,
    body: Strict({ reason: Type.Optional(Text(60)) }),
    ok: Order,
    errors: [
      'orders.missing',
      'orders.not_cancellable',
      'orders.not_refundable',
      'orders.desk_full',
      'payments.already_paid',
      'payments.unavailable',
    ],
  },
})
