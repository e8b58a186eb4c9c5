import { pointsText } from './points.ts'
import type { Receipt, ReceiptRow } from './wire.ts'

/** How many pieces of a receipt there were, and how many came back. */
export function piecesOf({
  lines,
}: {
  lines: readonly Pick<ReceiptRow['lines'][number], 'quantity' | 'returnedQuantity'>[]
}): {
  pieces: number
  back: number
} {
  return {
    pieces: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    back: lines.reduce((sum, { returnedQuantity }) => sum + returnedQuantity, 0),
  }
}

/** What was bought, in a line: `苹果、鸭梨 等 5 件`. */
export function boughtText(row: Pick<ReceiptRow, 'lines'>): string {
  const names = row.lines.slice(0, 2).map(({ name }) => name)
  const { pieces } = piecesOf(row)
  return row.lines.length > names.length || pieces > names.length
    ? `${names.join('、')} 等 ${pieces} 件`
    : names.join('、')
}

/** What became of it: `已撤销`, `退了 2 件`; null where all of it stayed. */
export function backText(row: Pick<ReceiptRow, 'lines' | 'source'>): string | null {
  const { pieces, back } = piecesOf(row)
  if (back === 0) return null
  if (row.source === 'staff') return '已撤销，券退回了'
  return back === pieces ? '已全部退货' : `退了 ${back} 件`
}

/** What a receipt says beside its date: what it earned, or that it is about a coupon alone. */
export function besideText(row: Pick<ReceiptRow, 'lines' | 'source' | 'earnedPoints'>): string | null {
  const back = backText(row)
  if (back !== null) return back
  if (row.source === 'staff') return '店员核销的券'
  return row.earnedPoints > 0 ? `得 ${pointsText(row.earnedPoints)} 积分` : null
}

/** What goods cost before coupons and points. */
export const goodsFenOf = ({ lines }: Pick<Receipt, 'lines'>): number =>
  lines.reduce((sum, { quantity, unitFen }) => sum + quantity * unitFen, 0)

/** What the till took off by itself, beside what coupons and points did. Not below nothing: a till may round up. */
export const tillOffFen = ({
  lines,
  discounts,
  paidFen,
}: Pick<Receipt, 'lines' | 'discounts' | 'paidFen'>): number =>
  Math.max(0, goodsFenOf({ lines }) - discounts.reduce((sum, { offFen }) => sum + offFen, 0) - paidFen)
