import { Type } from 'typebox'
import { Cursor, Fen, Instant, Limit, Maybe, OneOf, Page, Strict, Uuid } from './parts.ts'
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
] as const

export const pointsRoutes = defineRoutes({
  'GET /v1/points': {
    summary: 'My points: usable, frozen, set aside and owed',
    access: 'member',
    ok: Type.Object({
      available: Type.Integer(),
      /** Earned, and usable once the after-sales term is over. */
      frozen: Type.Integer(),
      /** Set aside for orders that are not paid yet. */
      held: Type.Integer(),
      /** Spent before the order that had earned them was refunded; points to come pay it. */
      debt: Type.Integer(),
      nextEnd: Maybe(Type.Object({ lastDay: Type.String(), points: Type.Integer() })),
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
    ok: Page(
      Type.Object({
        id: Type.String(),
        reason: OneOf(POSTING_REASONS),
        orderId: Maybe(Uuid),
        lastDay: Maybe(Type.String()),
        available: Type.Integer(),
        frozen: Type.Integer(),
        debt: Type.Integer(),
        at: Instant,
      }),
    ),
    errors: ['points.cursor_invalid'],
  },
})
