// Random histories of an order desk: what people, the clock and WeChat might do next.
import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { newId } from '../../src/kernel/id.ts'
import { newPickup } from '../../src/rooms/fulfilment/codes.ts'
import { type Command, refundIds } from '../../src/rooms/orders/commands.ts'
import { planRefund } from '../../src/rooms/orders/refund-plan.ts'
import { dueFen } from '../../src/rooms/orders/tenders.ts'
import type { DeskOrder } from '../../src/rooms/orders/view.ts'
import type { DeskAttempt } from '../../src/rooms/payments/index.ts'
import type { DeskAuditor } from '../../src/rooms/staff/index.ts'
import { idOf } from '../fixtures.ts'
import { pick, PIECE_GRAMS, placing, type Wish } from './baskets.ts'
import { AT, type Model, STORE } from './model.ts'

/** How often each is wished for. A kind of command that is not here does not compile: the law holds for all of them mixed, or it is none. */
const OFTEN: Readonly<Record<Wish['op'], number>> = {
  place: 3,
  open: 1,
  close: 1,
  cancel: 1,
  arrive: 1,
  pay: 2,
  weigh: 1,
  ready: 1,
  hand_over: 2,
  refund: 1,
  settle_refund: 2,
  take: 1,
  gather: 1,
}
const OPS = Object.keys(OFTEN) as Wish['op'][]
export const wish = fc.record({
  op: fc.constantFrom(...OPS.flatMap((op) => Array.from({ length: OFTEN[op] }, () => op))),
  a: fc.nat(1000),
  b: fc.nat(1000),
  c: fc.nat(1000),
})
/** One of the last few: histories that return to the same orders get further. */
const recent = <T>(map: Map<string, T>, n: number): T | undefined => pick([...map.values()].slice(-4), n)

const auditor = (): DeskAuditor => ({
  id: newId(),
  staffId: idOf('staff:clerk01'),
  requestId: newId(),
})

/** All that is left, or some pieces of a line, or only what its weight owes; now and then for a sum that nobody quoted, or more pieces than there are. */
function refunding({ rows }: Pick<Model, 'rows'>, order: DeskOrder, { a, b, c }: Wish) {
  const bought = rows.lines.get(order.id) ?? []
  const some = [{ lineNo: 1 + (a % Math.max(1, bought.length)), quantity: c % 4 }]
  const lines = b % 3 === 0 ? null : some
  const refunds = [...rows.refunds.values()].filter(({ orderId }) => orderId === order.id)
  const planned = planRefund(order, bought, refunds, lines)
  const expectFen = b % 7 !== 0 && planned.kind === 'plan' ? planned.plan.amountFen : 1
  const bodyHash = createHash('sha256')
    .update(JSON.stringify([lines, expectFen]))
    .digest('hex')
  return { refundIds: refundIds(), key: `refund-key-${c % 5}`, bodyHash, lines, expectFen, reason: 'r' }
}

/** Lighter, as heavy as was said, or heavier; now and then on what is no longer on the screen, or of a line that is not weighed. */
function weighing({ rows }: Pick<Model, 'rows'>, order: DeskOrder, { a, b, c }: Wish) {
  const bought = rows.lines.get(order.id) ?? []
  const named = b % 9 === 0 ? bought : bought.filter(({ pieceGrams }) => pieceGrams !== null)
  return named.map(({ lineNo, quantity, withdrawnQuantity, finalGrams }) => ({
    lineNo,
    grams: Math.max(1, PIECE_GRAMS * (quantity - withdrawnQuantity) + (a % 200) - 150),
    expectGrams: c % 5 === 0 ? null : finalGrams,
  }))
}

