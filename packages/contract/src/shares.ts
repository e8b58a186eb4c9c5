import { Type } from 'typebox'
import { Key as PromoterKey } from './commission-parts.ts'
import { MemberAtDesk } from './members.ts'
import {
  Day,
  Device,
  Fen,
  Instant,
  Limit,
  Maybe,
  OneOf,
  PageNo,
  StoreId,
  Strict,
  TablePage,
  Uuid,
} from './parts.ts'
import { defineRoutes } from './route.ts'

/** The random key of a share, as it stands in an address. */
export const ShareKey = Type.String({ pattern: '^[A-Za-z0-9]{12}$' })
const SubjectKind = Type.String({ minLength: 2, maxLength: 20, pattern: '^[a-z][a-z_]{1,19}$' })
const SubjectId = Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Za-z0-9-]{1,40}$' })
/**
 * What is passed on. The set is open: a product (its id) and a store (its code) are known today, and every kind of campaign adds its own. A client opens
 * what it knows and goes to the home page of the store with what it does not.
 */
export const Subject = Strict({ kind: SubjectKind, id: SubjectId })

export const Share = Type.Object({
  key: ShareKey,
  subject: Subject,
  storeId: StoreId,
  title: Type.String({ description: 'what a message to friends says' }),
  card: Type.String({ description: '5:4, for a message to friends; a path on this server' }),
  poster: Type.String({ description: 'with the 小程序码; a path on this server' }),
})

export const shareRoutes = defineRoutes({
  'POST /v1/shares': {
    summary: 'I pass this on: my share of it, made at the first asking, and where its pictures are',
    access: 'member',
    body: Strict({ storeId: StoreId, subject: Subject, device: Device }),
    ok: Share,
    errors: ['stores.missing', 'shares.subject_missing', 'shares.too_many'],
  },
  'POST /v1/share-opens': {
    summary: 'Somebody opened a share: what it leads to. Noted once; the maker’s own telephone is not',
    access: 'public',
    body: Strict({ key: ShareKey, device: Device }),
    ok: Type.Object({
      subject: Subject,
      storeId: StoreId,
      storeName: Type.String(),
      /** Of whoever passed it on, if they promote: coming by their share is coming by their link. */
      promoterKey: Maybe(PromoterKey),
    }),
    errors: ['shares.key_unknown'],
  },
  'POST /v1/me/share-opens': {
    summary: 'What this telephone opened before I signed in on it was opened by me; safe to repeat',
    access: 'member',
    body: Strict({ device: Device }),
    ok: Type.Object({ kept: Type.Integer({ description: 'openings that are mine now' }) }),
    errors: [],
  },
})

/** What came of shares in a span of days. */
const Figures = {
  opens: Type.Integer({
    description: 'each member and each telephone once for each share, by the first time',
  }),
  members: Type.Integer({ description: 'members among them' }),
  joined: Type.Integer({ description: 'became members, and this was what they had opened last' }),
  orders: Type.Integer({ description: 'paid orders, put down to the share that was opened last before' }),
  paidFen: Fen,
  backFen: Fen,
}
export const SHARE_GROUPS = ['day', 'subject', 'sharer'] as const
export const ShareFigures = Type.Object({
  /** A business day, or null. */
  day: Maybe(Day),
  subject: Maybe(Subject),
  /** What the subject is called now; null where it is gone. */
  title: Maybe(Type.String()),
  storeId: Maybe(StoreId),
  sharer: Maybe(MemberAtDesk),
  shares: Type.Integer({ description: 'first passed on in these days' }),
  ...Figures,
})
export const ShareRow = Type.Object({
  id: Uuid,
  key: ShareKey,
  subject: Subject,
  title: Maybe(Type.String()),
  storeId: StoreId,
  sharer: MemberAtDesk,
  depth: Type.Integer({ description: 'how many shares it came through' }),
  parentId: Maybe(Uuid),
  madeAt: Instant,
  ...Figures,
})
const ShareOpen = Type.Object({
  /** Null: a telephone of which nobody has signed in. */
  member: Maybe(MemberAtDesk),
  openedAt: Instant,
  knownAt: Maybe(Instant),
  joined: Type.Boolean(),
})
const ShareOrder = Type.Object({
  orderId: Uuid,
  orderNo: Type.String(),
  storeId: StoreId,
  member: MemberAtDesk,
  openedAt: Instant,
  placedAt: Instant,
  state: Type.String(),
  paidFen: Fen,
  backFen: Fen,
})
const terms = { active: Type.Boolean(), days: Type.Integer({ minimum: 1, maximum: 30 }) }
export const ShareTerms = Type.Object({ id: Type.String(), ...terms, since: Instant, by: Type.String() })
const Span = { from: Day, to: Day, storeId: Type.Optional(StoreId) }

export const consoleShareRoutes = defineRoutes({
  'GET /console/v1/share-figures': {
    summary: 'What shares brought in these days, by day, subject or sharer',
    access: 'console',
    permission: 'promoters.read',
    query: Strict({ ...Span, by: OneOf(SHARE_GROUPS) }),
    ok: Type.Object({
      items: Type.Array(ShareFigures),
      total: Type.Object({ shares: Type.Integer(), ...Figures }),
      asOf: Instant,
    }),
    errors: ['staff.out_of_scope', 'shares.span_invalid'],
  },
  'GET /console/v1/shares': {
    summary: 'Shares that were made, opened or ordered from in these days, those with most orders first',
    access: 'console',
    permission: 'promoters.read',
    query: Strict({
      ...Span,
      kind: Type.Optional(SubjectKind),
      subjectId: Type.Optional(SubjectId),
      memberId: Type.Optional(Uuid),
      page: PageNo,
      limit: Limit,
    }),
    ok: TablePage(ShareRow),
    errors: ['staff.out_of_scope', 'shares.span_invalid'],
  },
  'GET /console/v1/shares/:shareId': {
    summary:
      'The whole chain of one share: what it came from, who opened it, what they ordered, who passed it on',
    access: 'console',
    permission: 'promoters.read',
    params: Strict({ shareId: Uuid }),
    ok: Type.Object({
      share: ShareRow,
      /** From the first one down to the one before it. */
      from: Type.Array(ShareRow),
      next: Type.Array(ShareRow),
      /** The latest hundred of each. */
      opens: Type.Array(ShareOpen),
      orders: Type.Array(ShareOrder),
    }),
    errors: ['shares.missing'],
  },
  'GET /console/v1/share-terms': {
    summary: 'For how long an order is put down to a share, every version, newest first; none: seven days',
    access: 'console',
    permission: 'promoters.read',
    ok: Type.Object({ items: Type.Array(ShareTerms) }),
    errors: [],
  },
  'POST /console/v1/share-terms': {
    summary: 'Other terms from now on; orders of before stay where they are',
    access: 'console',
    permission: 'promoters.write',
    body: Strict(terms),
    ok: ShareTerms,
    status: 201,
    errors: [],
  },
})
