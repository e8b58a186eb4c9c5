// Numbers only, no schemas: a phone's bundle takes this rule and nothing else.

/**
 * What so many grams cost where `of` grams cost `fen`, to the nearest fen, half a fen up (四舍五入), as scales round. Exact up to a million grams and
 * 90 million yuan: no product here passes 2^53.
 */
export function weighedFen(fen: number, grams: number, of: number): number {
  const [whole, rest] = [Math.floor(fen / of), fen % of]
  return whole * grams + Math.floor((2 * rest * grams + of) / (2 * of))
}

/**
 * What goes back to a shopper who paid for the estimate (多退): the price of what is missing, if more is missing than the tolerance allows. Discounts
 * keep their proportion. Heavier costs nothing more: nobody ordered that. Screens show by this what the server will do.
 */
export function weightBackFen({
  payFen,
  estimateGrams,
  toleranceBp,
  grams,
}: {
  payFen: number
  estimateGrams: number
  toleranceBp: number
  grams: number
}): number {
  const missing = estimateGrams - grams
  return missing * 10_000 > estimateGrams * toleranceBp
    ? payFen - weighedFen(payFen, grams, estimateGrams)
    : 0
}
