import type { CommissionTerms } from '@linli/contract/commission-parts'
import type { Static } from 'typebox'
import { businessDay, dayAfter, instantOf, secondsAfter } from '#kernel/clock'

const DAY_SECONDS = 86_400
const WHOLE_BP = 10_000

type Shown = Static<typeof CommissionTerms>
export type Terms = Omit<Shown, 'id' | 'since' | 'by' | 'active'>
export type Level = Terms['levels'][number]

/** How somebody stood as a promoter at the moment in question. */
export interface Standing {
  promoterId: string
  accountId: string
  active: boolean
  level: string
}
export interface Candidate extends Standing {
  /** Whoever invited them. */
  upper: Standing | null
}
/** An order, and who may have a part of it, all as of the moment it was placed. */
export interface Placed {
  buyerId: string
  /** Whom the buyer was bound to. */
  bound: Candidate | null
  /** The buyer, where they promote themselves. */
  self: Candidate | null
}
export interface Line {
  lineNo: number
  /** To be paid after all discounts, without freight. */
  payFen: number
}
export interface Share {
  lineNo: number
  depth: 1 | 2
  promoterId: string
  accountId: string
  level: string
  rateBp: number
  baseFen: number
  amountFen: number
}

/** A part of a sum, rounded down to the fen: nobody is promised a fen that nobody paid. */
export const partOf = (fen: number, rateBp: number): number => Math.floor((fen * rateBp) / WHOLE_BP)

/** A level by its code; one that these terms do not know counts as the first. */
export const levelOf = ({ levels }: Pick<Terms, 'levels'>, code: string): Level => {
  const level = levels.find((each) => each.code === code) ?? levels[0]
  if (!level) throw new Error('terms without a level')
  return level
}

interface Earner {
  depth: 1 | 2
  who: Standing
  level: Level
  rateBp: number
}
/**
 * Who earns of an order: whoever brought the buyer, and, where the terms say so, whoever invited them. Nobody earns of what they buy themselves unless
 * the terms say so, and there is no third.
 */
function earnersOf({ buyerId, bound, self }: Placed, terms: Terms): Earner[] {
  const first = terms.selfReward && self?.active ? self : bound
  const mayEarn = (who: Standing | null | undefined): who is Standing =>
    who?.active === true && (terms.selfReward || who.promoterId !== buyerId)
  if (!mayEarn(first)) return []
  const level = levelOf(terms, first.level)
  const earners: Earner[] = [{ depth: 1, who: first, level, rateBp: level.rateBp }]
  if (terms.depth === 2 && mayEarn(first.upper)) {
    const upperLevel = levelOf(terms, first.upper.level)
    earners.push({ depth: 2, who: first.upper, level: upperLevel, rateBp: upperLevel.upperBp })
  }
  return earners
}

/** What of an order's lines is whose. Shares that come to nothing are none. */
export const sharesOf = (placed: Placed, lines: readonly Line[], terms: Terms): Share[] =>
  earnersOf(placed, terms).flatMap(({ depth, who, level, rateBp }) =>
    lines
      .map(({ lineNo, payFen }) => ({
        lineNo,
        depth,
        promoterId: who.promoterId,
        accountId: who.accountId,
        level: level.code,
        rateBp,
        baseFen: payFen,
        amountFen: partOf(payFen, rateBp),
      }))
      .filter(({ amountFen }) => amountFen > 0),
  )

/** What goes back of a share when only so much of its line stays paid; 0 when nothing does. */
export const takenBack = (leftFen: number, keptFen: number, rateBp: number): number =>
  Math.max(0, leftFen - partOf(Math.max(0, keptFen), rateBp))

/** When what was collected then may be withdrawn: the day after the last of the term. */
export const freeFrom = (collectedAt: Date, holdDays: number): Date =>
  instantOf(dayAfter(businessDay(collectedAt), holdDays + 1))

/** Until when a member who is bound now stays so. */
export const boundUntil = (at: Date, { bindDays }: Pick<Terms, 'bindDays'>): Date =>
  secondsAfter(at, bindDays * DAY_SECONDS)

export interface Binding {
  promoterId: string
  expiresAt: Date
}
/** What coming by somebody's link does: binds, ends the binding before, or nothing. */
export function bindingMove(
  known: Binding | null,
  { memberId, promoterId, at }: { memberId: string; promoterId: string; at: Date },
  { bindMode }: Pick<Terms, 'bindMode'>,
): 'bind' | 'nothing' {
  if (memberId === promoterId) return 'nothing'
  const isValid = known !== null && known.expiresAt > at
  return isValid && bindMode === 'first' ? 'nothing' : 'bind'
}

/** What about these terms cannot be; undefined when all can. */
export function termsFault({ levels, depth, leastFen, dailyFen }: Terms): string | undefined {
  if (new Set(levels.map(({ code }) => code)).size < levels.length) return 'level_twice'
  if (depth === 1 && levels.some(({ upperBp }) => upperBp > 0)) return 'upper_without_depth'
  if (depth === 2 && levels.every(({ upperBp }) => upperBp === 0)) return 'depth_without_upper'
  return leastFen > dailyFen ? 'least_over_daily' : undefined
}
