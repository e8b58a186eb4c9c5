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

/** Those that a shopper pays over the net. */
export const Provider = OneOf(['wechat', 'alipay'] as const)
const Opened = { attemptId: Uuid, outTradeNo: Type.String(), amountFen: Fen }

/** The shop's page for paying, `?id=` the order and `from=alipay` on the way back from Alipay: both sides must mean the same. */
export const PAY_PAGE = '/packages/order/pay/index'

export const paymentProviderRoutes = defineRoutes({
  'GET /v1/payment-providers': {
    summary:
      'Which ways of paying this shop offers. Inside WeChat only WeChat Pay works, whatever stands here',
    access: 'public',
    ok: Type.Object({ items: Type.Array(Provider) }),
    errors: [],
  },
})

export const paymentRoutes = defineRoutes({
  'POST /v1/orders/:orderId/payments': {
    summary:
      'Open a payment, or give back the one already open. wechat: what wx.requestPayment takes. alipay: the address to send the browser to',
    access: 'member',
    params: ByOrder,
    body: Strict({ provider: Provider }),
    ok: Type.Union([
      Type.Object({
        provider: Type.Literal('wechat'),
        ...Opened,
        prepayId: Type.String(),
        params: Type.Object({
          appId: Type.String(),
          timeStamp: Type.String(),
          nonceStr: Type.String(),
          package: Type.String(),
          signType: Type.Literal('RSA'),
          paySign: Type.String(),
        }),
      }),
      Type.Object({ provider: Type.Literal('alipay'), ...Opened, payUrl: Type.String() }),
    ]),
    status: 201,
    errors: [
      'orders.missing',
      'payments.not_payable',
      'payments.balance_not_yet',
      'payments.unavailable',
      'payments.already_paid',
      'payments.provider_off',
      'orders.desk_full',
    ],
  },
  'GET /v1/orders/:orderId/payment': {
    summary: 'Is it paid? Asks the provider when the notification has not come yet',
    access: 'member',
    params: ByOrder,
    ok: Type.Object({
      state: OneOf(['UNPAID', 'DEPOSIT', 'PAID', 'REFUNDED'] as const),
      orderState: Type.String(),
      checkedAt: Instant,
    }),
    errors: ['orders.missing', 'orders.desk_full'],
  },
})

/** `orders.desk_full`: nothing is booked yet, and whoever tells us comes again. */
const HOOK_ERRORS = ['payments.signature_invalid', 'payments.notice_unreadable', 'orders.desk_full'] as const

export const paymentHookRoutes = defineRoutes({
  'POST /hooks/wechat/payments': {
    summary: 'WeChat Pay: payment notification',
    access: 'hook',
    body: Type.Unknown(),
    ok: Nothing,
    status: 204,
    errors: HOOK_ERRORS,
  },
  'POST /hooks/alipay/payments': {
    summary:
      'Alipay: notification of a payment or a refund, a signed form. The answer is the bare word success',
    access: 'hook',
    body: Type.Unknown(),
    ok: Type.Literal('success'),
    errors: [...HOOK_ERRORS, 'payments.provider_off'],
  },
  'POST /hooks/wechat/refunds': {
    summary: 'WeChat Pay: refund notification',
    access: 'hook',
    body: Type.Unknown(),
    ok: Nothing,
    status: 204,
    errors: HOOK_ERRORS,
  },
  'POST /hooks/wechat/transfers': {
    summary: 'WeChat Pay: a transfer to a person ended',
    access: 'hook',
    body: Type.Unknown(),
    ok: Nothing,
    status: 204,
    errors: HOOK_ERRORS,
  },
})

export const REPORT_KINDS = ['shipping', 'card', 'delay'] as const

/** Where the money of a refund goes that could not reach the shopper's account. */
export const REDIRECTIONS = ['user_card', 'merchant_account'] as const
/** Banks whose debit cards WeChat Pay can send such a refund to. */
export const REFUND_BANKS = [
  'ICBC_DEBIT',
  'ABC_DEBIT',
  'BOC_DEBIT',
  'CCB_DEBIT',
  'COMM_DEBIT',
  'PSBC_DEBIT',
  'CMB_DEBIT',
  'CITIC_DEBIT',
  'CEB_DEBIT',
  'CMBC_DEBIT',
  'SPDB_DEBIT',
  'CIB_DEBIT',
  'GDB_DEBIT',
  'PAB_DEBIT',
  'NBCB_DEBIT',
] as const

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
    'report_failed',
    'transfer_stuck',
  ] as const),
  detail: Type.String(),
  orderId: Maybe(Uuid),
  orderNo: Maybe(Type.String()),
  at: Instant,
  resolvedAt: Maybe(Instant),
  resolution: Maybe(Type.String()),
  owner: Maybe(Type.Object({ account: Type.String(), name: Type.String(), mine: Type.Boolean() })),
  /** The refund it is about, as it stands now. */
  refund: Maybe(
    Type.Object({
      id: Uuid,
      outRefundNo: Type.String(),
      amountFen: Fen,
      state: OneOf(['PENDING', 'PROCESSING', 'SUCCESS', 'ABNORMAL', 'CLOSED', 'FAILED'] as const),
      trouble: Maybe(Type.String()),
      redirectedTo: Maybe(OneOf(REDIRECTIONS)),
      redirectedAt: Maybe(Instant),
    }),
  ),
  /** What the caller may do about its refund now. */
  deeds: Type.Array(OneOf(['send', 'redirect'] as const)),
})
export const PaymentAlarmDetail = Type.Object({
  alarm: PaymentAlarm,
  /** Who did what about it, oldest first. */
  events: Type.Array(
    Type.Object({
      verb: Type.String(),
      by: Type.String(),
      byName: Maybe(Type.String({ description: 'of a staff member' })),
      at: Instant,
      note: Maybe(Type.String()),
    }),
  ),
})

