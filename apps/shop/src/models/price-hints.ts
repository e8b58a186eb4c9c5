import { yuanText } from './money.ts'
import type { Quote } from './wire.ts'

type Explained = Quote['explanation'][number]
/** Steps that more goods reach; points have a threshold too, and nobody buys more to spend them. */
const REACHABLE: readonly Explained['stage'][] = ['step', 'pickup', 'coupon']
const ELSEWHERE: readonly Explained['stage'][] = ['freight', 'coupon', 'points']

/** How far the next better step of a rule is, as a strip above the goods says it. */
export interface NextStep {
  rule: string
  /** `还差 ¥6.20，减 ¥5`. */
  words: string
  label: string
  /** Hundredths of the way already gone; null where pieces are counted. */
  reached: number | null
}

const brings = ({ offFen, offBp }: NonNullable<Explained['next']>): string =>
  offFen > 0 ? `减 ${yuanText(offFen)}` : `打 ${(10_000 - offBp) / 1000} 折`

/** The step that the fewest fen, then the fewest pieces, would reach; none where every rule has done what it can. */
export function nextStep({
  explanation,
  goodsFen,
}: Pick<Quote, 'explanation' | 'goodsFen'>): NextStep | null {
  const ahead = explanation
    .filter(({ next, stage }) => next !== null && REACHABLE.includes(stage))
    .sort(
      (a, b) =>
        (a.next?.missingFen ?? 0) - (b.next?.missingFen ?? 0) ||
        (a.next?.missingPieces ?? 0) - (b.next?.missingPieces ?? 0),
    )
  const first = ahead[0]
  if (!first?.next) return null
  const { missingFen, missingPieces } = first.next
  const missing = [
    ...(missingFen > 0 ? [yuanText(missingFen)] : []),
    ...(missingPieces > 0 ? [`${missingPieces} 件`] : []),
  ].join('、')
  return {
    rule: first.rule,
    words: `还差 ${missing}，${brings(first.next)}`,
    label: first.by ? `${first.label}，代替「${first.by.label}」` : first.label,
    reached: missingFen > 0 ? Math.round((goodsFen * 100) / (goodsFen + missingFen)) : null,
  }
}

/** Rules that did nothing, each with its reason, in the words of the server; what acted stands in the sums already, and coupons and points have places of their own. */
export const idleRules = ({
  explanation,
}: Pick<Quote, 'explanation'>): { rule: string; label: string; words: string }[] =>
  explanation
    .filter(({ why, stage }) => why !== 'applied' && !ELSEWHERE.includes(stage))
    .map(({ rule, label, words }) => ({ rule, label, words }))
