// Orders whose goods are yet to come, over every interleaving of what people, the clock and providers do.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { secondsAfter } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/id.ts'
import { campaignKey, endOf } from '../../src/rooms/campaigns/index.ts'
import { levelKey } from '../../src/rooms/inventory/index.ts'
import { type Answer } from '../../src/rooms/orders/commands.ts'
import { AWAITS_GOODS, WAITING } from '../../src/rooms/orders/states.ts'
import { type DeskOrder } from '../../src/rooms/orders/view.ts'
import { refundCounts } from '../../src/rooms/payments/index.ts'
import { APPLE } from '../fixtures.ts'

import {
  arrive,
  attemptsOf,
  type Called,
  cancel,
  day,
  giveBack,
  handOver,
  KEY,
  MEMBERS,
  newWorld,
  open,
  pay,
  PER_MEMBER,
  place,
  refundsOf,
  settle,
  STORE,
  type World,
} from './presale-world.ts'

const sum = (fen: readonly number[]): number => fen.reduce((total, each) => total + each, 0)

/** What must be true of every order's money, and of the stock and the quota, whatever happened. */
function agrees(world: World, onHand: number): void {
  const { view } = world
  let reserved = 0
  let shipped = 0
  let taken = 0
  for (const order of view.orders.values()) {
    const refunds = refundsOf(world, order)
    const strange = new Set(
      refunds.filter(({ cause }) => cause === 'double_payment').map(({ attemptId }) => attemptId),
    )
    const own = refunds.filter(({ cause }) => cause !== 'double_payment')
    const arrived = attemptsOf(world, order).filter(({ state }) => state === 'PAID')
    const kept = arrived.filter(({ attemptId }) => !strange.has(attemptId))
    assert.equal(
      order.paidFen,
      sum(kept.map(({ amountFen }) => amountFen)),
      'paid: what its payments brought',
    )
    // What came twice or too late goes back whole.
    for (const attempt of arrived.filter(({ attemptId }) => strange.has(attemptId)))
      assert.equal(
        sum(refunds.filter(({ attemptId }) => attemptId === attempt.attemptId).map((each) => each.amountFen)),
        attempt.amountFen,
      )
    const backFen = sum(own.filter(({ state }) => refundCounts(state)).map(({ amountFen }) => amountFen))
    assert.ok(backFen <= order.paidFen)
    if (order.state === 'WAIT_BALANCE')
      assert.deepEqual([order.payState, order.paidFen, backFen], ['DEPOSIT', order.depositFen, 0])
    if (order.state === 'WAIT_GOODS' || WAITING.includes(order.state) || order.state === 'COMPLETED')
      assert.deepEqual([order.payState, order.paidFen - backFen], ['PAID', order.totalFen])
    if (order.state === 'CLOSED_REFUND')
      assert.equal(backFen, order.paidFen, 'closed: all of it is on its way back')
    if (order.state === 'CANCELLED' && order.payState === 'DEPOSIT')
      // Unless somebody gives it back of their own will.
      assert.ok(
        world.called === 'earnest' && (backFen === 0 || backFen === order.paidFen),
        'only an earnest is lost',
      )
    if (order.state === 'CANCELLED' && order.payState !== 'DEPOSIT') assert.equal(backFen, order.paidFen)
    const pieces = sum((view.lines.get(order.id) ?? []).map((line) => line.quantity - line.withdrawnQuantity))
    if (WAITING.includes(order.state)) reserved += pieces
    if (order.completedAt !== null) shipped += pieces
    const presale = view.presales.get(order.id) ?? assert.fail()
    const claim = view.claims.get(order.id) ?? assert.fail()
    if (claim.state !== 'RETURNED') taken += claim.quantity
    if (AWAITS_GOODS.includes(order.state)) {
      assert.equal(presale.arrivedAt, null)
      assert.notEqual(claim.state, 'RETURNED')
    }
    assert.ok(presale.owedFen === 0 || (world.called === 'earnest' && order.state === 'CLOSED_REFUND'))
    assert.ok(presale.owedFen === 0 || presale.owedFen === order.depositFen)
  }
  const level = view.levels.get(levelKey({ storeId: STORE, skuId: APPLE })) ?? assert.fail()
  assert.deepEqual([level.reserved, level.onHand, level.activityLocked], [reserved, onHand - shipped, 0])
  assert.ok(level.reserved <= level.onHand, 'nothing is set aside that is not there')
  const stock = view.campaignStock.get(campaignKey(KEY)) ?? assert.fail()
  assert.equal(stock.taken, taken)
  assert.ok(stock.taken <= stock.released && stock.released <= stock.carved, 'no more orders than the quota')
  for (const slots of view.takes.values()) assert.ok(slots.size <= PER_MEMBER)
}

