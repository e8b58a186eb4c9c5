import { ORDER_STATES } from '@linli/contract/orders'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOLDS_STOCK, MOVES, moveTo, type OrderState, TERMINAL, type Verb, type Who } from './states.ts'

const VERBS: readonly Verb[] = [
  'place',
  'pay',
  'pay_seat',
  'gather',
  'pay_deposit',
  'pay_ahead',
  'arrive',
  'cancel',
  'lapse',
  'ready',
  'hand_over',
  'refund',
]
const PEOPLE: readonly Who[] = ['member', 'staff', 'system']

const reachable = (from: OrderState): Set<OrderState> => {
  const seen = new Set<OrderState>([from])
  for (const state of seen) for (const move of MOVES) if (move.from === state) seen.add(move.to)
  return seen
}

test('every state can be reached from a placed order', () => {
  assert.deepEqual([...reachable('PENDING_PAY')].sort(), [...ORDER_STATES].sort())
})
test('nothing leaves a terminal state, and every other state can be left', () => {
  for (const state of ORDER_STATES)
    assert.equal(
      MOVES.some((move) => move.from === state),
      !TERMINAL.includes(state),
      state,
    )
})
test('goods leave the store only from a paid order', () => {
  for (const move of MOVES.filter(({ to }) => to === 'COMPLETED'))
    assert.ok(move.from === 'PAID' || move.from === 'READY')
  const withoutMoney = MOVES.filter(({ verb }) => !verb.startsWith('pay'))
  const seen = new Set<OrderState>(['PENDING_PAY'])
  for (const state of seen) for (const move of withoutMoney) if (move.from === state) seen.add(move.to)
  assert.deepEqual([...seen].sort(), ['CANCELLED', 'PENDING_PAY'])
})
test('a shopper may cancel what is unpaid, waits for its group, or whose goods are yet to come; only the system says that money came', () => {
  const may = (who: Who) =>
    ORDER_STATES.flatMap((from) =>
      VERBS.filter((verb) => moveTo(from, verb, who)).map((verb) => `${from} ${verb}`),
    )
  // A paid seat of a group that is not full is given up with all of its money.
  assert.deepEqual(may('member'), [
    'PENDING_PAY cancel',
    'WAIT_GROUP refund',
    'WAIT_BALANCE cancel',
    'WAIT_GOODS cancel',
  ])
  // Refunds that follow from a decision made elsewhere (after-sales) are the system's.
  assert.deepEqual(may('system'), [
    'PENDING_PAY pay',
    'PENDING_PAY pay_seat',
    'PENDING_PAY pay_deposit',
    'PENDING_PAY pay_ahead',
    'PENDING_PAY cancel',
    'WAIT_GROUP gather',
    'WAIT_GROUP refund',
    'WAIT_BALANCE pay',
    'WAIT_BALANCE cancel',
    'WAIT_BALANCE lapse',
    'WAIT_BALANCE refund',
    'WAIT_GOODS refund',
    'PAID refund',
    'READY refund',
    'COMPLETED refund',
  ])
  assert.deepEqual(
    PEOPLE.filter((who) => moveTo(null, 'place', who)),
    ['member'],
  )
})
test('domain 2.1: a deposit waits for its balance, the balance for the goods, and only goods that arrived are collected', () => {
  assert.equal(moveTo('PENDING_PAY', 'pay_deposit', 'system'), 'WAIT_BALANCE')
  assert.equal(moveTo('WAIT_BALANCE', 'pay', 'system'), 'WAIT_GOODS')
  assert.equal(moveTo('WAIT_GOODS', 'arrive', 'staff'), 'PAID')
  for (const verb of ['ready', 'hand_over'] as const)
    for (const from of ['WAIT_BALANCE', 'WAIT_GOODS'] as const)
      assert.equal(moveTo(from, verb, 'staff'), undefined)
})
test('an order holds stock until it is handed over or closed', () => {
  assert.deepEqual(
    ORDER_STATES.filter((state) => !HOLDS_STOCK.includes(state)),
    ['WAIT_BALANCE', 'WAIT_GOODS', 'COMPLETED', 'CANCELLED', 'CLOSED_REFUND'],
  )
})
