import { secondsAfter } from '#kernel/clock'

// Who may help whom, in a bargain as in an assist. Pure.

/** Somebody as we know them: their account, and keyed hashes of the telephone they hold and of its number, where known. */
export interface Person {
  memberId: string
  device: string | null
  phone: string | null
}

const same = (a: string | null, b: string | null): boolean => a !== null && a === b
/** One person with two accounts: the same telephone, or the same number. */
export const isSamePerson = (a: Person, b: Person): boolean =>
  a.memberId === b.memberId || same(a.device, b.device) || same(a.phone, b.phone)

export interface HelpLimits {
  helpsEach: number
  helpsPerDay: number
}
export interface Helping {
  owner: Person
  helper: Person
  /** Who has helped with this before. */
  helped: readonly Person[]
  /** What this person has given in the campaign, under whatever account. */
  given: { campaign: number; today: number }
  limits: HelpLimits
}
export type HelpRefusal = 'own' | 'helped_before' | 'limit_reached' | 'limit_today'

/** Why somebody may not help; undefined when they may. A second tap of the same member is no refusal: ask before. */
export function refuseHelp({ owner, helper, helped, given, limits }: Helping): HelpRefusal | undefined {
  if (isSamePerson(owner, helper)) return 'own'
  if (helped.some((each) => isSamePerson(each, helper))) return 'helped_before'
  if (given.campaign >= limits.helpsEach) return 'limit_reached'
  if (given.today >= limits.helpsPerDay) return 'limit_today'
  return undefined
}

/** Until when friends may help: so many hours, and never so late that what is reached could not be used before the campaign ends. */
export const deadlineOf = (
  startedAt: Date,
  { hours, endsAt, keepMinutes }: { hours: number; endsAt: Date; keepMinutes: number },
): Date => {
  const [own, last] = [secondsAfter(startedAt, hours * 3600), secondsAfter(endsAt, -keepMinutes * 60)]
  return own < last ? own : last
}
