// The chain lives in one time zone; a shopper's phone may not. UTC+8 has no summer time, so an offset is exact.
const BEIJING_MS = 8 * 3_600_000
const DAY_MS = 86_400_000
const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const

const beijing = (instant: string | number): Date => new Date(Number(new Date(instant)) + BEIJING_MS)
const dayNumber = (instant: string | number): number => Math.floor(Number(beijing(instant)) / DAY_MS)
const two = (value: number): string => String(value).padStart(2, '0')

/** Time of day in the store, `11:30`. */
export function clockOf(instant: string | number): string {
  const at = beijing(instant)
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
}

/** `11 月 22 日`. */
export function dateOf(instant: string | number): string {
  const at = beijing(instant)
  return `${at.getUTCMonth() + 1} 月 ${at.getUTCDate()} 日`
}

/** The date, with its year unless it is this one: `2027 年 1 月 31 日`. */
export function dateInYears(instant: string | number, now: number): string {
  const year = beijing(instant).getUTCFullYear()
  return year === beijing(now).getUTCFullYear() ? dateOf(instant) : `${year} 年 ${dateOf(instant)}`
}

/** `今天`, `明天`, `昨天`, or the date. */
export function dayOf(instant: string | number, now: number): string {
  const apart = dayNumber(instant) - dayNumber(now)
  return { '-1': '昨天', '0': '今天', '1': '明天' }[String(apart)] ?? dateOf(instant)
}

/** `今天，11 月 22 日 周日`. */
export function dayInFull(instant: string | number, now: number): string {
  const day = dayOf(instant, now)
  const date = dateOf(instant)
  const weekday = WEEKDAYS[beijing(instant).getUTCDay()] ?? ''
  return day === date ? `${date} ${weekday}` : `${day}，${date} ${weekday}`
}

/** `今天 11:30`. */
export function momentOf(instant: string | number, now: number): string {
  return `${dayOf(instant, now)} ${clockOf(instant)}`
}

/** `今天 11:30 至 12:00`. */
export function spanOf(start: string, end: string, now: number): string {
  return `${momentOf(start, now)} 至 ${clockOf(end)}`
}

/** How long ago something was looked at: `刚刚`, `3 分钟前`, then the moment itself. */
export function agoOf(instant: string | number, now: number): string {
  const minutes = Math.floor((now - Number(new Date(instant))) / 60_000)
  if (minutes < 1) return '刚刚'
  if (minutes < 60) return `${minutes} 分钟前`
  return momentOf(instant, now)
}

/** The time of day as elders say it: `中午 12 点`, `下午 4 点半`. */
export function spokenClock(instant: string | number): string {
  const at = beijing(instant)
  const hour = at.getUTCHours()
  const minute = at.getUTCMinutes()
  const part = hour < 6 ? '凌晨' : hour < 11 ? '上午' : hour < 13 ? '中午' : hour < 18 ? '下午' : '晚上'
  const shown = hour > 12 ? hour - 12 : hour
  const rest = minute === 0 ? '' : minute === 30 ? '半' : ` ${minute} 分`
  return `${part} ${shown} 点${rest}`
}

/** A closing time such as `22:00` as elders say it: `晚上 10 点`. */
export function spokenTimeOfDay(time: string): string {
  return spokenClock(`2026-01-01T${time}:00+08:00`)
}