/** How often each is wished for; `buy` opens a payment and pays it. */
const OFTEN = {
  place: 3,
  buy: 8,
  open: 1,
  close: 1,
  pay: 2,
  cancel: 1,
  timeout: 2,
  staff: 1,
  arrive: 4,
  refund: 1,
  settle: 2,
  hand: 3,
  later: 2,
}
type Op = keyof typeof OFTEN
const OPS = (Object.keys(OFTEN) as Op[]).flatMap((op) => Array.from({ length: OFTEN[op] }, () => op))
const step = fc.record({ op: fc.constantFrom(...OPS), a: fc.nat(1000), b: fc.nat(1000) })

function live(world: World, { op, a, b }: { op: Op; a: number; b: number }): void {
  if (op === 'later') {
    world.at = secondsAfter(world.at, [60, 3600, 86_400, 5 * 86_400][b % 4] ?? 0)
    return
  }
  if (op === 'place') {
    place(world, MEMBERS[a % MEMBERS.length] ?? '', 1 + (b % 2))
    return
  }
  const orders = [...world.view.orders.values()]
  const order = orders[a % Math.max(1, orders.length)]
  if (!order) return
  if (op === 'open' || op === 'buy') open(world, order)
  if (op === 'buy') pay(world, order, attemptsOf(world, order).length - 1)
  if (op === 'close')
    for (const each of attemptsOf(world, order)) if (each.state === 'OPEN') each.state = 'CLOSED'
  if (op === 'pay') pay(world, order, b)
  if (op === 'cancel') cancel(world, order, 'member')
  if (op === 'staff') cancel(world, order, 'staff')
  if (op === 'timeout') cancel(world, order, 'system')
  if (op === 'arrive') arrive(world, order)
  if (op === 'refund') giveBack(world, order)
  if (op === 'settle') settle(world, order, b)
  if (op === 'hand') handOver(world, order)
}

test('domain 2.9: over any interleaving every fen and every piece of a presale is where it belongs', () => {
  const reached = new Set<string>()
  fc.assert(
    fc.property(
      fc.constantFrom<Called>('advance', 'earnest', null),
      fc.nat(5),
      fc.array(step, { maxLength: 90, size: 'max' }),
      (called, onHand, steps) => {
        const world = newWorld(called, onHand)
        for (const each of steps) {
          live(world, each)
          agrees(world, onHand)
        }
        for (const { state, payState } of world.view.orders.values())
          reached.add(`${called} ${state} ${payState}`)
      },
    ),
    { numRuns: 600 },
  )
  for (const state of [
    'advance WAIT_BALANCE DEPOSIT',
    'advance WAIT_GOODS PAID',
    'advance PAID PAID',
    'advance COMPLETED PAID',
    'advance CLOSED_REFUND DEPOSIT',
    'null WAIT_GOODS PAID',
    'null CLOSED_REFUND PAID',
    'null CANCELLED UNPAID',
  ])
    assert.ok(reached.has(state), state)
})

const refusedWith = (answer: Answer): string =>
  answer.kind === 'refused' ? answer.problem.code : answer.kind
/** One order of a presale with this deposit paid. */
function withDeposit(called: Called, onHand = 0) {
  const world = newWorld(called, onHand)
  place(world, MEMBERS[0] ?? '', 2)
  const [order] = [...world.view.orders.values()]
  assert.ok(order)
  open(world, order)
  pay(world, order, 0)
  return { world, order }
}
const balance = (world: World, order: DeskOrder): Answer | undefined => {
  open(world, order)
  return pay(world, order, attemptsOf(world, order).length - 1)
}

