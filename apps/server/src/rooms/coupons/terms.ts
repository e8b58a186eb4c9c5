import { type CouponTemplateInput, type CouponTerms, FIRST_ORDER_GROUP } from '@linli/contract/coupons'
import type { Static } from 'typebox'

type Offer = Pick<
  Static<typeof CouponTemplateInput>,
  | 'budgetFen'
  | 'budgetOn'
  | 'worthFen'
  | 'opensAt'
  | 'closesAt'
  | 'way'
  | 'word'
  | 'pricePoints'
  | 'payFromFen'
>
/** What is wrong with how a coupon is given out, in a word; null when nothing is. */
export function offerFault(offer: Offer): string | null {
  const { budgetFen, budgetOn, worthFen, opensAt, closesAt, way, word, pricePoints } = offer
  if ((way === 'word') !== (word !== null)) return 'word'
  if ((way === 'points') !== (pricePoints !== null)) return 'price_points'
  if ((way === 'pay') !== (offer.payFromFen !== null)) return 'pay_from_fen'
  if ((budgetFen === null) !== (budgetOn === null)) return 'budget_fen'
  if ((budgetOn === 'granted') !== (worthFen !== null)) return 'worth_fen'
  return opensAt !== null && closesAt !== null && new Date(opensAt) >= new Date(closesAt) ? 'closes_at' : null
}

/** What a coupon promises, as its template says it for ever. */
export type Terms = Static<typeof CouponTerms> & { templateId: string }

/** May it be used at a till, where goods are carried out at once and nothing is delivered? */
export const isForTills = ({
  kind,
  channels,
  fulfilments,
}: Pick<Terms, 'kind' | 'channels' | 'fulfilments'>): boolean =>
  kind !== 'freight' && channels?.includes('till') !== false && fulfilments?.includes('pickup') !== false

type Effect = Pick<
  Terms,
  'kind' | 'steps' | 'toFen' | 'timesBp' | 'fulfilments' | 'firstOrder' | 'stackGroup'
>
/** What is wrong with the effect of a coupon, in a word; null when nothing is. */
export function effectFault(terms: Effect): string | null {
  const { kind, steps, toFen, timesBp } = terms
  if ((kind === 'steps') !== steps.length > 0) return 'steps'
  if ((kind === 'exchange') !== (toFen !== null)) return 'to_fen'
  if ((kind === 'earn') !== (timesBp !== null)) return 'times_bp'
  if (kind === 'freight' && terms.fulfilments?.includes('pickup')) return 'fulfilments'
  if (terms.firstOrder !== (terms.stackGroup === FIRST_ORDER_GROUP)) return 'stack_group'
  const [first] = steps
  return first && first.atFen === 0 && first.atPieces === 0 && first.offBp === 0 && first.offFen === 0
    ? 'off_fen_or_bp'
    : null
}
