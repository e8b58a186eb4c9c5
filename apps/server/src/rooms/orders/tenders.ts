import {
  type DeskAttempt,
  type DeskRefund,
  type OrderMoney,
  refundCounts,
  type RefundLine,
  type Tender,
} from '#room/payments'
import type { RefundPlan } from './refund-plan.ts'
import type { DeskOrder } from './view.ts'

/** Money of it may still arrive. */
export const isOpen = ({ state }: Pick<DeskAttempt, 'state'>): boolean =>
  state === 'OPENING' || state === 'OPEN'

/** What another tender than stored value has to pay next: the deposit, the balance, or all of it. */
export const dueFen = ({
  totalFen,
  storedValueFen,
  depositFen,
  payState,
}: Pick<DeskOrder, 'totalFen' | 'storedValueFen' | 'depositFen' | 'payState'>): number => {
  if (depositFen === null) return totalFen - storedValueFen
  return payState === 'UNPAID' ? depositFen : totalFen - depositFen
}

/** Money that an order keeps of one attempt, and that has not gone back yet. */
export interface Purse {
  attemptId: string
  provider: Tender
  leftFen: number
}
/** What one attempt gives back of a refund. */
export interface RefundPart {
  attemptId: string
  provider: Tender
  amountFen: number
  lines: readonly RefundLine[]
}

/** What the order was paid with, last paid first. Attempts are listed as they were opened; a payment that came twice is not the order's. */
export function pursesOf(
  attempts: readonly (Pick<DeskAttempt, 'attemptId' | 'provider' | 'amountFen'> & { state: string })[],
  refunds: readonly Pick<DeskRefund, 'attemptId' | 'state' | 'cause' | 'amountFen'>[],
): Purse[] {
  return attempts.toReversed().flatMap(({ attemptId, provider, state, amountFen }) => {
    const own = refunds.filter((refund) => refund.attemptId === attemptId)
    if (state !== 'PAID' || own.some(({ cause }) => cause === 'double_payment')) return []
    const given = own.reduce((sum, refund) => (refundCounts(refund.state) ? sum + refund.amountFen : sum), 0)
    return [{ attemptId, provider, leftFen: amountFen - given }]
  })
}

/**
 * Splits a refund over what the order was paid with, in reverse order of payment (domain handbook §2.8). Undefined when that does not hold so much.
 * The pieces of a line, and its points, stand with the first money of it; what another attempt adds to it names no pieces.
 */
export function splitOver(
  { amountFen, lines }: Pick<RefundPlan, 'amountFen' | 'lines'>,
  purses: readonly Purse[],
): RefundPart[] | undefined {
  const parts: RefundPart[] = []
  const queue = lines.map((line) => ({ ...line }))
  let rest = amountFen
  for (const { attemptId, provider, leftFen } of purses) {
    const take = Math.min(leftFen, rest)
    if (take <= 0) continue
    rest -= take
    parts.push({ attemptId, provider, amountFen: take, lines: takeLines(queue, take) })
  }
  const [last] = purses
  // Goods that cost nothing in an order that did cost something: their going back is noted where its money would go.
  if (last && amountFen === 0 && lines.length > 0)
    parts.push({ attemptId: last.attemptId, provider: last.provider, amountFen, lines })
  return rest === 0 ? parts : undefined
}

/** For a preview: a plan with where its money would go. The desk splits it again with the rows locked. */
export function withParts<P extends RefundPlan>(plan: P, { payments, refunds }: OrderMoney) {
  const attempts = payments.map(({ id, ...attempt }) => ({ ...attempt, attemptId: id }))
  const parts = (splitOver(plan, pursesOf(attempts, refunds)) ?? []).filter(({ amountFen }) => amountFen > 0)
  return { ...plan, parts: parts.map(({ provider, amountFen }) => ({ provider, amountFen })) }
}

/** Takes so much money off the front of the queue; a line that needs more stays in front, without its pieces. */
export function takeLines(queue: RefundLine[], amountFen: number): RefundLine[] {
  const taken: RefundLine[] = []
  let rest = amountFen
  for (let line = queue[0]; line; line = queue[0]) {
    const fen = Math.min(line.amountFen, rest)
    if (fen < line.amountFen && fen === 0) break
    taken.push({ ...line, amountFen: fen })
    rest -= fen
    if (fen === line.amountFen) queue.shift()
    else queue[0] = { ...line, quantity: 0, pointsBack: 0, pointsTaken: 0, amountFen: line.amountFen - fen }
  }
  return taken
}
