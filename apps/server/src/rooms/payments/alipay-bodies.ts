import { Type, type Static } from 'typebox'

// Only what we rely on. Amounts are yuan in decimals, instants are Beijing's wall clock.
export const TradeReply = Type.Object({
  out_trade_no: Type.String(),
  trade_no: Type.String({ minLength: 1, maxLength: 64 }),
  trade_status: Type.String(),
  total_amount: Type.String(),
  /** There once it was paid, also after it was given back. */
  send_pay_date: Type.Optional(Type.String()),
})
export type TradeReply = Static<typeof TradeReply>

/** Says that it was taken on, and how much was given back of the trade in all: never how much by this number. */
export const RefundReply = Type.Object({ out_trade_no: Type.String() })

/** Without `refund_status` there is no such refund, or it did not go well. */
export const RefundThere = Type.Object({
  out_trade_no: Type.Optional(Type.String()),
  out_request_no: Type.Optional(Type.String()),
  total_amount: Type.Optional(Type.String()),
  refund_amount: Type.Optional(Type.String()),
  refund_status: Type.Optional(Type.String()),
})

/** Lives for thirty seconds. */
export const BillReply = Type.Object({ bill_download_url: Type.String({ minLength: 1, maxLength: 2048 }) })

/** One kind of form tells of payments, of refunds and of closed trades. */
export const TradeNotice = Type.Object({
  notify_id: Type.String({ minLength: 1, maxLength: 128 }),
  notify_type: Type.String({ minLength: 1, maxLength: 100 }),
  app_id: Type.String(),
  seller_id: Type.String(),
  out_trade_no: Type.String({ minLength: 1, maxLength: 64 }),
  trade_no: Type.String({ minLength: 1, maxLength: 64 }),
  trade_status: Type.String(),
  total_amount: Type.String(),
  gmt_payment: Type.Optional(Type.String()),
  refund_fee: Type.Optional(Type.String()),
  gmt_refund: Type.Optional(Type.String()),
  out_biz_no: Type.Optional(Type.String({ maxLength: 64 })),
})
export type TradeNotice = Static<typeof TradeNotice>
