import { businessDay, dayBeside } from '../../ui/time.ts'

const DAY_MS = 86_400_000
export const DAYS = 14
/** A label needs about this share of the width; a shorter bar has its words beside it. */
const LABEL = 0.27

const midnight = (day: string): number => Date.parse(`${day}T00:00:00+08:00`)

/** The Monday of the week that a day is in. */
export const mondayOf = (day: string): string => {
  const weekday = new Date(`${day}T12:00:00+08:00`).getUTCDay()
  return dayBeside(day, -((weekday + 6) % 7))
}

/** Two weeks of days from one on. */
export const daysFrom = (first: string): string[] =>
  Array.from({ length: DAYS }, (_, i) => dayBeside(first, i))

/** The instants between which a calendar that begins on a day shows something. */
export const spanFrom = (first: string): { from: string; until: string } => ({
  from: new Date(midnight(first)).toISOString(),
  until: new Date(midnight(first) + DAYS * DAY_MS).toISOString(),
})

/** Where an instant is within the two weeks: 0 at their beginning, 1 at their end, beyond that where it is not in them. */
export const placeOf = (at: string | number, first: string): number =>
  (new Date(at).getTime() - midnight(first)) / (DAYS * DAY_MS)

/** Whether today is one of the days. */
export const todayIn = (now: number, first: string): boolean => daysFrom(first).includes(businessDay(now))

interface Dated {
  startsAt: string
  endsAt: string
  endedAt: string | null
}
export interface Bar<T> {
  of: T
  /** Shares of the width. */
  from: number
  to: number
  /** Begins before the two weeks, or ends after them. */
  openLeft: boolean
  openRight: boolean
  words: 'in' | 'right' | 'left'
  lane: number
}

/** When it was over: what was stopped while it ran, ended then; what was stopped before, is drawn where it would have been. */
export const overAt = ({ startsAt, endsAt, endedAt }: Dated): string =>
  endedAt !== null && endedAt > startsAt && endedAt < endsAt ? endedAt : endsAt

/** The bars of one row, each in the first lane where neither bar nor words touch another's. */
export function layOut<T extends Dated>(all: readonly T[], first: string): Bar<T>[] {
  const lanes: number[] = []
  return all
    .map((of) => ({ of, starts: placeOf(of.startsAt, first), ends: placeOf(overAt(of), first) }))
    .filter(({ starts, ends }) => ends > 0 && starts < 1)
    .toSorted((a, b) => a.starts - b.starts || b.ends - a.ends)
    .map(({ of, starts, ends }) => {
      const from = Math.max(0, starts)
      const to = Math.min(1, ends)
      const words = to - from >= LABEL ? 'in' : to + LABEL <= 1 ? 'right' : 'left'
      const begins = words === 'left' ? Math.max(0, from - LABEL) : from
      const reaches = words === 'right' ? to + LABEL : to
      const free = lanes.findIndex((busy) => busy <= begins)
      const lane = free === -1 ? lanes.length : free
      lanes[lane] = reaches
      return { of, from, to, openLeft: starts < 0, openRight: ends > 1, words, lane }
    })
}
