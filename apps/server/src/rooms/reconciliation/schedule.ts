import { businessDay, dayAfter, instantOf, secondsAfter, timeOfDay } from '#kernel/clock'

/** WeChat makes the bills of a day from nine the next morning and says to fetch them after ten. */
const FETCH_FROM = '10:05'
/** From here on a bill that is still being made is a matter for a person. */
const LATE_FROM = '14:00'
/** WeChat keeps bills for three months. */
const KEPT_DAYS = 89

/** Seconds until the next try of a day that did not go well; the last repeats. */
const GAPS = [300, 600, 1200, 3600, 10_800, 21_600]
const CREATING_GAP = 600
/** How often something that may pass by itself (a lost connection) is tried before a person hears of it. */
const PATIENCE = 3

/** The last day whose bills should be there by now. */
export const lastDueDay = (now: Date): string =>
  dayAfter(businessDay(now), timeOfDay(now) >= FETCH_FROM ? -1 : -2)

/** The first day whose bills can still be had. */
export const firstKeptDay = (now: Date): string => dayAfter(businessDay(now), -KEPT_DAYS)

/** When the bills of a day are fetched by themselves. */
export const fetchAt = (day: string): Date => instantOf(dayAfter(day, 1), FETCH_FROM)

/** May this day be run now, at somebody's wish? */
export const withinReach = (day: string, now: Date): boolean =>
  day < businessDay(now) && day >= firstKeptDay(now)

export const nextTry = (now: Date, tries: number): Date =>
  secondsAfter(now, GAPS[Math.min(tries, GAPS.length) - 1] ?? GAPS[0] ?? 0)
export const nextLook = (now: Date): Date => secondsAfter(now, CREATING_GAP)

/** Is it time that a person hears of it? At once when the bill itself is wrong: it will be wrong again. */
export const isForAPerson = (trouble: { inTheBill: boolean; tries: number }): boolean =>
  trouble.inTheBill || trouble.tries >= PATIENCE
export const isLate = (day: string, now: Date): boolean => now >= instantOf(dayAfter(day, 1), LATE_FROM)
