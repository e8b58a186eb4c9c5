import { Type } from 'typebox'
import {
  Day,
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
import { MemberAtDesk } from './members.ts'
import {
  CHANNELS,
  FUNDINGS,
  FULFILMENTS,
  goodsTerms,
  Group,
  InstantInput,
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
/** How members come to have a coupon: from the hands of staff alone, or by claiming it themselves. */
export const COUPON_WAYS = ['grant', 'claim'] as const
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
}
export const Coupon = Type.Object({
  id: Uuid,
  ...promise,
  state: OneOf(COUPON_STATES),
  startsAt: Instant,
  expiresAt: Instant,
  /** The order that has it now. */
  orderId: Maybe(Uuid),
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
    summary: 'My coupons: usable ones soonest to expire first, others newest first; 100 at most',
    access: 'member',
    query: Strict({ which: Type.Optional(OneOf(['usable', 'used', 'over'] as const)) }),
    ok: Type.Object({ items: Type.Array(Coupon) }),
    errors: [],
  },
  'GET /v1/coupon-offers': {
    summary: 'Coupons that I may claim for use in this store, what I have already and what is gone last',
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
})

/** A coupon as head office sees it in somebody's hands. */
export const GrantedCoupon = Type.Object({
  id: Uuid,
  templateId: Uuid,
  label: Type.String(),
  member: MemberAtDesk,
  state: OneOf(COUPON_STATES),
  grantedAt: Instant,
  expiresAt: Instant,
  orderId: Maybe(Uuid),
})
export const COUPON_VERBS = ['grant', 'lock', 'use', 'give_back', 'expire', 'void'] as const
const CouponEvent = Type.Object({
  round: Type.Integer(),
  verb: OneOf(COUPON_VERBS),
  to: OneOf(COUPON_STATES),
  orderId: Maybe(Uuid),
  expiresAt: Instant,
  /** Why it was withdrawn. */
  reason: Maybe(Type.String()),
  by: Type.String(),
  at: Instant,
})

const ByTemplate = Strict({ templateId: Uuid })
const CouponIds = Type.Array(Uuid, { minItems: 1, maxItems: 200, uniqueItems: true })
export const consoleCouponRoutes = defineRoutes({
  'GET /console/v1/coupon-templates': {
    summary: 'Coupon templates that touch my stores, newest first',
    access: 'console',
    permission: 'coupons.read',
    query: Strict({
      state: Type.Optional(OneOf(TEMPLATE_STATES)),
      kind: Type.Optional(OneOf(COUPON_KINDS)),
      storeId: Type.Optional(StoreId),
      /** A part of the name. */
      q: Type.Optional(Text(20)),
      page: PageNo,
      limit: Limit,
    }),
    ok: Type.Object({
      ...TablePage(CouponTemplate).properties,
      /** Templates by state under the other filters. */
      counts: Type.Object({ open: Type.Integer(), over: Type.Integer() }),
    }),
    errors: ['staff.out_of_scope'],
  },
  'GET /console/v1/coupon-templates/:templateId': {
    summary: 'One template',
    access: 'console',
    permission: 'coupons.read',
    params: ByTemplate,
    ok: CouponTemplate,
    errors: ['coupons.template_missing'],
  },
  'GET /console/v1/coupon-templates/:templateId/coupons': {
    summary: 'The coupons of a template and whose they are, last granted first',
    access: 'console',
    permission: 'members.read',
    params: ByTemplate,
    query: Strict({
      state: Type.Optional(OneOf(COUPON_STATES)),
      /** Of members found by this: the last four digits of a phone, or a part of a name. */
      q: Type.Optional(Line(40)),
      page: PageNo,
      limit: Limit,
    }),
    ok: TablePage(GrantedCoupon),
    errors: ['coupons.template_missing'],
  },
  'GET /console/v1/coupons/:couponId': {
    summary: 'One coupon and what became of it, step by step',
    access: 'console',
    permission: 'members.read',
    params: Strict({ couponId: Uuid }),
    ok: Type.Object({ ...GrantedCoupon.properties, events: Type.Array(CouponEvent) }),
    errors: ['coupons.missing'],
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
      idempotencyKey: ClaimKey,
      memberIds: Type.Array(Uuid, { minItems: 1, maxItems: 200, uniqueItems: true }),
    }),
    ok: Type.Object({
      /** Who has one under this key, and which. */
      granted: Type.Array(Type.Object({ memberId: Uuid, couponId: Uuid })),
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
  'POST /console/v1/coupon-withdrawals': {
    summary:
      'Take coupons away that nobody has used; what an order has meanwhile stays, and the answer says so',
    access: 'console',
    permission: 'coupons.write',
    body: Strict({ couponIds: CouponIds, reason: Line(60) }),
    ok: Type.Object({
      withdrawn: Type.Array(Uuid),
      kept: Type.Array(Type.Object({ couponId: Uuid, state: OneOf(COUPON_STATES) })),
    }),
    errors: ['coupons.missing', 'staff.out_of_scope'],
  },
})
