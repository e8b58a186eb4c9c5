import { Type } from 'typebox'
import { Fen, Maybe, Strict } from './parts.ts'

/** The price of a weighed good is told per 500 g or per kilogram. */
export const PerGrams = Type.Union([Type.Literal(500), Type.Literal(1000)])
/** What one piece is paid as, in grams. */
export const PieceGrams = Type.Integer({ minimum: 10, maximum: 20_000, description: 'grams' })
const ToleranceBp = Type.Integer({
  description: 'how much lighter, in basis points of the estimate, before money goes back',
})

/** Sold by weight: paid by the estimate, settled by the scales. */
export const Weight = Type.Object({
  pieceGrams: Type.Integer(),
  perGrams: PerGrams,
  /** The price per so many grams, rounded to the fen. */
  perFen: Fen,
  toleranceBp: ToleranceBp,
})
export const WeightInput = Strict({ pieceGrams: PieceGrams, perGrams: PerGrams })

/** A weighed line of an order: of the pieces in the bag, those taken out aside. */
export const LineWeight = Type.Object({
  estimateGrams: Type.Integer(),
  /** What was paid for them, discounts taken off. */
  payFen: Fen,
  toleranceBp: ToleranceBp,
  /** What the scales said; null until somebody weighed them. */
  finalGrams: Maybe(Type.Integer()),
  /** What goes back because they weigh less; sent once, as the bag is handed over. */
  backFen: Fen,
})

export const MOST_GRAMS = 1_000_000
const Grams = Type.Integer({ minimum: 1, maximum: MOST_GRAMS })
export const WeighInput = Strict({
  lines: Type.Array(
    Strict({
      lineNo: Type.Integer({ minimum: 1, maximum: 1000 }),
      grams: Grams,
      /** The weight that was on the screen; another by now refuses the whole. */
      expectGrams: Maybe(Grams),
    }),
    { minItems: 1, maxItems: 100 },
  ),
})
export const WEIGH_ERRORS = [
  'orders.missing',
  'orders.not_weighed',
  'orders.weight_changed',
  'orders.desk_full',
  'orders.waits_for_group',
  'fulfilment.not_paid',
  'fulfilment.goods_awaited',
  'fulfilment.already_handed',
  'fulfilment.refunding',
] as const
