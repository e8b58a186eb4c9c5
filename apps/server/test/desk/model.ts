// The order desk over a database that is a few maps: quick enough for thousands of histories.
import assert from 'node:assert/strict'
import { ofOrder } from '../../src/kernel/purchase.ts'
import { newAccount, newPurchasePoints, type Posting } from '../../src/rooms/ledgers/index.ts'
import { levelKey } from '../../src/rooms/inventory/index.ts'
import { slotKey } from '../../src/rooms/fulfilment/index.ts'
import { firstState } from '../../src/rooms/payments/index.ts'
import type { Answer, Command, Place } from '../../src/rooms/orders/commands.ts'
import { movesPoints } from '../../src/rooms/orders/decide-benefits.ts'
import { decide } from '../../src/rooms/orders/decide.ts'
import { newLines, newOrder, placesPoints } from '../../src/rooms/orders/decide-place.ts'
import { stockOf } from '../../src/rooms/orders/stock-lines.ts'
import { emptyView, type OrderEvent, type View, type Writes } from '../../src/rooms/orders/view.ts'
import { APPLE, idOf, PEAR, SOY } from '../fixtures.ts'

export const AT = new Date('2026-11-22T02:00:00Z')
export const STORE = 'S01'
export const SKUS = [APPLE, PEAR, SOY]
export const MEMBERS = [0, 1].map((i) => idOf(`member:${i}`))
/** What each member has to begin with; the last coupon ended an hour ago, and the first lot yesterday. */
/** Each member has one to use at any time, two for a first order, and one that is over before long. */
export const COUPONS = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => ({
  couponId: idOf(`coupon:${i}`),
  memberId: MEMBERS[i % 2] ?? '',
  startsAt: new Date('2026-11-01T00:00:00Z'),
  expiresAt: new Date(i < 4 || i > 5 ? '2026-12-01T00:00:00Z' : '2026-11-22T01:00:00Z'),
  firstOrder: [2, 3, 6, 7].includes(i),
  firstTakenBy: null as string | null,
}))
export const LOTS = [
  { day: '2026-11-21', available: 30 },
  { day: '2026-11-22', available: 25 },
  { day: '2027-11-30', available: 60 },
]
/** Stored value of each member to begin with. */
export const STORED_FEN = 6000
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
      buffer: 0,
    }),
  )
  for (const coupon of COUPONS)
    rows.coupons.set(coupon.couponId, { ...coupon, state: 'UNUSED', round: 0, orderId: null, tillId: null })
  for (const memberId of MEMBERS)
    rows.accounts.set(memberId, { memberId, debt: 0, lots: structuredClone(LOTS) })
  for (const memberId of MEMBERS)
    rows.values.set(memberId, { memberId, availableFen: STORED_FEN, heldFen: 0 })
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
    ...places.flatMap(({ storeId, lines }) =>
      stockOf(lines).map(({ skuId }) => levelKey({ storeId, skuId })),
    ),
    ...[...moving].flatMap((id) =>
      stockOf(copy.lines.get(id) ?? []).map(({ skuId }) => levelKey({ storeId: STORE, skuId })),
    ),
  ])
  const benefiting = new Set(
    commands
      .filter(({ verb }) => ['pay', 'take', 'cancel', 'refund', 'settle_refund'].includes(verb))
      .map(({ orderId }) => orderId)
      .filter((id) => copy.orders.has(id)),
  )
  const couponIds = places.flatMap((place) => place.couponIds)
  const spending = commands
    .filter(({ verb }) => ['pay', 'take', 'cancel', 'refund', 'hand_over', 'gather'].includes(verb))
    .flatMap(({ orderId }) => copy.orders.get(orderId) ?? [])
    .filter(({ storedValueFen }) => storedValueFen > 0)
  const posting = [...new Set([...benefiting, ...spending.map(({ id }) => id)])].filter((id) =>
    movesPoints(copy.lines.get(id) ?? []),
  )
  const memberIds = new Set([
    ...places.filter((place) => placesPoints(place)).map(({ memberId }) => memberId),
    ...posting.map((id) => copy.orders.get(id)?.memberId),
  ])
  const valueOf = new Set([
    ...places.filter(({ stored }) => stored !== null).map(({ memberId }) => memberId),
    ...spending.map(({ memberId }) => memberId),
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
    coupons: withFirsts(
      keep(
        copy.coupons,
        (id, { orderId }) => couponIds.includes(id) || (orderId !== null && benefiting.has(orderId)),
      ),
      rows.coupons,
    ),
    accounts: keep(copy.accounts, (id) => memberIds.has(id)),
    points: new Map(posting.map((id) => [id, copy.points.get(id) ?? newPurchasePoints(ofOrder(id))])),
    values: keep(copy.values, (id) => valueOf.has(id)),
    // Campaigns have a model of their own: test/desk/campaigns.test.ts.
    campaignStock: new Map(),
    takes: new Map(),
    firsts: new Map(),
    claims: new Map(),
    groups: new Map(),
    rallies: new Map(),
    presales: new Map(),
  }
}

