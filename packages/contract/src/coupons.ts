import { Type } from 'typebox'
import {
  Cursor,
  Day,
  Fen,
  Instant,
  InstantInput,
  Limit,
  Line,
  Maybe,
  OneOf,
  Page,
  StoreId,
  Strict,
  Uuid,
} from './parts.ts'
import {
  CHANNELS,
  FUNDINGS,
  FULFILMENTS,
  goodsTerms,
  Group,
  PriceStep,
  ExclusiveWith,
  Tier,
} from './pricing.ts'
import { defineRoutes } from './route.ts'

export const COUPON_STATES = ['UNUSED', 'LOCKED', 'USED', 'EXPIRED', 'VOID'] as const
/**
 * `steps`: takes off fen or basis points from a threshold on; `exchange`: one piece for so much; `freight`: what the delivery costs; `earn`: multiplies
 * the points earned.
 */
export const COUPON_KINDS = ['steps', 'exchange', 'freight', 'earn'] as const
/**
 * How members come to have a coupon: from the hands of staff alone; by claiming it; by a word that is made known; by a code on paper, each worth one;
 * by paying with points; as their phone becomes known, once for each phone ever; for an order that was collected and cost enough; as a reward of
 * tasks, or on a birthday or after being away.
 */
export const COUPON_WAYS = ['grant', 'claim', 'word', 'code', 'points', 'register', 'pay', 'reward'] as const
/** Coupons for a first order are all of this group. */
export const FIRST_ORDER_GROUP = 'first-order'

/** Null: however, wherever and whoever it is. */
const scope = {
  fulfilments: Maybe(Type.Array(OneOf(FULFILMENTS), { minItems: 1, maxItems: 2, uniqueItems: true })),
  channels: Maybe(Type.Array(OneOf(CHANNELS), { minItems: 1, maxItems: 2, uniqueItems: true })),
  tiers: Maybe(Type.Array(Tier, { minItems: 1, maxItems: 20, uniqueItems: true })),
  /** Only for a member who has bought nothing yet; then of the group `first-order`. */
  firstOrder: Type.Boolean(),
}
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
  ...scope,
  ...goodsTerms,
}
export const CouponTerms = Type.Object(terms)
const Sum = Type.Integer({ minimum: 1, maximum: 10_000_000_000, description: 'fen' })
export const BUDGET_ON = ['granted', 'used'] as const
const limits = {
  /** Business days from the day it is granted on, that day included. */
  validDays: Type.Integer({ minimum: 1, maximum: 366 }),
  /** Granted in all, at most. */
  most: Type.Integer({ minimum: 1, maximum: 10_000_000 }),
  mostEach: Type.Integer({ minimum: 1, maximum: 100 }),
  /** Granted on one business day, at most. */
  mostPerDay: Maybe(Type.Integer({ minimum: 1, maximum: 10_000_000 })),
  /** What may be spent on it: counted on what is promised, each coupon as `worthFen`; or on what was used, as it took off. */
  budgetFen: Maybe(Sum),
  budgetOn: Maybe(OneOf(BUDGET_ON)),
  worthFen: Maybe(Sum),
}
/** How members come to have it; staff may always grant it. */
const offer = {
  way: OneOf(COUPON_WAYS),
  /** Only members whose phone is known. */
  needsPhone: Type.Boolean(),
  /** For `word`: what is said, in any case of letters. */
  word: Maybe(Type.String({ minLength: 2, maxLength: 20, pattern: '^[A-Za-z0-9\\u4e00-\\u9fff]+$' })),
  /** For `points`: what one costs. */
  pricePoints: Maybe(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  /** For `pay`: what is kept of the order after refunds, at least. It is taken back, unused, when less is kept later. */
  payFromFen: Maybe(Sum),
}
const countsOfStates = {
  UNUSED: Type.Integer(),
  LOCKED: Type.Integer(),
  USED: Type.Integer(),
  EXPIRED: Type.Integer(),
  VOID: Type.Integer(),
} satisfies Record<(typeof COUPON_STATES)[number], unknown>
/** `open`: may be granted; `over`: ended, what members hold stays theirs. */
export const TEMPLATE_STATES = ['open', 'over'] as const
export const CouponTemplateInput = Strict({
  ...terms,
  ...limits,
  ...offer,
  /** When members may get it; null: at once, until it is ended. */
  opensAt: Maybe(InstantInput),
  closesAt: Maybe(InstantInput),
})
export const CouponTemplate = Type.Object({
  id: Uuid,
  ...terms,
  ...limits,
  ...offer,
  opensAt: Maybe(Instant),
  closesAt: Maybe(Instant),
  /** In members' hands, or once in them; what was withdrawn does not count. */
  granted: Type.Integer(),
  /** What those that were used took off, as far as a budget counts it. */
  usedFen: Fen,
  /** The last business day on which any were granted, and how many then. */
  lastGranted: Maybe(Type.Object({ day: Day, count: Type.Integer() })),
  /** How many of them stand how. */
  counts: Type.Object(countsOfStates),
  createdAt: Instant,
  createdBy: Type.String(),
  endedAt: Maybe(Instant),
  endedBy: Maybe(Type.String()),
})

/** What a coupon promises, as a shopper reads it. */
const promise = {
  label: Type.String(),
  kind: OneOf(COUPON_KINDS),
  steps: Type.Array(PriceStep),
  toFen: Maybe(Fen),
  timesBp: Maybe(Type.Integer()),
  maxOffFen: Maybe(Fen),
  /** Of one group at most one coupon acts on an order. */
  stackGroup: Group,
  storeIds: Maybe(Type.Array(StoreId)),
  ...scope,
  /** Does it speak of some goods only? */
  someGoods: Type.Boolean(),
  /** Names of the categories and goods that it speaks of, as they are sold now; none: all goods. */
  onlyFor: Type.Array(Type.String()),
  /** Names of those that it does not hold for. */
  notFor: Type.Array(Type.String()),
  /** May it be used at a till, or at a counter of a store? */
  atTill: Type.Boolean(),
}
export const Coupon = Type.Object({
  id: Uuid,
  ...promise,
  state: OneOf(COUPON_STATES),
  startsAt: Instant,
  expiresAt: Instant,
  /** The order that has it now. */
  orderId: Maybe(Uuid),
  /** Or the sale at a till; its receipt may come later. */
  receiptId: Maybe(Uuid),
})

/**
 * `open`: may be had now; `had`: this member has as many as one may have; `gone_today`: no more before the next business day; `gone`: none are left.
 */
export const OFFER_STATES = ['open', 'had', 'gone_today', 'gone'] as const
/** A coupon that members may claim. */
export const CouponOffer = Type.Object({
  /** Of its template. */
  id: Uuid,
  ...promise,
  validDays: Type.Integer(),
  mostEach: Type.Integer(),
  /** How many of it this member has had. */
  had: Type.Integer(),
  /** Hundredths of all of it that are in members' hands, rounded down. */
  takenPercent: Type.Integer(),
  state: OneOf(OFFER_STATES),
  needsPhone: Type.Boolean(),
  /** Points that one costs; null: it is claimed for nothing. */
  pricePoints: Maybe(Type.Integer()),
  closesAt: Maybe(Instant),
})
/** Of a claim: the same one again gives nothing more. */
export const ClaimKey = Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9._:-]+$' })
/** Why a member cannot have a coupon that is offered. */
export const CLAIM_ERRORS = [
  'coupons.offer_missing',
  'coupons.offer_over',
  'coupons.phone_needed',
  'coupons.limit_reached',
  'coupons.gone',
  'coupons.gone_today',
] as const

