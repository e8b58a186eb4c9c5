// The order desk over a database that is a few maps: quick enough for thousands of histories.
import assert from 'node:assert/strict'
import { levelKey } from '../../src/rooms/inventory/index.ts'
import { slotKey } from '../../src/rooms/fulfilment/index.ts'
import type { Answer, Command, Place } from '../../src/rooms/orders/commands.ts'
import { decide } from '../../src/rooms/orders/decide.ts'
import { newLines, newOrder } from '../../src/rooms/orders/decide-place.ts'
import { emptyView, type OrderEvent, type View, type Writes } from '../../src/rooms/orders/view.ts'
import { APPLE, PEAR, SOY } from '../fixtures.ts'

export const AT = new Date('2026-11-22T02:00:00Z')
export const STORE = 'S01'
export const SKUS = [APPLE, PEAR, SOY]
export const SLOTS = [0, 1].map((i) => ({
  storeId: STORE,
  startsAt: new Date(AT.getTime() + i * 3_600_000),
  endsAt: new Date(AT.getTime() + (i + 1) * 3_600_000),
  capacity: 3,
}))

/** A database small enough to compare: what the desk would find, and every row it appended. */
export interface Model {
  rows: View
  events: OrderEvent[]
  /** Pieces and fen that went back, by order and line. */
  back: Map<string, { quantity: number; amountFen: number }>
  journal: unknown[]
}
export const newModel = (onHand: readonly number[]): Model => {
  const rows = emptyView()
  SKUS.forEach((skuId, i) =>
    rows.levels.set(levelKey({ storeId: STORE, skuId }), {
      storeId: STORE,
      skuId,
      onHand: onHand[i] ?? 0,
      reserved: 0,
      safety: i,
      activityLocked: 0,
      expired: 0,
    }),
  )
  for (const slot of SLOTS) rows.slots.set(slotKey(slot), { ...slot, taken: 0 })
  return { rows, events: [], back: new Map(), journal: [] }
}

/** Reads what the loader reads: nothing of an order that no command names, no level that no command moves. */
export function load({ rows }: Model, commands: readonly Command[]): View {
  const copy = structuredClone(rows)
  const named = new Set(commands.filter(({ verb }) => verb !== 'place').map(({ orderId }) => orderId))
  const moving = new Set(
    commands
      .filter(({ verb }) => ['cancel', 'hand_over', 'refund'].includes(verb))
      .map(({ orderId }) => orderId),
  )
  const places = commands.filter((command): command is Place => command.verb === 'place')
  const levels = new Set([
    ...places.flatMap(({ storeId, lines }) => lines.map(({ skuId }) => levelKey({ storeId, skuId }))),
    ...[...moving].flatMap((id) =>
      (copy.lines.get(id) ?? []).map(({ skuId }) => levelKey({ storeId: STORE, skuId })),
    ),
  ])
  const keep = <T>(map: Map<string, T>, when: (key: string, value: T) => boolean) =>
    new Map([...map].filter(([key, value]) => when(key, value)))
  return {
    orders: keep(copy.orders, (id) => named.has(id)),
    lines: keep(copy.lines, (id) => named.has(id)),
    attempts: keep(copy.attempts, (_, { orderId }) => named.has(orderId)),
    refunds: keep(copy.refunds, (_, { orderId }) => named.has(orderId)),
    slots: copy.slots,
    levels: keep(copy.levels, (key) => levels.has(key)),
    keys: copy.keys,
  }
}

export function apply(model: Model, writes: Writes): void {
  const { rows } = model
  for (const order of writes.placed) {
    rows.lines.set(order.orderId, newLines(order))
    rows.keys.set(`${order.memberId} ${order.key}`, {
      order: { id: order.orderId, no: order.no, totalFen: order.totalFen, expiresAt: order.expiresAt },
      bodyHash: order.bodyHash,
    })
    rows.orders.set(order.orderId, newOrder(order))
  }
  for (const [id, order] of writes.changed) rows.orders.set(id, structuredClone(order))
  for (const move of writes.moves) {
    const level = rows.levels.get(levelKey(move)) ?? assert.fail()
    level.onHand += move.onHandDelta
    level.reserved += move.reservedDelta
    assert.deepEqual([level.onHand, level.reserved], [move.onHandAfter, move.reservedAfter])
  }
  for (const { orderId, line } of writes.lines.values())
    Object.assign(
      rows.lines.get(orderId)?.find(({ lineNo }) => lineNo === line.lineNo) ?? assert.fail(),
      line,
    )
  for (const [line, { quantity, amountFen }] of writes.refundedLines) {
    const sum = model.back.get(line) ?? { quantity: 0, amountFen: 0 }
    model.back.set(line, { quantity: sum.quantity + quantity, amountFen: sum.amountFen + amountFen })
  }
  for (const [key, { delta }] of writes.slots) (rows.slots.get(key) ?? assert.fail()).taken += delta
  for (const { attemptId, transactionId } of writes.paid)
    Object.assign(rows.attempts.get(attemptId) ?? assert.fail(), { state: 'PAID', transactionId })
  for (const refund of writes.refunds) rows.refunds.set(refund.refundId, { ...refund, state: 'PENDING' })
  for (const { refundId, outcome } of writes.settled.values())
    (rows.refunds.get(refundId) ?? assert.fail()).state = outcome
  model.events.push(...writes.events)
  model.journal.push(
    ...writes.moves,
    ...writes.alarms,
    ...writes.pickups,
    ...writes.readied,
    ...writes.closed,
    ...writes.audits,
  )
}

/** What a desk would do with this batch, in memory. */
export const run = (model: Model, commands: readonly Command[]): readonly Answer[] => {
  const { answers, writes } = decide(load(model, commands), commands)
  if (writes) apply(model, writes)
  return answers
}
