import assert from 'node:assert/strict'
import { secondsAfter } from '#kernel/clock'
import {
  atCounter,
  type DeskAttempt,
  type DeskRefund,
  firstState,
  type NewRefund,
  type RefundLine,
  refundMayMove,
} from '#room/payments'
import { type Answer, done, type GiveBack, refused, type SettleRefund } from './commands.ts'
import { returnAll, returnBenefits } from './decide-benefits.ts'
import { returnToCampaign } from './decide-campaign.ts'
import { giveUpSeat, isGathered, seatBack } from './decide-group.ts'
import { giveBackStored, noteArrived } from './decide-stored.ts'
import {
  alreadyHanded,
  keyReused,
  notCancellable,
  notRefundable,
  orderMissing,
  priceChanged,
  refundHanded,
  refundTooMany,
  waitsForGroup,
} from './problems.ts'
import { givenOf, planRefund, type RefundPlan, refundStateOf } from './refund-plan.ts'
import { oweDeposit } from './presale-owed.ts'
import { AWAITS_GOODS, HOLDS_STOCK, moveTo } from './states.ts'
import { type Pieces, piecesOf } from './stock-lines.ts'
import { pursesOf, type RefundPart, splitOver } from './tenders.ts'
import { countSlot, moveStock, piecesLeft } from './holds.ts'
import {
  axesOf,
  changeLine,
  changeOrder,
  type DeskOrder,
  type Fold,
  linesOf,
  noteDeed,
  type Stamp,
} from './view.ts'

type RefundFacts = Pick<
  NewRefund,
  'refundId' | 'idemKey' | 'bodyHash' | 'cause' | 'reason' | 'ourFault' | 'by' | 'at' | 'amountFen' | 'lines'
>

/** WeChat wants a minute between refunds of one payment; a second more for two clocks. */
const APART_SECONDS = 61

/** A refund of one attempt, from now on payments' to send; of stored value there is nothing to send. */
export function sendRefund(
  fold: Fold,
  order: DeskOrder,
  { attemptId, provider }: Pick<DeskAttempt, 'attemptId' | 'provider'>,
  facts: RefundFacts,
): DeskRefund {
  const before = [...fold.view.refunds.values()].filter((refund) => refund.attemptId === attemptId)
  const sendAt = before.reduce((at, refund) => {
    const next = secondsAfter(refund.sendAt, APART_SECONDS)
    return next > at ? next : at
  }, facts.at)
  const byHand = atCounter(provider)
  const toStored = provider === 'stored_value'
  const refund: NewRefund = { ...facts, orderId: order.id, attemptId, sendAt, byHand, toStored }
  const made = { ...refund, state: firstState(refund) }
  fold.view.refunds.set(facts.refundId, made)
  if (toStored) giveBackStored(fold, order, made, facts)
  fold.writes.refunds.push(refund)
  return made
}

export const refundsOf = ({ view }: Fold, orderId: string): DeskRefund[] =>
  [...view.refunds.values()].filter((refund) => refund.orderId === orderId)

const axisOf = (fold: Fold, order: DeskOrder) =>
  refundStateOf(order, linesOf(fold, order.id), refundsOf(fold, order.id))

/** The parts of a refund: what each thing the order was paid with gives back, last paid first. */
export function partsOf(
  { view }: Fold,
  orderId: string,
  refunds: readonly DeskRefund[],
  plan: Pick<RefundPlan, 'amountFen' | 'lines'>,
) {
  const attempts = [...view.attempts.values()].filter((attempt) => attempt.orderId === orderId)
  return splitOver(plan, pursesOf(attempts, refunds))
}

/** Notes pieces as promised back, whatever becomes of their money. Those promised before whose money did not go back are not counted again. */
export function promise(
  fold: Fold,
  order: DeskOrder,
  wanted: readonly RefundLine[],
  refunds: readonly DeskRefund[],
): void {
  for (const line of linesOf(fold, order.id)) {
    const asked = wanted.find(({ lineNo }) => lineNo === line.lineNo)
    const promised = givenOf(refunds, line.lineNo).quantity + (asked?.quantity ?? 0)
    if (!asked || promised <= line.promisedQuantity) continue
    line.promisedQuantity = promised
    changeLine(fold, order.id, line)
  }
}

