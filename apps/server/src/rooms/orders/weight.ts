import type { LineWeight } from '@linli/contract/weighing'
import { weightBackFen } from '@linli/contract/weight-rule'
import type { Static } from 'typebox'

/** What a line keeps of its weight; the first two as they were promised when it was ordered. */
export interface WeighedLine {
  quantity: number
  withdrawnQuantity: number
  payFen: number
  pieceGrams: number | null
  toleranceBp: number | null
  finalGrams: number | null
  /** What went back for it as the bag was handed over; null before. */
  weightBackFen: number | null
  /** What went back of it as its group came to a lower price. */
  groupBackFen: number
}

/**
 * The pieces in the bag by weight: what was paid for them, what the scales say, and what goes back; null for lines sold by the piece, and for those
 * that have nothing in the bag. What was settled once is kept, not computed again.
 */
export function weightOf(line: WeighedLine): Static<typeof LineWeight> | null {
  const { quantity, withdrawnQuantity, pieceGrams, toleranceBp, finalGrams } = line
  const paidFen = line.payFen - line.groupBackFen
  const pieces = quantity - withdrawnQuantity
  if (pieceGrams === null || toleranceBp === null || pieces === 0) return null
  const estimateGrams = pieceGrams * pieces
  const payFen = paidFen - Math.floor((paidFen * withdrawnQuantity) / quantity)
  const backFen =
    line.weightBackFen ??
    (finalGrams === null ? 0 : weightBackFen({ payFen, estimateGrams, toleranceBp, grams: finalGrams }))
  return { estimateGrams, payFen, toleranceBp, finalGrams, backFen }
}

/** Lines that nobody has weighed yet, by number. */
export const unweighed = (lines: readonly (WeighedLine & { lineNo: number })[]): number[] =>
  lines.flatMap((line) => (weightOf(line)?.finalGrams === null ? [line.lineNo] : []))
