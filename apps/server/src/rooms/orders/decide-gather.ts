import assert from 'node:assert/strict'
import { type Group, groupDifference } from '#room/campaigns'
import type { RefundLine } from '#room/payments'
import { type Answer, done, type Gather, refused } from './commands.ts'
import { gatherOne } from './decide-group.ts'
import { partsOf, refundsOf, sendParts } from './decide-money.ts'
import { noteArrived } from './decide-stored.ts'
import { orderMissing } from './problems.ts'
import { givenOf, refundOf } from './refund-plan.ts'
import { moveTo } from './states.ts'
import { changeLine, changeOrder, type DeskOrder, type Fold, linesOf } from './view.ts'

/** Read by the shopper in WeChat. */
const REASON = '拼团人数到了，差价退回'

/**
 * Its group is made: from now on it is an order like any other, at the price that the group came to. What was paid above that goes back with the same
 * step, so that it goes back once. Saying so twice changes nothing.
 */
export function gather(fold: Fold, command: Gather): Answer {
  const order = fold.view.orders.get(command.orderId)
  if (!order) return refused(orderMissing)
  const to = moveTo(order.state, 'gather', 'system')
  if (!to) return done
  const group = gatherOne(fold, order, command)
  order.packableAt = command.at
  const backFen = settlePrice(fold, order, group, command)
  const data = backFen > 0 ? { priceFen: group.priceFen, backFen } : null
  changeOrder(fold, order, 'gather', command, { to, data })
  noteArrived(fold, order, command)
  fold.writes.pickups.push({ orderId: order.id, storeId: order.storeId, ...command.pickup })
  return done
}

/**
 * Gives back what was paid above the price of the rung that was reached, as one refund of no pieces: the lines stay sold, and later refunds of their
 * pieces share what remains. Answers how many fen that is.
 */
function settlePrice(fold: Fold, order: DeskOrder, group: Group, command: Gather): number {
  const pieceFen = groupDifference(group)
  const refunds = refundsOf(fold, order.id)
  const given: RefundLine[] = []
  for (const line of linesOf(fold, order.id)) {
    if (line.skuId !== group.skuId || line.groupBackFen > 0) continue
    const backFen = Math.min(line.payFen, pieceFen * line.quantity)
    if (backFen === 0) continue
    line.groupBackFen = backFen
    changeLine(fold, order.id, line)
    given.push({
      ...refundOf(line, givenOf(refunds, line.lineNo), 0, true),
      amountFen: backFen,
      pointsBack: 0,
    })
  }
  const amountFen = given.reduce((sum, line) => sum + line.amountFen, 0)
  if (amountFen === 0) return 0
  const parts = partsOf(fold, order.id, refunds, { amountFen, lines: given })
  assert.ok(parts, `what order ${order.no} was paid with does not hold ${amountFen} fen for its group`)
  const { refundIds, by, at } = command
  sendParts(fold, order, parts, {
    refundIds,
    idemKey: `price:${group.groupId}`,
    bodyHash: null,
    cause: 'group_price',
    reason: REASON,
    ourFault: false,
    by,
    at,
  })
  return amountFen
}
