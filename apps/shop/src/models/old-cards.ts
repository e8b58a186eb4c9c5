import { yuanShort } from './money.ts'
import { pointsText } from './points.ts'
import type { OldCardHistory } from './wire.ts'

const monthOf = (day: string): string => `${day.slice(0, 4)} 年 ${Number(day.slice(5, 7))} 月`

/** What an old card brought, and what its books still say: `120 积分，2019 年 3 月起，买过 88 次，共 ¥1,234.50`. */
export function oldCardText({ points, growth, firstBought, purchases, spentFen }: OldCardHistory): string {
  return [
    `${pointsText(points)} 积分`,
    ...(growth > 0 ? [`${pointsText(growth)} 成长值`] : []),
    ...(firstBought === null ? [] : [`${monthOf(firstBought)}起`]),
    ...(purchases === null ? [] : [`买过 ${purchases} 次`]),
    ...(spentFen === null ? [] : [`共 ${yuanShort(spentFen)}`]),
  ].join('，')
}

/** What somebody at a counter shows or says: the card itself, or the end of a phone number and six digits. Null: neither. */
export function readShown(text: string): { cardCode: string } | { phoneTail: string; code: string } | null {
  const digits = text.replace(/[\s-]/g, '')
  const [, phoneTail = '', code = ''] = /^(\d{4})(\d{6})$/.exec(digits) ?? []
  if (code !== '') return { phoneTail, code }
  if (/^\d{16}$/.test(digits)) return { cardCode: digits }
  const token = text.trim()
  return /^LM1\.[\x21-\x7e]{20,190}$/.test(token) ? { cardCode: token } : null
}
