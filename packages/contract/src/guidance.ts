import { Type } from 'typebox'
import {
  Cursor,
  Day,
  Device,
  Instant,
  Limit,
  Maybe,
  Nothing,
  OneOf,
  Page,
  StoreId,
  Strict,
  Uuid,
} from './parts.ts'
import { MemberAtDesk } from './members.ts'
import { defineRoutes } from './route.ts'

export const REWARD_KINDS = ['register', 'order', 'register_back', 'order_back'] as const

export const guidanceRoutes = defineRoutes({
  'POST /v1/guidance-touches': {
    summary: 'Somebody scanned a store’s or a guide’s code: a signed note of when, for the telephone to keep',
    access: 'public',
    body: Strict({ scene: Type.String({ minLength: 1, maxLength: 32, pattern: '^[A-Za-z0-9._-]+$' }) }),
    ok: Type.Object({ touch: Type.String(), storeId: StoreId, storeName: Type.String() }),
    errors: ['promoters.code_unknown'],
  },
  'POST /v1/guidance': {
    summary:
      'I came by this code, before I was a member or before my first order. Counts once, ever; safe to repeat',
    access: 'member',
    body: Strict({
      touch: Type.String({ minLength: 20, maxLength: 300, pattern: '^[\\w.~-]+$' }),
      device: Device,
    }),
    ok: Type.Object({ counted: Type.Boolean({ description: 'false: somebody else’s, or nobody’s' }) }),
    errors: ['promoters.touch_invalid'],
  },
})

const Figures = {
  /** Became members, or ordered for the first time, by a code. */
  guided: Type.Integer(),
  registered: Type.Integer(),
  ordered: Type.Integer({ description: 'paid their first order' }),
  rewardFen: Type.Integer({ description: 'given less what went back, in fen' }),
  waitingFen: Type.Integer({ description: 'for first orders that are not judged yet, in fen' }),
}
export const GuideRow = Type.Object({
  storeId: StoreId,
  storeName: Type.String(),
  /** Null: the store's own code. */
  staffId: Maybe(Uuid),
  staffName: Maybe(Type.String()),
  ...Figures,
})
export const Reward = Type.Object({
  id: Type.String(),
  at: Instant,
  kind: OneOf(REWARD_KINDS),
  member: MemberAtDesk,
  storeId: StoreId,
  amountFen: Type.Integer({ description: 'negative: it went back' }),
})
const terms = {
  active: Type.Boolean(),
  touchDays: Type.Integer({ minimum: 1, maximum: 90 }),
  holdDays: Type.Integer({ minimum: 0, maximum: 60 }),
  registerFen: Type.Integer({ minimum: 0, maximum: 100_000 }),
  orderFen: Type.Integer({ minimum: 0, maximum: 100_000 }),
  leastFen: Type.Integer({ minimum: 1, maximum: 100_000_000 }),
  inLedger: Type.Boolean({ description: 'kept in the ledger of commissions, paid with wages' }),
}
export const GuideTerms = Type.Object({ id: Type.String(), ...terms, since: Instant, by: Type.String() })

const Span = { from: Day, to: Day }
export const GuideCode = Type.Object({
  id: Uuid,
  storeId: StoreId,
  storeName: Type.String(),
  staffId: Maybe(Uuid),
  staffName: Maybe(Type.String()),
  madeAt: Instant,
})
const Drawn = Type.Object({
  code: GuideCode,
  picture: Type.String({ description: 'the 小程序码, as a data URL' }),
})

export const staffGuidanceRoutes = defineRoutes({
  'GET /staff/v1/stores/:storeId/guidance': {
    summary:
      'My guidance in this store: this month’s figures, the store’s league, whether it is worth anything now',
    access: 'staff',
    params: Strict({ storeId: StoreId }),
    ok: Type.Object({
      month: Type.String(),
      mine: Type.Object(Figures),
      league: Type.Array(
        Type.Object({
          name: Type.String(),
          me: Type.Boolean(),
          guided: Type.Integer(),
          ordered: Type.Integer(),
        }),
      ),
      terms: Maybe(GuideTerms),
    }),
    errors: ['stores.missing', 'staff.out_of_scope'],
  },
  'POST /staff/v1/stores/:storeId/guide-code': {
    summary: 'My code in this store, made at the first asking; says which telephone is mine',
    access: 'staff',
    params: Strict({ storeId: StoreId }),
    body: Strict({ device: Device }),
    ok: Drawn,
    errors: ['stores.missing', 'staff.out_of_scope', 'promoters.picture_unavailable'],
  },
  'GET /staff/v1/guide-rewards': {
    summary: 'What I earned by it, newest first',
    access: 'staff',
    query: Strict({ cursor: Cursor, limit: Limit }),
    ok: Page(Reward),
    errors: ['promoters.cursor_invalid'],
  },
})

export const consoleGuidanceRoutes = defineRoutes({
  'GET /console/v1/guidance': {
    summary: 'Who brought how many in these days, store by store, best first',
    access: 'console',
    permission: 'promoters.read',
    query: Strict({ ...Span, storeId: Type.Optional(StoreId) }),
    ok: Type.Object({ items: Type.Array(GuideRow), asOf: Instant }),
    errors: ['staff.out_of_scope', 'promoters.span_invalid'],
  },
  'GET /console/v1/guide-rewards': {
    summary: 'The statement of one guide, newest first',
    access: 'console',
    permission: 'promoters.read',
    query: Strict({ staffId: Uuid, cursor: Cursor, limit: Limit }),
    ok: Type.Object({
      items: Type.Array(Reward),
      nextCursor: Maybe(Type.String()),
      balanceFen: Type.Integer({ description: 'all of it, given less what went back' }),
    }),
    errors: ['promoters.cursor_invalid'],
  },
  'GET /console/v1/guide-codes': {
    summary: 'Codes in force, of stores and of who works there',
    access: 'console',
    permission: 'promoters.read',
    query: Strict({ storeId: Type.Optional(StoreId) }),
    ok: Type.Object({ items: Type.Array(GuideCode) }),
    errors: ['staff.out_of_scope'],
  },
  'POST /console/v1/stores/:storeId/guide-code': {
    summary: 'The store’s own code, made at the first asking, as WeChat draws it',
    access: 'console',
    permission: 'promoters.read',
    params: Strict({ storeId: StoreId }),
    ok: Drawn,
    errors: ['stores.missing', 'staff.out_of_scope', 'promoters.picture_unavailable'],
  },
  'POST /console/v1/guide-codes/:codeId/ending': {
    summary: 'The code stops counting; whoever came by it before stays counted',
    access: 'console',
    permission: 'promoters.write',
    params: Strict({ codeId: Uuid }),
    ok: Nothing,
    status: 204,
    errors: ['promoters.code_unknown'],
  },
  'GET /console/v1/guide-terms': {
    summary: 'What bringing somebody is worth, every version, newest first',
    access: 'console',
    permission: 'promoters.read',
    ok: Type.Object({ items: Type.Array(GuideTerms) }),
    errors: [],
  },
  'POST /console/v1/guide-terms': {
    summary: 'Other terms from now on; who was brought before is judged by the terms of then',
    access: 'console',
    permission: 'promoters.write',
    body: Strict(terms),
    ok: GuideTerms,
    status: 201,
    errors: [],
  },
})
