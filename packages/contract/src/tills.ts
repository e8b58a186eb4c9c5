import { Type } from 'typebox'
import {
  CouponIds,
  Fen,
  Instant,
  InstantInput,
  Line,
  Maybe,
  OneOf,
  StoreId,
  Strict,
  Text,
  UsePoints,
  Uuid,
} from './parts.ts'
import { defineRoutes } from './route.ts'

/** How long coupons and points are kept for a sale that is being rung up. */
export const RESERVED_MINUTES = 15

const PosTxnId = Type.String({
  pattern: '^[A-Za-z0-9._:-]{1,64}$',
  description: 'the till’s own number of the transaction, unique for one partner',
})
/** What a coupon shows at a till: good for so long, also for a till without a line to us. */
export const COUPON_CODE_MINUTES = 5
/** A token that the chain signed, as a scanner reads it. */
export const Token = Type.String({ pattern: '^[A-Z]{2}[0-9]\\.[A-Za-z0-9._-]{20,600}$' })
/** What `till/members` answered: says that somebody showed their card at a till of this partner. */
export const MemberRef = Type.String({ pattern: '^[A-Za-z0-9._-]{60,200}$' })
export const Barcode = Type.String({ pattern: '^[0-9A-Za-z-]{1,32}$' })
const Price = Type.Integer({ minimum: 0, maximum: 100_000_000, description: 'integer fen' })
export const Pieces = Type.Integer({ minimum: 1, maximum: 9999 })

const BasketLine = Strict({
  barcode: Barcode,
  name: Line(80),
  quantity: Pieces,
  unitFen: Type.Integer({
    minimum: 0,
    maximum: 100_000_000,
    description: 'what the till asks for a piece, its own promotions taken off',
  }),
})
const Basket = Type.Array(BasketLine, { minItems: 1, maxItems: 100 })

const Off = Type.Object({
  rule: Type.String(),
  label: Type.String(),
  offFen: Fen,
  points: Type.Integer(),
  funding: OneOf(['store', 'hq', 'supplier'] as const),
})
const priced = {
  lines: Type.Array(
    Type.Object({
      barcode: Type.String(),
      known: Type.Boolean({ description: 'whether we sell something under this barcode' }),
      quantity: Type.Integer(),
      unitFen: Fen,
      payFen: Fen,
      discounts: Type.Array(Off),
      usedPoints: Type.Integer(),
      earnedPoints: Type.Integer(),
    }),
  ),
  goodsFen: Fen,
  discountFen: Fen,
  payFen: Fen,
  couponIds: Type.Array(Uuid),
  pointsUsed: Type.Integer(),
  pointsEarned: Type.Integer(),
}
const BENEFITS = ['NONE', 'RESERVED', 'REDEEMED', 'REVERSED'] as const
const Reservation = Type.Object({
  posTxnId: Type.String(),
  benefits: OneOf(BENEFITS),
  expiresAt: Instant,
  ...priced,
})
const Standing = Type.Object({
  posTxnId: Type.String(),
  storeId: StoreId,
  kind: OneOf(['sale', 'return'] as const),
  benefits: OneOf(BENEFITS),
  expiresAt: Maybe(Instant),
  recordedAt: Maybe(Instant),
  payFen: Maybe(Fen),
})

const SoldLine = Strict({
  barcode: Barcode,
  name: Line(80),
  quantity: Pieces,
  unitFen: Price,
  payFen: Type.Integer({ minimum: 0, maximum: 900_000_000, description: 'paid for the whole line' }),
})
const Sale = Strict({
  kind: OneOf(['sale'] as const),
  posTxnId: PosTxnId,
  soldAt: InstantInput,
  memberRef: Type.Optional(MemberRef),
  /** What coupons and points of ours took off at the till, as it believes. */
  benefitOffFen: Type.Optional(Price),
  /** The member's QR as the till read it without a line to us; judged as of the sale. */
  memberCard: Type.Optional(Token),
  /** Coupons that the till accepted by itself. */
  offlineCoupons: Type.Optional(
    Type.Array(Strict({ code: Token, offFen: Price }), { minItems: 1, maxItems: 3 }),
  ),
  lines: Type.Array(SoldLine, { minItems: 1, maxItems: 200 }),
})
const Return = Strict({
  kind: OneOf(['return'] as const),
  posTxnId: PosTxnId,
  returnOf: PosTxnId,
  soldAt: InstantInput,
  lines: Type.Array(
    Strict({
      barcode: Barcode,
      name: Line(80),
      quantity: Pieces,
      unitFen: Price,
      payFen: Type.Integer({
        minimum: 0,
        maximum: 900_000_000,
        description: 'given back for the whole line',
      }),
      /** Whether it goes back on the shelf; food that left the store does not. */
      resellable: Type.Boolean(),
    }),
    { minItems: 1, maxItems: 200 },
  ),
})
const Uploaded = Type.Object({
  posTxnId: Type.String(),
  outcome: OneOf(['recorded', 'repeat', 'refused'] as const),
  code: Maybe(Type.String({ description: 'why it was refused' })),
  conflicts: Type.Array(Type.String({ description: 'kinds of conflicts that are open about it' })),
})

const wish = {
  storeId: StoreId,
  lines: Basket,
  couponIds: Type.Optional(CouponIds),
  usePoints: Type.Optional(UsePoints),
}
const ByTxn = Strict({ storeId: StoreId, posTxnId: PosTxnId })
const benefits = { access: 'partner', scope: 'till:benefits' } as const

