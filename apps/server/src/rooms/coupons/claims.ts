import { businessDay, dayAfter, instantOf } from '#kernel/clock'
import type { ProblemKind } from '#kernel/problem'
import { buyGift, type PointAccount, pointsUnusable, type Posting, usableOf } from '#room/ledgers'
import {
  codeUnknown,
  codeUsed,
  gone,
  goneToday,
  limitReached,
  offerMissing,
  offerOver,
  phoneNeeded,
} from './problems.ts'
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
  /** How they come to have it: the template says so too. */
  way: 'claim' | 'word' | 'code' | 'points' | 'register' | 'pay' | 'reward'
  /** Of a code on paper: its keyed hash, in hex. */
  code: string | null
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
  | 'usedFen'
  | 'pricePoints'
>
/** A code on paper, and who has used it. */
export interface DeskCode {
  hash: string
  templateId: string
  couponId: string | null
  memberId: string | null
}
/** A coupon that comes into being. */
export interface NewCoupon extends Claim {
  firstOrder: boolean
  expiresAt: Date
}
export interface Had {
  mine: number
  others: number
}
export interface ClaimView {
  templates: ReadonlyMap<string, DeskTemplate>
  /** What a person had of a template before this batch, by `personKey`: with this account, and with others of the same phone. */
  had: ReadonlyMap<string, Had>
  /** What was given under a key before, by `claimKey`. */
  keys: Map<string, string>
  /** By hash. */
  codes: Map<string, DeskCode>
  /** Points of those who want to buy. */
  accounts: Map<string, PointAccount>
}
export interface ClaimWrites {
  templates: Map<string, DeskTemplate>
  made: NewCoupon[]
  postings: Posting[]
}
export type ClaimAnswer =
  | { kind: 'claimed'; couponId: string }
  | {
      kind: 'refused'
      problem: ProblemKind
      data?: Record<string, unknown>
      /** Head office should look at it. */
      alarm?: 'phone_again'
    }

export const personKey = ({ templateId, memberId }: Pick<Claim, 'templateId' | 'memberId'>): string =>
  `${templateId} ${memberId}`
export const claimKey = (claim: Pick<Claim, 'templateId' | 'memberId' | 'key'>): string =>
  `${personKey(claim)} ${claim.key}`

type Limits = Pick<
  DeskTemplate,
  | 'most'
  | 'granted'
  | 'mostPerDay'
  | 'grantedDay'
  | 'grantedToday'
  | 'budgetFen'
  | 'budgetOn'
  | 'worthFen'
  | 'usedFen'
>
const grantedOn = ({ grantedDay, grantedToday }: Limits, today: string): number =>
  grantedDay === today ? grantedToday : 0
/** How many there is money for, of those that were granted too. What is spent by use is known a minute later: then none are left. */
function paidFor({ most, budgetFen, budgetOn, worthFen, usedFen }: Limits): number {
  if (budgetFen === null) return most
  if (budgetOn === 'used') return usedFen < budgetFen ? most : 0
  return worthFen === null ? most : Math.floor(budgetFen / worthFen)
}
/** How many of a template may still be granted on this day, and whether tomorrow there may be more. */
export function leftOf(template: Limits, today: string): { left: number; tomorrow: boolean } {
  const { most, granted, mostPerDay } = template
  const ever = Math.min(most, paidFor(template)) - granted
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
  had: Had,
): Extract<ClaimAnswer, { kind: 'refused' }> | undefined {
  const no = (problem: ProblemKind, data?: Record<string, unknown>) =>
    refused(problem, data) as Extract<ClaimAnswer, { kind: 'refused' }>
  if (!isOffered(template, claim.at)) return no(offerOver)
  if (template.needsPhone && claim.phone === null) return no(phoneNeeded)
  if (had.mine + had.others >= template.mostEach) {
    const answer = no(limitReached, { mostEach: template.mostEach })
    return had.mine < template.mostEach ? { ...answer, alarm: 'phone_again' } : answer
  }
  const { left, tomorrow } = leftOf(template, businessDay(claim.at))
  return left > 0 ? undefined : no(tomorrow ? goneToday : gone)
}

/** What became of a code before: who had it gets the same answer again. Undefined: it is good. */
function spentCode({ codes }: ClaimView, { code, memberId }: Claim): ClaimAnswer | undefined {
  if (code === null) return undefined
  const known = codes.get(code)
  if (!known) return refused(codeUnknown)
  if (known.couponId === null) return undefined
  return known.memberId === memberId ? { kind: 'claimed', couponId: known.couponId } : refused(codeUsed)
}

/** Takes the points that it costs; a refusal, and nothing changed, when there are not so many. */
function pay(view: ClaimView, writes: ClaimWrites, claim: Claim, points: number): ClaimAnswer | undefined {
  const today = businessDay(claim.at)
  const account = view.accounts.get(claim.memberId)
  const bought =
    account && buyGift(account, { giftId: claim.couponId, points }, { by: claim.by, at: claim.at, today })
  if (!bought) return refused(pointsUnusable, { usable: account ? usableOf(account, today) : 0 })
  writes.postings.push(...bought)
  return undefined
}

function hadOf(view: ClaimView, { made }: ClaimWrites, claim: Claim): Had {
  const before = view.had.get(personKey(claim)) ?? { mine: 0, others: 0 }
  const now = made.filter((each) => each.templateId === claim.templateId && isSamePerson(each, claim))
  const mine = now.filter(({ memberId }) => memberId === claim.memberId).length
  return { mine: before.mine + mine, others: before.others + now.length - mine }
}

function claimOne(view: ClaimView, writes: ClaimWrites, claim: Claim): ClaimAnswer {
  const known = view.keys.get(claimKey(claim))
  if (known !== undefined) return { kind: 'claimed', couponId: known }
  const spent = spentCode(view, claim)
  if (spent) return spent
  const template = writes.templates.get(claim.templateId) ?? view.templates.get(claim.templateId)
  if (template?.way !== claim.way) return refused(offerMissing, { templateId: claim.templateId })
  const had = hadOf(view, writes, claim)
  const no =
    barred(template, claim, had) ??
    (template.pricePoints === null ? undefined : pay(view, writes, claim, template.pricePoints))
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
  const code = claim.code === null ? undefined : view.codes.get(claim.code)
  if (code) Object.assign(code, { couponId: claim.couponId, memberId: claim.memberId })
  return { kind: 'claimed', couponId: claim.couponId }
}

/** Folds claims, first come first served: a batch decides as its claims would one by one. */
export function decideClaims(
  view: ClaimView,
  claims: readonly Claim[],
): { answers: readonly ClaimAnswer[]; writes: ClaimWrites | undefined } {
  const writes: ClaimWrites = { templates: new Map(), made: [], postings: [] }
  const answers = claims.map((claim) => claimOne(view, writes, claim))
  return { answers, writes: writes.made.length > 0 ? writes : undefined }
}