const ByAlarm = Strict({ alarmId: Uuid })
const READ = { access: 'console', permission: 'payments.read' } as const
const REDIRECTION_ERRORS = [
  'payments.alarm_missing',
  'payments.alarm_closed',
  'payments.not_yours',
  'payments.refund_not_abnormal',
  'payments.redirection_refused',
  'payments.redirection_unclear',
] as const
const RESOLVE = { access: 'console', permission: 'payments.resolve' } as const

export const consolePaymentRoutes = defineRoutes({
  'GET /console/v1/payment-alarms': {
    summary: 'Payments and refunds that need a person',
    ...READ,
    query: Strict({
      open: Type.Optional(Type.Boolean()),
      mine: Type.Optional(Type.Boolean({ description: 'only what the caller looks after' })),
      page: PageNo,
      limit: Limit,
    }),
    ok: TablePage(PaymentAlarm),
    errors: [],
  },
  'GET /console/v1/payment-alarms/:alarmId': {
    summary: 'One alarm with its history',
    ...READ,
    params: ByAlarm,
    ok: PaymentAlarmDetail,
    errors: ['payments.alarm_missing'],
  },
  'POST /console/v1/payment-alarms/:alarmId/assignment': {
    summary: 'Take an alarm on (from whoever has it), or let go of one’s own',
    ...RESOLVE,
    params: ByAlarm,
    body: Strict({ mine: Type.Boolean() }),
    ok: PaymentAlarmDetail,
    errors: ['payments.alarm_missing', 'payments.alarm_closed', 'payments.not_yours'],
  },
  'POST /console/v1/payment-alarms/:alarmId/notes': {
    summary: 'Add a sentence to the history of an alarm',
    ...RESOLVE,
    params: ByAlarm,
    body: Strict({ note: Line(200) }),
    ok: PaymentAlarmDetail,
    errors: ['payments.alarm_missing'],
  },
  'POST /console/v1/payment-alarms/:alarmId/sending': {
    summary:
      'Send the refund of an alarm again at once, under the same number; of one that WeChat has, ask what became of it. Safe to repeat',
    ...RESOLVE,
    params: ByAlarm,
    ok: PaymentAlarmDetail,
    errors: [
      'payments.alarm_missing',
      'payments.alarm_closed',
      'payments.not_yours',
      'payments.refund_not_waiting',
    ],
  },
  'POST /console/v1/payment-alarms/:alarmId/card-redirection': {
    summary:
      'Send an abnormal refund on to a debit card of the shopper. Card and name go to WeChat Pay sealed, and are kept nowhere',
    ...RESOLVE,
    params: ByAlarm,
    body: Strict({
      bankType: OneOf(REFUND_BANKS),
      bankAccount: Type.String({ pattern: '^[0-9]{12,22}$', description: 'number of the debit card' }),
      realName: Line(40),
    }),
    ok: PaymentAlarmDetail,
    errors: REDIRECTION_ERRORS,
  },
  'POST /console/v1/payment-alarms/:alarmId/account-redirection': {
    summary:
      'Take an abnormal refund back to the merchant’s own account; the shopper has to be paid in another way',
    ...RESOLVE,
    params: ByAlarm,
    ok: PaymentAlarmDetail,
    errors: REDIRECTION_ERRORS,
  },
  'POST /console/v1/payment-attempts/:attemptId/reports/:kind': {
    summary: 'Tell WeChat again, from the first try, what became of the goods of a payment. Safe to repeat',
    ...RESOLVE,
    params: Strict({ attemptId: Uuid, kind: OneOf(REPORT_KINDS) }),
    ok: Type.Object({ state: Type.Literal('PENDING') }),
    status: 202,
    errors: ['payments.report_missing', 'staff.out_of_scope'],
  },
  'POST /console/v1/payment-alarms/:alarmId/resolution': {
    summary: 'Say how an alarm was dealt with; it becomes yours when it was nobody’s',
    ...RESOLVE,
    params: ByAlarm,
    body: Strict({ note: Line(200) }),
    ok: PaymentAlarmDetail,
    errors: ['payments.alarm_missing', 'payments.alarm_closed', 'payments.not_yours'],
  },
})
