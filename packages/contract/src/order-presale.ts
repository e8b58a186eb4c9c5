import { Type } from 'typebox'
import { Fen, Instant, Maybe, OneOf, Uuid } from './parts.ts'
import { DEPOSITS } from './presale-terms.ts'

/** What was agreed about goods that are yet to come, as an order keeps it, and how far things are. */
export const OrderPresale = Type.Object({
  campaignId: Uuid,
  /** Of a box that comes every week, and not of a presale. */
  ofBox: Type.Boolean(),
  /** What the first payment is called; null: all is paid at once. */
  called: Maybe(OneOf(DEPOSITS)),
  depositFen: Maybe(Fen),
  balanceFen: Maybe(Fen),
  balanceFrom: Maybe(Instant),
  balanceUntil: Maybe(Instant),
  cutoff: Instant,
  pickupFrom: Instant,
  promisedBy: Instant,
  /** The goods are in the store, and set aside. */
  arrivedAt: Maybe(Instant),
  /** The balance may be paid now. */
  balanceOpen: Type.Boolean(),
  /** What comes back if the shopper takes the order back now; null: that is not possible now. */
  takeBackFen: Maybe(Fen),
  /** Owed besides all refunds: the deposit again, because the store could not keep the deal; and when it was paid. */
  owedFen: Fen,
  owedPaidAt: Maybe(Instant),
})