export function commandOf({ rows }: Model, wanted: Wish): Command | undefined {
  const { op, a, b, c } = wanted
  if (op === 'place') return placing(wanted)
  const order = recent(rows.orders, a)
  if (!order || op === 'open' || op === 'close') return undefined
  const stamp = { orderId: order.id, by: 'staff:clerk01', at: new Date(AT.getTime() + c * 1000) }
  switch (op) {
    case 'cancel':
      return {
        ...stamp,
        verb: op,
        who: pick(['member', 'staff', 'system'] as const, b) ?? 'member',
        reason: 'r',
        dueAt: b % 3 === 2 ? stamp.at : null,
        refundIds: refundIds(),
        ...(b % 3 === 1 ? { auditor: auditor() } : { auditor: null, by: `member:${order.memberId}` }),
      }
    // Of goods that are in the store nothing arrives; those that are yet to come have a model of their own (presales.test.ts).
    case 'arrive':
      return { ...stamp, verb: op, arrivalId: newId(), pickup: newPickup() }
    case 'pay': {
      // Nobody outside says anything of stored value.
      const outside = new Map([...rows.attempts].filter(([, { provider }]) => provider !== 'stored_value'))
      const attempt = recent(outside, b)
      const fact = attempt && {
        ...attempt,
        transactionId: `t-${attempt.attemptId}`,
        paidAt: stamp.at,
      }
      return (
        fact && {
          ...stamp,
          verb: op,
          by: 'system',
          orderId: fact.orderId,
          fact,
          pickup: newPickup(),
          refundId: newId(),
        }
      )
    }
    case 'take':
      return {
        ...stamp,
        verb: op,
        attemptId: newId(),
        key: `take-key-${c % 4}`,
        expectFen: b % 9 === 0 ? 1 : dueFen(order),
        ...(c % 2
          ? { provider: 'cash', tenderedFen: dueFen(order) + (b % 11) - 1, slip: null }
          : { provider: 'card', tenderedFen: null, slip: `${b % 3}` }),
        pickup: newPickup(),
        staffId: idOf('staff:clerk01'),
        auditor: auditor(),
      }
    case 'gather':
      return { ...stamp, verb: op, pickup: newPickup(), refundIds: refundIds() }
    case 'ready':
      return { ...stamp, verb: op }
    case 'weigh':
      return { ...stamp, verb: op, lines: weighing({ rows }, order, wanted) }
    case 'hand_over': {
      const storeId = b % 7 === 0 ? 'S02' : STORE
      return {
        ...stamp,
        verb: op,
        storeId,
        staffId: idOf('staff:clerk01'),
        refundIds: refundIds(),
        pointsUsableAt: AT,
      }
    }
    case 'refund':
      return {
        ...stamp,
        verb: op,
        ...refunding({ rows }, order, wanted),
        uncollected: b % 5 === 0,
        ourFault: c % 3 === 0,
        ...(b % 4 === 0 ? { auditor: null, by: 'system' } : { auditor: auditor() }),
      }
    case 'settle_refund': {
      const refund = recent(rows.refunds, b)
      const outcome =
        pick(['SUCCESS', 'ABNORMAL', 'PROCESSING', 'CLOSED', 'FAILED', 'SUCCESS'] as const, c) ?? 'SUCCESS'
      const handing =
        b % 4 === 1 && outcome === 'SUCCESS' && refund
          ? {
              staffId: idOf('staff:clerk01'),
              expectFen: b % 3 === 0 ? 1 : refund.amountFen,
              auditor: auditor(),
            }
          : null
      return (
        refund && {
          ...stamp,
          verb: op,
          ...(handing ? {} : { by: 'system' }),
          orderId: refund.orderId,
          fact: {
            refundId: refund.refundId,
            orderId: refund.orderId,
            outcome,
            providerId: c % 2 ? `wx-${refund.refundId}` : null,
            trouble: outcome === 'SUCCESS' ? null : `trouble ${c}`,
            at: AT,
          },
          handing,
        }
      )
    }
  }
}

/** What payments does between batches: opens and closes attempts, one open at most. Answers the attempt it touched. */
export function openOrClose({ rows }: Model, { op, a }: Wish): DeskAttempt | undefined {
  const order = recent(rows.orders, a)
  const open = [...rows.attempts.values()].find(
    ({ orderId, state }) => orderId === order?.id && state === 'OPEN',
  )
  if (op === 'close' && open) {
    open.state = 'CLOSED'
    return open
  }
  if (op !== 'open' || open || order?.state !== 'PENDING_PAY') return undefined
  const attempt: DeskAttempt = {
    attemptId: newId(),
    orderId: order.id,
    provider: 'wechat',
    state: 'OPEN',
    amountFen: dueFen(order),
    transactionId: null,
    idemKey: null,
    tenderedFen: null,
    slip: null,
  }
  rows.attempts.set(attempt.attemptId, attempt)
  return attempt
}
