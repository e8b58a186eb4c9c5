import { type Ending, endOf, takingBack } from '#room/campaigns'
import { stockShort } from '#room/inventory'
import { type Answer, type Arrive, type Cancel, done, type Place, refused } from './commands.ts'
import { keepOfCampaign, returnToCampaign } from './decide-campaign.ts'
import { partsOf, promise, refundsOf, sendParts, withdraw } from './decide-money.ts'
import { noteArrived } from './decide-stored.ts'
import { notCancellable, notRefundable, orderMissing } from './problems.ts'
import type { DeskPresale } from './presale-desk.sql.ts'
import { oweDeposit } from './presale-owed.ts'
import { planRefund } from './refund-plan.ts'
import { moveTo } from './states.ts'
import { shortOf } from './stock-lines.ts'
import { isOpen } from './tenders.ts'
import { freeAt, moveStock, piecesLeft } from './holds.ts'
import { changeOrder, type DeskOrder, type Fold, linesOf, type Stamp } from './view.ts'

// Orders whose goods are yet to come (domain handbook §2.9): what was agreed, a deposit, the goods that arrive, and how a deal ends without them. None of
// them holds stock before its goods are there.

const presaleOf = ({ view }: Fold, { id, no }: DeskOrder): DeskPresale => {
  const presale = view.presales.get(id)
  if (!presale) throw new Error(`nothing is agreed about the goods of order ${no}`)
  return presale
}

/** Writes down what was agreed with whoever orders. */
export function agreePresale({ view, writes }: Fold, { orderId, campaign }: Place): void {
  if (!campaign?.presale) return
  const { depositBp: _, ...deal } = campaign.presale
  const { campaignId, storeId, skuId } = campaign
  const presale = {
    ...deal,
    orderId,
    campaignId,
    storeId,
    skuId,
    arrivalId: null,
    arrivedAt: null,
    owedFen: 0,
  }
  view.presales.set(orderId, presale)
  writes.newPresales.push(presale)
}

/** The deposit is paid: from now on the order waits for its balance, until the time for that is over. False where none is due. */
export function payDeposit(
  fold: Fold,
  order: DeskOrder,
  stamp: Stamp,
  data: Record<string, unknown> | null,
): boolean {
  if (order.depositFen === null || order.payState !== 'UNPAID') return false
  const to = moveTo(order.state, 'pay_deposit', 'system')
  if (!to) throw new Error(`the deposit of order ${order.no} is paid in state ${order.state}`)
  order.payState = 'DEPOSIT'
  order.paidFen = order.depositFen
  order.expiresAt = presaleOf(fold, order).balanceUntil
  keepOfCampaign(fold, order)
  changeOrder(fold, order, 'pay_deposit', stamp, { to, data })
  return true
}

/** Goods are there for this order: they are set aside as far as they are free, all of them or none. */
export function arrive(fold: Fold, command: Arrive): Answer {
  const order = fold.view.orders.get(command.orderId)
  if (!order) return refused(orderMissing)
  const to = moveTo(order.state, 'arrive', 'staff')
  // Served by an arrival before, or closed meanwhile: nothing is set aside twice.
  if (!to) return done
  const presale = presaleOf(fold, order)
  const { id: orderId, storeId } = order
  const lines = piecesLeft(linesOf(fold, orderId))
  const short = shortOf(
    lines.map((each) => ({ ...each, components: null })),
    (skuId) => freeAt(fold, { storeId, skuId }),
  )
  if (short) return refused(stockShort, { ...short })
  moveStock(fold, 'RESERVE', { orderId, storeId, lines }, command)
  presale.arrivalId = command.arrivalId
  presale.arrivedAt = command.at
  order.packableAt = command.at
  fold.writes.presales.set(orderId, presale)
  changeOrder(fold, order, 'arrive', command, { to, data: { arrivalId: command.arrivalId } })
  fold.writes.pickups.push({ orderId, storeId, ...command.pickup })
  return done
}

/** As what this deal would end now; undefined while nobody may end it so. */
function endingOf(order: DeskOrder, presale: DeskPresale, { who, dueAt, at }: Cancel): Ending | undefined {
  if (who === 'member') return takingBack(presale, at)
  const overdue = dueAt !== null && order.expiresAt !== null && order.expiresAt <= dueAt
  return who === 'system' && order.state === 'WAIT_BALANCE' && overdue ? 'balance_missed' : undefined
}

/**
 * Ends a deal before its goods are there: the shopper takes it back, or the balance did not come in time. What was paid goes where the terms send it,
 * but never while a payment could still succeed.
 */
export function endPresale(fold: Fold, order: DeskOrder, command: Cancel): Answer {
  const presale = presaleOf(fold, order)
  const ending = endingOf(order, presale, command)
  if (!ending) return refused(notCancellable, { state: order.state, cutoff: presale.cutoff })
  for (const attempt of fold.view.attempts.values())
    if (attempt.orderId === order.id && isOpen(attempt)) return { kind: 'payment_open' }
  const { backFen } = endOf(presale, ending, order)
  order.cancelledAt = command.at
  order.cancelReason = command.reason
  if (backFen === 0) return loseEarnest(fold, order, command)
  const refunds = refundsOf(fold, order.id)
  const planned = planRefund(order, linesOf(fold, order.id), refunds, null)
  const parts = planned.kind === 'plan' && partsOf(fold, order.id, refunds, planned.plan)
  if (planned.kind !== 'plan' || !parts) return refused(notRefundable, { state: order.state })
  promise(fold, order, planned.plan.lines, refunds)
  withdraw(fold, order, command)
  const ourFault = ending === 'goods_late'
  const { refundIds, reason, by, at } = command
  const facts = { refundIds, idemKey: null, bodyHash: null, cause: 'order' as const, ourFault, by, at }
  sendParts(fold, order, parts, { ...facts, reason: reason === '' ? REASONS[ending] : reason })
  if (ourFault) oweDeposit(fold, order, true)
  returnToCampaign(fold, order, command)
  const to = moveTo(order.state, 'cancel', command.who)
  changeOrder(fold, order, 'cancel', command, {
    to: to ?? order.state,
    data: { reason, ending, amountFen: planned.plan.amountFen },
  })
  noteArrived(fold, order, command)
  return done
}

/** Read by the shopper in WeChat. */
const REASONS: Readonly<Record<Ending, string>> = {
  taken_back: '预售取消，款项退回',
  balance_missed: '尾款没付，预付款退回',
  goods_late: '到货晚了，款项退回',
  our_fault: '预售缺货，款项退回',
}

/** The balance of an earnest did not come: the order is closed, and what was paid stays. */
function loseEarnest(fold: Fold, order: DeskOrder, command: Cancel): Answer {
  const to = moveTo(order.state, 'lapse', 'system')
  if (!to) throw new Error(`order ${order.no} cannot lapse in state ${order.state}`)
  returnToCampaign(fold, order, command)
  changeOrder(fold, order, 'lapse', command, { to, data: { reason: command.reason, keptFen: order.paidFen } })
  return done
}
