import { assist } from './assist/index.ts'
import { bargain } from './bargain/index.ts'
import { box } from './box/index.ts'
import { flash } from './flash/index.ts'
import { friendFaults, friendRules } from './friends.ts'
import { group } from './group/index.ts'
import type { Fault, Kind, Plan, PriceAt, Rule, Session, Terms } from './kind.ts'
import { presale } from './presale/index.ts'
import { shareOff } from './share-off/index.ts'

const KINDS: { readonly [K in Terms['kind']]: Kind<Extract<Terms, { kind: K }>> } = {
  flash,
  group,
  bargain,
  assist,
  presale,
  share_off: shareOff,
  box,
}

// A plan and the rules of its own kind: the table is typed by kind, a plan in hand is not.
const kindOf = (plan: Plan): Kind => KINDS[plan.terms.kind]

export const labelOf = (plan: Plan): string => kindOf(plan).label
export const fromShelf = (plan: Plan): boolean => kindOf(plan).fromShelf
export const kindFaults = (plan: Plan, priceAt: PriceAt): Fault[] => [
  ...kindOf(plan).faults(plan, priceAt),
  ...('helpsEach' in plan.terms ? friendFaults(plan.terms) : []),
]
export const releasedBp = (plan: Plan, at: Date): number => kindOf(plan).releasedBp(plan, at)
export const movedTerms = (plan: Plan, move: (at: string) => string): Terms =>
  kindOf(plan).moved(plan.terms, move)
export const kindRules = (plan: Plan): Rule[] => [
  ...kindOf(plan).rules(plan),
  ...('helpsEach' in plan.terms ? friendRules(plan.terms) : []),
]
/** When its orders are paid, in words, where that is not so many minutes after each. */
export const kindPayment = (plan: Plan): string | undefined => kindOf(plan).payment?.(plan)
/** Whether it sells goods at all; what does not, has stores of its own terms. */
export const sellsGoods = ({ terms }: Pick<Plan, 'terms'>): boolean => !('storeIds' in terms)
export const isGated = (plan: Plan): boolean => kindOf(plan).gated === true
export const reservedOnly = (plan: Plan): boolean => kindOf(plan).reservedOnly?.(plan) === true
export const nextRelease = (plan: Plan, at: Date): Date | null => kindOf(plan).nextRelease?.(plan, at) ?? null
export const sessionsOf = (plan: Plan): readonly Session[] =>
  kindOf(plan).sessions?.(plan) ?? [{ from: plan.startsAt, until: plan.endsAt }]
