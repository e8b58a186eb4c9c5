import type { Order, OrderSummary } from '@linli/contract/orders'
import type { Static } from 'typebox'
import type { StaffActor } from '#kernel/actor'
import { inScope } from '#kernel/actor'
import { cursorTo, readPlace } from '#kernel/cursor'
import { refuse } from '#kernel/problem'
import { benefitsShown } from './benefits-shown.ts'
import * as sql from './orders.sql.ts'
import { cursorInvalid, orderMissing } from './problems.ts'
import { presaleShown } from './presales.ts'
import type { Room } from './room.ts'
import { AWAITS_MONEY, type OrderState } from './states.ts'
import { dueFen } from './tenders.ts'
import { weightOf } from './weight.ts'

export type Summary = Static<typeof OrderSummary>
export type Detail = Static<typeof Order>

const PICTURES = 4

/** Somebody else's order does not exist. */
export async function findMine(room: Room, memberId: string, orderId: string): Promise<sql.FullOrder> {
  const order = await room.read(orderId)
  return order?.memberId === memberId ? order : refuse(orderMissing)
}
/** An order of a store the person may not see does not exist either. */
export async function findInScope(room: Room, actor: StaffActor, orderId: string): Promise<sql.FullOrder> {
  const order = await room.read(orderId)
  return order && inScope(actor, order.storeId) ? order : refuse(orderMissing)
}

const instant = (at: Date | null): string | null => at?.toISOString() ?? null

export function summaryOf(
  { stores, catalog }: Room,
  order: sql.OrderRow,
  lines: readonly sql.LineRow[],
): Summary {
  return {
    id: order.id,
    no: order.no,
    storeId: order.storeId,
    storeName: stores.find(order.storeId)?.name ?? order.storeId,
    state: order.state,
    payState: order.payState,
    refundState: order.refundState,
    fulfilment: {
      kind: order.fulfilment,
      slotStart: instant(order.slotStart),
      slotEnd: instant(order.slotEnd),
    },
    totalFen: order.totalFen,
    storedValueFen: order.storedValueFen,
    refundedFen: order.refundedFen,
    dueFen: AWAITS_MONEY.includes(order.state) ? dueFen(order) : 0,
    goodsBy: instant(order.goodsBy),
    pieces: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    placedAt: order.placedAt.toISOString(),
    expiresAt: AWAITS_MONEY.includes(order.state) ? instant(order.expiresAt) : null,
    pictures: lines
      .slice(0, PICTURES)
      .map(({ name, pictureId }) => ({ name, picture: catalog.picture(pictureId) })),
  }
}

/** Lines of many orders, by order. */
export async function linesOf(
  { ctx }: Room,
  orders: readonly { id: string }[],
): Promise<Map<string, sql.LineRow[]>> {
  const byOrder = new Map<string, sql.LineRow[]>(orders.map(({ id }) => [id, []]))
  if (orders.length === 0) return byOrder
  for (const line of await sql.listLines(ctx.db, [...byOrder.keys()])) byOrder.get(line.orderId)?.push(line)
  return byOrder
}

/** What each rule, coupon and points took off the whole order, and who bears it: an answer for shoppers leaves that out. */
export function discountsOf(lines: readonly sql.LineRow[]): sql.LineRow['discounts'] {
  const sums = new Map<string, sql.LineRow['discounts'][number]>()
  for (const { offFen, points, ...each } of lines.flatMap(({ discounts }) => discounts)) {
    const sum = sums.get(each.rule) ?? { ...each, offFen: 0, points: 0 }
    sum.offFen += offFen
    sum.points += points
    sums.set(each.rule, sum)
  }
  return [...sums.values()]
}

export const componentOf = ({ catalog }: Room, { pictureId, ...component }: sql.ComponentRow) => ({
  ...component,
  picture: catalog.picture(pictureId),
})

/** One order in full. `by` of an event is a person's account for staff; a shopper reads only whether it was them, the store or the system. */
export async function detailOf(
  room: Room,
  order: sql.FullOrder,
  reader: 'member' | 'staff',
): Promise<Detail> {
  const [tenders, benefits, presale] = await Promise.all([
    order.payState !== 'UNPAID' ? room.payments.tendersOf(order.id) : [],
    benefitsShown(room, order),
    presaleShown(room, order),
  ])
  return {
    ...summaryOf(room, order, order.lines),
    goodsFen: order.goodsFen,
    discountFen: order.discountFen,
    freightFen: order.freightFen,
    discounts: discountsOf(order.lines),
    pointsUsed: order.lines.reduce((sum, { usedPoints }) => sum + usedPoints, 0),
    pointsEarned: order.lines.reduce((sum, { earnedPoints }) => sum + earnedPoints, 0),
    ...benefits,
    lines: order.lines.map(({ pictureId, ...line }) => ({
      ...line,
      picture: room.catalog.picture(pictureId),
      components: line.components.map((each) => componentOf(room, each)),
      weight: weightOf(line),
    })),
    presale,
    remark: order.remark,
    ifShort: order.ifShort,
    tenders,
    paidAt: instant(order.paidAt),
    completedAt: instant(order.completedAt),
    cancelledAt: instant(order.cancelledAt),
    cancelReason: order.cancelReason,
    events: order.events.map(({ at, by, ...event }) => ({
      ...event,
      at: new Date(at).toISOString(),
      by: reader === 'member' ? (by.split(':')[0] ?? '') : by,
    })),
  }
}

/** A page of a shopper's orders, newest first. */
export async function listMine(
  room: Room,
  memberId: string,
  { state, cursor, limit = 20 }: { state?: OrderState; cursor?: string; limit?: number },
): Promise<{ items: Summary[]; nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : readPlace(cursor, cursorInvalid)
  const rows = await sql.listMine(room.ctx.db, memberId, { state, after, limit: limit + 1 })
  const page = rows.slice(0, limit)
  const lines = await linesOf(room, page)
  const last = page.at(-1)
  return {
    items: page.map((order) => summaryOf(room, order, lines.get(order.id) ?? [])),
    nextCursor: rows.length > limit && last ? cursorTo({ at: last.placedAt, id: last.id }) : null,
  }
}
