import { Type, type Static } from 'typebox'

// Only what we rely on. WeChat adds fields and enum values when it likes; both must pass.
export const Trade = Type.Object({
  appid: Type.String(),
  mchid: Type.String(),
  out_trade_no: Type.String(),
  trade_state: Type.String(),
  transaction_id: Type.Optional(Type.String()),
  success_time: Type.Optional(Type.String()),
  payer: Type.Optional(Type.Object({ openid: Type.Optional(Type.String()) })),
  amount: Type.Optional(
    Type.Object({ total: Type.Optional(Type.Integer()), currency: Type.Optional(Type.String()) }),
  ),
})
export type Trade = Static<typeof Trade>

/** A refund as the API shows it. */
export const RefundReply = Type.Object({
  refund_id: Type.String(),
  out_refund_no: Type.String(),
  out_trade_no: Type.String(),
  status: Type.String(),
  amount: Type.Object({ total: Type.Integer(), refund: Type.Integer() }),
})
export type RefundReply = Static<typeof RefundReply>

/** A refund as a notification tells of it: `refund_status` where the API says `status`. */
export const RefundTold = Type.Object({
  mchid: Type.String(),
  refund_id: Type.String(),
  out_refund_no: Type.String(),
  out_trade_no: Type.String(),
  refund_status: Type.String(),
  amount: Type.Object({ total: Type.Integer(), refund: Type.Integer() }),
})

export const Envelope = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 100 }),
  event_type: Type.String({ minLength: 1, maxLength: 100 }),
  resource: Type.Object({
    algorithm: Type.String(),
    ciphertext: Type.String(),
    nonce: Type.String(),
    associated_data: Type.Optional(Type.String()),
  }),
})
export type Envelope = Static<typeof Envelope>
/** Where a bill can be fetched, and the hash of its text before it was zipped. */
export const BillOffer = Type.Object({
  hash_type: Type.Literal('SHA1'),
  hash_value: Type.String({ pattern: '^[0-9a-fA-F]{40}$' }),
  download_url: Type.String({ maxLength: 2048 }),
})
export const Prepay = Type.Object({ prepay_id: Type.String({ minLength: 1, maxLength: 100 }) })

/** A transfer that was asked for. `package_info` comes while the receiver has to confirm. */
export const TransferMade = Type.Object({
  out_bill_no: Type.String(),
  transfer_bill_no: Type.String({ minLength: 1, maxLength: 64 }),
  state: Type.String(),
  package_info: Type.Optional(Type.String({ maxLength: 2048 })),
})
/** A transfer as queries and notifications tell of it. Some texts write `mch_id`, some `mchid`. */
export const TransferBill = Type.Object({
  mchid: Type.Optional(Type.String()),
  mch_id: Type.Optional(Type.String()),
  out_bill_no: Type.String(),
  transfer_bill_no: Type.Optional(Type.String()),
  state: Type.String(),
  transfer_amount: Type.Integer(),
  openid: Type.Optional(Type.String()),
  fail_reason: Type.Optional(Type.String()),
})
export type TransferBill = Static<typeof TransferBill>
