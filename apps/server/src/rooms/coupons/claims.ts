import { businessDay, dayAfter, instantOf } from '#kernel/clock'
import type { ProblemKind } from '#kernel/problem'
import { gone, goneToday, limitReached, offerMissing, offerOver, phoneNeeded } from './problems.ts'
import type { TemplateRow } from './templates.sql.ts'

// Who has a coupon that members get by themselves, decided on locked rows. Pure.

/** One try to have a coupon. Ids and instants stand in it. */
export interface Claim {
  couponId: string
  templateId: string
  memberId: string
  /** Keyed hash of their phone, in hex; null where it is not known. */
  phone: string | null
  /** The same one again gives nothing more. */
  key: string
  by: string
  at: Date
}
/** What is looked at of a template when somebody wants one of it. */
export type DeskTemplate = Pick<
  TemplateRow,
  | 'id'
  | 'way'
  | 'validDays'
  | 'most'
  | 'mostEach'
  | 'mostPerDay'
  | 'budgetFen'
  | 'budgetOn'
  | 'worthFen'
  | 'needsPhone'
  | 'firstOrder'
  | 'opensAt'
  | 'closesAt'
  | 'endedAt'
  | 'granted'
  | 'grantedDay'
  | 'grantedToday'
>
/** A coupon that comes into being. */
export interface NewCoupon extends Claim {
  firstOrder: boolean
  expiresAt: Date
}
export interface ClaimView {
  templates: ReadonlyMap<string, DeskTemplate>
  /** What a person had of a template before this batch, by `personKey`. */
  had: ReadonlyMap<string, number>
  /** What was given under a key before, by `claimKey`. */
  keys: Map<string, string>
}
export interface ClaimWrites {
  templates: Map<string, DeskTemplate>
  made: NewCoupon[]
}
export type ClaimAnswer =
  | { kind: 'claimed'; couponId: string }
  | { kind: 'refused'; problem: ProblemKind; data?: Record<string, unknown> }

export const personKey = ({ templateId, memberId }: Pick<Claim, 'templateId' | 'memberId'>): string =>
  `${templateId} ${memberId}`
export const claimKey = (claim: Pick<Claim, 'templateId' | 'memberId' | 'key'>): string =>
  `${personKey(claim)} ${claim.key}`

type Limits = Pick<
  DeskTemplate,
  'most' | 'granted' | 'mostPerDay' | 'grantedDay' | 'grantedToday' | 'budgetFen' | 'budgetOn' | 'worthFen'
>
const grantedOn = ({ grantedDay, grantedToday }: Limits, today: string): number =>
  grantedDay === today ? grantedToday : 0
/** How many of a template may still be granted on this day, and whether tomorrow there may be more. */
export function leftOf(template: Limits, today: string): { left: number; tomorrow: boolean } {
  const { most, granted, mostPerDay, budgetFen, budgetOn, worthFen } = template
  const paidFor =
    budgetOn === 'granted' && budgetFen !== null && worthFen ? Math.floor(budgetFen / worthFen) : most
  const ever = Math.min(most, paidFor) - granted
  const todays = (mostPerDay ?? Infinity) - grantedOn(template, today)
  return { left: Math.max(0, Math.min(ever, todays)), tomorrow: ever > 0 }
}

/** May members get it at this moment? */
export const isOffered = (
  { endedAt, opensAt, closesAt }: Pick<DeskTemplate, 'endedAt' | 'opensAt' | 'closesAt'>,
  at: Date,
): boolean => endedAt === null && (opensAt === null || opensAt <= at) && (closesAt === null || at < closesAt)

const refused = (problem: ProblemKind, data?: Record<string, unknown>): ClaimAnswer =>
  data ? { kind: 'refused', problem, data } : { kind: 'refused', problem }

const isSamePerson = (a: Claim, b: Claim): boolean =>
  a.memberId === b.memberId || (a.phone !== null && a.phone === b.phone)

function barred(
  template: DeskTemplate,
  claim: Claim,
  had: number,
): Extract<ClaimAnswer, { kind: 'refused' }> | undefined {
  const no = (problem: ProblemKind, data?: Record<string, unknown>) =>
    refused(problem, data) as Extract<ClaimAnswer, { kind: 'refused' }>
  if (!isOffered(template, claim.at)) return no(offerOver)
  if (template.needsPhone && claim.phone === null) return no(phoneNeeded)
  if (had >= template.mostEach) return no(limitReached, { mostEach: template.mostEach })
  const { left, tomorrow } = leftOf(template, businessDay(claim.at))
  return left > 0 ? undefined : no(tomorrow ? goneToday : gone)
}

function claimOne(view: ClaimView, writes: ClaimWrites, claim: Claim): ClaimAnswer {
  const known = view.keys.get(claimKey(claim))
  if (known !== undefined) return { kind: 'claimed', couponId: known }
  const template = writes.templates.get(claim.templateId) ?? view.templates.get(claim.templateId)
  if (template?.way !== 'claim') return refused(offerMissing, { templateId: claim.templateId })
  const had =
    (view.had.get(personKey(claim)) ?? 0) +
    writes.made.filter((each) => each.templateId === claim.templateId && isSamePerson(each, claim)).length
  const no = barred(template, claim, had)
  if (no) return no
  const today = businessDay(claim.at)
  writes.templates.set(template.id, {
    ...template,
    granted: template.granted + 1,
    grantedDay: today,
    grantedToday: grantedOn(template, today) + 1,
  })
  writes.made.push({
    ...claim,
    firstOrder: template.firstOrder,
    expiresAt: instantOf(dayAfter(today, template.validDays)),
  })
  view.keys.set(claimKey(claim), claim.couponId)
  return { kind: 'claimed', couponId: claim.couponId }
}

/** Folds claims, first come first served: a batch decides as its claims would one by one. */
export function decideClaims(
  view: ClaimView,
  claims: readonly Claim[],
): { answers: readonly ClaimAnswer[]; writes: ClaimWrites | undefined } {
  const writes: ClaimWrites = { templates: new Map(), made: [] }
  const answers = claims.map((claim) => claimOne(view, writes, claim))
  return { answers, writes: writes.made.length > 0 ? writes : undefined }
}
