import type { CouponTerms } from '@linli/contract/coupons'
import type { Static } from 'typebox'

/** What a coupon promises, as its template says it for ever. */
export type Terms = Static<typeof CouponTerms> & { templateId: string }

type Effect = Pick<Terms, 'kind' | 'steps' | 'toFen' | 'timesBp'>
/** What is wrong with the effect of a coupon, in a word; null when nothing is. */
export function effectFault({ kind, steps, toFen, timesBp }: Effect): string | null {
  if ((kind === 'steps') !== steps.length > 0) return 'steps'
  if ((kind === 'exchange') !== (toFen !== null)) return 'to_fen'
  if ((kind === 'earn') !== (timesBp !== null)) return 'times_bp'
  const [first] = steps
  return first && first.atFen === 0 && first.atPieces === 0 && first.offBp === 0 && first.offFen === 0
    ? 'off_fen_or_bp'
    : null
}
