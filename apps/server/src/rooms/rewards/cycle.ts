import { dayAfter } from '#kernel/clock'

// Signing in day by day. Pure: days are business days.

/** The last time that somebody signed in. */
export interface LastSign {
  day: string
  streak: number
}

/** How many days in a row count today: those up to today or yesterday; a day that was missed begins again. */
export const streakOn = (last: LastSign | undefined, today: string): number =>
  last && (last.day === today || last.day === dayAfter(today, -1)) ? last.streak : 0

/** Which day of the cycle a streak has come to, from 0; after the last day the first comes again. */
export const placeOf = (streak: number, cycleDays: number): number => (streak - 1) % cycleDays

/** What the day is worth that makes a streak so long; 0 where there is no cycle. */
export const pointsOf = (cycle: readonly number[], streak: number): number =>
  cycle[placeOf(streak, cycle.length)] ?? 0
