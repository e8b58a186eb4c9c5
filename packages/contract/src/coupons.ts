import { Type } from 'typebox'
import { Fen, Instant, Limit, Line, Maybe, OneOf, PageNo, StoreId, Strict, TablePage, Uuid } from './parts.ts'
import { FUNDINGS, goodsTerms, Group, PriceStep, ExclusiveWith } from './pricing.ts'
import { defineRoutes } from './route.ts'

export const COUPON_STATES = ['UNUSED', 'LOCKED', 'USED', 'EXPIRED', 'VOID'] as const
/** `steps`: takes off fen or basis points from a threshold on; `exchange`: one piece for so much; `earn`: multiplies the points earned. */
export const COUPON_KINDS = ['steps', 'exchange', 'earn'] as const

const terms = {
  label: Line(20),
  kind: OneOf(COUPON_KINDS),
  /** For `steps`; a threshold of 0 asks for nothing. */
  steps: Type.Array(PriceStep, { maxItems: 8 }),
  /** For `exchange`: what one piece then costs. */
  toFen: Maybe(Type.Integer({ minimum: 0, maximum: 10_000_000, description: 'fen' })),
  /** For `earn`: 20,000 doubles. */
  timesBp: Maybe(Type.Integer({ minimum: 10_001, maximum: 50_000, description: 'basis points' })),
  maxOffFen: Maybe(Type.Integer({ minimum: 1, maximum: 10_000_000, description: 'fen' })),
  /** Of one group at most one coupon acts on an order. */
  stackGroup: Group,
  exclusiveWith: ExclusiveWith,
  funding: OneOf(FUNDINGS),
  /** Null: every store, now and later. */
  storeIds: Maybe(Type.Array(StoreId, { minItems: 1, maxItems: 200, uniqueItems: true })),
  pickupOnly: Type.Boolean(),
  ...goodsTerms,
}
export const CouponTerms = Type.Object(terms)
const limits = {
  /** Business days from the day it is granted on, that day included. */
  validDays: Type.Integer({ minimum: 1, maximum: 366 }),
  /** Granted in all, at most. */
  most: Type.Integer({ minimum: 1, maximum: 10_000_000 }),
  mostEach: Type.Integer({ minimum: 1, maximum: 100 }),
}
export const CouponTemplateInput = Strict({ ...terms, ...limits })
export const CouponTemplate = Type.Object({
  id: Uuid,
  ...terms,
  ...limits,
  granted: Type.Integer(),
  createdAt: Instant,
  createdBy: Type.String(),
  endedAt: Maybe(Instant),
  endedBy: Maybe(Type.String()),
})

export const Coupon = Type.Object({
  id: Uuid,
  label: Type.String(),
  kind: OneOf(COUPON_KINDS),
  steps: Type.Array(PriceStep),
  toFen: Maybe(Fen),
  timesBp: Maybe(Type.Integer()),
  maxOffFen: Maybe(Fen),
  /** Of one group at most one coupon acts on an order. */
  stackGroup: Group,
  storeIds: Maybe(Type.Array(StoreId)),
  pickupOnly: Type.Boolean(),
  /** Does it speak of some goods only? */
  someGoods: Type.Boolean(),
  /** Names of the categories and goods that it speaks of, as they are sold now; none: all goods. */
  onlyFor: Type.Array(Type.String()),
  /** Names of those that it does not hold for. */
  notFor: Type.Array(Type.String()),
  state: OneOf(COUPON_STATES),
  startsAt: Instant,
  expiresAt: Instant,
  /** The order that has it now. */
  orderId: Maybe(Uuid),
})

export const couponRoutes = defineRoutes({
  'GET /v1/coupons': {
    summary: 'My coupons: usable ones soonest to expire first, others newest first; 100 at most',
    access: 'member',
    query: Strict({ which: Type.Optional(OneOf(['usable', 'used', 'over'] as const)) }),
    ok: Type.Object({ items: Type.Array(Coupon) }),
    errors: [],
  },
})

const ByTemplate = Strict({ templateId: Uuid })
export const consoleCouponRoutes = defineRoutes({
  'GET /console/v1/coupon-templates': {
    summary: 'Coupon templates, newest first, ended ones too',
    access: 'console',
    permission: 'coupons.read',
    query: Strict({ page: PageNo, limit: Limit }),
    ok: TablePage(CouponTemplate),
    errors: [],
  },
  'POST /console/v1/coupon-templates': {
    summary: 'Make a coupon template: it can be ended, never edited',
    access: 'console',
    permission: 'coupons.write',
    body: CouponTemplateInput,
    ok: CouponTemplate,
    status: 201,
    errors: [
      'coupons.template_unsound',
      'stores.missing',
      'catalog.sku_missing',
      'catalog.category_missing',
      'staff.out_of_scope',
    ],
  },
  'POST /console/v1/coupon-templates/:templateId/ending': {
    summary: 'Grant no more of it; what members hold stays theirs',
    access: 'console',
    permission: 'coupons.write',
    params: ByTemplate,
    ok: CouponTemplate,
    errors: ['coupons.template_missing', 'coupons.template_over', 'staff.out_of_scope'],
  },
  'POST /console/v1/coupon-templates/:templateId/grants': {
    summary:
      'Grant one coupon to each of these members. Safe to repeat with the same key: nobody gets a second one',
    access: 'console',
    permission: 'coupons.write',
    params: ByTemplate,
    body: Strict({
      idempotencyKey: Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9._:-]+$' }),
      memberIds: Type.Array(Uuid, { minItems: 1, maxItems: 200, uniqueItems: true }),
    }),
    ok: Type.Object({
      granted: Type.Integer(),
      /** Members who have as many as one may have. */
      full: Type.Array(Uuid),
    }),
    status: 201,
    errors: [
      'coupons.template_missing',
      'coupons.template_over',
      'coupons.granted_out',
      'coupons.member_missing',
      'staff.out_of_scope',
    ],
  },
  'GET /console/v1/coupon-members': {
    summary: 'Members whose phone ends in these four digits, to grant a coupon to',
    access: 'console',
    permission: 'coupons.write',
    query: Strict({ phoneTail: Type.String({ pattern: '^[0-9]{4}$' }) }),
    ok: Type.Object({
      items: Type.Array(
        Type.Object({
          id: Uuid,
          name: Type.String({ description: 'nickname with its middle hidden' }),
          phoneTail: Maybe(Type.String()),
        }),
      ),
    }),
    errors: [],
  },
})
