/** Where time comes from. Nothing else in the server reads the system clock, so that a test can move it. */
export interface Clock {
  /** The instant that business runs on: time-outs, opening hours, expiries. */
  now(): Date
  /** The instant on the wall: for stamps that another machine checks against its own clock (signatures of requests and replies), and for how old something in memory is. */
  stamp(): Date
}

export const systemClock: Clock = { now: () => new Date(), stamp: () => new Date() }

export interface TestClock extends Clock {
  advance(seconds: number): void
}
export function testClock(start: Date): TestClock {
  let at = start.getTime()
  return {
    now: () => new Date(at),
    stamp: () => new Date(),
    advance(seconds) {
      at += seconds * 1000
    },
  }
}

const SHANGHAI_OFFSET_MS = 8 * 3600_000 // no daylight saving since 1991

/** The business day of an instant in Asia/Shanghai, `YYYY-MM-DD`. */
export const businessDay = (at: Date): string =>
  new Date(at.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10)

/** `HH:MM` of an instant in Asia/Shanghai. */
export const timeOfDay = (at: Date): string =>
  new Date(at.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(11, 16)

/** `12 月 8 日 20:00`, as people read it in Asia/Shanghai. */
export function momentWords(at: Date): string {
  const [, month, day] = businessDay(at).split('-')
  return `${Number(month)} 月 ${Number(day)} 日 ${timeOfDay(at)}`
}

/** `11 月 24 日 10:00 到 22:00`; the other day too where there is one. */
export const spanWords = (from: Date, until: Date): string =>
  `${momentWords(from)} 到 ${businessDay(from) === businessDay(until) ? timeOfDay(until) : momentWords(until)}`

/** The instant of `HH:MM` on a business day. Throws on a day that does not exist. */
export function instantOf(day: string, time = '00:00'): Date {
  const at = new Date(`${day}T${time}:00+08:00`)
  if (!isDay(day) || Number.isNaN(at.getTime())) throw new RangeError(`no such day: ${day} ${time}`)
  return at
}

/** Is there such a day? `2026-02-30` is written like one. */
export function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00+08:00`)
  return !Number.isNaN(at.getTime()) && businessDay(at) === text
}

/** The business day `days` after (or before) another. */
export const dayAfter = (day: string, days: number): string =>
  businessDay(new Date(instantOf(day).getTime() + days * 86_400_000))
/** The last day that something is good for which ends at this instant, `11月26日`: an end is the first instant of the day after. */
export function lastDayWords(end: Date): string {
  const [, month = '', day = ''] = businessDay(new Date(end.getTime() - 1)).split('-')
  return `${Number(month)}月${Number(day)}日`
}
export const secondsAfter = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000)
