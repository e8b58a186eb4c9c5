import { Type } from 'typebox'
import { InstantInput, Maybe, OneOf, Strict } from './parts.ts'

/** What a first payment is: an advance (预付款) is always the payer's, an earnest (定金) is lost by whoever breaks the deal. */
export const DEPOSITS = ['advance', 'earnest'] as const

/** Presale: the goods are yet to come. Paid at once, or a deposit now and the balance later. */
export const PresaleTerms = Strict({
  kind: Type.Literal('presale'),
  /** Null: paid in full when it is ordered. */
  deposit: Maybe(
    Strict({
      called: OneOf(DEPOSITS),
      bp: Type.Integer({ minimum: 100, maximum: 4900, description: 'of the price, in basis points' }),
      /** The balance may be paid in this span, and not after it. */
      balanceFrom: InstantInput,
      balanceUntil: InstantInput,
    }),
  ),
  /** Until then an order may be taken back, with everything that was paid. */
  cutoff: InstantInput,
  /** From then on the goods can be collected. */
  pickupFrom: InstantInput,
  /** By then they are there; later, an order may be taken back with everything that was paid. */
  promisedBy: InstantInput,
})
