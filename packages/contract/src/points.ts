import { Type } from 'typebox'
import { MemberAtDesk } from './members.ts'
import { Cursor, Fen, Instant, InstantInput, Limit, Maybe, OneOf, Page, Strict, Uuid } from './parts.ts'
import { goodsTerms } from './pricing.ts'
import { defineRoutes } from './route.ts'

export const POSTING_REASONS = [
  'grant',
  'hold',
  'capture',
  'release',
  'give_back',
  'earn',
  'unfreeze',
  'claw',
  'expire',
  'card',
  'card_undone',
  'gift',
  'gift_back',
  'reward',
  'reward_back',
] as const

const sums = {
  available: Type.Integer(),
  /** Earned, and usable once the after-sales term is over. */
  frozen: Type.Integer(),
  /** Set aside for orders that are not paid yet. */
  held: Type.Integer(),
  /** Spent before the order that had earned them was refunded; points to come pay it. */
  debt: Type.Integer(),
  nextEnd: Maybe(Type.Object({ lastDay: Type.String(), points: Type.Integer() })),
}
const Posting = Type.Object({
  id: Type.String(),
  reason: OneOf(POSTING_REASONS),
  orderId: Maybe(Uuid),
  lastDay: Maybe(Type.String()),
  available: Type.Integer(),
  frozen: Type.Integer(),
  debt: Type.Integer(),
  at: Instant,
})

export const pointsRoutes = defineRoutes({
  'GET /v1/points': {
    summary: 'My points: usable, frozen, set aside and owed',
    access: 'member',
    ok: Type.Object({
      ...sums,
      /** Null where the chain has no points. */
      terms: Maybe(
        Type.Object({
          pointsPerYuan: Type.Integer(),
          capBp: Type.Integer(),
          minOrderFen: Fen,
          fenPerPoint: Type.Integer(),
          frozenDays: Type.Integer(),
          validMonths: Type.Integer(),
        }),
      ),
    }),
    errors: [],
  },
  'GET /v1/points/postings': {
    summary: 'What became of my points, newest first',
    access: 'member',
    query: Strict({ cursor: Cursor, limit: Limit }),
    ok: Page(Posting),
    errors: ['points.cursor_invalid'],
  },
})

const terms = {
  /** What this many points pay: one yuan. */
  pointsPerYuan: Type.Integer({ minimum: 1, maximum: 10_000 }),
  /** Of what the goods that take part still cost, at most. */
  capBp: Type.Integer({ minimum: 0, maximum: 10_000, description: 'basis points' }),
  capPoints: Maybe(Type.Integer({ minimum: 1, maximum: 10_000_000 })),
  minOrderFen: Type.Integer({ minimum: 0, maximum: 10_000_000, description: 'fen' }),
  /** Goods of these neither earn nor take points. */
  exceptCategoryIds: goodsTerms.exceptCategoryIds,
  /** One point for so many fen really paid. */
  fenPerPoint: Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'fen' }),
  /** Business days after the day of collecting. */
  frozenDays: Type.Integer({ minimum: 0, maximum: 60 }),
  /** To the end of the month so many months later. */
  validMonths: Type.Integer({ minimum: 1, maximum: 60 }),
  /** False: from then on nothing is earned and nothing spent; what members have stays theirs. */
  active: Type.Boolean(),
}
export const PointsTermsRow = Type.Object({
  id: Type.String(),
  ...terms,
  since: Instant,
  by: Type.String(),
})
const ByMember = Strict({ memberId: Uuid })
export const consolePointsRoutes = defineRoutes({
  'GET /console/v1/points-terms': {
    summary:
      'What points are worth and how they are earned, now, later and before; 100 rows at most, latest first',
    access: 'console',
    permission: 'points.read',
    ok: Type.Object({
      /** The row that holds now; null where there never were points. */
      nowId: Maybe(Type.String()),
      items: Type.Array(PointsTermsRow),
    }),
    errors: [],
  },
  'POST /console/v1/points-terms': {
    summary:
      'Other terms from a moment on. Rows are only added; of two for the same moment the later one holds',
    access: 'console',
    permission: 'points.write',
    body: Strict({
      ...terms,
      /** Null: now. */
      since: Maybe(InstantInput),
    }),
    ok: PointsTermsRow,
    status: 201,
    errors: ['points.terms_unfit', 'catalog.category_missing'],
  },
  'GET /console/v1/members/:memberId/points': {
    summary: 'The points of a member: usable, frozen, set aside and owed',
    access: 'console',
    permission: 'members.read',
    params: ByMember,
    ok: Type.Object({ member: MemberAtDesk, ...sums }),
    errors: ['members.missing'],
  },
  'GET /console/v1/members/:memberId/point-postings': {
    summary: 'What became of the points of a member, newest first',
    access: 'console',
    permission: 'members.read',
    params: ByMember,
    query: Strict({ cursor: Cursor, limit: Limit }),
    ok: Page(Posting),
    errors: ['members.missing', 'points.cursor_invalid'],
  },
})
