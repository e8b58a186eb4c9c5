import assert from 'node:assert/strict'
import type { RefundLine } from '#room/payments'
import { type Answer, done, type HandOver, refused, type Weigh } from './commands.ts'
import { notCollectable } from './collectable.ts'
import { partsOf, refundsOf, sendParts } from './decide-money.ts'
import { givenOf, refundOf } from './refund-plan.ts'
import { notWeighed, orderMissing, weightChanged } from './problems.ts'
import { changeLine, changeOrder, type DeskOrder, type Fold, linesOf } from './view.ts'
import { weightOf } from './weight.ts'

/**
 * Notes what the scales say, all lines or none. Each against the weight that was on the clerk's screen: two clerks cannot overwrite each other unseen.
 * No money moves before the bag is handed over, so that a slip can be corrected until then.
 */
export function weigh(fold: Fold, command: Weigh): Answer {
  const order = fold.view.orders.get(command.orderId)
  if (!order) return refused(orderMissing)
  const no = notCollectable(order)
  if (no) return no
  const lines = linesOf(fold, order.id)
  const changes = []
  for (const { lineNo, grams, expectGrams } of command.lines) {
    const line = lines.find((each) => each.lineNo === lineNo)
    const weight = line && weightOf(line)
    if (!line || !weight) return refused(notWeighed, { lineNo })
    // Said before: a repeat changes nothing.
    if (line.finalGrams === grams) continue
    if (line.finalGrams !== expectGrams) return refused(weightChanged, { lineNo, grams: line.finalGrams })
    changes.push({ line, grams })
  }
  if (changes.length === 0) return done
  for (const { line, grams } of changes) {
    line.finalGrams = grams
    changeLine(fold, order.id, line)
  }
  const weights = changes.map(({ line: { lineNo }, grams }) => ({ lineNo, grams }))
  changeOrder(fold, order, 'weigh', command, { data: { weights } })
  return done
}

/** Read by the shopper in WeChat. */
const REASON = '称重商品按实重退差价'

/**
 * Settles the weighed lines of a bag that is handed over: what each weighs less goes back, once, as one refund of no pieces. The line stays sold, and
 * later refunds of its pieces share what remains of it.
 */
export function settleWeights(fold: Fold, order: DeskOrder, command: HandOver): void {
  const given: RefundLine[] = []
  const refunds = refundsOf(fold, order.id)
  for (const line of linesOf(fold, order.id)) {
    const weight = weightOf(line)
    if (!weight) continue
    line.weightBackFen = weight.backFen
    changeLine(fold, order.id, line)
    // No piece comes back, and none of the points that were spent; what grams earned that nobody was given is taken back.
    const share = refundOf(line, givenOf(refunds, line.lineNo), 0, true)
    if (weight.backFen > 0) given.push({ ...share, amountFen: weight.backFen, pointsBack: 0 })
  }
  const amountFen = given.reduce((sum, line) => sum + line.amountFen, 0)
  if (amountFen === 0) return
  const parts = partsOf(fold, order.id, refunds, { amountFen, lines: given })
  assert.ok(parts, `what order ${order.no} was paid with does not hold ${amountFen} fen for its weight`)
  const { refundIds, by, at } = command
  const facts = {
    refundIds,
    idemKey: null,
    bodyHash: null,
    cause: 'weighing' as const,
    reason: REASON,
    ourFault: false,
    by,
    at,
  }
  sendParts(fold, order, parts, facts)
}
