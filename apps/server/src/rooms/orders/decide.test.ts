// The law of the desk: deciding a batch equals deciding its commands one at a time. And what no history may ever break.
import fc from 'fast-check'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { levelKey } from '#room/inventory'
import { slotKey } from '#room/fulfilment'
import { refundCounts } from '#room/payments'
import type { Answer, Command, Place } from './commands.ts'
import { decide } from './decide.ts'
import { HOLDS_STOCK, TERMINAL } from './states.ts'
import { emptyView, type OrderEvent, type View, type Writes } from './view.ts'

const AT = new Date('2026-11-22T02:00:00Z')
const STORE = 'S01'
const SKUS = ['apple', 'pear', 'soy']
const SLOTS = [0, 1].map((i) => ({
  storeId: STORE,
  startsAt: new Date(AT.getTime() + i * 3_600_000),
  endsAt: new Date(AT.getTime() + (i + 1) * 3_600_000),
  capacity: 3,
}))

/** A database small enough to compare: what the desk would find, and every row it appended. */
interface Model {
  rows: View
  events: OrderEvent[]
  journal: unknown[]
}
const newModel = (onHand: readonly number[]): Model => {
  const rows = emptyView()
  SKUS.forEach((skuId, i) =>
    rows.levels.set(levelKey({ storeId: STORE, skuId }), {
      storeId: STORE,
      skuId,
      onHand: onHand[i] ?? 0,
      reserved: 0,
      safety: i,
      activityLocked: 0,
    }),
  )
  for (const slot of SLOTS) rows.slots.set(slotKey(slot), { ...slot, taken: 0 })
  return { rows, events: [], journal: [] }
}

