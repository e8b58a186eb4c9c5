import { Type, type TSchema } from 'typebox'
import {
  Day,
  Instant,
  InstantInput,
  Limit,
  Line,
  Maybe,
  OneOf,
  PageNo,
  Strict,
  TablePage,
  Uuid,
} from './parts.ts'
import { defineRoutes } from './route.ts'

export const FEED_TOPICS = ['stock', 'prices', 'products'] as const
export const FEED_KINDS = ['erp', 'till', 'folder'] as const
/** silent: it has not told us of this store yet. */
export const FEED_STANDINGS = ['fresh', 'stale', 'stopped', 'silent'] as const
export const RUN_STATES = ['OPEN', 'WAITING', 'WORKING', 'DONE', 'FAILED', 'CANCELLED'] as const
export const FeedTopic = OneOf(FEED_TOPICS)
const Topic = FeedTopic

/** A code of the source: its own word for a store, for goods, for a category. */
export const FeedCode = Line(60)
const Code = FeedCode
const Quantity = Type.Number({
  minimum: -1_000_000,
  maximum: 1_000_000,
  description: 'in the unit of the source, three decimals at most',
})
const Price = Type.Number({
  minimum: 0,
  maximum: 10_000_000,
  description: 'in the price unit of the source: yuan with two decimals at most, or integer fen',
})

export const StockWord = Strict({
  store: Code,
  goods: Code,
  count: Type.Optional(Quantity),
  change: Type.Optional(Quantity),
})
export const PriceWord = Strict({
  store: Code,
  goods: Code,
  price: Type.Optional(Price),
  onlinePrice: Type.Optional(Maybe(Price)),
  basePrice: Type.Optional(Price),
})
export const ProductWord = Strict({
  goods: Code,
  barcode: Type.Optional(Line(20)),
  name: Type.Optional(Line(60)),
  unit: Type.Optional(Line(8)),
  category: Type.Optional(Code),
})

const Seq = Type.Integer({
  minimum: 1,
  maximum: 9_000_000_000_000_000,
  description: 'number of the event, one row of numbers per source for all topics',
})
/** The last of our stock entries that the other side had heard of when it counted. */
const KnownThrough = Type.Optional(
  Type.Integer({
    minimum: 0,
    maximum: 9_000_000_000_000_000,
    description:
      'id of our last stock entry that the count includes; without it, our entries up to `at` count as included',
  }),
)
const event = <T extends Record<string, TSchema>>(word: T) => Strict({ seq: Seq, at: InstantInput, ...word })

export const MOST_EVENTS = 500
export const FeedEvents = Strict({
  asOf: Type.Optional(InstantInput),
  stock: Type.Optional(
    Type.Array(event({ ...StockWord.properties, knownThrough: KnownThrough }), { maxItems: MOST_EVENTS }),
  ),
  prices: Type.Optional(Type.Array(event(PriceWord.properties), { maxItems: MOST_EVENTS })),
  products: Type.Optional(Type.Array(event(ProductWord.properties), { maxItems: MOST_EVENTS })),
})

export const FeedFault = Type.Object({
  row: Type.Integer({ description: 'the row of a full list or a file, the seq of an event' }),
  code: Type.String(),
  reason: Type.String({ description: 'for the people who mend it' }),
  storeCode: Maybe(Type.String()),
  goodsCode: Maybe(Type.String()),
})
const Gap = Type.Object({ from: Type.Integer(), to: Type.Integer() })
export const EventsAnswer = Type.Object({
  heard: Type.Integer(),
  applied: Type.Integer(),
  superseded: Type.Integer({ description: 'newer word was there already' }),
  duplicate: Type.Integer({ description: 'came before, with the same content: nothing was done' }),
  refused: Type.Array(FeedFault),
  topSeq: Type.Integer(),
  gaps: Type.Array(Gap, { description: 'numbers that have not come yet, the first hundred spans' }),
})

export const FeedRun = Type.Object({
  id: Uuid,
  no: Type.Integer(),
  source: Type.Object({ code: Type.String(), name: Type.String() }),
  kind: OneOf(['events', 'snapshot'] as const),
  topic: OneOf(['stock', 'prices', 'products', 'all'] as const),
  state: OneOf(RUN_STATES),
  day: Day,
  asOf: Maybe(Instant),
  fileName: Maybe(Type.String()),
  rows: Type.Integer(),
  seen: Type.Integer(),
  applied: Type.Integer(),
  same: Type.Integer(),
  superseded: Type.Integer(),
  duplicate: Type.Integer(),
  refused: Type.Integer({ description: 'rows that wait for somebody to mend them' }),
  short: Type.Integer({ description: 'levels that hold less than shoppers have ordered' }),
  fault: Maybe(Type.String()),
  openedAt: Instant,
  closedAt: Maybe(Instant),
  endedAt: Maybe(Instant),
  by: Type.String(),
})