const Terminal = Type.String({ pattern: '^[A-Za-z0-9-]{1,20}$', description: 'which of the tills' })

export const tillRoutes = defineRoutes({
  'POST /partner/v1/till/members': {
    summary: 'Who shows this card, or says these digits; answers what later requests call them by',
    access: 'partner',
    scope: 'till:members',
    body: Strict({
      storeId: StoreId,
      terminal: Terminal,
      shown: Type.Union([
        Strict({ cardCode: Text(400, 1) }),
        Strict({
          phoneTail: Type.String({ pattern: '^[0-9]{4}$' }),
          code: Type.String({ pattern: '^[0-9]{6}$' }),
        }),
      ]),
    }),
    ok: Type.Object({
      memberRef: Type.String(),
      name: Type.String({ description: 'masked' }),
      phoneTail: Maybe(Type.String()),
      points: Type.Integer(),
    }),
    errors: [
      'stores.missing',
      'members.card_unknown',
      'members.card_forged',
      'members.card_expired',
      'members.card_ambiguous',
      'members.card_locked',
      'members.blocked',
    ],
  },
  'GET /partner/v1/till/day-pack': {
    summary:
      'What a till needs to go on without a line to us: keys, and coupons that it may accept by itself',
    access: 'partner',
    scope: 'till:offline',
    query: Strict({ storeId: StoreId }),
    ok: Type.Object({
      payload: Type.String({
        description: 'JSON text: check the signature over these very bytes, then read it',
      }),
      signature: Type.String({ description: 'LD1.key.hash.signature, hash: SHA-256 of the payload' }),
      keys: Type.Array(Type.Object({ id: Type.String(), publicKey: Type.String() })),
    }),
    errors: ['stores.missing'],
  },
  'POST /partner/v1/till/quotes': {
    summary: 'What a member’s coupons and points would take off a basket with the till’s own prices',
    ...benefits,
    body: Strict({ memberRef: MemberRef, bestCoupons: Type.Optional(Type.Boolean()), ...wish }),
    ok: Type.Object({
      ...priced,
      pointsBalance: Type.Integer(),
      coupons: Type.Array(
        Type.Object({ id: Uuid, label: Type.String(), acts: Type.Boolean(), words: Type.String() }),
      ),
    }),
    errors: [
      'tills.member_ref_wrong',
      'stores.missing',
      'coupons.unusable',
      'points.unusable',
      'pricing.amount_too_large',
    ],
  },
  'POST /partner/v1/till/reservations': {
    summary: `Set coupons and points aside for a sale, for ${RESERVED_MINUTES} minutes; repeated, the same answer`,
    ...benefits,
    body: Strict({ memberRef: MemberRef, posTxnId: PosTxnId, ...wish }),
    ok: Reservation,
    status: 201,
    errors: [
      'tills.member_ref_wrong',
      'tills.txn_reused',
      'tills.reversed',
      'stores.missing',
      'coupons.unusable',
      'points.unusable',
      'pricing.amount_too_large',
    ],
  },
  'POST /partner/v1/till/redemptions': {
    summary: 'The customer has paid: what was reserved is used; repeated, the same answer',
    ...benefits,
    body: ByTxn,
    ok: Standing,
    errors: ['stores.missing', 'tills.missing', 'tills.reversed', 'tills.expired'],
  },
  'POST /partner/v1/till/reversals': {
    summary: 'The sale did not happen: what was reserved or used comes back; repeated, the same answer',
    ...benefits,
    body: Strict({ storeId: StoreId, posTxnId: PosTxnId, reason: Text(120, 1) }),
    ok: Standing,
    errors: ['stores.missing', 'tills.missing', 'tills.recorded'],
  },
  'GET /partner/v1/till/sales/:posTxnId': {
    summary: 'How a transaction stands with us',
    access: 'partner',
    scope: 'till:sales',
    params: Strict({ posTxnId: PosTxnId }),
    query: Strict({ storeId: StoreId }),
    ok: Standing,
    errors: ['tills.missing'],
  },
  'POST /partner/v1/till/sales': {
    summary:
      'Receipts and returns of one store, in any order; each is taken once, each has a result of its own',
    access: 'partner',
    scope: 'till:sales',
    body: Strict({
      storeId: StoreId,
      sales: Type.Array(Type.Union([Sale, Return]), { minItems: 1, maxItems: 100 }),
    }),
    ok: Type.Object({ items: Type.Array(Uploaded) }),
    errors: ['stores.missing'],
  },
})

/** What the payload of a day pack says. */
export const DayPack = Type.Object({
  version: Type.String({ description: 'changes when anything in it does' }),
  storeId: StoreId,
  day: Type.String(),
  validUntil: Instant,
  keys: Type.Array(
    Type.Object({ id: Type.String(), publicKey: Type.String({ description: 'raw Ed25519, base64url' }) }),
  ),
  cardGoodSeconds: Type.Integer(),
  couponGoodSeconds: Type.Integer(),
  coupons: Type.Array(
    Type.Object({
      templateId: Uuid,
      label: Type.String(),
      steps: Type.Array(
        Type.Object({ atFen: Fen, atPieces: Type.Integer(), offFen: Fen, offBp: Type.Integer() }),
      ),
      maxOffFen: Maybe(Fen),
    }),
  ),
})
