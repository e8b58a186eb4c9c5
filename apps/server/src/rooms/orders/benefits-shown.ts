import type { Order } from '@linli/contract/orders'
import type { Static } from 'typebox'
import { POINTS } from '#room/pricing'
import type { FullOrder } from './orders.sql.ts'
import type { Room } from './room.ts'

type Shown = Pick<Static<typeof Order>, 'coupons' | 'pointsBack' | 'pointsTaken'>
const NOTHING: Shown = { coupons: [], pointsBack: 0, pointsTaken: 0 }
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Coupons that took something off, and those that did something else, wherever they are now. Rules have ids too, and are no coupons. */
async function couponsOf({ ctx, coupons }: Room, { id, lines }: FullOrder): Promise<Shown['coupons']> {
  const named = lines.flatMap(({ discounts }) => discounts.map(({ rule }) => rule))
  const now = ctx.clock.now()
  const rows = await coupons.ofOrder(
    id,
    [...new Set(named)].filter((rule) => rule !== POINTS && UUID.test(rule)),
  )
  return rows.map(({ orderId, label, state, expiresAt, id: couponId }) => ({
    id: couponId,
    label,
    where:
      orderId === id
        ? 'with_order'
        : state === 'EXPIRED' || state === 'VOID' || (state === 'UNUSED' && expiresAt <= now)
          ? 'over'
          : 'back',
    expiresAt: expiresAt.toISOString(),
  }))
}

/** What became of the coupons and points of an order. Nothing is asked for an order that has neither. */
export async function benefitsShown(room: Room, order: FullOrder): Promise<Shown> {
  const moves = order.lines.some(({ usedPoints, earnedPoints }) => usedPoints > 0 || earnedPoints > 0)
  if (order.discountFen === 0 && !moves) return NOTHING
  const [coupons, { refunds }] = await Promise.all([
    couponsOf(room, order),
    moves && order.refundState !== 'NONE' ? room.payments.ofOrder(order.id) : { refunds: [] },
  ])
  const arrived = refunds.filter(({ state }) => state === 'SUCCESS').flatMap(({ lines }) => lines)
  return {
    coupons,
    pointsBack:
      order.state === 'CANCELLED'
        ? order.lines.reduce((sum, { usedPoints }) => sum + usedPoints, 0)
        : arrived.reduce((sum, { pointsBack }) => sum + pointsBack, 0),
    pointsTaken: arrived.reduce((sum, { pointsTaken }) => sum + pointsTaken, 0),
  }
}
