import { type DeskRefund, refundCounts, type RefundLine } from '#room/payments'
import type { DeskLine, DeskOrder } from './view.ts'
import { type RefundState, TERMINAL } from './states.ts'
import { takeLines } from './tenders.ts'

/** Pieces of a line that somebody wants refunded; none when only what is still owed is wanted: for pieces given back before, for its weight, or for its group's price. */
export interface WantedLine {
  lineNo: number
  quantity: number
}
export interface Given {
  quantity: number
  amountFen: number
  pointsBack: number
  pointsTaken: number
}
export interface RefundPlan {
  /** What goes back to the shopper, in fen. */
  amountFen: number
  lines: readonly RefundLine[]
  /** Nothing is left to refund after it. */
  whole: boolean
  /** What the shopper will have paid in the end. */
  keptFen: number
  /** Points spent that come back with it, and points earned that are taken back. */
  pointsBack: number
  pointsTaken: number
}
export type PlannedRefund =
  | { kind: 'plan'; plan: RefundPlan }
  /** There are not that many pieces of this line left. */
  | { kind: 'too_many'; lineNo: number; leftQuantity: number }
  | { kind: 'nothing' }

/** What refunds gave back of a line, or are about to; those that came to nothing do not count. */
export function givenOf(refunds: readonly Pick<DeskRefund, 'lines' | 'state'>[], lineNo: number): Given {
  const given = { quantity: 0, amountFen: 0, pointsBack: 0, pointsTaken: 0 }
  for (const { state, lines } of refunds) {
    if (!refundCounts(state)) continue
    for (const line of lines) {
      if (line.lineNo !== lineNo) continue
      given.quantity += line.quantity
      given.amountFen += line.amountFen
      given.pointsBack += line.pointsBack
      given.pointsTaken += line.pointsTaken
    }
  }
  return given
}

/** A line as money sees it. */
type PricedLine = Pick<
  DeskLine,
  'quantity' | 'payFen' | 'withdrawnQuantity' | 'weightBackFen' | 'groupBackFen'
>
/** What a plan asks of a line. */
export type PlannedLine = PricedLine & Pick<DeskLine, 'lineNo' | 'usedPoints' | 'earnedPoints'>

/**
 * What has to be back with the shopper once so many pieces of a line are, rounded down. Of a line whose group came to a lower price: the difference,
 * whatever else, and shares of what remains. Of one that was settled by weight: its difference too; the full share of pieces that were taken out before
 * anybody weighed; and for those that were weighed a share of what remains.
 */
function dueFor(
  { quantity, payFen: paidFen, withdrawnQuantity: out, weightBackFen, groupBackFen }: PricedLine,
  pieces: number,
): number {
  const payFen = paidFen - groupBackFen
  const backFen = weightBackFen ?? 0
  const unweighedPieces = weightBackFen === null ? pieces : Math.min(pieces, out)
  const dueFen = groupBackFen + backFen + Math.floor((payFen * unweighedPieces) / quantity)
  if (pieces === unweighedPieces) return dueFen
  const bagFen = payFen - Math.floor((payFen * out) / quantity) - backFen
  return dueFen + Math.floor((bagFen * (pieces - out)) / (quantity - out))
}

/**
 * What `quantity` more pieces of a line bring back: what is due for all pieces given back until then, less what went back before. The last piece takes
 * the remainder, so that any sequence of refunds adds up to what was paid for the line.
 */
export const shareOf = (
  line: PricedLine,
  given: Pick<Given, 'quantity' | 'amountFen'>,
  quantity: number,
): number => Math.max(0, dueFor(line, given.quantity + quantity) - given.amountFen)

/** The same of points that were spent: by pieces alone, whatever the scales said. */
const spentBack = (points: number, line: PricedLine, pieces: number, before: number): number =>
  Math.max(0, Math.floor((points * pieces) / line.quantity) - before)

/**
 * And of points that it earned, which are earned by money actually paid (domain handbook §2.7): by pieces, and once the line was settled by weight or by
 * the price of its group by the money that is due for them, so that grams nobody was given, and fen nobody kept, earn nothing.
 */
function earnedBack(line: PlannedLine, pieces: number, before: number): number {
  const { earnedPoints, payFen, quantity, weightBackFen, groupBackFen } = line
  const due =
    (weightBackFen === null && groupBackFen === 0) || payFen === 0
      ? (earnedPoints * pieces) / quantity
      : (earnedPoints * dueFor(line, pieces)) / payFen
  return Math.max(0, Math.floor(due) - before)
}

/** What so many more pieces of a line move: money, and points unless those came back before. None for what its weight is to give back. */
export function refundOf(
  line: PlannedLine,
  given: Given,
  quantity: number,
  movesPoints: boolean,
): RefundLine {
  const pieces = given.quantity + quantity
  return {
    lineNo: line.lineNo,
    quantity,
    amountFen: shareOf(line, given, quantity),
    pointsBack: movesPoints ? spentBack(line.usedPoints, line, pieces, given.pointsBack) : 0,
    pointsTaken: movesPoints ? earnedBack(line, pieces, given.pointsTaken) : 0,
  }
}

/**
 * Plans a refund of the pieces wanted, or of all that is left when `wanted` is null. Whatever is left of the order's money (freight) goes with the
 * last piece. Goods that cost nothing go back like others, without money; of an order that cost nothing at all only as a whole, because it has no
 * payment that could remember a part. `refunds` are those of the order; a payment that came twice is no part of it.
 */
