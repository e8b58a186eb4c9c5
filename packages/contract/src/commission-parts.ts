import { Type } from 'typebox'
import { Fen, Instant, Line, Maybe, OneOf, Strict, Uuid } from './parts.ts'

export const BIND_MODES = ['first', 'latest'] as const
export const TAX_RULES = ['none', 'labour'] as const
export const APPLICATION_STATES = ['APPLIED', 'APPROVED', 'REFUSED'] as const
export const COMMISSION_STATES = ['PENDING', 'FROZEN', 'AVAILABLE', 'BACK'] as const
export const WITHDRAWAL_STATES = [
  'REQUESTED',
  'SENDING',
  'WAIT_CONFIRM',
  'CANCELLING',
  'PAID',
  'CANCELLED',
] as const
export const COMMISSION_REASONS = [
  'earn',
  'collect',
  'free',
  'refund',
  'guide',
  'guide_back',
  'withdraw',
  'withdraw_back',
  'withdrawn',
  'wages',
] as const

export const Month = Type.String({
  pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])$',
  description: 'YYYY-MM, Asia/Shanghai',
})
export const Key = Type.String({
  pattern: '^[A-Za-z0-9]{12}$',
  description: 'what a promoter’s link carries',
})
const Signed = Type.Integer({ description: 'integer fen; may be negative' })
export const IdempotencyKey = Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' })
export const LevelCode = Type.String({ pattern: '^[a-z0-9]{1,12}$' })

export const CommissionLevel = Strict({
  code: LevelCode,
  name: Line(12),
  rateBp: Type.Integer({ minimum: 1, maximum: 3000, description: 'of what stays paid, in basis points' }),
  upperBp: Type.Integer({ minimum: 0, maximum: 2000, description: 'for whoever invited; needs depth 2' }),
})
export const commissionTerms = {
  active: Type.Boolean(),
  depth: Type.Integer({ minimum: 1, maximum: 2, description: 'never more' }),
  bindMode: OneOf(BIND_MODES),
  bindDays: Type.Integer({ minimum: 1, maximum: 365 }),
  selfReward: Type.Boolean(),
  holdDays: Type.Integer({ minimum: 7, maximum: 60 }),
  levels: Type.Array(CommissionLevel, { minItems: 1, maxItems: 5 }),
  leastFen: Type.Integer({ minimum: 10, maximum: 100_000 }),
  dailyFen: Type.Integer({ minimum: 10, maximum: 2_000_000 }),
  tax: OneOf(TAX_RULES),
  taxNote: Line(200),
}
export const CommissionTerms = Type.Object({
  id: Type.String(),
  ...commissionTerms,
  since: Instant,
  by: Type.String(),
})
/** What a promoter reads of the terms. */
export const PublicTerms = Type.Object({
  active: Type.Boolean(),
  depth: Type.Integer(),
  bindMode: OneOf(BIND_MODES),
  bindDays: Type.Integer(),
  selfReward: Type.Boolean(),
  holdDays: Type.Integer(),
  levels: Type.Array(CommissionLevel),
  leastFen: Fen,
  dailyFen: Fen,
  tax: OneOf(TAX_RULES),
})

const Sums = {
  pendingFen: Fen,
  frozenFen: Fen,
  availableFen: Type.Integer({ description: 'may be negative: later earnings make up for it' }),
  withdrawingFen: Fen,
  paidFen: Fen,
}
export const CommissionSums = Type.Object(Sums)

/** One share of one order line, as it was when the order was placed, and what is left of it. */
export const CommissionShare = Type.Object({
  orderId: Uuid,
  orderTail: Type.String(),
  lineNo: Type.Integer(),
  depth: Type.Integer(),
  buyer: Type.String({ description: 'masked' }),
  placedAt: Instant,
  state: OneOf(COMMISSION_STATES),
  freeAt: Maybe(Instant),
  level: Type.String(),
  rateBp: Type.Integer(),
  baseFen: Fen,
  amountFen: Fen,
  leftFen: Fen,
})
/** One row of the ledger, with what explains it. */
export const CommissionPosting = Type.Object({
  id: Type.String(),
  at: Instant,
  reason: OneOf(COMMISSION_REASONS),
  pendingFen: Signed,
  frozenFen: Signed,
  availableFen: Signed,
  withdrawingFen: Signed,
  paidFen: Signed,
  share: Maybe(
    Type.Object({
      orderTail: Type.String(),
      lineNo: Type.Integer(),
      depth: Type.Integer(),
      rateBp: Type.Integer(),
      baseFen: Fen,
      keptFen: Maybe(Fen),
    }),
  ),
  withdrawal: Maybe(Type.Object({ amountFen: Fen, taxFen: Fen, netFen: Fen, trouble: Maybe(Type.String()) })),
  note: Maybe(Type.String()),
})
/** What is owed is what may be withdrawn and what is on its way: it opens and closes a month, and the rows between explain it. */
export const CommissionStatement = Type.Object({
  month: Month,
  openingFen: Signed,
  earnedFen: Signed,
  takenBackFen: Signed,
  paidFen: Signed,
  closingFen: Signed,
  items: Type.Array(CommissionPosting),
  isWhole: Type.Boolean({ description: 'false: more rows than are shown' }),
})
export const Withdrawal = Type.Object({
  id: Uuid,
  outBillNo: Type.String(),
  amountFen: Fen,
  taxFen: Fen,
  netFen: Fen,
  state: OneOf(WITHDRAWAL_STATES),
  trouble: Maybe(Type.String()),
  requestedAt: Instant,
  expiresAt: Maybe(Instant),
  doneAt: Maybe(Instant),
})
/** What `wx.requestMerchantTransfer` takes. */
const Confirming = Type.Object({ mchId: Type.String(), appId: Type.String(), package: Type.String() })
export const WithdrawalToConfirm = Type.Object({ withdrawal: Withdrawal, confirm: Maybe(Confirming) })