/** Reads what the loader reads: nothing of an order that no command names, no level that no command moves. */
function load({ rows }: Model, commands: readonly Command[]): View {
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

function apply(model: Model, writes: Writes): void {
  const { rows } = model
  for (const order of writes.placed) {
    rows.lines.set(order.orderId, order.lines)
    rows.keys.set(`${order.memberId} ${order.key}`, {
      order: { id: order.orderId, no: order.no, totalFen: order.totalFen, expiresAt: order.expiresAt },
      bodyHash: order.bodyHash,
    })
    rows.orders.set(order.orderId, {
      id: order.orderId,
      no: order.no,
      storeId: order.storeId,
      memberId: order.memberId,
      state: 'PENDING_PAY',
      payState: 'UNPAID',
      refundState: 'NONE',
      slotStart: order.slot?.startsAt ?? null,
      totalFen: order.totalFen,
      paidFen: 0,
      refundedFen: 0,
      expiresAt: order.expiresAt,
      paidAt: null,
      completedAt: null,
      cancelledAt: null,
      cancelReason: null,
    })
  }
  for (const [id, order] of writes.changed) rows.orders.set(id, structuredClone(order))
  for (const move of writes.moves) {
    const level = rows.levels.get(levelKey(move)) ?? assert.fail()
    level.onHand += move.onHandDelta
    level.reserved += move.reservedDelta
    assert.deepEqual([level.onHand, level.reserved], [move.onHandAfter, move.reservedAfter])
  }
  for (const [key, { delta }] of writes.slots) (rows.slots.get(key) ?? assert.fail()).taken += delta
  for (const { attemptId, transactionId } of writes.paid)
    Object.assign(rows.attempts.get(attemptId) ?? assert.fail(), { state: 'PAID', transactionId })
  for (const refund of writes.refunds) rows.refunds.set(refund.refundId, { ...refund, state: 'PENDING' })
  for (const { refundId, outcome } of writes.settled)
    (rows.refunds.get(refundId) ?? assert.fail()).state = outcome
  model.events.push(...writes.events)
  model.journal.push(
    ...writes.moves,
    ...writes.alarms,
    ...writes.pickups,
    ...writes.readied,
    ...writes.closed,
    ...writes.refundedOrders,
  )
}

const run = (model: Model, commands: readonly Command[]): readonly Answer[] => {
  const { answers, writes } = decide(load(model, commands), commands)
  if (writes) apply(model, writes)
  return answers
}

// A wish is drawn without knowing what exists; it becomes a command against what exists when it is handed in.
interface Wish {
  op: Command['verb'] | 'open' | 'close'
  a: number
  b: number
  c: number
}
const wish = fc.record({
  op: fc.constantFrom<Wish['op']>(
    ...(['place', 'place', 'place', 'open', 'close', 'cancel', 'pay', 'pay', 'ready', 'hand_over'] as const),
    ...(['refund', 'settle_refund'] as const),
  ),
  a: fc.nat(1000),
  b: fc.nat(1000),
  c: fc.nat(1000),
})
const pick = <T>(items: readonly T[], n: number): T | undefined => items[n % Math.max(1, items.length)]
/** One of the last few: histories that return to the same orders get further. */
const recent = <T>(map: Map<string, T>, n: number): T | undefined => pick([...map.values()].slice(-4), n)

let serial = 0
function placing({ a, b, c }: Wish): Place {
  const lines = SKUS.filter((_, i) => (a >> i) & 1 || i === a % 3).map((skuId, i) => ({
    skuId,
    productId: skuId,
    name: skuId,
    unit: '份',
    barcode: '0',
    shelf: null,
    pictureId: null,
    quantity: 1 + ((b + i) % 3),
    unitFen: 100,
    payFen: 100 * (1 + ((b + i) % 3)),
    discounts: [],
  }))
  const totalFen = lines.reduce((sum, line) => sum + line.payFen, 0)
  serial++
  return {
    verb: 'place',
    orderId: `order-${String(serial).padStart(6, '0')}`,
    no: `no-${serial}`,
    storeId: STORE,
    memberId: `member-${a % 2}`,
    key: `key-${c % 12}`,
    bodyHash: `${a % 8} ${b % 3}`,
    slot: c % 3 === 0 ? null : (pick(SLOTS, c) ?? null),
    lines,
    goodsFen: totalFen,
    discountFen: 0,
    freightFen: 0,
    totalFen,
    remark: '',
    ifShort: 'refund',
    by: 'member',
    at: AT,
    expiresAt: new Date(AT.getTime() + 900_000),
  }
}

function commandOf({ rows }: Model, wanted: Wish): Command | undefined {
  const { op, a, b, c } = wanted
  if (op === 'place') return placing(wanted)
  const order = recent(rows.orders, a)
  if (!order || op === 'open' || op === 'close') return undefined
  const stamp = { orderId: order.id, by: 'x', at: new Date(AT.getTime() + c * 1000) }
  switch (op) {
    case 'cancel':
      return {
        ...stamp,
        verb: op,
        who: pick(['member', 'staff', 'system'] as const, b) ?? 'member',
        reason: 'r',
        dueAt: b % 3 === 2 ? stamp.at : null,
      }
    case 'pay': {
      const attempt = recent(rows.attempts, b)
      const fact = attempt && {
        ...attempt,
        transactionId: `t-${attempt.attemptId}`,
        paidAt: stamp.at,
      }
      serial++
      return (
        fact && {
          ...stamp,
          verb: op,
          orderId: fact.orderId,
          fact,
          pickup: { digits: '0000000000', secret: Buffer.alloc(1) },
          refundId: `refund-${serial}`,
        }
      )
    }
    case 'ready':
      return { ...stamp, verb: op }
    case 'hand_over':
      return { ...stamp, verb: op, storeId: b % 7 === 0 ? 'S02' : STORE, staffId: 'staff' }
    case 'refund':
      serial++
      return {
        ...stamp,
        verb: op,
        refundId: `refund-${serial}`,
        key: `refund-key-${c % 3}`,
        expectFen: b % 5 === 0 ? 1 : order.paidFen - order.refundedFen,
        reason: 'r',
      }
    case 'settle_refund': {
      const refund = recent(rows.refunds, b)
      const outcome = pick(['SUCCESS', 'ABNORMAL', 'CLOSED', 'FAILED'] as const, c) ?? 'SUCCESS'
      return (
        refund && {
          ...stamp,
          verb: op,
          orderId: refund.orderId,
          fact: {
            refundId: refund.refundId,
            orderId: refund.orderId,
            outcome,
            providerId: null,
            trouble: null,
            at: AT,
          },
        }
      )
    }
  }
}

/** What payments does between batches: opens and closes attempts, one open at most. */
function openOrClose({ rows }: Model, { op, a }: Wish): void {
  const order = recent(rows.orders, a)
  if (!order) return
  const attempts = [...rows.attempts.values()].filter(({ orderId }) => orderId === order.id)
  const open = attempts.find(({ state }) => state === 'OPEN')
  if (op === 'close' && open) open.state = 'CLOSED'
  if (op === 'open' && !open && order.state === 'PENDING_PAY') {
    serial++
    const attemptId = `attempt-${serial}`
    rows.attempts.set(attemptId, {
      attemptId,
      orderId: order.id,
      state: 'OPEN',
      amountFen: order.totalFen,
      transactionId: null,
    })
  }
}

function live(model: Model, history: readonly Wish[]): void {
  for (const wanted of history) {
    if (wanted.op === 'open' || wanted.op === 'close') openOrClose(model, wanted)
    else {
      const command = commandOf(model, wanted)
      if (command) run(model, [command])
    }
  }
}

const stock = fc.tuple(fc.nat(12), fc.nat(12), fc.nat(12))
const history = fc.array(wish, { maxLength: 60, size: 'max' })

test('law: a batch decides as its commands would one by one', () => {
  fc.assert(
    fc.property(stock, history, fc.array(wish, { maxLength: 40, size: 'max' }), (onHand, before, wishes) => {
      const model = newModel(onHand)
      live(model, before)
      const commands = wishes.flatMap((wanted) => commandOf(model, wanted) ?? [])
      const [batch, single] = [structuredClone(model), structuredClone(model)]
      const together = run(batch, commands)
      const apart = commands.flatMap((command) => run(single, [command]))
      assert.deepEqual(together, apart)
      assert.deepEqual(batch.rows, single.rows)
      assert.deepEqual(batch.events, single.events)
      // Written kind by kind: the same rows, in another order between kinds.
      const rows = (entries: readonly unknown[]) => entries.map((each) => JSON.stringify(each)).sort()
      assert.deepEqual(rows(batch.journal), rows(single.journal))
    }),
    { numRuns: 1000 },
  )
})

test('whatever happens: nothing oversold, goods only for money, money never given twice, closed stays closed', () => {
  const reached = new Set<string>()
  fc.assert(
    fc.property(stock, fc.array(wish, { maxLength: 150, size: 'max' }), (onHand, wishes) => {
      const model = newModel(onHand)
      live(model, wishes)
      const { rows, events } = model
      const closed = new Set<string>()
      for (const { orderId, from, to, verb } of events) {
        reached.add(`${verb} ${from} ${to}`)
        assert.ok(!closed.has(orderId) || from === to, `${orderId} left a terminal state: ${verb}`)
        if (TERMINAL.includes(to)) closed.add(orderId)
      }
      const held = new Map<string, number>()
      const slots = new Map<string, number>()
      for (const order of rows.orders.values()) {
        if (order.state === 'COMPLETED') assert.equal(order.paidFen, order.totalFen)
        assert.ok(order.refundedFen <= order.paidFen)
        if (!HOLDS_STOCK.includes(order.state)) continue
        for (const { skuId, quantity } of rows.lines.get(order.id) ?? [])
          held.set(skuId, (held.get(skuId) ?? 0) + quantity)
      }
      for (const order of rows.orders.values())
        if (order.slotStart && (HOLDS_STOCK.includes(order.state) || handed(model, order.id)))
          slots.set(order.slotStart.toISOString(), (slots.get(order.slotStart.toISOString()) ?? 0) + 1)
      for (const level of rows.levels.values()) {
        assert.equal(level.reserved, held.get(level.skuId) ?? 0, `reserved of ${level.skuId}`)
        assert.ok(level.onHand >= level.reserved)
      }
      for (const slot of rows.slots.values()) {
        assert.ok(slot.taken <= slot.capacity)
        assert.equal(slot.taken, slots.get(slot.startsAt.toISOString()) ?? 0)
      }
      for (const attempt of rows.attempts.values()) {
        const given = [...rows.refunds.values()].filter(
          ({ attemptId, state }) => attemptId === attempt.attemptId && refundCounts(state),
        )
        const sum = given.reduce((total, { amountFen }) => total + amountFen, 0)
        assert.ok(sum <= (attempt.state === 'PAID' ? attempt.amountFen : 0), `given of ${attempt.attemptId}`)
      }
    }),
    { numRuns: 1000 },
  )
  // The histories are worth something only if they get everywhere.
  for (const path of [
    'place null PENDING_PAY',
    'cancel PENDING_PAY CANCELLED',
    'pay PENDING_PAY PAID',
    'late_payment CANCELLED CANCELLED',
    'ready PAID READY',
    'hand_over PAID COMPLETED',
    'hand_over READY COMPLETED',
    'refund PAID CLOSED_REFUND',
    'refund COMPLETED CLOSED_REFUND',
    'refunded CLOSED_REFUND CLOSED_REFUND',
    'double_payment PAID PAID',
    'refunded CANCELLED CANCELLED',
    'refund_failed CLOSED_REFUND CLOSED_REFUND',
    'refund CLOSED_REFUND CLOSED_REFUND',
  ])
    assert.ok(reached.has(path), `no history came by ${path}; came by ${[...reached].sort().join(', ')}`)
})

const handed = ({ events }: Model, orderId: string): boolean =>
  events.some((event) => event.orderId === orderId && event.to === 'COMPLETED')
