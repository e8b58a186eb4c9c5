import { Type } from 'typebox'
import {
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
import { defineRoutes } from './route.ts'

export const DOCUMENT_KINDS = ['RECEIVE', 'WASTE', 'COUNT', 'TRANSFER'] as const
export const DOCUMENT_STATES = [
  'COUNTING',
  'REQUESTED',
  'SHIPPED',
  'POSTED',
  'RECEIVED',
  'RECALLED',
  'CANCELLED',
] as const
export const DOCUMENT_VERBS = [
  'post',
  'start',
  'request',
  'ship',
  'receive',
  'recall',
  'cancel',
  'reverse',
] as const
export const WASTE_REASONS = ['BROKEN', 'SPOILT', 'EXPIRED', 'LOST', 'USED', 'OTHER'] as const
export const RECEIPT_SOURCES = ['SUPPLIER', 'WAREHOUSE'] as const

const Key = Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9._:-]+$' })
/** A calendar day in the shops' time zone, `2026-11-22`. */
const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', description: 'day, YYYY-MM-DD' })
const Pieces = Type.Integer({ minimum: 1, maximum: 100_000 })
const Count = Type.Integer({ minimum: 0, maximum: 100_000 })

export const StockDocument = Type.Object({
  id: Uuid,
  no: Type.String({ description: 'SH receive, BS waste, PD count, DB transfer, and a running number' }),
  kind: OneOf(DOCUMENT_KINDS),
  state: OneOf(DOCUMENT_STATES),
  storeId: StoreId,
  toStoreId: Maybe(StoreId),
  source: Maybe(OneOf(RECEIPT_SOURCES)),
  supplier: Maybe(Type.String()),
  wasteReason: Maybe(OneOf(WASTE_REASONS)),
  note: Type.String(),
  by: Type.String(),
  at: Instant,
  changedAt: Instant,
  lines: Type.Integer(),
  pieces: Type.Integer({
    description:
      'RECEIVE, WASTE: moved. COUNT: sum of differences. TRANSFER: received, else shipped, else asked for',
  }),
  missing: Type.Integer({ description: 'TRANSFER: shipped and not received' }),
  reverses: Maybe(Type.String({ description: 'number of the document that this one takes back' })),
  reversedBy: Maybe(Type.String()),
})
export const StockDocumentLine = Type.Object({
  lineNo: Type.Integer(),
  skuId: Uuid,
  name: Type.String(),
  barcode: Type.String(),
  unit: Type.String(),
  shelf: Maybe(Type.String()),
  quantity: Maybe(Type.Integer()),
  batchNo: Maybe(Type.String()),
  madeOn: Maybe(Type.String()),
  expiresOn: Maybe(Type.String()),
  counted: Maybe(Type.Integer()),
  onHandThen: Maybe(Type.Integer({ description: 'what the book said when this line was counted' })),
  countedAt: Maybe(Instant),
  countedBy: Maybe(Type.String()),
  shipped: Maybe(Type.Integer()),
  received: Maybe(Type.Integer()),
  onHand: Type.Integer({ description: 'now, in the store the document belongs to' }),
  reserved: Type.Integer(),
})
export const StockDocumentView = Type.Object({
  ...StockDocument.properties,
  items: Type.Array(StockDocumentLine),
  events: Type.Array(Type.Object({ verb: OneOf(DOCUMENT_VERBS), by: Type.String(), at: Instant })),
})

const ByDocument = Strict({ documentId: Uuid })
const ByDocumentSku = Strict({ documentId: Uuid, skuId: Uuid })
const ByStore = Strict({ storeId: StoreId })
const Verb = Strict({ idempotencyKey: Key })
const Moved = Strict({
  idempotencyKey: Key,
  lines: Type.Array(Strict({ skuId: Uuid, quantity: Count }), { minItems: 1, maxItems: 200 }),
})
const console = { access: 'console', permission: 'stock.adjust' } as const
const scope = 'staff.out_of_scope'
const document = [scope, 'inventory.document_missing', 'inventory.document_state'] as const
/** For a step that is taken once: its key with another body is refused. */
const step = [...document, 'inventory.key_reused'] as const