/**
 * Takes pieces that were promised back out of an order that still waits in the store: their stock is free at once, and whoever packs the bag leaves
 * them out.
 */
export function withdraw(fold: Fold, order: DeskOrder, stamp: Stamp, kept = false): void {
  const freed: Pieces[] = []
  for (const line of linesOf(fold, order.id)) {
    const { promisedQuantity: out, withdrawnQuantity: before } = line
    if (out === before) continue
    freed.push(...piecesOf(line, out - before))
    line.withdrawnQuantity = out
    // What the scales said was of more pieces.
    line.finalGrams = null
    changeLine(fold, order.id, line)
  }
  // Goods that are yet to come were never set aside.
  if (HOLDS_STOCK.includes(order.state))
    moveStock(fold, 'RELEASE', { orderId: order.id, storeId: order.storeId, lines: freed, kept }, stamp)
}

/** Nothing is left to hand over: the place in the slot is free, and the code opens nothing any more. */
function closeEmpty(fold: Fold, order: DeskOrder): void {
  if (order.slotStart) countSlot(fold, { storeId: order.storeId, startsAt: order.slotStart }, -1)
  fold.writes.closed.push({ orderId: order.id, handedAt: null, handedBy: null })
}

type PartFacts = Omit<RefundFacts, 'refundId' | 'amountFen' | 'lines'> & { refundIds: readonly string[] }

function countBack({ writes }: Fold, { orderId, lines }: DeskRefund): void {
  for (const line of lines) {
    const name = `${orderId} ${line.lineNo}`
    const none = { orderId, lineNo: line.lineNo, quantity: 0, amountFen: 0 }
    const sum = writes.refundedLines.get(name) ?? none
    sum.quantity += line.quantity
    sum.amountFen += line.amountFen
    writes.refundedLines.set(name, sum)
  }
}

/** What a refund gave back is with the shopper, and with it what else goes with those pieces. */
function arrive(fold: Fold, order: DeskOrder, refund: DeskRefund, stamp: Stamp): void {
  order.refundedFen += refund.amountFen
  countBack(fold, refund)
  returnBenefits(fold, order, refund, stamp)
}

/** One refund for each part, all under the caller's key; each ends by itself, and one of no money, or of stored value, at once. */
export function sendParts(
  fold: Fold,
  order: DeskOrder,
  parts: readonly RefundPart[],
  { refundIds, ...facts }: PartFacts,
): void {
  for (const [i, { amountFen, lines, ...attempt }] of parts.entries()) {
    const refundId = refundIds[i]
    assert.ok(refundId, `an id for part ${i + 1} of the refund of order ${order.no}`)
    const refund = sendRefund(fold, order, attempt, { ...facts, refundId, amountFen, lines })
    if (refund.state === 'SUCCESS') arrive(fold, order, refund, facts)
  }
  order.refundState = parts.length > 0 ? axisOf(fold, order) : 'FULL'
}

/** It cost nothing and was given back: there is no refund to know a repeat by, and none is needed. */
const closedForNothing = ({ state, paidFen, payState }: DeskOrder): boolean =>
  state === 'CLOSED_REFUND' && payState === 'PAID' && paidFen === 0

/** For the record: where the money of a refund goes when that is more than one place. */
const splitIn = (parts: readonly RefundPart[]) =>
  parts.length > 1 ? { parts: parts.map(({ provider, amountFen }) => ({ provider, amountFen })) } : {}

/**
 * Gives back the pieces asked for, or all that is left of what was paid; the last piece closes the order. Goods still in the store return to the
 * shelf, and the rest of the bag is collected as before.
 */
