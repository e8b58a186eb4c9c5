import { type DeskRefund, refundCounts, type RefundLine } from '#room/payments'
import type { DeskLine, DeskOrder } from './view.ts'
import type { RefundState } from './states.ts'

/** Pieces of a line that somebody wants refunded; none when only what is still owed is wanted: for pieces given back before, or for its weight. */
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
type PricedLine = Pick<DeskLine, 'quantity' | 'payFen' | 'withdrawnQuantity' | 'weightBackFen'>
/** What a plan asks of a line. */
export type PlannedLine = PricedLine & Pick<DeskLine, 'lineNo' | 'usedPoints' | 'earnedPoints'>

/**
 * What has to be back with the shopper once so many pieces of a line are, rounded down. Of a line that was settled by weight: its difference, whatever
 * else; the full share of pieces that were taken out before anybody weighed; and for those that were weighed a share of what remains.
 */
function dueFor(
  { quantity, payFen, withdrawnQuantity: out, weightBackFen }: PricedLine,
  pieces: number,
): number {
  const backFen = weightBackFen ?? 0
  const unweighedPieces = weightBackFen === null ? pieces : Math.min(pieces, out)
  const dueFen = backFen + Math.floor((payFen * unweighedPieces) / quantity)
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

/** The same of points, spent or earned: by pieces alone, whatever the scales said. */
const pointsOf = (points: number, line: PricedLine, pieces: number, before: number): number =>
  Math.max(0, Math.floor((points * pieces) / line.quantity) - before)

function refundOf(line: PlannedLine, given: Given, quantity: number, movesPoints: boolean): RefundLine {
  const pieces = given.quantity + quantity
  return {
    lineNo: line.lineNo,
    quantity,
    amountFen: shareOf(line, given, quantity),
    pointsBack: movesPoints ? pointsOf(line.usedPoints, line, pieces, given.pointsBack) : 0,
    pointsTaken: movesPoints ? pointsOf(line.earnedPoints, line, pieces, given.pointsTaken) : 0,
  }
}

/** Paid without money, and not closed: giving it back as a whole gives back no money, and its goods return to the shelf. */
const costNothing = ({
  state,
  payState,
  paidFen,
}: Pick<DeskOrder, 'state' | 'payState' | 'paidFen'>): boolean =>
  payState === 'PAID' && paidFen === 0 && state !== 'CLOSED_REFUND'

/**
 * Plans a refund of the pieces wanted, or of all that is left when `wanted` is null. Whatever is left of the order's money (freight) goes with the
 * last piece. `refunds` are those of the order; a payment that came twice is no part of it.
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
  const free = costNothing(order)
  if (leftFen <= 0 && !free) return { kind: 'nothing' }
  const asked = wanted && askedOf(wanted)
  // An order that was closed unpaid gave everything back then, though its money came late.
  const movesPoints = order.state !== 'CANCELLED'
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
    shares.push({ share: refundOf(line, given, quantity, movesPoints), named: named !== undefined })
  }
  for (const lineNo of asked?.keys() ?? []) return { kind: 'too_many', lineNo, leftQuantity: 0 }
  const whole = leftPieces === 0
  // Money of pieces that went back before may be left too, when one of several tenders failed: it goes with what asks for its line, or with the last.
  const planned = shares
    .filter(({ share, named }) => share.quantity > 0 || (share.amountFen > 0 && (named || whole)))
    .map(({ share }) => share)
  const amountFen = whole ? leftFen : planned.reduce((sum, line) => sum + line.amountFen, 0)
  if (amountFen <= 0 && !(free && whole)) return { kind: 'nothing' }
  const pointsBack = planned.reduce((sum, line) => sum + line.pointsBack, 0)
  const pointsTaken = planned.reduce((sum, line) => sum + line.pointsTaken, 0)
  const keptFen = leftFen - amountFen
  return { kind: 'plan', plan: { amountFen, lines: planned, whole, keptFen, pointsBack, pointsTaken } }
}

function askedOf(wanted: readonly WantedLine[]): Map<number, number> {
  const asked = new Map<number, number>()
  for (const { lineNo, quantity } of wanted) asked.set(lineNo, (asked.get(lineNo) ?? 0) + quantity)
  return asked
}

type Standing = Pick<DeskRefund, 'attemptId' | 'state' | 'cause' | 'sendAt' | 'amountFen' | 'lines'>

/** What a refund moves: the money of each line, and what belongs to no line (freight). */
function shares({ amountFen, lines }: Standing): [lineNo: number | null, fen: number][] {
  const ofLines = lines.map(({ lineNo, amountFen: fen }): [number, number] => [lineNo, fen])
  return [...ofLines, [null, amountFen - ofLines.reduce((sum, [, fen]) => sum + fen, 0)]]
}

/**
 * Money that was to go back, came to nothing, and was not sent again since: only as much as later refunds of the same attempt gave of the same line
 * counts as sent again.
 */
function isOwed(refunds: readonly Standing[]): boolean {
  const owed = new Map<string, number>()
  const inTime = refunds.toSorted(
    (a, b) =>
      a.sendAt.getTime() - b.sendAt.getTime() ||
      Number(refundCounts(b.state)) - Number(refundCounts(a.state)),
  )
  for (const refund of inTime)
    for (const [lineNo, fen] of shares(refund)) {
      const name = `${refund.attemptId} ${lineNo}`
      const before = owed.get(name) ?? 0
      owed.set(name, refundCounts(refund.state) ? Math.max(0, before - fen) : before + fen)
    }
  return [...owed.values()].some((fen) => fen > 0)
}

/**
 * The refund axis of an order, from what it got back and how its refunds stand. FAILED stays until somebody has sent all of that money again. An
 * order that cost nothing is given back whole or not at all, and that is decided where it is given back.
 */
export function refundStateOf(
  order: Pick<DeskOrder, 'paidFen' | 'refundedFen'>,
  refunds: readonly Standing[],
): RefundState {
  if (order.paidFen > 0 && order.refundedFen === order.paidFen) return 'FULL'
  const own = refunds.filter(({ cause }) => cause !== 'double_payment')
  if (own.some(({ state }) => state === 'PENDING' || state === 'PROCESSING')) return 'PENDING'
  if (own.some(({ state }) => state === 'ABNORMAL') || isOwed(own)) return 'FAILED'
  return order.refundedFen > 0 ? 'PARTIAL' : 'NONE'
}
