const zone = 'Asia/Shanghai'

const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: zone,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const clockSeconds = new Intl.DateTimeFormat('zh-CN', {
  timeZone: zone,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})
const isoDay = new Intl.DateTimeFormat('en-CA', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})
const weekday = new Intl.DateTimeFormat('zh-CN', { timeZone: zone, weekday: 'short' })

type Instant = Date | string | number

/** The business day (`2026-11-22`) an instant falls on in the shops' own time zone. */
export const businessDay = (at: Instant): string => isoDay.format(new Date(at))
/** The business day so many days after another, or before it. */
export const dayBeside = (day: string, days: number): string =>
  businessDay(Date.parse(`${day}T12:00:00+08:00`) + days * 86_400_000)

/** `10:42` */
export const hourMinute = (at: Instant): string => clock.format(new Date(at))

/** `10:42:07` */
export const hourMinuteSecond = (at: Instant): string => clockSeconds.format(new Date(at))

/** `11月22日 周日` */
export const longDay = (at: Instant): string => {
  const [, month, day] = businessDay(at).split('-')
  return `${Number(month)}月${Number(day)}日 ${weekday.format(new Date(at))}`
}

/** `周日` */
export const weekdayOf = (at: Instant): string => weekday.format(new Date(at))

const dayDistance = (at: Instant, now: Instant): number =>
  Math.round((Date.parse(businessDay(now)) - Date.parse(businessDay(at))) / 86_400_000)

/** The shortest unambiguous way to say when: the clock today, `昨 21:34`, `11-18 08:00`, the year only when it differs. */
export const when = (at: Instant, now: Instant, seconds = false): string => {
  const time = seconds ? hourMinuteSecond(at) : hourMinute(at)
  const days = dayDistance(at, now)
  if (days === 0) return time
  if (days === 1) return `昨 ${time}`
  const day = businessDay(at)
  return `${day.slice(0, 4) === businessDay(now).slice(0, 4) ? day.slice(5) : day} ${time}`
}

/** Until when something is good: what ends with a day is said by that day, `11-22 24:00`, not by the midnight after it. */
export const until = (at: Instant, now: Instant): string => {
  const end = new Date(at)
  if (hourMinute(end) !== '00:00') return when(end, now)
  const day = businessDay(end.getTime() - 1)
  return `${day.slice(0, 4) === businessDay(now).slice(0, 4) ? day.slice(5) : day} 24:00`
}

/** How long ago in words short enough for a table cell: `8 秒前`, `3 时 12 分前`, `2 天前`. */
export const ago = (at: Instant, now: Instant): string => {
  const seconds = Math.max(0, Math.floor((new Date(now).getTime() - new Date(at).getTime()) / 1000))
  if (seconds < 5) return '刚刚'
  if (seconds < 60) return `${seconds} 秒前`
  return `${duration(seconds)}前`
}

/** `12 分`, `3 时 8 分`, `2 天`, `1 天 23 时` */
export const duration = (seconds: number): string => {
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} 分`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 ? `${hours} 小时` : `${hours} 时 ${minutes % 60} 分`
  const days = Math.floor(hours / 24)
  return hours % 24 === 0 || days > 2 ? `${days} 天` : `${days} 天 ${hours % 24} 时`
}

/** Greets by the shops' clock, not the browser's. */
export const greeting = (at: Instant): string => {
  const hour = Number(hourMinute(at).slice(0, 2))
  if (hour < 5) return '夜深了'
  if (hour < 11) return '上午好'
  if (hour < 13) return '中午好'
  return hour < 18 ? '下午好' : '晚上好'
}
