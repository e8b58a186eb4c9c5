import type { SaleLine } from './view.ts'

type Paid = Pick<SaleLine, 'barcode' | 'quantity' | 'payFen'>
/** What the sale does not bear out of a return: pieces that it did not sell, or money beyond what these pieces had cost. */
export type Unmatched = { barcodes: string[]; overFen: number; amountFen: number }

const sum = (lines: readonly Paid[], of: 'quantity' | 'payFen'): number =>
  lines.reduce((total, line) => total + line[of], 0)

/**
 * What was given back beyond the dearest price at which the sale had these goods, a fen of rounding granted: a return names barcodes, not lines, so that
 * anything less may be right.
 */
export function overFenOf(pieces: readonly Paid[], sold: readonly Paid[]): number {
  const barcodes = [...new Set(pieces.map(({ barcode }) => barcode))]
  return barcodes.reduce((over, barcode) => {
    const back = pieces.filter((piece) => piece.barcode === barcode)
    const count = sum(back, 'quantity')
    const worth = sold
      .filter((line) => line.barcode === barcode)
      .map(({ payFen, quantity }) => Math.ceil((payFen * count) / quantity))
    return over + Math.max(0, sum(back, 'payFen') - Math.max(0, ...worth))
  }, 0)
}

/** All its money is in question where pieces do not fit; otherwise what is too much. */
export function unmatchedIn(barcodes: string[], pieces: readonly Paid[], sold: readonly Paid[]): Unmatched {
  const overFen = overFenOf(pieces, sold)
  return { barcodes, overFen, amountFen: barcodes.length > 0 ? sum(pieces, 'payFen') : overFen }
}
