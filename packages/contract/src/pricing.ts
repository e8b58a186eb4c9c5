import { Type } from 'typebox'
import { CAMPAIGN_ERRORS, CampaignClaim } from './campaign-kinds.ts'
import {
  CouponIds,
  Fen,
  Instant,
  InstantInput,
  Limit,
  Line,
  Maybe,
  OneOf,
  PageNo,
  StoreId,
  Strict,
  TablePage,
  UsePoints,
  Uuid,
} from './parts.ts'
import { defineRoutes } from './route.ts'

export const OrderLineInput = Strict({ skuId: Uuid, quantity: Type.Integer({ minimum: 1, maximum: 999 }) })
export const FULFILMENTS = ['pickup', 'delivery'] as const
/** Where an order is made: in the shop on a phone, or at a till. */
export const CHANNELS = ['online', 'till'] as const
/** Key of a tier of members. */
export const Tier = Type.String({ pattern: '^[a-z][a-z0-9_]{0,19}$' })
export const Fulfilment = Strict({
  kind: OneOf(FULFILMENTS),
  /** Start of a pickup slot; absent: any time the store is open, where the store has no slots. */
  slotStart: Type.Optional(InstantInput),
  addressId: Type.Optional(Uuid),
})
export const OrderLines = Type.Array(OrderLineInput, { minItems: 1, maxItems: 100 })

export const Discount = Type.Object({
  rule: Type.String(),
  label: Type.String(),
  offFen: Fen,
  /** Points given for it; 0 but for points. */
  points: Type.Integer(),
})

/** Why a term did something, or nothing. `by` says which other one stood in its way, `next` how far the next step is. */
export const WHYS = [
  'applied',
  'below_threshold',
  'excluded',
  'beaten',
  'goods_not_eligible',
  'pickup_only',
  'delivery_only',
  'wrong_store',
  'wrong_channel',
  'wrong_tier',
  'first_order_only',
  'not_now',
  'nothing_left',
] as const
export const Explained = Type.Object({
  rule: Type.String(),
  label: Type.String(),
  stage: OneOf(['activity', 'price', 'step', 'pickup', 'coupon', 'points', 'freight'] as const),
  why: OneOf(WHYS),
  offFen: Fen,
  lines: Type.Array(Type.Object({ skuId: Uuid, offFen: Fen })),
  /** The rule, coupon or lower price that stood in the way. */
  by: Maybe(Type.Object({ rule: Type.String(), label: Type.String() })),
  /** What is missing to the next step, and what that step takes off: fen, or basis points of the goods. */
  next: Maybe(
    Type.Object({
      missingFen: Fen,
      missingPieces: Type.Integer(),
      offFen: Fen,
      offBp: Type.Integer(),
    }),
  ),
  words: Type.String({ description: 'the same in one short Chinese sentence' }),
})
export const Quote = Type.Object({
  storeId: StoreId,
  lines: Type.Array(
    Type.Object({
      skuId: Uuid,
      name: Type.String(),
      quantity: Type.Integer(),
      unitFen: Fen,
      amountFen: Fen,
      discounts: Type.Array(Discount),
      payFen: Fen,
    }),
  ),
  goodsFen: Fen,
  discountFen: Fen,
  freightFen: Fen,
  totalFen: Fen,
  discounts: Type.Array(Discount),
  /** Coupons that act, of those asked for. */
  couponIds: Type.Array(Uuid),
  pointsUsed: Type.Integer(),
  /** What paying this earns, once the after-sales term is over. */
  pointsEarned: Type.Integer(),
  /** Every rule of the store that was considered: what it took off, or why it did not. */
  explanation: Type.Array(Explained),
})

/** At most so many fen of it. */
export const UseStoredValue = Type.Integer({ minimum: 0, maximum: 1_000_000_000, description: 'fen' })
export const QuoteInput = Strict({
  storeId: StoreId,
  fulfilment: Fulfilment,
  lines: OrderLines,
  /** Coupons that may be used; the cheapest set of them acts. Absent: none. */
  couponIds: Type.Optional(CouponIds),
  /** Weigh all my coupons instead. */
  bestCoupons: Type.Optional(Type.Boolean()),
  usePoints: Type.Optional(UsePoints),
  useStoredValue: Type.Optional(UseStoredValue),
  /** At the price of this campaign, alone: one line, no coupons, no points. */
  campaign: Type.Optional(CampaignClaim),
})

export const PRICING_ERRORS = [
  'stores.missing',
  'catalog.sku_missing',
  'pricing.line_repeated',
  'pricing.amount_too_large',
  'coupons.unusable',
  'points.unusable',
  'fulfilment.delivery_unavailable',
] as const