/** Which coupon for a first order an order has, as the loader finds it. */
function withFirsts(mine: View['coupons'], all: View['coupons']): View['coupons'] {
  for (const coupon of mine.values())
    coupon.firstTakenBy = coupon.firstOrder
      ? ([...all.values()].find(
          ({ memberId, firstOrder, state }) =>
            memberId === coupon.memberId && firstOrder && ['LOCKED', 'USED'].includes(state),
        )?.couponId ?? null)
      : null
  return mine
}

/** What the table makes of postings. */
function post({ rows }: Model, postings: readonly Posting[]): void {
  for (const each of postings) {
    const account = rows.accounts.get(each.memberId) ?? newAccount(each.memberId)
    rows.accounts.set(each.memberId, account)
    account.debt += each.debt
    if (each.lastDay !== null) {
      const lot = account.lots.find(({ day }) => day === each.lastDay) ?? { day: each.lastDay, available: 0 }
      if (!account.lots.includes(lot)) account.lots.push(lot)
      lot.available += each.available
    }
    const orderId = each.purchase?.orderId
    if (!orderId) continue
    const order = rows.points.get(orderId) ?? newPurchasePoints(ofOrder(orderId))
    rows.points.set(orderId, order)
    order.frozen += each.frozen
    if (each.spent > 0) order.spent.push({ day: each.spentDay ?? '', kept: each.spent })
    else (order.spent.find(({ day }) => day === each.spentDay) ?? { kept: 0 }).kept += each.spent
  }
  for (const account of rows.accounts.values()) {
    assert.ok(account.lots.every(({ available }) => available >= 0) && account.debt >= 0)
    account.lots = account.lots
      .filter(({ available }) => available > 0)
      .sort((a, b) => (a.day < b.day ? -1 : 1))
    assert.ok(account.debt === 0 || account.lots.length === 0, 'points and a debt at once')
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
  for (const { storeId: _, takenBy, at, ...taking } of writes.takings) {
    rows.attempts.set(taking.attemptId, { ...taking, state: 'PAID', transactionId: null })
    model.journal.push({ attemptId: taking.attemptId, takenBy, at })
  }
  for (const { attemptId, orderId, amountFen } of writes.stored)
    rows.attempts.set(attemptId, {
      attemptId,
      orderId,
      provider: 'stored_value',
      state: 'HELD',
      amountFen,
      transactionId: null,
      idemKey: null,
      tenderedFen: null,
      slip: null,
    })
  for (const { attemptId, state } of writes.storedMoves.values()) {
    const attempt = rows.attempts.get(attemptId) ?? assert.fail()
    assert.equal(attempt.state, 'HELD')
    attempt.state = state
  }
  for (const refund of writes.refunds)
    rows.refunds.set(refund.refundId, { ...refund, state: firstState(refund) })
  for (const { refundId, outcome } of writes.settled.values())
    (rows.refunds.get(refundId) ?? assert.fail()).state = outcome
  for (const coupon of writes.coupons.values())
    rows.coupons.set(coupon.couponId, { ...structuredClone(coupon), firstTakenBy: null })
  post(model, writes.postings)
  for (const { memberId, availableFen, heldFen } of writes.valuePostings) {
    const account = rows.values.get(memberId) ?? assert.fail()
    account.availableFen += availableFen
    account.heldFen += heldFen
  }
  for (const { availableFen, heldFen } of rows.values.values()) assert.ok(availableFen >= 0 && heldFen >= 0)
  model.events.push(...writes.events)
  model.journal.push(
    ...writes.moves,
    ...writes.alarms,
    ...writes.pickups,
    ...writes.readied,
    ...writes.closed,
    ...writes.audits,
    ...writes.couponEvents,
    ...writes.postings,
    ...writes.valuePostings,
    ...writes.usable,
  )
}

/** What a desk would do with this batch, in memory. */
export const run = (model: Model, commands: readonly Command[]): readonly Answer[] => {
  const { answers, writes } = decide(load(model, commands), commands)
  if (writes) apply(model, writes)
  return answers
}
