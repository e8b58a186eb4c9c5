import { type Answer, refused } from './commands.ts'
import { alreadyHanded, goodsAwaited, notPaid, refunding, waitsForGroup } from './problems.ts'
import type { DeskOrder } from './view.ts'

/** Why this order's bag cannot be packed or handed over; undefined when it can. */
export function notCollectable(order: Pick<DeskOrder, 'state' | 'completedAt'>): Answer | undefined {
  if (order.state === 'PENDING_PAY' || order.state === 'CANCELLED')
    return refused(notPaid, { state: order.state })
  if (order.state === 'WAIT_GROUP') return refused(waitsForGroup)
  if (order.state === 'WAIT_BALANCE' || order.state === 'WAIT_GOODS')
    return refused(goodsAwaited, { state: order.state })
  if (order.state === 'COMPLETED') return refused(alreadyHanded, { at: order.completedAt })
  if (order.state === 'CLOSED_REFUND') return refused(refunding)
  return undefined
}
