import type { DeskAttempt } from '#room/payments'
import { type Answer, done, refused, type Take } from './commands.ts'
import { becomePaid } from './decide-pay.ts'
import { alreadyPaid, keyReused, notPayable, orderMissing, priceChanged, tenderedShort } from './problems.ts'
import { moveTo } from './states.ts'
import { dueFen, isOpen } from './tenders.ts'
import { axesOf, type DeskOrder, type Fold, noteDeed } from './view.ts'

/**
 * Staff take the money at the counter. A payment that is open comes first: it is closed at its provider, and if it was paid meanwhile, that is the
 * payment, and nothing is taken here.
 */
export function take(fold: Fold, command: Take): Answer {
  const order = fold.view.orders.get(command.orderId)
  if (!order) return refused(orderMissing)
  const attempts = [...fold.view.attempts.values()].filter(({ orderId }) => orderId === order.id)
  const same = attempts.find(({ idemKey }) => idemKey === command.key)
  if (same) return isSame(same, command) ? done : refused(keyReused)
  if (order.payState === 'PAID') return refused(alreadyPaid)
  if (!moveTo(order.state, 'pay', 'staff')) return refused(notPayable)
  // Whoever takes the money: what the shopper was told is over is over, though the sweep has not been here yet.
  if (order.expiresAt && order.expiresAt <= command.at)
    return refused(notPayable, { expiresAt: order.expiresAt })
  if (attempts.some(isOpen)) return { kind: 'payment_open' }
  const due = dueFen(order)
  if (command.expectFen !== due) return refused(priceChanged, { totalFen: due })
  const { tenderedFen } = command
  if (tenderedFen !== null && tenderedFen < due) return refused(tenderedShort, { dueFen: due })
  keep(fold, order, due, command)
  return done
}

const isSame = (attempt: DeskAttempt, { provider, expectFen, tenderedFen, slip }: Take): boolean =>
  attempt.provider === provider &&
  attempt.amountFen === expectFen &&
  attempt.tenderedFen === tenderedFen &&
  attempt.slip === slip

function keep(fold: Fold, order: DeskOrder, amountFen: number, command: Take): void {
  const { attemptId, key: idemKey, provider, tenderedFen, slip, at } = command
  const { view, writes } = fold
  const taking = { attemptId, orderId: order.id, provider, amountFen, idemKey, tenderedFen, slip }
  view.attempts.set(attemptId, { ...taking, state: 'PAID', transactionId: null })
  writes.takings.push({ ...taking, storeId: order.storeId, takenBy: command.staffId, at })
  const before = axesOf(order)
  becomePaid(fold, order, { pickup: command.pickup, by: command.by, at, paidAt: at, attemptId })
  const details = { provider, amountFen, ...(tenderedFen === null ? { slip } : { tenderedFen }) }
  noteDeed(fold, order, command.auditor, command, { action: 'orders.taken_at_counter', before, details })
}