export const consoleStockDocumentRoutes = defineRoutes({
  'GET /console/v1/stock-documents': {
    summary: 'Receipts, waste, counts and transfers, newest first',
    access: 'console',
    permission: 'stock.read',
    query: Strict({
      kind: Type.Optional(OneOf(DOCUMENT_KINDS)),
      storeId: Type.Optional(StoreId),
      state: Type.Optional(OneOf(DOCUMENT_STATES)),
      page: PageNo,
      limit: Limit,
    }),
    ok: TablePage(StockDocument),
    errors: [scope],
  },
  'GET /console/v1/stock-documents/:documentId': {
    summary: 'One stock document with its lines and what happened to it',
    access: 'console',
    permission: 'stock.read',
    params: ByDocument,
    ok: StockDocumentView,
    errors: [scope, 'inventory.document_missing'],
  },
  'POST /console/v1/stores/:storeId/receipts': {
    summary: 'Receive goods: on hand grows at once; lines with a date or batch become lots',
    ...console,
    params: ByStore,
    body: Strict({
      idempotencyKey: Key,
      source: OneOf(RECEIPT_SOURCES),
      supplier: Type.Optional(Line(60)),
      note: Type.Optional(Text(120)),
      lines: Type.Array(
        Strict({
          skuId: Uuid,
          quantity: Pieces,
          batchNo: Type.Optional(Line(40)),
          madeOn: Type.Optional(Day),
          expiresOn: Type.Optional(Day),
        }),
        { minItems: 1, maxItems: 200 },
      ),
    }),
    ok: StockDocumentView,
    errors: [
      scope,
      'stores.missing',
      'inventory.level_missing',
      'inventory.key_reused',
      'inventory.day_invalid',
      'inventory.already_expired',
    ],
  },
  'POST /console/v1/stores/:storeId/wastes': {
    summary: 'Write goods off: broken, spoilt, expired, lost, used by the store',
    ...console,
    params: ByStore,
    body: Strict({
      idempotencyKey: Key,
      reason: OneOf(WASTE_REASONS),
      note: Type.Optional(Text(120)),
      shortAccepted: Type.Optional(
        Type.Boolean({
          description:
            'the goods are gone though shoppers have ordered them: the store goes on the short list',
        }),
      ),
      lines: Type.Array(Strict({ skuId: Uuid, quantity: Pieces, lotId: Type.Optional(Uuid) }), {
        minItems: 1,
        maxItems: 200,
      }),
    }),
    ok: StockDocumentView,
    errors: [
      scope,
      'stores.missing',
      'inventory.level_missing',
      'inventory.key_reused',
      'inventory.not_on_hand',
      'inventory.below_reserved',
      'inventory.lot_short',
    ],
  },
  'POST /console/v1/stores/:storeId/counts': {
    summary: 'Start a count; the store keeps selling',
    ...console,
    params: ByStore,
    body: Strict({ idempotencyKey: Key, note: Type.Optional(Text(120)) }),
    ok: StockDocumentView,
    errors: [scope, 'stores.missing', 'inventory.key_reused'],
  },
  'PUT /console/v1/stock-documents/:documentId/counts/:skuId': {
    summary: 'What was counted of one SKU; the difference is against the level at this moment',
    ...console,
    params: ByDocumentSku,
    body: Strict({ counted: Count }),
    ok: StockDocumentView,
    errors: [...document, 'inventory.level_missing', 'inventory.counted_elsewhere', 'inventory.count_full'],
  },
  'DELETE /console/v1/stock-documents/:documentId/counts/:skuId': {
    summary: 'Take a line out of a count that was not posted',
    ...console,
    params: ByDocumentSku,
    ok: StockDocumentView,
    errors: document,
  },
  'POST /console/v1/stock-documents/:documentId/posting': {
    summary: 'Post a count: every difference enters the ledger, all or none',
    ...console,
    params: ByDocument,
    body: Verb,
    ok: StockDocumentView,
    errors: [...step, 'inventory.count_empty', 'inventory.count_stale'],
  },
  'POST /console/v1/transfers': {
    summary: 'Ask another store for goods',
    ...console,
    body: Strict({
      idempotencyKey: Key,
      fromStoreId: StoreId,
      toStoreId: StoreId,
      note: Type.Optional(Text(120)),
      lines: Type.Array(Strict({ skuId: Uuid, quantity: Pieces }), { minItems: 1, maxItems: 200 }),
    }),
    ok: StockDocumentView,
    errors: [
      scope,
      'stores.missing',
      'inventory.level_missing',
      'inventory.key_reused',
      'inventory.same_store',
      'inventory.line_twice',
    ],
  },
  'POST /console/v1/stock-documents/:documentId/shipment': {
    summary: 'The goods leave the giving store; never below what its own shoppers have ordered',
    ...console,
    params: ByDocument,
    body: Moved,
    ok: StockDocumentView,
    errors: [
      ...step,
      'inventory.below_reserved',
      'inventory.not_on_hand',
      'inventory.lines_differ',
      'inventory.nothing_to_ship',
    ],
  },
  'POST /console/v1/stock-documents/:documentId/arrival': {
    summary: 'The goods arrive; what is missing stays visible as the difference',
    ...console,
    params: ByDocument,
    body: Moved,
    ok: StockDocumentView,
    errors: [...step, 'inventory.lines_differ', 'inventory.more_than_shipped'],
  },
  'POST /console/v1/stock-documents/:documentId/recall': {
    summary: 'Goods under way go back into the giving store',
    ...console,
    params: ByDocument,
    body: Verb,
    ok: StockDocumentView,
    errors: step,
  },
  'POST /console/v1/stock-documents/:documentId/cancellation': {
    summary: 'Give up a count that was not posted or a transfer that was not shipped',
    ...console,
    params: ByDocument,
    body: Verb,
    ok: StockDocumentView,
    errors: step,
  },
  'POST /console/v1/stock-documents/:documentId/reversal': {
    summary: 'Take a posted document back by a counter-document; the first stays as it was',
    ...console,
    params: ByDocument,
    body: Strict({ idempotencyKey: Key, note: Line(120) }),
    ok: StockDocumentView,
    errors: [...step, 'inventory.below_reserved', 'inventory.not_on_hand'],
  },
})
