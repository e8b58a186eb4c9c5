/** Bill days are Beijing days; a day's bills are made the next morning at nine and kept for three months. */
const BEIJING_OFFSET_MS = 8 * 3_600_000
const DAY_MS = 86_400_000
const READY_HOUR_MS = 9 * 3_600_000
const KEPT_MS = 92 * DAY_MS

const startOf = (day: string): number => Date.parse(`${day}T00:00:00+08:00`)

/** `YYYY-MM-DD` of an instant in Beijing. */
export const beijingDay = (at: number): string => new Date(at + BEIJING_OFFSET_MS).toISOString().slice(0, 10)

/** Does this text name a day that exists? */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(startOf(text)) && beijingDay(startOf(text)) === text

/** When the bills of a day are made. */
export const untilDay = (day: string): number => startOf(day) + DAY_MS + READY_HOUR_MS

export type Readiness = 'ready' | 'creating' | 'unasked'

/** Are there bills of this day now? `unasked` is a day that is not over, or one that is forgotten. */
export const readinessOf = (day: string, now: number): Readiness => {
  if (now < startOf(day) + DAY_MS || now > startOf(day) + KEPT_MS) return 'unasked'
  return now < untilDay(day) ? 'creating' : 'ready'
}
