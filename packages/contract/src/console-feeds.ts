import { Type } from 'typebox'
import {
  BySource,
  FEED_KINDS,
  FEED_STANDINGS,
  FeedCode,
  FeedFault,
  FeedRun,
  FeedTopic,
  RUN_STATES,
  SourceCode,
} from './feeds.ts'
import {
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
  Text,
  Uuid,
} from './parts.ts'
import { defineRoutes } from './route.ts'

const Minutes = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum })

/** What the chain decides about a source. */
const Decided = {
  name: Line(40),
  kind: OneOf(FEED_KINDS),
  active: Type.Boolean(),
  partnerCode: Maybe(
    Type.String({
      pattern: '^[a-z0-9][a-z0-9-]{1,39}$',
      description: 'the partner whose signed requests may speak for it; null: files alone',
    }),
  ),
  topics: Type.Array(FeedTopic, { minItems: 1, maxItems: 3, uniqueItems: true }),
  byBarcode: Type.Boolean({ description: 'a code that nobody mapped may be a barcode of ours' }),
  priceUnit: OneOf(['fen', 'yuan'] as const),
  productFacts: Type.Array(OneOf(['name', 'unit', 'category', 'barcode'] as const), {
    maxItems: 4,
    uniqueItems: true,
    description: 'facts of a product that its word overwrites; new goods take them all',
  }),
  staleMinutes: Minutes(5, 10_080),
  stopMinutes: Minutes(5, 20_160),
  widen: OneOf(['pieces', 'percent', 'days'] as const),
  widenBy: Type.Integer({
    minimum: 0,
    maximum: 1000,
    description: 'kept back of stale stock: pieces, percent of what is on hand, or what so many days sell',
  }),
  fastPerDay: Type.Integer({
    minimum: 1,
    maximum: 100_000,
    description: 'goods that sell as many pieces a day stop when the stock is very stale',
  }),
}
export const FeedSource = Type.Object({
  ...Decided,
  code: SourceCode,
  version: Type.Integer(),
  topSeq: Type.Integer(),
  heardAt: Maybe(Instant),
  gaps: Type.Array(Type.Object({ from: Type.Integer(), to: Type.Integer(), seenAt: Instant }), {
    description: 'numbers that have not come yet, the first hundred spans',
  }),
  openFaults: Type.Integer({
    description: 'rows of the last thirty days that wait for somebody to mend them',
  }),
  goodsMapped: Type.Integer(),
  stores: Type.Array(
    Type.Object({
      code: Type.String(),
      storeId: StoreId,
      stock: Type.Boolean(),
      toldAt: Maybe(Instant),
      standing: OneOf(FEED_STANDINGS),
      since: Maybe(Instant),
      buffered: Type.Integer({ description: 'SKUs of which something is kept back' }),
    }),
  ),
  categories: Type.Array(Type.Object({ code: Type.String(), categoryId: Type.String() })),
})
const GoodsCode = Type.Object({
  code: Type.String(),
  skuId: Uuid,
  name: Type.String(),
  barcode: Type.String(),
  unit: Type.String(),
  times: Type.Integer(),
  per: Type.Integer(),
  by: Type.String(),
  at: Instant,
})
const Factor = Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 }))

const READ = { access: 'console', permission: 'feeds.read' } as const
const WRITE = { access: 'console', permission: 'feeds.write' } as const

