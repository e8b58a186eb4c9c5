/**
 * 劳务报酬, withheld by whoever pays (个人所得税扣缴申报管理办法（试行）art. 8): what one person earns of continuous work in a month counts as one time. Up
 * to 4,000 yuan 800 are free, above a fifth is; the rest is taxed by 20, 30 or 40 per cent. A merchant's counsel confirms that this is the rule (ADR 0031).
 */
const FREE_FEN = 80_000
const FLAT_TO_FEN = 400_000
const RATES: readonly { toFen: number; percent: number; lessFen: number }[] = [
  { toFen: 2_000_000, percent: 20, lessFen: 0 },
  { toFen: 5_000_000, percent: 30, lessFen: 200_000 },
  { toFen: Infinity, percent: 40, lessFen: 700_000 },
]
/** To the fen, half up. */
const percentOf = (fen: number, percent: number): number => Math.floor((fen * percent + 50) / 100)

/** What is withheld of a month's income, in fen. */
export function labourTax(incomeFen: number): number {
  const taxable = incomeFen <= FLAT_TO_FEN ? Math.max(0, incomeFen - FREE_FEN) : percentOf(incomeFen, 80)
  const { percent, lessFen } = RATES.find(({ toFen }) => taxable <= toFen) ?? {
    percent: 40,
    lessFen: 700_000,
  }
  return percentOf(taxable, percent) - lessFen
}

export interface MonthBefore {
  earnedFen: number
  withheldFen: number
}
/** What is withheld of one more payment of the same month: what the whole month owes, less what was withheld. */
export const withheldOf = (
  rule: 'none' | 'labour',
  amountFen: number,
  { earnedFen, withheldFen }: MonthBefore,
): number => (rule === 'none' ? 0 : Math.max(0, labourTax(earnedFen + amountFen) - withheldFen))
