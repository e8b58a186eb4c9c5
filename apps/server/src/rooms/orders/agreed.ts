import type { CouponBack } from '@linli/contract/orders'
import { createHash } from 'node:crypto'
import type { Static } from 'typebox'
import { SYSTEM } from '#kernel/actor'
import { refuse, type ProblemKind } from '#kernel/problem'
import { refundIds } from './commands.ts'
import { expiryAfter } from '#room/coupons'
import type { FullOrder } from './orders.sql.ts'
import { notRefundable, priceChanged, refundTooMany } from './problems.ts'
import { planRefund, type RefundPlan, type WantedLine } from './refund-plan.ts'
import type { Room } from './room.ts'
import { withParts } from './tenders.ts'

/** What a room that goes on where an order ended may know of it. */
export type OrderFacts = Pick<
  FullOrder,
  | 'id'
  | 'no'
  | 'storeId'
  | 'memberId'
  | 'state'
  | 'payState'
  | 'refundState'
  | 'totalFen'
  | 'paidFen'
  | 'refundedFen'
  | 'completedAt'
  | 'lines'
>

export interface AgreedRefund {
  orderId: string
  /** Of the agreement: sent again, it is the same refund. */
  key: string
  /** Null: all that is left. */
  lines: readonly WantedLine[] | null
  /** Agreed to for goods that wait in the store. */
  uncollected: boolean
  /** Given up by its member, who waits for a group no longer. */
  leaves?: boolean
  /** Whose doing it is, for the order's history; the system's unless it says so. */
  by?: string
  /** Read by the shopper in WeChat. */
  reason: string
  ourFault: boolean
}

export const orderFacts = (room: Room, orderId: string): Promise<OrderFacts | undefined> => room.read(orderId)

/** A planned refund with where its money would go, and the coupons that come back with it. */
export type PreviewedRefund = ReturnType<typeof withParts<RefundPlan>> & {
  coupons: Static<typeof CouponBack>[]
}

/** What refunding these pieces (or all that is left) would give back now, coupons included; refuses as the desk would. */
export async function planFor(
  room: Room,
  order: OrderFacts,
  lines: readonly WantedLine[] | null,
  { ourFault }: { ourFault: boolean },
): Promise<PreviewedRefund> {
  const money = await room.payments.ofOrder(order.id)
  const planned = planRefund(order, order.lines, money.refunds, lines)
  if (planned.kind === 'too_many')
    return refuse(refundTooMany, { lineNo: planned.lineNo, leftQuantity: planned.leftQuantity })
  if (planned.kind === 'nothing')
    return refuse(notRefundable, { state: order.state, refundState: order.refundState })
  const coupons = planned.plan.whole ? await couponsBack(room, order.id, ourFault) : []
  return { ...withParts(planned.plan, money), coupons }
}

/** The coupons of an order as they would come back now; without a date those that have expired since. */
async function couponsBack(
  { ctx, coupons }: Room,
  orderId: string,
  ourFault: boolean,
): Promise<PreviewedRefund['coupons']> {
  const at = ctx.clock.now()
  return (await coupons.ofOrder(orderId)).map(({ id, label, expiresAt }) => {
    const until = expiryAfter(expiresAt, ourFault ? 'our_fault' : 'refunded', at)
    return { id, label, expiresAt: until?.toISOString() ?? null }
  })
}

/** How many pieces of each line could still be refunded; of a bag that was handed over, only what was in it. */
export async function piecesLeftOf(room: Room, order: OrderFacts): Promise<ReadonlyMap<number, number>> {
  const { refunds } = await room.payments.ofOrder(order.id)
  const planned = planRefund(order, order.lines, refunds, null)
  if (planned.kind !== 'plan') return new Map()
  const handed = (lineNo: number): number => {
    const line = order.lines.find((each) => each.lineNo === lineNo)
    return line && order.completedAt ? line.quantity - line.withdrawnQuantity : Infinity
  }
  return new Map(
    planned.plan.lines
      .filter(({ quantity }) => quantity > 0)
      .map(({ lineNo, quantity }) => [lineNo, Math.min(quantity, handed(lineNo))]),
  )
}

const TURNS = 3

/**
 * Sends a refund that was agreed to elsewhere through the desk; undefined once it is there, or why not. Its sum is what the desk's own plan says now:
 * another refund of the same line in between may have moved a fen.
 */
export async function sendAgreed(room: Room, agreed: AgreedRefund): Promise<ProblemKind | undefined> {
  const { orderId, key, lines, uncollected, leaves = false, reason, ourFault, by = SYSTEM } = agreed
  const bodyHash = createHash('sha256').update(key).digest('hex')
  for (let turn = 1; ; turn++) {
    const order = await orderFacts(room, orderId)
    if (!order) throw new Error(`a refund was agreed to for order ${orderId}, which is not there`)
    const { refunds } = await room.payments.ofOrder(orderId)
    const planned = planRefund(order, order.lines, refunds, lines)
    const answer = await room.submit({
      verb: 'refund',
      orderId,
      refundIds: refundIds(),
      key,
      bodyHash,
      lines,
      // Nothing to plan may mean that it was sent before: the desk knows the key.
      expectFen: planned.kind === 'plan' ? planned.plan.amountFen : 0,
      reason,
      ourFault,
      uncollected,
      leaves,
      auditor: null,
      by,
      at: room.ctx.clock.now(),
    })
    if (answer.kind !== 'refused') return undefined
    if (answer.problem !== priceChanged || turn === TURNS) return answer.problem
  }
}
