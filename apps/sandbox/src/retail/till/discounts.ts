/** What this till takes off by itself: a coupon by the day pack, spread over the lines of a receipt. Integer fen throughout. */
import type { Offer } from './tokens.ts'

export type Priced = { unitFen: number; quantity: number }

const RATE = 10_000
export const goodsFenOf = (lines: readonly Priced[]): number =>
  lines.reduce((sum, { unitFen, quantity }) => sum + unitFen * quantity, 0)

/** Of the steps that the goods reach, the one that takes most; never more than `maxOffFen`, and one fen of the goods stays. */
export const offOf = ({ steps, maxOffFen }: Offer, lines: readonly Priced[]): number => {
  const goodsFen = goodsFenOf(lines)
  const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const reached = steps.filter(({ atFen, atPieces }) => goodsFen >= atFen && pieces >= atPieces)
  const offFen = Math.max(
    0,
    ...reached.map((step) => step.offFen + Math.floor((goodsFen * step.offBp) / RATE)),
  )
  return Math.max(0, Math.min(offFen, maxOffFen ?? offFen, goodsFen - 1))
}

/** What each line takes of a discount: by what it costs, the fen that remain to the largest fractions. Adds up exactly. */
export const spread = (offFen: number, lines: readonly Priced[]): number[] => {
  const goodsFen = goodsFenOf(lines)
  if (goodsFen === 0) return lines.map(() => 0)
  const exact = lines.map(({ unitFen, quantity }) => offFen * unitFen * quantity)
  const shares = exact.map((each) => Math.floor(each / goodsFen))
  const rest = offFen - shares.reduce((sum, each) => sum + each, 0)
  const byFraction = exact
    .map((each, at) => ({ at, fraction: each % goodsFen }))
    .sort((a, b) => b.fraction - a.fraction || a.at - b.at)
  for (const { at } of byFraction.slice(0, rest)) shares[at] = (shares[at] ?? 0) + 1
  return shares
}
