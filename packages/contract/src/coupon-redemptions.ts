import { Type } from 'typebox'
import { CardShown } from './member-cards.ts'
import { MemberAtDesk } from './members.ts'
import {
  CouponIds,
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
  Uuid,
} from './parts.ts'
import { FUNDINGS } from './pricing.ts'
import { defineRoutes } from './route.ts'
import { Barcode, MemberRef, Pieces, Token } from './tills.ts'

const BasketLine = Strict({
  barcode: Barcode,
  quantity: Pieces,
  /** Of goods by weight alone: what the scales say for one piece. All else costs what this store asks. */
  unitFen: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000_000, description: 'integer fen' })),
})
const basket = {
  storeId: StoreId,
  memberRef: MemberRef,
  lines: Type.Array(BasketLine, { minItems: 1, maxItems: 100 }),
}
const priced = {
  lines: Type.Array(
    Type.Object({
      barcode: Type.String(),
      name: Type.String(),
      quantity: Type.Integer(),
      unitFen: Fen,
      payFen: Fen,
      /** Sold by weight: what the scales say is wanted. */
      weighed: Type.Boolean(),
    }),
  ),
  goodsFen: Fen,
  discountFen: Fen,
  payFen: Fen,
  /** Coupons that act. */
  couponIds: Type.Array(Uuid),
}
const wrongBasket = [
  'stores.missing',
  'staff.out_of_scope',
  'tills.member_ref_wrong',
  'tills.goods_unknown',
] as const
const redeem = { access: 'staff', permission: 'coupons.redeem' } as const

/** Coupons in a store whose register does not speak with us: staff say what is bought, see what comes off, and redeem. */
export const staffRedemptionRoutes = defineRoutes({
  'POST /staff/v1/coupon-holders': {
    summary: 'Who shows this coupon or card, and which of their coupons may be used here',
    ...redeem,
    body: Strict({
      storeId: StoreId,
      shown: Type.Union([...CardShown.anyOf, Strict({ couponCode: Token })]),
    }),
    ok: Type.Object({
      memberRef: Type.String({ description: 'what later requests call them by, for half an hour' }),
      member: MemberAtDesk,
      /** The coupon that was shown. */
      couponId: Maybe(Uuid),
      coupons: Type.Array(Type.Object({ id: Uuid, label: Type.String(), expiresAt: Instant })),
    }),
    errors: [
      'members.card_unknown',
      'members.card_forged',
      'members.card_expired',
      'members.card_ambiguous',
      'members.card_locked',
      'members.blocked',
      'members.missing',
      'stores.missing',
      'staff.out_of_scope',
      'tills.coupon_code_wrong',
      'coupons.unusable',
    ],
  },
  'POST /staff/v1/coupon-redemption-quotes': {
    summary:
      'What these coupons (unless told: the best of all) would take off a basket at the prices of this store',
    ...redeem,
    body: Strict({ ...basket, couponIds: Type.Optional(CouponIds) }),
    ok: Type.Object({
      ...priced,
      coupons: Type.Array(
        Type.Object({ id: Uuid, label: Type.String(), acts: Type.Boolean(), words: Type.String() }),
      ),
    }),
    errors: [...wrongBasket, 'coupons.unusable', 'pricing.amount_too_large'],
  },
  'POST /staff/v1/coupon-redemptions': {
    summary: 'Redeem: the coupons are used, once. Safe to repeat with the same key',
    ...redeem,
    body: Strict({
      ...basket,
      couponIds: Type.Array(Uuid, { minItems: 1, maxItems: 3, uniqueItems: true }),
      requestKey: Type.String({ pattern: '^[A-Za-z0-9._:-]{8,48}$' }),
      /** What the customer was told to pay. */
      expectPayFen: Fen,
    }),
    ok: Type.Object({ id: Uuid, ...priced, redeemedAt: Instant }),
    status: 201,
    errors: [
      ...wrongBasket,
      'tills.weight_price_missing',
      'tills.price_changed',
      'tills.txn_reused',
      'tills.reversed',
      'coupons.unusable',
      'pricing.amount_too_large',
    ],
  },
})

export const CouponRedemption = Type.Object({
  id: Uuid,
  storeId: StoreId,
  at: Instant,
  by: Type.String({ description: 'name of the person; their account where it has no name any more' }),
  member: MemberAtDesk,
  lines: Type.Array(
    Type.Object({
      barcode: Type.String(),
      name: Type.String(),
      quantity: Type.Integer(),
      unitFen: Fen,
      payFen: Fen,
    }),
  ),
  coupons: Type.Array(Type.Object({ label: Type.String(), offFen: Fen, funding: OneOf(FUNDINGS) })),
  goodsFen: Fen,
  payFen: Fen,
  /** Only on the business day itself. */
  reversible: Type.Boolean(),
  reversed: Maybe(Type.Object({ at: Instant, by: Type.String(), reason: Type.String() })),
})
export const consoleRedemptionRoutes = defineRoutes({
  'GET /console/v1/coupon-redemptions': {
    summary: 'Coupons that staff redeemed at the counters of my stores, newest first',
    access: 'console',
    permission: 'tills.read',
    query: Strict({ storeId: Type.Optional(StoreId), page: PageNo, limit: Limit }),
    ok: TablePage(CouponRedemption),
    errors: ['staff.out_of_scope'],
  },
  'POST /console/v1/coupon-redemptions/:redemptionId/reversal': {
    summary: 'Take a redemption back on its day: the coupons return to their holder. Safe to repeat',
    access: 'console',
    permission: 'tills.resolve',
    params: Strict({ redemptionId: Uuid }),
    body: Strict({ reason: Line(120) }),
    ok: CouponRedemption,
    errors: ['tills.redemption_missing', 'tills.redemption_over'],
  },
})
