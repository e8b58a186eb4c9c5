import { weightBackFen } from '@linli/contract/weight-rule'
import { yuanText } from './money.ts'
import type { Card, Order } from './wire.ts'

type Weight = NonNullable<Card['weight']>
export type LineWeight = NonNullable<Order['lines'][number]['weight']>

/** `500g`, `1.5kg`. */
export const gramsText = (grams: number): string =>
  grams < 1000 ? `${grams}g` : `${String(Math.round(grams / 10) / 100)}kg`

/** `¥13.90/500g`, `¥12.80/kg`. */
export const perWeightText = ({ perFen, perGrams }: Weight): string =>
  `${yuanText(perFen)}/${perGrams === 1000 ? 'kg' : `${perGrams}g`}`

const percent = (bp: number): string => `${String(bp / 100)}%`

/** From which difference on money goes back, and that more costs nothing. */
export const weightRule = ({ toleranceBp }: Pick<Weight, 'toleranceBp'>): string =>
  toleranceBp === 0
    ? '取货前按实称：轻了退差价，重了不加钱'
    : `取货前按实称：轻了超过 ${percent(toleranceBp)} 就退全部差价，重了不加钱`

/** What the scales said of a line and what became of it; `handed`: the bag is gone, so the difference is on its way or there. */
export function weighedText(weight: LineWeight, handed: boolean): string {
  const { estimateGrams, finalGrams, backFen, toleranceBp } = weight
  if (finalGrams === null) return `约 ${gramsText(estimateGrams)}，取货前按实称`
  const said = `约 ${gramsText(estimateGrams)}，实称 ${gramsText(finalGrams)}`
  const missing = estimateGrams - finalGrams
  if (missing < 0) return `${said}，重 ${gramsText(-missing)}，不加钱`
  if (missing === 0) return `${said}，不多不少`
  if (backFen === 0) return `${said}，轻 ${gramsText(missing)}，不到 ${percent(toleranceBp)}，不补不退`
  return `${said}，轻 ${gramsText(missing)}，${handed ? '差价' : '取货时退'} ${yuanText(backFen)}${handed ? ' 原路退回' : ''}`
}

/** Grams as typed, or as the label of a counter scale says them; null when it is neither. */
export function readGrams(typed: string): number | null {
  const text = typed.trim()
  if (/^\d{13}$/.test(text)) return labelGrams(text)
  if (!/^\d{1,7}$/.test(text)) return null
  const grams = Number(text)
  return grams >= 1 && grams <= MOST_GRAMS ? grams : null
}
/** The most that one line may weigh. */
const MOST_GRAMS = 1_000_000

/** A label that our scales print: 21, five digits of the item, five of grams, a check digit (EAN-13). */
function labelGrams(code: string): number | null {
  const sum = Array.from(code).reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0)
  const grams = Number(code.slice(7, 12))
  return code.startsWith('21') && sum % 10 === 0 && grams > 0 ? grams : null
}

/** The line as it will read once these grams are noted. */
export const weighedAs = (weight: LineWeight, grams: number): LineWeight => ({
  ...weight,
  finalGrams: grams,
  backFen: weightBackFen({ ...weight, grams }),
})

/** So far off that it may be a slip of the finger: worth a second look, not a refusal. */
export const looksWrong = ({ estimateGrams }: LineWeight, grams: number): boolean =>
  grams * 2 < estimateGrams || grams > estimateGrams * 2

interface Weighable {
  weight: LineWeight | null
}
/** Lines of a sheet that are still to be weighed. */
export const toWeigh = <T extends Weighable>(lines: readonly T[]): T[] =>
  lines.filter(({ weight }) => weight?.finalGrams === null)
/** What goes back to the shopper as the bag is handed over. */
export const backFenOf = (lines: readonly Weighable[]): number =>
  lines.reduce((sum, { weight }) => sum + (weight?.backFen ?? 0), 0)
