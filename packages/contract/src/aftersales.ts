import { Type } from 'typebox'
import {
  ByOrder,
  Cursor,
  Fen,
  Instant,
  Limit,
  Line,
  Maybe,
  OneOf,
  Page,
  Picture,
  StoreId,
  Strict,
  Text,
  Uuid,
} from './parts.ts'
import { RefundParts } from './payments.ts'
import { CouponBack } from './orders.ts'
import { defineRoutes } from './route.ts'

/** What a request is about: goods not collected yet, goods that are not worth bringing back, or goods brought back to a store, for money or for the same again. */
export const AFTERSALE_KINDS = ['uncollected', 'claim', 'return', 'exchange'] as const
/** Domain handbook §2.12. Its APPROVED, AUTO_APPROVED and INSPECTED_OK are verbs here: nothing rests in them. */
export const AFTERSALE_STATES = [
  'APPLIED',
  'WAIT_RETURN',
  'RETURNED',
  'WAIT_COLLECT',
  'REFUNDING',
  'REFUND_FAILED',
  'DONE',
  'REJECTED',
  'INSPECT_REJECTED',
  'APPEALED',
  'CANCELLED',
] as const
export const AFTERSALE_REASONS = [
  'changed_mind',
  'mistake',
  'too_slow',
  'spoiled',
  'damaged',
  'short',
  'not_as_described',
  'no_reason',
  'defect',
  'wrong_item',
] as const
export const AftersaleKind = OneOf(AFTERSALE_KINDS)
export const AftersaleState = OneOf(AFTERSALE_STATES)
export const AftersaleReason = OneOf(AFTERSALE_REASONS)
const MostPhotos = 6

const AftersaleLine = Type.Object({
  lineNo: Type.Integer(),
  name: Type.String(),
  unit: Type.String(),
  picture: Maybe(Picture),
  quantity: Type.Integer(),
  amountFen: Fen,
})
export const AftersaleSummary = Type.Object({
  id: Uuid,
  orderId: Uuid,
  orderNo: Type.String(),
  storeId: StoreId,
  storeName: Type.String(),
  kind: AftersaleKind,
  reason: AftersaleReason,
  state: AftersaleState,
  /** What the shopper was shown; once a refund exists, what that refund gives back. */
  amountFen: Fen,
  pieces: Type.Integer(),
  lines: Type.Array(AftersaleLine),
  appliedAt: Instant,
  /** When the next step is due; null when nothing is waited for. */
  dueAt: Maybe(Instant),
})
const Photo = Type.Object({
  id: Uuid,
  /** A path that shows the picture for half an hour at most to whoever holds it, and then no more. */
  url: Type.String(),
})
export const AftersaleEvent = Type.Object({
  verb: Type.String(),
  from: Maybe(AftersaleState),
  to: AftersaleState,
  at: Instant,
  by: Type.String(),
  /** What was said to the shopper, or by the shopper. */
  words: Maybe(Type.String()),
})
export const Aftersale = Type.Object({
  ...AftersaleSummary.properties,
  note: Type.String(),
  photos: Type.Array(Photo),
  /** What the store said last. */
  words: Maybe(Type.String()),
  /** Ten digits to tell the store that takes the goods back, or that has the replacement. */
  returnCode: Maybe(Type.String()),
  returnStoreName: Maybe(Type.String()),
  /** Where the replacement waits; null where none does. */
  holdStoreName: Maybe(Type.String()),
  refundedAt: Maybe(Instant),
  /** Once a refund exists: points spent on these pieces that it gives back, and points earned by them that it takes back. */
  pointsBack: Type.Integer(),
  pointsTaken: Type.Integer(),
  mayCancel: Type.Boolean(),
  mayAppeal: Type.Boolean(),
  /** The replacement is waited for no longer: money instead. */
  mayTakeMoney: Type.Boolean(),
  events: Type.Array(AftersaleEvent),
})

const Wanted = Type.Array(
  Strict({
    lineNo: Type.Integer({ minimum: 1, maximum: 1000 }),
    quantity: Type.Integer({ minimum: 1, maximum: 999 }),
  }),
  { minItems: 1, maxItems: 100 },
)
const Key = Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9._:-]+$' })
export const ByAftersale = Strict({ aftersaleId: Uuid })
const NOT_ALLOWED = [
  'aftersales.line_unknown',
  'aftersales.too_many',
  'aftersales.line_open',
  'aftersales.kind_not_open',
  'aftersales.too_late',
  'aftersales.reason_unfit',
  'orders.missing',
  'orders.not_refundable',
  'orders.refund_too_many',
] as const

