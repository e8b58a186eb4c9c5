import type { Input, Output } from '@linli/contract'
import type { ConsoleOrder, consoleOrderRoutes, ConsoleOrderRow } from '@linli/contract/console-orders'
import type { consoleWorkbenchRoutes } from '@linli/contract/console-workbench'
import type { Static } from 'typebox'
import type { StaffActor } from '#kernel/actor'
import { isDay } from '#kernel/clock'
import { maskName } from '#kernel/mask'
import { Problem, refuse, requestInvalid } from '#kernel/problem'
import * as sql from './console.sql.ts'
import type { FullOrder } from './orders.sql.ts'
import { detailOf, discountsOf, findInScope, linesOf, summaryOf } from './reading.ts'
import { planRefund } from './refund-plan.ts'
import type { Room } from './room.ts'

export type Row = Static<typeof ConsoleOrderRow>
export type Full = Static<typeof ConsoleOrder>
type Asked = NonNullable<Input<(typeof consoleOrderRoutes)['GET /console/v1/orders']>['query']>
type Listed = Output<(typeof consoleOrderRoutes)['GET /console/v1/orders']>
type Found = Output<(typeof consoleWorkbenchRoutes)['GET /console/v1/search']>

const SEARCH_LIMIT = 8

/** Rows with their lines' pictures. */
export async function rowsOf(room: Room, orders: readonly sql.ConsoleRow[]): Promise<Row[]> {
  const lines = await linesOf(room, orders)
  return orders.map((order) => ({
    ...summaryOf(room, order, lines.get(order.id) ?? []),
    memberName: maskName(order.memberName),
    phoneTail: order.phoneTail,
  }))
}

// Days that have a day after them, for JavaScript and for PostgreSQL.
const FIRST_DAY = '0001-01-01'
const LAST_DAY = '9999-12-30'

function requireDay(name: string, day: string | undefined): string | undefined {
  if (day !== undefined && (!isDay(day) || day < FIRST_DAY || day > LAST_DAY))
    throw new Problem(requestInvalid, {
      fields: [{ path: `querystring.${name}`, message: 'there is no such day' }],
    })
  return day
}

/** A page of orders within scope, with the counts of every state under the other filters. */
export async function listOrders(room: Room, actor: StaffActor, asked: Asked): Promise<Listed> {
  const { storeId, state, refundState, q, from, to, page = 1, limit = 20 } = asked
  if (storeId) room.staff.requireScope(actor, storeId)
  const filter: sql.OrderFilter = {
    storeIds: storeId ? [storeId] : room.staff.scopeOf(actor),
    refundState,
    q: q?.trim() || undefined,
    from: requireDay('from', from),
    to: requireDay('to', to),
  }
  const { db } = room.ctx
  const [orders, states] = await Promise.all([
    sql.listForConsole(db, filter, { state, limit, offset: (page - 1) * limit }),
    sql.countByState(db, filter),
  ])
  const shown = states.filter((each) => state === undefined || each.state === state)
  return {
    items: await rowsOf(room, orders),
    total: shown.reduce((sum, each) => sum + each.orders, 0),
    counts: Object.fromEntries(states.map((each) => [each.state, each.orders])),
    paidFen: shown.reduce((sum, each) => sum + each.paidFen, 0),
  }
}

/** One order with its payments, refunds and history. */
export async function showOrder(room: Room, actor: StaffActor, orderId: string): Promise<Full> {
  const order = await findInScope(room, actor, orderId)
  const [detail, money, cards] = await Promise.all([
    detailOf(room, order, 'staff'),
    room.payments.ofOrder(orderId),
    room.members.cards([order.memberId]),
  ])
  const card = cards.get(order.memberId)
  const handed = detail.events.find(({ verb }) => verb === 'hand_over')
  return {
    ...detail,
    discounts: discountsOf(order.lines),
    memberId: order.memberId,
    memberName: maskName(card?.nickname ?? ''),
    phoneTail: card?.phoneTail ?? null,
    ...money,
    pickup:
      order.payState === 'PAID' && order.state !== 'CANCELLED'
        ? {
            readyAt: detail.events.find(({ verb }) => verb === 'ready')?.at ?? null,
            handedAt: handed?.at ?? null,
            handedBy: handed?.by.replace('staff:', '') ?? null,
          }
        : null,
    ...refundableOf(order, money.refunds),
  }
}

/** What a whole refund would give back now; the desk asks the same question again, with the rows locked. */
function refundableOf(
  order: FullOrder,
  refunds: Full['refunds'],
): Pick<Full, 'refundableFen' | 'refundable' | 'owedFen'> {
  const planned = planRefund(order, order.lines, refunds, null)
  if (planned.kind !== 'plan') return { refundableFen: null, refundable: [], owedFen: 0 }
  const { amountFen, lines } = planned.plan
  const nothing = order.lines.map(({ lineNo }) => ({ lineNo, quantity: 0 }))
  const owed = planRefund(order, order.lines, refunds, nothing)
  return {
    refundableFen: amountFen,
    refundable: lines.flatMap(({ lineNo, quantity }) => (quantity > 0 ? [{ lineNo, quantity }] : [])),
    owedFen: owed.kind === 'plan' && !owed.plan.whole ? owed.plan.amountFen : 0,
  }
}

/** Orders by number or phone tail, goods by name, barcode or shelf. */
export async function search(room: Room, actor: StaffActor, typed: string): Promise<Found> {
  const q = typed.trim()
  if (q === '') return refuse(requestInvalid)
  const storeIds = room.staff.scopeOf(actor)
  const { db } = room.ctx
  const filter = { storeIds, refundState: undefined, q, from: undefined, to: undefined }
  const orders = /^\d{4,16}$/.test(q)
    ? await sql.listForConsole(db, filter, { state: undefined, limit: SEARCH_LIMIT, offset: 0 })
    : []
  return {
    orders: await rowsOf(room, orders),
    products: room.catalog
      .find(storeIds, { q, limit: SEARCH_LIMIT })
      .map(({ pictureId, ...product }) => ({ ...product, picture: room.catalog.picture(pictureId) })),
  }
}