export const couponRoutes = defineRoutes({
  'GET /v1/coupons': {
    summary: 'My coupons: usable ones soonest to expire first, others newest first; 100 unless told',
    access: 'member',
    query: Strict({
      which: Type.Optional(OneOf(['usable', 'used', 'over'] as const)),
      cursor: Cursor,
      limit: Limit,
    }),
    ok: Page(Coupon),
    errors: ['coupons.cursor_invalid'],
  },
  'GET /v1/coupons/:couponId': {
    summary: 'One of my coupons as it stands now',
    access: 'member',
    params: Strict({ couponId: Uuid }),
    ok: Coupon,
    errors: ['coupons.missing'],
  },
  'GET /v1/coupon-offers': {
    summary:
      'Coupons that I may claim or buy with points for use in this store; what I have and what is gone last',
    access: 'member',
    query: Strict({ storeId: StoreId }),
    ok: Type.Object({ items: Type.Array(CouponOffer) }),
    errors: ['stores.missing'],
  },
  'POST /v1/coupon-offers/:templateId/claims': {
    summary: 'Claim one coupon. Safe to repeat with the same key: the first answer comes again',
    access: 'member',
    params: Strict({ templateId: Uuid }),
    body: Strict({ idempotencyKey: ClaimKey }),
    ok: Coupon,
    status: 201,
    errors: CLAIM_ERRORS,
  },
  'POST /v1/coupon-offers/:templateId/purchases': {
    summary: 'Buy one coupon with points. Safe to repeat with the same key: it is paid for once',
    access: 'member',
    params: Strict({ templateId: Uuid }),
    body: Strict({ idempotencyKey: ClaimKey }),
    ok: Coupon,
    status: 201,
    errors: [...CLAIM_ERRORS, 'points.unusable'],
  },
  'POST /v1/coupon-codes': {
    summary:
      'Say a code from paper, or a word, and get its coupon. A code is worth one coupon, once; who had it gets the same answer again',
    access: 'member',
    body: Strict({
      idempotencyKey: ClaimKey,
      /** Spaces, dashes and the case of letters do not matter. */
      code: Type.String({
        minLength: 2,
        maxLength: 40,
        pattern: '^[A-Za-z0-9 \\-\\u4e00-\\u9fff]*[A-Za-z0-9\\u4e00-\\u9fff][A-Za-z0-9 \\-\\u4e00-\\u9fff]*$',
      }),
    }),
    ok: Coupon,
    status: 201,
    errors: [...CLAIM_ERRORS, 'coupons.code_unknown', 'coupons.code_used', 'coupons.code_locked'],
  },
})
