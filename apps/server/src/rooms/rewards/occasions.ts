import { dayAfter, isDay } from '#kernel/clock'

// When members are due something without asking. Pure: days are business days, so that whatever runs when, on whichever settings, looks at the same days.

/** A birthday that is late by so many days is still kept: a server may have stood still, and somebody may have said theirs today. */
export const BIRTHDAY_LATE_DAYS = 2
/** Who came to a mark of days away is given to within so many days. Who has been gone for longer than that is left in peace. */
export const MARK_DAYS = 30
/** Marks lie so many days apart, also those of other settings: nobody is woken twice in a week. */
export const MARK_GAP_DAYS = 7

/** Those born on this day (`MM-DD`) have their birthday of that year kept now. */
export interface BirthdayDue {
  monthDay: string
  year: string
}

const isLeap = (year: string): boolean => isDay(`${year}-02-29`)

/** The days (`MM-DD`) that are kept on a day: who was born on 29 February keeps the 28th in years without one. */
export function keptOn(day: string): BirthdayDue[] {
  const year = day.slice(0, 4)
  const monthDay = day.slice(5)
  const all = monthDay === '02-28' && !isLeap(year) ? [monthDay, '02-29'] : [monthDay]
  return all.map((each) => ({ monthDay: each, year }))
}

const daysBetween = (from: string, to: string): string[] => {
  const days: string[] = []
  for (let day = from; day <= to; day = dayAfter(day, 1)) days.push(day)
  return days
}
const monthEnd = (day: string): string => {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}

/** Whose birthdays are due on a day: those within so many days, or (null) all of the month. */
export function birthdaysDue(today: string, daysBefore: number | null): BirthdayDue[] {
  const days =
    daysBefore === null
      ? daysBetween(`${today.slice(0, 7)}-01`, monthEnd(today))
      : daysBetween(dayAfter(today, -BIRTHDAY_LATE_DAYS), dayAfter(today, daysBefore))
  return days.flatMap(keptOn)
}

/** So many days without a purchase are worth something. */
export interface Mark {
  days: number
  templateId: string
}
/** The last purchases (from one day to another) whose makers have come to a mark, numbered from 1, and to no later one. */
export interface AsleepSince extends Mark {
  mark: number
  from: string
  until: string
}

/** Marks as days of last purchases; none overlap. Marks have to grow. */
export function asleepSince(marks: readonly Mark[], today: string): AsleepSince[] {
  return marks.map((each, i) => {
    const end = Math.min(each.days + MARK_DAYS, marks[i + 1]?.days ?? Infinity)
    return { ...each, mark: i + 1, from: dayAfter(today, 1 - end), until: dayAfter(today, -each.days) }
  })
}