export const consoleFeedRoutes = defineRoutes({
  'GET /console/v1/feed-sources': {
    summary: 'Systems that tell us of goods, prices and stock, and how old their word is',
    ...READ,
    ok: Type.Object({ items: Type.Array(FeedSource), asOf: Instant, folder: Type.Boolean() }),
    errors: [],
  },
  'POST /console/v1/feed-sources': {
    summary: 'Add a source',
    ...WRITE,
    body: Strict({ code: SourceCode, ...Decided }),
    ok: FeedSource,
    status: 201,
    errors: ['feeds.code_taken', 'feeds.terms_invalid', 'feeds.mapping_missing'],
  },
  'PUT /console/v1/feed-sources/:sourceCode': {
    summary: 'Change what a source tells and the terms of its age',
    ...WRITE,
    params: BySource,
    body: Strict({ version: Type.Integer({ minimum: 1, maximum: 1_000_000 }), ...Decided }),
    ok: FeedSource,
    errors: [
      'feeds.source_missing',
      'feeds.version_stale',
      'feeds.terms_invalid',
      'feeds.store_taken',
      'feeds.mapping_missing',
    ],
  },
  'PUT /console/v1/feed-sources/:sourceCode/stores': {
    summary: 'Say which of our stores its store codes mean: all of them at once',
    ...WRITE,
    params: BySource,
    body: Strict({
      items: Type.Array(Strict({ code: FeedCode, storeId: StoreId }), { maxItems: 500 }),
    }),
    ok: FeedSource,
    errors: ['feeds.source_missing', 'feeds.store_taken', 'feeds.mapping_taken', 'feeds.mapping_missing'],
  },
  'PUT /console/v1/feed-sources/:sourceCode/categories': {
    summary: 'Say which of our categories its category codes mean: all of them at once',
    ...WRITE,
    params: BySource,
    body: Strict({
      items: Type.Array(Strict({ code: FeedCode, categoryId: Line(20) }), { maxItems: 500 }),
    }),
    ok: FeedSource,
    errors: ['feeds.source_missing', 'feeds.mapping_taken', 'feeds.mapping_missing'],
  },
  'GET /console/v1/feed-sources/:sourceCode/goods': {
    summary: 'Which of our SKUs its goods codes mean',
    ...READ,
    params: BySource,
    query: Strict({ q: Type.Optional(Text(40)), page: PageNo, limit: Limit }),
    ok: TablePage(GoodsCode),
    errors: ['feeds.source_missing'],
  },
  'PUT /console/v1/feed-sources/:sourceCode/goods': {
    summary:
      'Say which SKUs goods codes mean, some at a time; without a barcode a code means nothing any more',
    ...WRITE,
    params: BySource,
    body: Strict({
      items: Type.Array(Strict({ code: FeedCode, barcode: Maybe(Line(20)), times: Factor, per: Factor }), {
        minItems: 1,
        maxItems: 500,
      }),
    }),
    ok: Type.Object({ set: Type.Integer(), dropped: Type.Integer() }),
    errors: ['feeds.source_missing', 'feeds.mapping_taken', 'feeds.mapping_missing'],
  },
  'POST /console/v1/feed-sources/:sourceCode/retries': {
    summary: 'Take in again what was refused for something that has been mended since',
    ...WRITE,
    params: BySource,
    ok: Type.Object({ tried: Type.Integer(), mended: Type.Integer() }),
    errors: ['feeds.source_missing', 'feeds.source_off'],
  },
  'POST /console/v1/feed-sources/:sourceCode/files': {
    summary: 'Take in a CSV or an .xlsx: a full list, or events where it has numbers',
    ...WRITE,
    params: BySource,
    query: Strict({
      topic: FeedTopic,
      asOf: InstantInput,
      name: Line(120),
      absent: Type.Optional(OneOf(['keep', 'none'] as const)),
    }),
    bytes: { types: ['text/csv', 'application/octet-stream'], maxBytes: 16 * 1024 * 1024 },
    ok: FeedRun,
    status: 202,
    errors: [
      'feeds.source_missing',
      'feeds.source_off',
      'feeds.topic_not_told',
      'feeds.as_of_invalid',
      'feeds.file_known',
      'feeds.file_unreadable',
      'feeds.file_columns_missing',
      'feeds.file_too_long',
    ],
  },
  'GET /console/v1/feed-runs': {
    summary: 'Full lists and days of events, newest first',
    ...READ,
    query: Strict({
      source: Type.Optional(SourceCode),
      state: Type.Optional(OneOf(RUN_STATES)),
      only: Type.Optional(OneOf(['refused'] as const)),
      page: PageNo,
      limit: Limit,
    }),
    ok: TablePage(FeedRun),
    errors: [],
  },
  'GET /console/v1/feed-runs/:runId': {
    summary: 'One run',
    ...READ,
    params: Strict({ runId: Uuid }),
    ok: FeedRun,
    errors: ['feeds.run_missing'],
  },
  'GET /console/v1/feed-runs/:runId/faults': {
    summary: 'Rows that could not be taken in, and why',
    ...READ,
    params: Strict({ runId: Uuid }),
    query: Strict({ only: Type.Optional(OneOf(['open'] as const)), page: PageNo, limit: Limit }),
    ok: TablePage(
      Type.Object({
        ...FeedFault.properties,
        storeId: Maybe(StoreId),
        at: Instant,
        mendedAt: Maybe(Instant),
      }),
    ),
    errors: ['feeds.run_missing'],
  },
  'POST /console/v1/feed-runs/:runId/cancellation': {
    summary: 'Give up a full list of which not all parts have come',
    ...WRITE,
    params: Strict({ runId: Uuid }),
    ok: FeedRun,
    errors: ['feeds.run_missing', 'feeds.run_state'],
  },
})
