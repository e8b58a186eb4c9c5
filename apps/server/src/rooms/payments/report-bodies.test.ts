import assert from 'node:assert/strict'
import { test } from 'node:test'
import { delayOf, describe, tellOf, verdictOf } from './report-bodies.ts'

const line = (name: string, quantity = 1) => ({
  name,
  quantity,
  unitFen: 1280,
  productId: '01900000-0000-7000-8000-000000000001',
  pictureId: null,
})
const report = {
  attemptId: '01900000-0000-7000-8000-000000000002',
  orderId: '01900000-0000-7000-8000-000000000003',
  wanted: 1,
  told: 0,
  tries: 1,
  sentAt: null,
  transactionId: '4200000000202611230000000001',
  openid: 'o'.repeat(28),
  amountFen: 1280,
  paidAt: new Date('2026-11-23T02:00:00.500Z'),
  delayTo: null,
}
const shop = { publicOrigin: 'https://shop.example', cards: { paid: 2, ready: 3, collected: 4, refunded: 5 } }
const bodyOf = (over: object) =>
  tellOf({ ...report, kind: 'card', ...over }, [line('苹果')], report.paidAt, shop).body as Record<
    string,
    string
  >

test('goods are described in at most 120 characters, and never half of one', () => {
  assert.equal(describe([line('苹果')]), '苹果')
  assert.equal(describe([line('苹果', 2), line('梨')]), '苹果 等 3 件')
  assert.equal(describe([]), '商品')
  const long = describe([line('🍎'.repeat(200), 12)])
  assert.equal(Array.from(long).length, 120)
  assert.match(long, /^(🍎)+ 等 12 件$/u)
})

test('the time of a shipment is Beijing’s, with milliseconds', () => {
  const { body } = tellOf({ ...report, kind: 'shipping' }, [line('苹果')], report.paidAt, shop)
  assert.equal((body as { upload_time: string }).upload_time, '2026-11-23T10:00:00.500+08:00')
})

test('a card proves the payment when it is begun, and only then', () => {
  assert.deepEqual(JSON.parse(bodyOf({})['check_json'] ?? ''), { pay_amount: 1280, pay_time: 1_795_399_200 })
  assert.equal(bodyOf({ told: 1, wanted: 2 })['check_json'], undefined)
  const states = [1, 2, 3, 4].map(
    (wanted) => (JSON.parse(bodyOf({ wanted })['content_json'] ?? '{}') as { cur_status: number }).cur_status,
  )
  assert.deepEqual(states, [2, 3, 4, 5])
})

test('what WeChat already has is told; what nobody knows is said again', () => {
  const codes = [0, 10060002, 10060003, 10060023, 10060001, 10060004, 10060031, -1, 45009, null]
  assert.deepEqual(
    codes.map((code) => verdictOf('shipping', code)),
    ['told', 'told', 'told', 'told', 'again', 'failed', 'failed', 'again', 'again', 'again'],
  )
  assert.deepEqual(
    [verdictOf('card', 0), verdictOf('card', 85437), verdictOf('card', 47001)],
    ['told', 'again', 'failed'],
  )
  assert.deepEqual(
    [0, 10060001, 10060002, 10060004, 47001, null].map((code) => verdictOf('delay', code)),
    ['told', 'again', 'told', 'told', 'failed', 'again'],
  )
})

test('domain 2.9: WeChat is asked to wait for goods that are promised more than 15 days after the payment, for 330 at most', () => {
  const { paidAt } = report
  const after = (days: number, seconds = 0) => new Date(paidAt.getTime() + days * 86_400_000 + seconds * 1000)
  assert.equal(delayOf(paidAt, after(1)), undefined)
  assert.equal(delayOf(paidAt, after(15)), undefined)
  assert.deepEqual(delayOf(paidAt, after(15, 1)), after(15, 1))
  assert.deepEqual(delayOf(paidAt, after(330)), after(330))
  assert.deepEqual(delayOf(paidAt, after(331)), after(330))
  const { path, body } = tellOf({ ...report, kind: 'delay', delayTo: after(20) }, [], paidAt, shop)
  assert.equal(path, '/wxa/sec/order/opspecialorder')
  assert.deepEqual(body, { order_id: report.transactionId, type: 1, delay_to: 1_795_399_200 + 20 * 86_400 })
})
