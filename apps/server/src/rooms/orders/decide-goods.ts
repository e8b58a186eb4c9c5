import { type Answer, type Cancel, done, type HandOver, type MakeReady, refused } from './commands.ts'
import { notCollectable } from './collectable.ts'
import { returnToCampaign } from './decide-campaign.ts'
import { freeSeat } from './decide-group.ts'
import { movesPoints, releaseBenefits } from './decide-benefits.ts'
import { noteArrived, releaseStored } from './decide-stored.ts'
import { notCancellable, noWeight, orderMissing, wrongStore } from './problems.ts'
import { settleWeights } from './decide-weigh.ts'
import { endPresale } from './decide-presale.ts'
import { AWAITS_GOODS, moveTo } from './states.ts'
import { isOpen } from './tenders.ts'
import { moveStock, piecesLeft, releaseHold } from './holds.ts'
import { axesOf, changeOrder, type Fold, linesOf, noteDeed } from './view.ts'
import { unweighed } from './weight.ts'

/** Lets go of what an unpaid order holds, stock, coupons, points and stored value, but never while a payment could still succeed. */
export function cancel(fold: Fold, command: Cancel): Answer {
  const order = fold.view.orders.get(command.orderId)
  if (!order) return refused(orderMissing)
  if (order.state === 'CANCELLED') return done
  if (AWAITS_GOODS.includes(order.state)) return endPresale(fold, order, command)
  const to = moveTo(order.state, 'cancel', command.who)
  if (!to) return refused(notCancellable, { state: order.state })
  if (command.dueAt && (order.expiresAt === null || order.expiresAt > command.dueAt))
    return refused(notCancellable, { expiresAt: order.expiresAt })
  for (const attempt of fold.view.attempts.values())
    if (attempt.orderId === order.id && isOpen(attempt)) return { kind: 'payment_open' }
  const before = axesOf(order)
  const kept = returnToCampaign(fold, order, command)
  // Goods that are yet to come were never set aside.
  if (order.goodsBy === null) releaseHold(fold, order, command, kept)
  freeSeat(fold, order, command)
  releaseBenefits(fold, order, command)
  releaseStored(fold, order, command)
  order.cancelledAt = command.at
  order.cancelReason = command.reason
  const details = { reason: command.reason }
  changeOrder(fold, order, 'cancel', command, { to, data: details })
  if (command.auditor)
    noteDeed(fold, order, command.auditor, command, { action: 'orders.cancelled', before, details })
  return done
}

function weightMissing(fold: Fold, orderId: string): Answer | undefined {
  const [lineNo] = unweighed(linesOf(fold, orderId))
  return lineNo === undefined ? undefined : refused(noWeight, { lineNo })
}

/** The bag is packed, and what is sold by weight was weighed. Saying so twice changes nothing. */
export function makeReady(fold: Fold, command: MakeReady): Answer {
  const order = fold.view.orders.get(command.orderId)
  if (!order) return refused(orderMissing)
  const no = notCollectable(order)
  if (no) return no
  const to = moveTo(order.state, 'ready', 'staff')
  if (!to) return done
  const light = weightMissing(fold, order.id)
  if (light) return light
  changeOrder(fold, order, 'ready', command, { to })
  fold.writes.readied.push({ orderId: order.id, at: command.at })
  return done
}

/**
 * Completes the order and ships the stock of what is in the bag: paid, this store, not refunded as a whole, and once.
 * Pieces that were refunded while the order waited are not in the bag. What weighs less than was paid for it goes back now, when it is certain.
 */
export function handOver(fold: Fold, command: HandOver): Answer {
  const order = fold.view.orders.get(command.orderId)
  if (!order) return refused(orderMissing)
  if (order.state !== 'PENDING_PAY' && order.state !== 'CANCELLED' && order.storeId !== command.storeId)
    return refused(wrongStore, { storeId: order.storeId })
  const no = notCollectable(order)
  if (no) return no
  const light = weightMissing(fold, order.id)
  if (light) return light
  const to = moveTo(order.state, 'hand_over', 'staff')
  if (!to)
    throw new Error(`order ${order.id} in state ${order.state} is collectable yet cannot be handed over`)
  moveStock(
    fold,
    'SHIP',
    { orderId: order.id, storeId: order.storeId, lines: piecesLeft(linesOf(fold, order.id)) },
    command,
  )
  order.completedAt = command.at
  settleWeights(fold, order, command)
  changeOrder(fold, order, 'hand_over', command, { to })
  noteArrived(fold, order, command)
  fold.writes.closed.push({ orderId: order.id, handedAt: command.at, handedBy: command.staffId })
  if (movesPoints(linesOf(fold, order.id)))
    fold.writes.usable.push({ purchaseId: order.id, usableAt: command.pointsUsableAt })
  return done
}