export const SnapshotOpening = Strict({
  key: Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9._:-]+$' }),
  topic: Topic,
  asOf: InstantInput,
  knownThrough: KnownThrough,
  absent: Type.Optional(OneOf(['keep', 'none'] as const)),
})
export const MOST_ROWS_PER_PART = 1000
export const SnapshotPart = Strict({
  stock: Type.Optional(Type.Array(StockWord, { maxItems: MOST_ROWS_PER_PART })),
  prices: Type.Optional(Type.Array(PriceWord, { maxItems: MOST_ROWS_PER_PART })),
  products: Type.Optional(Type.Array(ProductWord, { maxItems: MOST_ROWS_PER_PART })),
})
export const PartAnswer = Type.Object({
  rows: Type.Integer({ description: 'rows of this part' }),
  refused: Type.Array(FeedFault),
})

export const SourceCode = Type.String({
  minLength: 2,
  maxLength: 31,
  pattern: '^[a-z][a-z0-9-]{1,30}$',
  description: 'short name of a source, e.g. erp',
})
export const BySource = Strict({ sourceCode: SourceCode })
const ByRun = Strict({ sourceCode: SourceCode, runId: Uuid })
const FEED = { access: 'partner', scope: 'feed:write' } as const

export const partnerFeedRoutes = defineRoutes({
  'GET /partner/v1/feeds/:sourceCode': {
    summary:
      'How far a source is: its highest number, the numbers that are missing, how old the stock of each store is',
    ...FEED,
    params: BySource,
    ok: Type.Object({
      code: Type.String(),
      topics: Type.Array(FeedTopic),
      topSeq: Type.Integer(),
      gaps: Type.Array(Gap, { description: 'the first hundred spans' }),
      heardAt: Maybe(Instant),
      stores: Type.Array(
        Type.Object({
          code: Type.String(),
          storeId: Type.String(),
          toldAt: Maybe(Instant),
          standing: OneOf(FEED_STANDINGS),
        }),
      ),
    }),
    errors: ['feeds.source_missing'],
  },
  'POST /partner/v1/feeds/:sourceCode/events': {
    summary:
      'What changed, by number: in any order, as often as you like, 500 at most. Without events and with `asOf`: nothing changed until then',
    ...FEED,
    params: BySource,
    body: FeedEvents,
    ok: EventsAnswer,
    errors: ['feeds.source_missing', 'feeds.source_off', 'feeds.too_many_events', 'feeds.as_of_invalid'],
  },
  'POST /partner/v1/feeds/:sourceCode/snapshots': {
    summary: 'Begin a full list. The same key answers the same list',
    ...FEED,
    params: BySource,
    body: SnapshotOpening,
    ok: FeedRun,
    status: 201,
    errors: [
      'feeds.source_missing',
      'feeds.source_off',
      'feeds.topic_not_told',
      'feeds.as_of_invalid',
      'feeds.key_reused',
    ],
  },
  'PUT /partner/v1/feeds/:sourceCode/snapshots/:runId/parts/:partNo': {
    summary: 'Send one part of a full list, 1000 rows at most; sending it again changes nothing',
    ...FEED,
    params: Strict({
      sourceCode: SourceCode,
      runId: Uuid,
      partNo: Type.Integer({ minimum: 1, maximum: 2000 }),
    }),
    body: SnapshotPart,
    ok: PartAnswer,
    errors: [
      'feeds.source_missing',
      'feeds.run_missing',
      'feeds.run_state',
      'feeds.topic_not_told',
      'feeds.key_reused',
    ],
  },
  'POST /partner/v1/feeds/:sourceCode/snapshots/:runId/closing': {
    summary: 'Say that all rows were sent; they are applied in the background',
    ...FEED,
    params: ByRun,
    body: Strict({ rows: Type.Integer({ minimum: 0, maximum: 2_000_000 }) }),
    ok: FeedRun,
    status: 202,
    errors: ['feeds.source_missing', 'feeds.run_missing', 'feeds.run_state', 'feeds.rows_differ'],
  },
  'GET /partner/v1/feeds/:sourceCode/snapshots/:runId': {
    summary: 'How far a full list is, and what became of its rows',
    ...FEED,
    params: ByRun,
    ok: FeedRun,
    errors: ['feeds.source_missing', 'feeds.run_missing'],
  },
  'GET /partner/v1/feeds/:sourceCode/runs/:runId/faults': {
    summary: 'Rows of a full list, or events of a day, that could not be taken in and wait to be mended',
    ...FEED,
    params: ByRun,
    query: Strict({ page: PageNo, limit: Limit }),
    ok: TablePage(FeedFault),
    errors: ['feeds.source_missing', 'feeds.run_missing'],
  },
})