export const pricingRoutes = defineRoutes({
  'POST /v1/quotes': {
    summary: 'What a basket costs, and why',
    access: 'member',
    body: QuoteInput,
    ok: Type.Object({
      ...Quote.properties,
      /** What points could pay here if all were used; null where the chain has no points. */
      points: Maybe(
        Type.Object({
          balance: Type.Integer(),
          usable: Type.Integer(),
          offFen: Fen,
          /** Why they could pay nothing; empty when they could, or when there are none. */
          why: Type.String(),
        }),
      ),
      /** What the member has, and what of it pays here, of what was wished; null where the chain takes none. */
      storedValue: Maybe(Type.Object({ availableFen: Fen, usedFen: Fen })),
      /** What is left to pay in another way. */
      dueFen: Fen,
    }),
    errors: [...PRICING_ERRORS, ...CAMPAIGN_ERRORS],
  },
})

export const FUNDINGS = ['store', 'hq', 'supplier'] as const
/** Reached at so many fen and so many pieces of the goods that take part; takes off fen or basis points, not both. */
export const PriceStep = Strict({
  atFen: Type.Integer({ minimum: 0, maximum: 100_000_000, description: 'fen' }),
  atPieces: Type.Integer({ minimum: 0, maximum: 9_999 }),
  offFen: Type.Integer({ minimum: 0, maximum: 10_000_000, description: 'fen' }),
  offBp: Type.Integer({
    minimum: 0,
    maximum: 9_000,
    description: 'basis points of the goods that take part',
  }),
})
export const Group = Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$', description: 'stack group, e.g. step' })
const Skus = Type.Array(Uuid, { maxItems: 500, uniqueItems: true })
const Categories = Type.Array(Type.String({ minLength: 1, maxLength: 20, pattern: '^[A-Za-z0-9_-]+$' }), {
  maxItems: 100,
  uniqueItems: true,
})
/** Groups, or ids of terms, that may not act on the same line. */
export const ExclusiveWith = Type.Array(Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }), {
  maxItems: 20,
  uniqueItems: true,
})
/** The goods that a term speaks of. No category and no SKU named: all goods. */
export const goodsTerms = {
  categoryIds: Categories,
  skuIds: Skus,
  exceptCategoryIds: Categories,
  exceptSkuIds: Skus,
}
const ruleTerms = {
  /** `step`: 满减, off the order; `pickup`: for collecting in the store. */
  stage: OneOf(['step', 'pickup'] as const),
  label: Line(20),
  steps: Type.Array(PriceStep, { minItems: 1, maxItems: 8 }),
  maxOffFen: Maybe(Type.Integer({ minimum: 1, maximum: 10_000_000, description: 'fen' })),
  /** Of one group at most one rule acts on an order: the one that takes most off. */
  stackGroup: Group,
  exclusiveWith: ExclusiveWith,
  funding: OneOf(FUNDINGS),
  /** Null: every store, now and later. */
  storeIds: Maybe(Type.Array(StoreId, { minItems: 1, maxItems: 200, uniqueItems: true })),
  ...goodsTerms,
}
export const PriceRuleInput = Strict({
  ...ruleTerms,
  startsAt: InstantInput,
  endsAt: Maybe(InstantInput),
  /** The rule that ends as this one begins to exist: a rule is never edited. */
  replaces: Maybe(Uuid),
})
export const RULE_STATES = ['planned', 'live', 'over'] as const
export const PriceRule = Type.Object({
  id: Uuid,
  ...ruleTerms,
  startsAt: Instant,
  endsAt: Maybe(Instant),
  replaces: Maybe(Uuid),
  state: OneOf(RULE_STATES),
  createdAt: Instant,
  createdBy: Type.String(),
  /** When somebody ended it before its time, and who. */
  endedAt: Maybe(Instant),
  endedBy: Maybe(Type.String()),
})

const ENDING_ERRORS = ['pricing.rule_missing', 'pricing.rule_over', 'staff.out_of_scope'] as const
export const consolePricingRoutes = defineRoutes({
  'GET /console/v1/price-rules': {
    summary: 'Price rules that touch my stores, newest first, ended ones too',
    access: 'console',
    permission: 'goods.read',
    query: Strict({ state: Type.Optional(OneOf(RULE_STATES)), page: PageNo, limit: Limit }),
    ok: Type.Object({
      ...TablePage(PriceRule).properties,
      /** Rules by state, whatever state was asked for. */
      counts: Type.Record(Type.String(), Type.Integer()),
    }),
    errors: [],
  },
  'POST /console/v1/price-rules': {
    summary: 'Add a price rule, or replace one: rules are kept as they were, never edited',
    access: 'console',
    permission: 'goods.price',
    body: PriceRuleInput,
    ok: PriceRule,
    status: 201,
    errors: [
      'pricing.rule_unsound',
      'pricing.rules_full',
      'stores.missing',
      'catalog.sku_missing',
      'catalog.category_missing',
      ...ENDING_ERRORS,
    ],
  },
  'POST /console/v1/price-rules/:ruleId/ending': {
    summary: 'End a rule now; what was ordered under it keeps its price',
    access: 'console',
    permission: 'goods.price',
    params: Strict({ ruleId: Uuid }),
    ok: PriceRule,
    errors: ENDING_ERRORS,
  },
})
