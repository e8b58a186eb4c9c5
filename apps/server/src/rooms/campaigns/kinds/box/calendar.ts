import { businessDay, dayAfter, instantOf } from '#kernel/clock'
import type { CampaignPlan as Plan, CampaignTermsOf as TermsOf } from '#room/campaigns'

// The weeks of a box, from the terms alone. Pure.

export type BoxPlan = Plan<TermsOf<'box'>>
/** A week is called by the day that its boxes are collected on, `YYYY-MM-DD`. */
export interface Week {
  week: string
  ordersAt: Date
  /** An order that is not paid by then closes; until then it may be taken back. */
  payUntil: Date
  pickupFrom: Date
  promisedBy: Date
}

const ORDERS_AT = '09:00'
const PICKUP_FROM = '09:00'
const PROMISED_BY = '20:00'

const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7
const hourOf = (hour: number): string => `${String(hour).padStart(2, '0')}:00`

const weekOn = (day: string, { ordersDaysBefore, payUntilHour }: BoxPlan['terms']): Week => ({
  week: day,
  ordersAt: instantOf(dayAfter(day, -ordersDaysBefore), ORDERS_AT),
  payUntil: instantOf(dayAfter(day, -1), hourOf(payUntilHour)),
  pickupFrom: instantOf(day, PICKUP_FROM),
  promisedBy: instantOf(day, PROMISED_BY),
})

/** The weeks whose orders are placed while the campaign runs, in order. */
export function weeksOf({ terms, startsAt, endsAt }: Pick<BoxPlan, 'terms' | 'startsAt' | 'endsAt'>): Week[] {
  const found: Week[] = []
  const from = businessDay(startsAt)
  const first = dayAfter(from, (terms.weekday - weekdayOf(from) + 7) % 7)
  for (let day = first; ; day = dayAfter(day, 7)) {
    const week = weekOn(day, terms)
    if (week.ordersAt >= endsAt) return found
    if (week.ordersAt >= startsAt) found.push(week)
  }
}

/** The week whose orders are to be placed now: after the hour for it, and while they can still be paid. No two overlap. */
export const weekDue = (weeks: readonly Week[], at: Date): Week | undefined =>
  weeks.find(({ ordersAt, payUntil }) => ordersAt <= at && at < payUntil)

/** The first week that somebody who subscribes now has an order in; undefined: none is left. */
export const firstWeek = (weeks: readonly Week[], at: Date): Week | undefined =>
  weeks.find(({ ordersAt }) => ordersAt > at)

/** Boxes that one member may have every week: their limit, shared out over all weeks. */
export const mostOf = (plan: BoxPlan): number =>
  Math.floor(plan.perMember / Math.max(1, weeksOf(plan).length))

/** Boxes that one store packs every week: its quota, shared out over all weeks. */
export const perWeekOf = (plan: BoxPlan, storeId: string): number =>
  Math.floor(
    (plan.items[0]?.quotas.find((each) => each.storeId === storeId)?.quota ?? 0) /
      Math.max(1, weeksOf(plan).length),
  )

/** A campaign with its terms of boxes; null where it is of another kind. */
export const boxOf = <T extends Plan>(plan: T): (T & BoxPlan) | null =>
  plan.terms.kind === 'box' ? { ...plan, terms: plan.terms } : null
