import { Type } from 'typebox'
import {
  ByOrder,
  Fen,
  Instant,
  Line,
  Maybe,
  Nothing,
  OneOf,
  PageNo,
  Limit,
  Strict,
  TablePage,
  Uuid,
} from './parts.ts'
import { defineRoutes } from './route.ts'

/** What an order can be paid with. Staff take cash and cards at the counter. */
export const TENDERS = ['wechat', 'alipay', 'stored_value', 'cash', 'card'] as const
export const Tender = OneOf(TENDERS)
/** Where a refund goes, last paid first. What was taken at the counter is handed back there. */
export const RefundParts = Type.Array(Type.Object({ provider: Tender, amountFen: Fen }))

export const paymentRoutes = defineRoutes({
  'POST /v1/orders/:orderId/payments': {
    summary: 'Open a payment, or give back the one already open; the answer is what wx.requestPayment takes',
    access: 'member',
    params: ByOrder,
    body: Strict({ provider: OneOf(['wechat'] as const) }),
    ok: Type.Object({
      attemptId: Uuid,
      outTradeNo: Type.String(),
      prepayId: Type.String(),
      amountFen: Fen,
      params: Type.Object({
        appId: Type.String(),
        timeStamp: Type.String(),
        nonceStr: Type.String(),
        package: Type.String(),
        signType: Type.Literal('RSA'),
        paySign: Type.String(),
      }),
    }),
    status: 201,
    errors: ['orders.missing', 'payments.not_payable', 'payments.unavailable', 'payments.already_paid'],
  },
  'GET /v1/orders/:orderId/payment': {
    summary: 'Is it paid? Asks WeChat when the notification has not come yet',
    access: 'member',
    params: ByOrder,
    ok: Type.Object({
      state: OneOf(['UNPAID', 'PAID', 'REFUNDED'] as const),
      orderState: Type.String(),
      checkedAt: Instant,
    }),
    errors: ['orders.missing'],
  },
})

export const paymentHookRoutes = defineRoutes({
  'POST /hooks/wechat/payments': {
    summary: 'WeChat Pay: payment notification',
    access: 'hook',
    body: Type.Unknown(),
    ok: Nothing,
    status: 204,
    errors: ['payments.signature_invalid', 'payments.notice_unreadable'],
  },
  'POST /hooks/wechat/refunds': {
    summary: 'WeChat Pay: refund notification',
    access: 'hook',
    body: Type.Unknown(),
    ok: Nothing,
    status: 204,
    errors: ['payments.signature_invalid', 'payments.notice_unreadable'],
  },
})

export const PaymentAlarm = Type.Object({
  id: Uuid,
  kind: OneOf([
    'amount_mismatch',
    'merchant_mismatch',
    'unknown_trade',
    'double_payment',
    'late_payment',
    'refund_failed',
    'unreadable',
    'bill_failed',
  ] as const),
  detail: Type.String(),
  orderId: Maybe(Uuid),
  orderNo: Maybe(Type.String()),
  at: Instant,
  resolvedAt: Maybe(Instant),
  resolution: Maybe(Type.String()),
})
export const consolePaymentRoutes = defineRoutes({
  'GET /console/v1/payment-alarms': {
    summary: 'Payments and refunds that need a person',
    access: 'console',
    permission: 'payments.read',
    query: Strict({ open: Type.Optional(Type.Boolean()), page: PageNo, limit: Limit }),
    ok: TablePage(PaymentAlarm),
    errors: [],
  },
  'POST /console/v1/payment-alarms/:alarmId/resolution': {
    summary: 'Say how an alarm was dealt with',
    access: 'console',
    permission: 'payments.resolve',
    params: Strict({ alarmId: Uuid }),
    body: Strict({ note: Line(200) }),
    ok: PaymentAlarm,
    errors: ['payments.alarm_missing', 'payments.alarm_closed'],
  },
})
