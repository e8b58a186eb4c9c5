import type { consoleDropRoutes, Drop } from '@linli/contract/drops'
import type { Input } from '@linli/contract'
import type { Static } from 'typebox'
import { businessDay, isDay, secondsAfter } from '#kernel/clock'

export type ShownDrop = Static<typeof Drop>
export type DropState = ShownDrop['state']
export type DropStop = NonNullable<ShownDrop['stop']>
export type DropInput = Input<(typeof consoleDropRoutes)['POST /console/v1/drops']>['body']
/** The terms of a drop, read. */
export type DropTerms = Omit<DropInput, 'startsAt'> & { startsAt: Date }

export const readTerms = (input: DropInput): DropTerms => ({ ...input, startsAt: new Date(input.startsAt) })

/** A daily drop runs so many days at most, and nothing is planned further ahead. */
const MOST_DAYS = 366
const LINK = /https?:|www\.|\d{7,}/i

/** Why these terms cannot hold; undefined: they can. `now`: when they would start. */
export function faultOf(
  { startsAt, schedule, lastDay, words, againAfterDays }: DropTerms,
  now: Date,
): string | undefined {
  if (startsAt > secondsAfter(now, MOST_DAYS * 86_400)) return 'starts_too_late'
  if ((schedule === 'daily') !== (lastDay !== null)) return 'last_day'
  if (lastDay !== null && (!isDay(lastDay) || lastDay < businessDay(startsAt))) return 'last_day'
  if (lastDay !== null && lastDay > businessDay(secondsAfter(startsAt, MOST_DAYS * 86_400))) return 'last_day'
  if (schedule === 'once' && againAfterDays !== null) return 'again_after_days'
  // WeChat takes no links in such messages, and telephone numbers are how members are led away.
  return LINK.test(words) ? 'words' : undefined
}

/** The business days on which rounds may begin, in order. */
export const lastRoundDay = ({ startsAt, lastDay }: Pick<DropTerms, 'startsAt' | 'lastDay'>): string =>
  lastDay ?? businessDay(startsAt)

/** Is a round of this business day due at an instant? A daily one that was missed in time is still held that day; of a once-only, whenever it is found. */
export function roundDue(
  terms: Pick<DropTerms, 'schedule' | 'startsAt' | 'lastDay'>,
  now: Date,
): string | undefined {
  if (now < terms.startsAt) return undefined
  if (terms.schedule === 'once') return businessDay(terms.startsAt)
  const today = businessDay(now)
  const sinceMidnight = (at: Date): number => (at.getTime() + 8 * 3_600_000) % 86_400_000
  if (today > lastRoundDay(terms) || sinceMidnight(now) < sinceMidnight(terms.startsAt)) return undefined
  return today
}

export interface Going {
  costFen: number
  budgetFen: number | null
  told: number
  optedOut: number
  mostOptOutBp: number
  /** Whether the coupon can still be given. */
  couponOpen: boolean
}
/** Too few to say that members are annoyed. */
const FEWEST_TOLD = 50
/** Why a drop stops by itself; undefined: it goes on. What it did to purchases is no reason: stopping on that would spoil what is measured. */
export function stopFor({
  costFen,
  budgetFen,
  told,
  optedOut,
  mostOptOutBp,
  couponOpen,
}: Going): DropStop | undefined {
  if (budgetFen !== null && costFen >= budgetFen) return 'budget'
  if (told >= FEWEST_TOLD && optedOut * 10_000 > told * mostOptOutBp) return 'opt_outs'
  return couponOpen ? undefined : 'coupon_over'
}
