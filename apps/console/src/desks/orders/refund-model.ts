import type { Out } from '../../api.ts'
import { refundSteps, type OrderDetail } from './model.ts'
import { backStep } from './tenders.ts'

export type Quote = Out<'POST /console/v1/orders/:orderId/refund-quotes'>

/** Pieces chosen, by line number. */
export type Picked = Readonly<Record<number, number>>
export interface PickLine {
  line: OrderDetail['lines'][number]
  /** Pieces that a refund could still take. */
  left: number
  /** What of its money that is back went back for its weight. */
  weightFen: number
}

/** The lines that a refund could still take something of. */
export const pickLines = (order: OrderDetail): PickLine[] =>
  order.lines.flatMap((line) => {
    const left = order.refundable.find(({ lineNo }) => lineNo === line.lineNo)?.quantity ?? 0
    const weightFen = order.completedAt ? Math.min(line.weight?.backFen ?? 0, line.refundedFen) : 0
    return left > 0 ? [{ line, left, weightFen }] : []
  })

/** What was chosen, as the server takes it; lines without a piece are left out. */
export const wantedOf = (picked: Picked): { lineNo: number; quantity: number }[] =>
  Object.entries(picked).flatMap(([lineNo, quantity]) =>
    quantity > 0 ? [{ lineNo: Number(lineNo), quantity }] : [],
  )

export const pickAll = (order: OrderDetail): Picked =>
  Object.fromEntries(pickLines(order).map(({ line, left }) => [line.lineNo, left]))

/** Why a line gives back what it does: its own money, the share now, and what stays for later. */
export const shareWords = (
  { line, left, weightFen }: PickLine,
  quantity: number,
  amountFen: number,
): { name: string; fen: number }[] => {
  const before = line.quantity - left
  const later = line.payFen - line.refundedFen - amountFen
  return [
    { name: `这一行实付（${line.quantity} ${line.unit}）`, fen: line.payFen },
    ...(weightFen > 0 ? [{ name: '称重差价', fen: weightFen }] : []),
    ...(before > 0 ? [{ name: `前面退过 ${before} ${line.unit}`, fen: line.refundedFen - weightFen }] : []),
    {
      name:
        quantity < left
          ? `先退 ${quantity} ${line.unit}，向下取整到分`
          : `退 ${quantity} ${line.unit}，余数都在这里`,
      fen: amountFen,
    },
    ...(quantity < left && later > 0
      ? [{ name: `以后再退其余 ${left - quantity} ${line.unit}`, fen: later }]
      : []),
  ]
}

/** What will happen, in order, when the button is pressed. */
export const pieceSteps = (
  order: OrderDetail,
  picked: Picked,
  { whole, parts }: Pick<Quote, 'whole' | 'parts'>,
): string[] => {
  if (whole) return refundSteps(order, parts)
  const names = order.lines
    .filter(({ lineNo }) => (picked[lineNo] ?? 0) > 0)
    .map(({ lineNo, name, unit }) => `${picked[lineNo]} ${unit} ${name}`)
    .join('、')
  return [
    backStep(parts),
    order.state === 'COMPLETED' ? '货已经取走，库存不动' : `${names} 从这一单里拿掉，库存马上放回可售`,
    order.state === 'COMPLETED' ? '订单还是已完成，其余的不变' : '其余的照常备货、取货',
  ]
}
