import { weightBackFen } from '@linli/contract/weight-rule'

import { formatFen } from '../../ui/fen.ts'
import type { OrderDetail } from './model.ts'

export type LineWeight = NonNullable<OrderDetail['lines'][number]['weight']>
export type WeighedLine = OrderDetail['lines'][number] & { weight: LineWeight }

/** Lines of the order that are sold by weight and have pieces in the bag. */
export const weighedLines = (order: OrderDetail): WeighedLine[] =>
  order.lines.filter((line): line is WeighedLine => line.weight !== null)

/** Whether weights may be noted: paid, and not in the shopper's hands yet. */
export const mayWeighNow = (order: OrderDetail): boolean =>
  (order.state === 'PAID' || order.state === 'READY') && weighedLines(order).length > 0

/** Whole grams from the field; undefined when it is none. */
export const parseGrams = (typed: string): number | undefined => {
  const grams = /^\d{1,7}$/.test(typed.trim()) ? Number(typed) : 0
  return grams >= 1 && grams <= 1_000_000 ? grams : undefined
}

export const kilos = (grams: number): string =>
  grams < 1000 ? `${grams} g` : `${String(Math.round(grams) / 1000)} kg`

/** The line with these grams, as the server will settle it. */
export const weighedAs = (weight: LineWeight, grams: number): LineWeight => ({
  ...weight,
  finalGrams: grams,
  backFen: weightBackFen({ ...weight, grams }),
})

/** Estimate, weight and what becomes of the difference; `handed`: it is settled. */
export const weightWords = (weight: LineWeight, handed: boolean): string => {
  const { estimateGrams, finalGrams, backFen, toleranceBp } = weight
  if (finalGrams === null) return `约 ${kilos(estimateGrams)}，还没称`
  const said = `约 ${kilos(estimateGrams)}，实称 ${kilos(finalGrams)}`
  const missing = estimateGrams - finalGrams
  if (missing <= 0) return missing === 0 ? said : `${said}，重 ${kilos(-missing)}，不另收`
  if (backFen === 0) return `${said}，轻 ${kilos(missing)}，在 ${toleranceBp / 100}% 以内，不退`
  return `${said}，轻 ${kilos(missing)}，${handed ? '已退' : '交接时退'} ${formatFen(backFen)}`
}

/** Half or double of the estimate may be a slip of the finger. */
export const looksWrong = ({ estimateGrams }: LineWeight, grams: number): boolean =>
  grams * 2 < estimateGrams || grams > estimateGrams * 2
