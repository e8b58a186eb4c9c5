import { businessDay, hourMinute, longDay } from '../../ui/time.ts'

/** A moment as people of the shops write it, `2026-11-24T08:00`: theirs whatever the browser's own time zone is. */
export type Wall = string

/** The wall clock of the shops at an instant, to the minute. */
export const wallOf = (at: Date | string | number): Wall => `${businessDay(at)}T${hourMinute(at)}`
/** The instant of a wall clock, as the server takes it. */
export const instantOf = (wall: Wall): string => new Date(`${wall}:00+08:00`).toISOString()
/** The same wall clock so many minutes later. */
export const wallAfter = (wall: Wall, minutes: number): Wall =>
  wallOf(Date.parse(`${wall}:00+08:00`) + minutes * 60_000)
/** Minutes from one wall clock to another. */
export const minutesBetween = (from: Wall, until: Wall): number =>
  (Date.parse(`${until}:00+08:00`) - Date.parse(`${from}:00+08:00`)) / 60_000

const dayWords = (at: string): string => longDay(at).split(' ')[0] ?? ''

/** `11月24日 08:00–20:00`; with both days where it ends on another one, and midnight as 24:00 of the day before. */
export const spanWords = (startsAt: string, endsAt: string): string => {
  const midnight = hourMinute(endsAt) === '00:00'
  const lastAt = midnight ? new Date(Date.parse(endsAt) - 1).toISOString() : endsAt
  const end = midnight ? '24:00' : hourMinute(endsAt)
  return businessDay(startsAt) === businessDay(lastAt)
    ? `${dayWords(startsAt)} ${hourMinute(startsAt)}–${end}`
    : `${dayWords(startsAt)} ${hourMinute(startsAt)} 到 ${dayWords(lastAt)} ${end}`
}

/** `46 分 48 秒`, `3 时 13 分`, `2 天 4 时`: a wait or a length, as precise as it needs to be. */
export const lengthWords = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const minutes = Math.floor(seconds / 60)
  if (minutes < 1) return `${seconds} 秒`
  if (minutes < 60) return `${minutes} 分 ${seconds % 60} 秒`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 ? `${hours} 小时` : `${hours} 时 ${minutes % 60} 分`
  return hours % 24 === 0 ? `${hours / 24} 天` : `${Math.floor(hours / 24)} 天 ${hours % 24} 时`
}