export const aftersaleRoutes = defineRoutes({
  'GET /v1/orders/:orderId/aftersale-options': {
    summary: 'What can be applied for now: per line how many pieces, which kinds, until when',
    access: 'member',
    params: ByOrder,
    ok: Type.Object({
      orderNo: Type.String(),
      storeName: Type.String(),
      /** Paid and not packed: all of it is agreed at once. */
      wholeAtOnce: Type.Boolean(),
      lines: Type.Array(
        Type.Object({
          lineNo: Type.Integer(),
          name: Type.String(),
          unit: Type.String(),
          picture: Maybe(Picture),
          payFen: Fen,
          quantity: Type.Integer(),
          refundedQuantity: Type.Integer(),
          /** Pieces that may still be applied for. */
          left: Type.Integer(),
          /** Not for seven-day returns without a reason: fresh and perishable goods. */
          perishable: Type.Boolean(),
          /** The request that is open on this line; another can follow it. */
          openId: Maybe(Uuid),
          kinds: Type.Array(
            Type.Object({ kind: AftersaleKind, reasons: Type.Array(AftersaleReason), until: Maybe(Instant) }),
          ),
        }),
      ),
    }),
    errors: ['orders.missing'],
  },
  'POST /v1/orders/:orderId/aftersale-quotes': {
    summary: 'What would come back, per line and in all, to the fen; changes nothing',
    access: 'member',
    params: ByOrder,
    body: Strict({ kind: AftersaleKind, reason: AftersaleReason, lines: Wanted }),
    ok: Type.Object({
      amountFen: Fen,
      lines: Type.Array(Type.Object({ lineNo: Type.Integer(), quantity: Type.Integer(), amountFen: Fen })),
      /** Nothing of the order is left to refund after it. */
      whole: Type.Boolean(),
      keptFen: Fen,
      parts: RefundParts,
      /** Of an exchange: is there enough to exchange now? Nothing is put aside before the store agrees. Null for other kinds. */
      inStock: Maybe(Type.Boolean()),
      /** Points spent on these pieces that come back, and points earned by them that are taken back. */
      pointsBack: Type.Integer(),
      pointsTaken: Type.Integer(),
      /** Coupons that come back with it. */
      coupons: Type.Array(CouponBack),
      /** Agreed as soon as it is sent, without a person. */
      atOnce: Type.Boolean(),
    }),
    errors: NOT_ALLOWED,
  },
  'POST /v1/orders/:orderId/aftersales': {
    summary: 'Apply for a refund or a return. Safe to repeat with the same key',
    access: 'member',
    params: ByOrder,
    body: Strict({
      idempotencyKey: Key,
      kind: AftersaleKind,
      reason: AftersaleReason,
      note: Type.Optional(Text(200)),
      lines: Wanted,
      photoIds: Type.Optional(Type.Array(Uuid, { maxItems: MostPhotos, uniqueItems: true })),
      /** The sum that the shopper saw. */
      expectFen: Fen,
    }),
    ok: Aftersale,
    status: 201,
    errors: [
      ...NOT_ALLOWED,
      'aftersales.sum_changed',
      'aftersales.key_reused',
      'aftersales.photo_missing',
      'aftersales.photo_needed',
      'aftersales.too_often',
    ],
  },
  'GET /v1/aftersales': {
    summary: 'My after-sales requests, newest first',
    access: 'member',
    query: Strict({
      orderId: Type.Optional(Uuid),
      open: Type.Optional(Type.Boolean()),
      cursor: Cursor,
      limit: Limit,
    }),
    ok: Page(AftersaleSummary),
    errors: ['orders.missing', 'aftersales.cursor_invalid'],
  },
  'GET /v1/aftersales/:aftersaleId': {
    summary: 'One of my after-sales requests',
    access: 'member',
    params: ByAftersale,
    ok: Aftersale,
    errors: ['aftersales.missing'],
  },
  'POST /v1/aftersales/:aftersaleId/cancellation': {
    summary: 'Take a request back before it was decided, or before the goods were brought back',
    access: 'member',
    params: ByAftersale,
    ok: Aftersale,
    errors: ['aftersales.missing', 'aftersales.state_changed'],
  },
  'POST /v1/aftersales/:aftersaleId/appeal': {
    summary: 'Ask head office to look at a rejection again; once',
    access: 'member',
    params: ByAftersale,
    body: Strict({ note: Line(200) }),
    ok: Aftersale,
    errors: [
      'aftersales.missing',
      'aftersales.state_changed',
      'aftersales.appealed_before',
      'aftersales.too_late',
      'aftersales.line_open',
    ],
  },
  'POST /v1/aftersales/:aftersaleId/refund-instead': {
    summary: 'No longer wait for the replacement: the money goes back',
    access: 'member',
    params: ByAftersale,
    ok: Aftersale,
    errors: ['aftersales.missing', 'aftersales.state_changed'],
  },
  'POST /v1/aftersale-photos': {
    summary: 'Upload a photo (JPEG, PNG or WebP) to apply with; the content decides, not the name',
    access: 'member',
    bytes: { types: ['image/jpeg', 'image/png', 'image/webp'], maxBytes: 8_000_000 },
    ok: Photo,
    status: 201,
    errors: [
      'catalog.picture_unreadable',
      'catalog.picture_too_small',
      'catalog.picture_too_large',
      'aftersales.too_many_photos',
    ],
  },
})
