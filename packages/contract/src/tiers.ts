import { Type } from 'typebox'
import { MemberAtDesk } from './members.ts'
import { Cursor, Day, Instant, InstantInput, Limit, Line, Maybe, OneOf, Page, Strict, Uuid } from './parts.ts'
import { goodsTerms } from './pricing.ts'
import { defineRoutes } from './route.ts'

export const GROWTH_REASONS = ['earn', 'claw', 'card', 'card_undone', 'period_end'] as const
export const TIER_CHANGES = ['begin', 'growth', 'card', 'period_end', 'terms'] as const

const GrowthPosting = Type.Object({
  id: Type.String(),
  reason: OneOf(GROWTH_REASONS),
  growth: Type.Integer(),
  purchaseId: Maybe(Uuid),
  at: Instant,
})
const Rung = Type.Object({
  code: Type.String(),
  name: Type.String(),
  atGrowth: Type.Integer(),
  benefits: Type.Array(Type.String({ description: 'what really acts, in plain words' })),
})

export const tierRoutes = defineRoutes({
  'GET /v1/me/membership': {
    summary: 'My tier, what it brings, and how far the next one is',
    access: 'member',
    ok: Type.Object({
      /** Null where the chain has no tiers. */
      standing: Maybe(
        Type.Object({
          code: Type.String(),
          growth: Type.Integer({
            description: 'of this period; negative while more was taken back than earned',
          }),
          /** Null before the first growth. */
          periodUntil: Maybe(Day),
          next: Maybe(
            Type.Object({ code: Type.String(), missing: Type.Integer(), missingFen: Type.Integer() }),
          ),
          /** The tier that the next period would begin with if nothing came any more. */
          keeps: Type.String(),
          /** Collected, and not counted before the after-sales term is over. */
          waiting: Type.Object({ purchases: Type.Integer(), from: Maybe(Instant) }),
          growthPerYuan: Type.Integer(),
          periodMonths: Type.Integer(),
          rungs: Type.Array(Rung),
        }),
      ),
    }),
    errors: [],
  },
  'GET /v1/me/growth-postings': {
    summary: 'What became of my growth, newest first',
    access: 'member',
    query: Strict({ cursor: Cursor, limit: Limit }),
    ok: Page(GrowthPosting),
    errors: ['tiers.cursor_invalid'],
  },
})

export const TierInput = Strict({
  code: Type.String({ pattern: '^[a-z][a-z0-9_]{0,19}$' }),
  name: Line(10),
  atGrowth: Type.Integer({ minimum: 0, maximum: 100_000_000 }),
  /** 15,000: one and a half times. */
  pointsTimesBp: Type.Integer({ minimum: 10_000, maximum: 50_000, description: 'basis points' }),
  offBp: Type.Integer({ minimum: 0, maximum: 5000, description: 'basis points off the store price' }),
})
const terms = {
  growthPerYuan: Type.Integer({ minimum: 1, maximum: 1000 }),
  /** A period lasts to the end of the month so many months later. */
  periodMonths: Type.Integer({ minimum: 1, maximum: 36 }),
  /** Goods of these have no member price. */
  exceptCategoryIds: goodsTerms.exceptCategoryIds,
  /** Lowest first. */
  tiers: Type.Array(TierInput, { minItems: 1, maxItems: 8 }),
  /** False: from then on nobody has a tier and nothing is counted. */
  active: Type.Boolean(),
}
const TermsInput = Strict({
  ...terms,
  /** Null: now. */
  since: Maybe(InstantInput),
})
export const TierTermsRow = Type.Object({ id: Type.String(), ...terms, since: Instant, by: Type.String() })
export const GrowthCheck = Type.Object({
  id: Uuid,
  at: Instant,
  nightly: Type.Boolean(),
  by: Type.String(),
  accounts: Type.Integer(),
  faults: Type.Array(Type.Object({ memberId: Uuid, growth: Type.Integer(), postings: Type.Integer() })),
})
const ByMember = Strict({ memberId: Uuid })

export const consoleTierRoutes = defineRoutes({
  'GET /console/v1/tier-terms': {
    summary: 'Tiers and what they bring, now, later and before; 100 rows at most, latest first',
    access: 'console',
    permission: 'tiers.read',
    ok: Type.Object({
      /** The row that holds now; null where there never were tiers. */
      nowId: Maybe(Type.String()),
      items: Type.Array(TierTermsRow),
    }),
    errors: [],
  },
  'POST /console/v1/tier-terms': {
    summary:
      'Other tiers from a moment on. Rows are only added; of two for the same moment the later one holds',
    access: 'console',
    permission: 'tiers.write',
    body: TermsInput,
    ok: TierTermsRow,
    status: 201,
    errors: ['tiers.terms_unfit', 'catalog.category_missing'],
  },
  'POST /console/v1/tier-terms/previews': {
    summary: 'How many members would have which tier if these terms held now; changes nothing',
    access: 'console',
    permission: 'tiers.write',
    body: TermsInput,
    ok: Type.Object({
      moves: Type.Array(Type.Object({ from: Type.String(), to: Type.String(), members: Type.Integer() })),
    }),
    errors: ['tiers.terms_unfit', 'catalog.category_missing'],
  },
  'GET /console/v1/members/:memberId/growth': {
    summary: 'The growth and tier of a member, and how the tier changed',
    access: 'console',
    permission: 'members.read',
    params: ByMember,
    ok: Type.Object({
      member: MemberAtDesk,
      /** Null where the chain has no tiers. */
      tier: Maybe(Type.Object({ code: Type.String(), name: Type.String() })),
      growth: Type.Integer(),
      periodFrom: Maybe(Day),
      periodUntil: Maybe(Day),
      waiting: Type.Object({ purchases: Type.Integer(), from: Maybe(Instant) }),
      changes: Type.Array(
        Type.Object({
          from: Maybe(Type.String()),
          to: Type.String(),
          why: OneOf(TIER_CHANGES),
          at: Instant,
        }),
      ),
    }),
    errors: ['members.missing'],
  },
  'GET /console/v1/members/:memberId/growth-postings': {
    summary: 'What became of the growth of a member, newest first',
    access: 'console',
    permission: 'members.read',
    params: ByMember,
    query: Strict({ cursor: Cursor, limit: Limit }),
    ok: Page(GrowthPosting),
    errors: ['members.missing', 'tiers.cursor_invalid'],
  },
  'GET /console/v1/growth-checks': {
    summary: 'The last thirty comparisons of growth with its postings',
    access: 'console',
    permission: 'members.read',
    ok: Type.Object({ items: Type.Array(GrowthCheck) }),
    errors: [],
  },
  'POST /console/v1/growth-checks': {
    summary: 'Compare every account with its postings now',
    access: 'console',
    permission: 'tiers.write',
    ok: GrowthCheck,
    errors: ['tiers.check_running'],
  },
})