export function giveBack(fold: Fold, command: GiveBack): Answer {
  const order = fold.view.orders.get(command.orderId)
  if (!order) return refused(orderMissing)
  const refunds = refundsOf(fold, order.id)
  const same = refunds.find(({ idemKey }) => idemKey === command.key)
  if (same) return same.bodyHash === command.bodyHash ? done : refused(keyReused)
  if (command.uncollected && order.completedAt) return refused(alreadyHanded, { at: order.completedAt })
  if (command.leaves && (order.state !== 'WAIT_GROUP' || isGathered(fold, order)))
    return refused(notCancellable, { state: order.state })
  if (closedForNothing(order) && command.expectFen === 0) return done
  const lines = linesOf(fold, order.id)
  const planned = planRefund(order, lines, refunds, command.lines)
  if (planned.kind === 'too_many')
    return refused(refundTooMany, { lineNo: planned.lineNo, leftQuantity: planned.leftQuantity })
  const parts = planned.kind === 'plan' && partsOf(fold, order.id, refunds, planned.plan)
  if (planned.kind === 'nothing' || !parts)
    return refused(notRefundable, { state: order.state, refundState: order.refundState })
  const { amountFen, lines: given, whole } = planned.plan
  const seated = order.state === 'WAIT_GROUP'
  if (seated && !whole) return refused(waitsForGroup)
  if (amountFen !== command.expectFen) return refused(priceChanged, { refundableFen: amountFen })
  const before = axesOf(order)
  const waits = HOLDS_STOCK.includes(order.state) || AWAITS_GOODS.includes(order.state)
  promise(fold, order, given, refunds)
  // A seat that is given up goes back to its campaign as a whole.
  const kept = seated && returnToCampaign(fold, order, command)
  if (waits) withdraw(fold, order, command, kept)
  const closes = waits ? piecesLeft(lines).length === 0 : whole
  if (waits && closes) closeEmpty(fold, order)
  if (closes && moveTo(order.state, 'refund', 'system')) giveUpSeat(fold, order, command)
  const { refundIds, key: idemKey, bodyHash, reason, ourFault, by, at } = command
  sendParts(fold, order, parts, { refundIds, idemKey, bodyHash, cause: 'order', reason, ourFault, by, at })
  if (parts.length === 0) returnAll(fold, order, planned.plan, command)
  if (command.ourFault) oweDeposit(fold, order, closes)
  // A closed order whose refund failed stays closed; only the money is sent again.
  const to =
    (closes ? moveTo(order.state, 'refund', command.auditor ? 'staff' : 'system') : undefined) ?? order.state
  const pieces = given.map(({ lineNo, quantity }) => ({ lineNo, quantity }))
  const details = { reason, amountFen, ...(whole ? {} : { pieces }), ...splitIn(parts) }
  changeOrder(fold, order, 'refund', command, { to, data: details })
  seatBack(fold, order, command)
  noteArrived(fold, order, command)
  if (command.auditor)
    noteDeed(fold, order, command.auditor, command, { action: 'orders.refunded', before, details })
  return done
}

const DEEDS: Readonly<Record<SettleRefund['fact']['outcome'], string>> = {
  PROCESSING: 'refund_redirected',
  SUCCESS: 'refunded',
  ABNORMAL: 'refund_failed',
  CLOSED: 'refund_failed',
  FAILED: 'refund_failed',
}

/** A refund ended, or came back to life after a person helped it. What payments' own table of moves does not allow is ignored. The alarm of a failure is payments' own. */
export function settleRefund(fold: Fold, command: SettleRefund): Answer {
  const { fact } = command
  const order = fold.view.orders.get(command.orderId)
  const refund = fold.view.refunds.get(fact.refundId)
  assert.ok(order && refund && refund.orderId === order.id, `refund ${fact.refundId} of an unknown order`)
  const { handing } = command
  if (handing && handing.expectFen !== refund.amountFen)
    return refused(priceChanged, { refundableFen: refund.amountFen })
  if (!refundMayMove(refund.state, fact.outcome)) return handing ? refused(refundHanded) : done
  const before = axesOf(order)
  refund.state = fact.outcome
  const success = fact.outcome === 'SUCCESS'
  fold.writes.settled.set(fact.refundId, {
    refundId: fact.refundId,
    outcome: fact.outcome,
    providerId: fact.providerId ?? fold.writes.settled.get(fact.refundId)?.providerId ?? null,
    trouble: fact.trouble,
    at: fact.at,
    handedBy: handing?.staffId ?? null,
  })
  // A second payment is no part of what the order took: it leaves the order's own axes alone.
  if (refund.cause !== 'double_payment') {
    if (success) arrive(fold, order, refund, command)
    order.refundState = axisOf(fold, order)
    seatBack(fold, order, command)
  }
  changeOrder(fold, order, DEEDS[fact.outcome], command, {
    data: { amountFen: refund.amountFen, outcome: fact.outcome },
  })
  if (handing)
    noteDeed(fold, order, handing.auditor, command, {
      action: 'orders.handed_back',
      before,
      details: { amountFen: refund.amountFen },
    })
  return done
}