export function planRefund(
  order: Pick<DeskOrder, 'state' | 'payState' | 'paidFen'>,
  lines: readonly PlannedLine[],
  refunds: readonly Pick<DeskRefund, 'lines' | 'state' | 'amountFen' | 'cause'>[],
  wanted: readonly WantedLine[] | null,
): PlannedRefund {
  const own = refunds.filter(({ cause }) => cause !== 'double_payment')
  const counted = own.reduce((sum, { state, amountFen }) => (refundCounts(state) ? sum + amountFen : sum), 0)
  const leftFen = order.paidFen - counted
  const free = order.paidFen === 0
  // An order that was closed unpaid gave everything back then, though its money came late: only that money goes back.
  const late = order.state === 'CANCELLED'
  // A deposit goes back as a whole: of an order that is not paid yet nothing was spent or earned.
  const deposit = order.payState === 'DEPOSIT'
  const isOver =
    leftFen <= 0 && (late || lines.every((line) => givenOf(own, line.lineNo).quantity >= line.quantity))
  if (order.payState === 'UNPAID' || isOver || (free && order.state === 'CLOSED_REFUND'))
    return { kind: 'nothing' }
  const asked = wanted && askedOf(wanted)
  const shares: { share: RefundLine; named: boolean }[] = []
  let leftPieces = 0
  for (const line of lines) {
    const given = givenOf(own, line.lineNo)
    const left = line.quantity - given.quantity
    const named = asked ? asked.get(line.lineNo) : left
    const quantity = named ?? 0
    asked?.delete(line.lineNo)
    if (quantity > left) return { kind: 'too_many', lineNo: line.lineNo, leftQuantity: left }
    leftPieces += left - quantity
    shares.push({ share: refundOf(line, given, quantity, !late && !deposit), named: named !== undefined })
  }
  for (const lineNo of asked?.keys() ?? []) return { kind: 'too_many', lineNo, leftQuantity: 0 }
  const whole = leftPieces === 0
  // Money of pieces that went back before may be left too, when one of several tenders failed: it goes with what asks for its line, or with the last.
  const planned = shares
    .filter(({ share, named }) => share.quantity > 0 || (share.amountFen > 0 && (named || whole)))
    .map(({ share }) => share)
  const dueFen = planned.reduce((sum, line) => sum + line.amountFen, 0)
  // Less came late than the lines cost where stored value had paid a part of them: that was free again as the order was closed.
  const amountFen = whole ? leftFen : Math.min(leftFen, dueFen)
  if ((planned.length === 0 && amountFen <= 0) || ((free || deposit) && !whole)) return { kind: 'nothing' }
  const pointsBack = planned.reduce((sum, line) => sum + line.pointsBack, 0)
  const pointsTaken = planned.reduce((sum, line) => sum + line.pointsTaken, 0)
  const keptFen = leftFen - amountFen
  const given = late || deposit ? takeLines([...planned], amountFen) : planned
  return { kind: 'plan', plan: { amountFen, lines: given, whole, keptFen, pointsBack, pointsTaken } }
}

function askedOf(wanted: readonly WantedLine[]): Map<number, number> {
  const asked = new Map<number, number>()
  for (const { lineNo, quantity } of wanted) asked.set(lineNo, (asked.get(lineNo) ?? 0) + quantity)
  return asked
}

type Standing = Pick<DeskRefund, 'state' | 'cause' | 'amountFen' | 'lines'>
type AxisOrder = Pick<DeskOrder, 'state' | 'paidFen' | 'refundedFen'>
type AxisLine = PricedLine & Pick<DeskLine, 'lineNo' | 'promisedQuantity'>

/**
 * Is money neither back nor on its way that somebody promised back? Of an order that is closed, all that was paid; of any other, what is due for the
 * pieces that were promised, for its weight and its group's price, by the same formula that plans refunds. Which refund was to bring it does not matter.
 */
function isOwed(
  { state, paidFen }: AxisOrder,
  lines: readonly AxisLine[],
  own: readonly Standing[],
): boolean {
  const counted = own.reduce((sum, refund) => (refundCounts(refund.state) ? sum + refund.amountFen : sum), 0)
  const whole = TERMINAL.includes(state) || lines.every((line) => line.promisedQuantity === line.quantity)
  if (whole) return counted < paidFen
  return lines.some((line) => {
    const given = givenOf(own, line.lineNo)
    return shareOf(line, given, Math.max(0, line.promisedQuantity - given.quantity)) > 0
  })
}

/**
 * The refund axis of an order, from what it got back and how its refunds stand. FAILED stays until all that was promised is on its way again. An
 * order that cost nothing is given back whole or not at all, and that is decided where it is given back.
 */
export function refundStateOf(
  order: AxisOrder,
  lines: readonly AxisLine[],
  refunds: readonly Standing[],
): RefundState {
  if (order.paidFen > 0 && order.refundedFen === order.paidFen) return 'FULL'
  const own = refunds.filter(({ cause }) => cause !== 'double_payment')
  if (own.some(({ state }) => state === 'PENDING' || state === 'PROCESSING')) return 'PENDING'
  if (own.some(({ state }) => state === 'ABNORMAL') || isOwed(order, lines, own)) return 'FAILED'
  return order.refundedFen > 0 ? 'PARTIAL' : 'NONE'
}
