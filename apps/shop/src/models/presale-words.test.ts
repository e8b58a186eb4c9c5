import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readyOrder } from '../../test/canned/orders.ts'
import { firstPayment, presaleFacts } from './presale-words.ts'
import type { Order } from './wire.ts'

const NOW = Date.parse('2026-12-02T02:00:00Z')
const presale: NonNullable<Order['presale']> = {
  ofBox: false,
  campaignId: 'c',
  called: 'earnest',
  depositFen: 1960,
  balanceFen: 7840,
  balanceFrom: '2026-12-08T00:00:00Z',
  balanceUntil: '2026-12-10T12:00:00Z',
  cutoff: '2026-12-05T12:00:00Z',
  pickupFrom: '2026-12-12T00:00:00Z',
  promisedBy: '2026-12-15T12:00:00Z',
  arrivedAt: null,
  balanceOpen: false,
  takeBackFen: 1960,
  owedFen: 0,
  owedPaidAt: null,
}
const order = (over: Partial<Order>): Order => ({
  ...readyOrder(NOW),
  state: 'WAIT_BALANCE',
  payState: 'DEPOSIT',
  presale,
  ...over,
})
const factOf = (each: Order, name: string) =>
  presaleFacts(each, NOW)?.find((fact) => fact.name === name)?.value

test('both payments are said, each with what became of it', () => {
  assert.equal(factOf(order({}), '定金'), '¥19.60，已付')
  assert.match(factOf(order({}), '尾款') ?? '', /^¥78.40，.*付$/)
  assert.equal(factOf(order({ state: 'WAIT_GOODS', payState: 'PAID' }), '尾款'), '¥78.40，已付')
  assert.equal(factOf(order({ state: 'PENDING_PAY', payState: 'UNPAID' }), '定金'), '¥19.60')
  assert.equal(presaleFacts(order({ presale: null }), NOW), null)
})

test('what comes back is said before it is asked for, and what is owed until it is paid', () => {
  assert.equal(factOf(order({}), '自己取消'), '现在能取消，退 ¥19.60')
  assert.match(factOf(order({ presale: { ...presale, takeBackFen: null } }), '自己取消') ?? '', /请联系门店/)
  const owed = { ...presale, owedFen: 1960 }
  assert.match(factOf(order({ state: 'CLOSED_REFUND', presale: owed }), '定金另赔') ?? '', /^¥19.60，门店会/)
})

test('now and later add up to the price', () => {
  const terms = {
    kind: 'presale' as const,
    deposit: { called: 'advance' as const, bp: 2000, balanceFrom: '', balanceUntil: '' },
    cutoff: '',
    pickupFrom: '',
    promisedBy: '',
  }
  assert.deepEqual(firstPayment(terms, 9801), {
    now: { name: '预付款', value: '¥19.60' },
    nowFen: 1960,
    later: { name: '尾款', value: '¥78.41' },
  })
  assert.equal(firstPayment({ ...terms, deposit: null }, 9801).nowFen, 9801)
})