test('domain 2.9: the balance that is missed closes the order; an advance goes back, an earnest stays, and what is paid later goes back whole', () => {
  for (const called of ['advance', 'earnest'] as const) {
    const { world, order } = withDeposit(called)
    assert.deepEqual([order.state, order.paidFen], ['WAIT_BALANCE', 3920])
    world.at = day(8)
    open(world, order)
    assert.equal(refusedWith(cancel(world, order, 'system')), 'orders.not_cancellable', 'not before its time')
    world.at = day(10)
    assert.deepEqual(cancel(world, order, 'system'), { kind: 'payment_open' })
    const last = attemptsOf(world, order).at(-1) ?? assert.fail()
    last.state = 'CLOSED'
    assert.deepEqual(cancel(world, order, 'system'), { kind: 'done' })
    assert.equal(order.state, called === 'advance' ? 'CLOSED_REFUND' : 'CANCELLED')
    const { backFen } = endOf({ called }, 'balance_missed', order)
    assert.equal(sum(refundsOf(world, order).map(({ amountFen }) => amountFen)), backFen)
    assert.deepEqual(pay(world, order, 1), { kind: 'money', outcome: 'double' })
    assert.equal(refundsOf(world, order).at(-1)?.amountFen, order.totalFen - 3920)
    agrees(world, 0)
  }
})

test('race: of the balance and its time-out the first decides, and the other finds it so', () => {
  const { world, order } = withDeposit('earnest')
  world.at = day(10)
  assert.deepEqual(balance(world, order), { kind: 'money', outcome: 'accepted' })
  assert.equal(refusedWith(cancel(world, order, 'system')), 'orders.not_cancellable')
  assert.equal(order.state, 'WAIT_GOODS')
  agrees(world, 0)
})

test('a deposit that is paid twice is no balance: it goes back', () => {
  const { world, order } = withDeposit('advance')
  const first = attemptsOf(world, order)[0] ?? assert.fail()
  const again = { ...first, attemptId: newId(), state: 'CLOSED' as const, transactionId: null }
  world.view.attempts.set(again.attemptId, again)
  assert.deepEqual(pay(world, order, 1), { kind: 'money', outcome: 'double' })
  assert.deepEqual([order.state, order.paidFen], ['WAIT_BALANCE', 3920])
  agrees(world, 0)
})

test('domain 2.9: goods that arrive are set aside for an order once, all of them or none', () => {
  const { world, order } = withDeposit('advance', 1)
  world.at = day(8)
  assert.deepEqual(arrive(world, order), { kind: 'done' }, 'not paid in full: nothing is set aside')
  balance(world, order)
  assert.equal(refusedWith(arrive(world, order)), 'inventory.stock_short')
  assert.equal(order.state, 'WAIT_GOODS')
  const level = world.view.levels.get(levelKey({ storeId: STORE, skuId: APPLE })) ?? assert.fail()
  level.onHand = 3
  assert.deepEqual(arrive(world, order), { kind: 'done' })
  assert.deepEqual(arrive(world, order), { kind: 'done' })
  assert.deepEqual([order.state, level.reserved], ['PAID', 2])
  agrees(world, 3)
})

test('domain 2.9: taken back before the cutoff everything comes back; after it nothing, until the goods are late', () => {
  const { world, order } = withDeposit('earnest')
  world.at = day(5)
  assert.equal(refusedWith(cancel(world, order, 'member')), 'orders.not_cancellable')
  world.at = day(8)
  balance(world, order)
  assert.equal(refusedWith(cancel(world, order, 'member')), 'orders.not_cancellable')
  world.at = day(15)
  assert.deepEqual(cancel(world, order, 'member'), { kind: 'done' })
  assert.equal(order.state, 'CLOSED_REFUND')
  assert.equal(sum(refundsOf(world, order).map(({ amountFen }) => amountFen)), order.totalFen)
  assert.equal(refundsOf(world, order).length, 2, 'from both payments, each at most what it brought')
  assert.equal(world.view.presales.get(order.id)?.owedFen, 3920, '民法典 587')
  agrees(world, 0)
  const early = withDeposit('earnest')
  assert.deepEqual(cancel(early.world, early.order, 'member'), { kind: 'done' })
  assert.equal(refundsOf(early.world, early.order)[0]?.amountFen, 3920)
  assert.equal(early.world.view.presales.get(early.order.id)?.owedFen, 0)
  assert.equal(early.world.view.campaignStock.get(campaignKey(KEY))?.taken, 0, 'somebody else may order it')
})
