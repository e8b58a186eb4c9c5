import type { Described } from './subjects.ts'

/** `1990` → `19.90`. */
export const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

/** What a message to friends says: the thing and its price, and nothing that is not so. */
export const titleOf = ({ name, price, title }: Described): string =>
  title ??
  (price
    ? `${name} ¥${yuan(price.fen)}${price.unit === '' ? '' : `/${price.unit}`}`
    : `${name}：线上下单，到店自提`)

/** `2026-11-24` → `11 月 24 日`. */
export function dayWords(day: string): string {
  const [, month = '', date = ''] = day.split('-')
  return `${Number(month)} 月 ${Number(date)} 日`
}
