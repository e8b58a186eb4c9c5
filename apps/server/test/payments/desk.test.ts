// The statements that the order desk sends for payments: what the code believes does not matter to them.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { createLog } from '../../src/kernel/log.ts'
import { openDatabase, type Database } from '../../src/kernel/db.ts'
import { newId } from '../../src/kernel/id.ts'
import { paymentsDesk as desk } from '../../src/rooms/payments/desk.sql.ts'
import type { NewRefund, RefundCause } from '../../src/rooms/payments/index.ts'
import { plant } from '../fixtures.ts'
import { createDatabase, type TestDatabase } from '../postgres-server.ts'

const NOW = new Date('2026-03-01T04:00:00Z')
let clone: TestDatabase
let database: Database
let member = ''
before(async () => {
  clone = await createDatabase()
  await plant(clone.url)
  database = openDatabase(clone.url, { log: createLog('silent') })
  member = newId()
  await database.pool.query(`insert into member (id, nickname, joined_at) values ($1, 'x', now())`, [member])
})
after(async () => {
  await database.close()
  await clone.drop()
})

interface Bought {
  orderId: string
  attemptId: string
}
let made = 0
async function attempt(state = 'OPEN', orderId = newId()): Promise<Bought> {
  const attemptId = newId()
  await database.pool.query(
    `insert into orders (id, no, store_id, member_id, idem_key, body_hash, state, fulfilment, goods_fen, total_fen, placed_at)
     values ($1, $2, 'S01', $3, $2, '\\x00', 'PENDING_PAY', 'pickup', 1280, 1280, now()) on conflict do nothing`,
    [orderId, `N${++made}`, member],
  )
  await database.pool.query(
    `insert into payment_attempt (id, order_id, store_id, provider, out_trade_no, payer, amount_fen, state, created_at)
     values ($1::uuid, $2, 'S01', 'wechat', $1::text, 'o', 1280, $3, now())`,
    [attemptId, orderId, state],
  )
  return { orderId, attemptId }
}
/** As the desk does it: one transaction on its own pool, all statements awaited with the commit. */
async function inDesk<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const client = await database.deskPool.connect()
  try {
    await client.query('begin')
    const answer = await work(client)
    await client.query('commit')
    return answer
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
const pay = (attemptId: string, transactionId = `T${attemptId}`) =>
  inDesk((client) => desk.markPaid(client, [{ attemptId, transactionId, paidAt: NOW }]))
const refundOf = (
  { orderId, attemptId }: Bought,
  amountFen = 1280,
  cause: RefundCause = 'order',
): NewRefund => ({
  refundId: newId(),
  orderId,
  attemptId,
  idemKey: null,
  bodyHash: null,
  lines: [],
  ourFault: false,
  amountFen,
  reason: '顾客 "取消", {真的}',
  cause,
  by: 'system',
  at: NOW,
  sendAt: NOW,
  byHand: false,
  toStored: false,
})
const insert = (refund: NewRefund) => inDesk((client) => desk.insertRefunds(client, [refund]))
const refundsOf = ({ orderId }: Bought) => inDesk((client) => desk.lockRefunds(client, [orderId]))

test('attempts of several orders come in the order asked for', async () => {
  const [one, two] = [await attempt(), await attempt()]
  const second = await attempt('CLOSED', one.orderId)
  const found = await inDesk((client) => desk.lockAttempts(client, [two.orderId, one.orderId]))
  assert.deepEqual(
    found.map(({ attemptId }) => attemptId),
    [two.attemptId, one.attemptId, second.attemptId],
  )
  assert.deepEqual(found[0], {
    ...two,
    provider: 'wechat',
    state: 'OPEN',
    amountFen: 1280,
    transactionId: null,
    idemKey: null,
    tenderedFen: null,
    slip: null,
  })
})

test('locked attempts wait for the lock', async () => {
  const bought = await attempt()
  const order: string[] = []
  await inDesk(async (client) => {
    await desk.lockAttempts(client, [bought.orderId])
    const rival = pay(bought.attemptId).then(() => order.push('rival'))
    await new Promise((resolve) => setTimeout(resolve, 50))
    order.push('first')
    return { rival }
  }).then(({ rival }) => rival)
  assert.deepEqual(order, ['first', 'rival'])
})

test('paid is paid: a second payment of the attempt changes nothing', async () => {
  const { attemptId, orderId } = await attempt()
  await pay(attemptId, 'T-first')
  await pay(attemptId, 'T-second')
  const [row] = await inDesk((client) => desk.lockAttempts(client, [orderId]))
  assert.deepEqual([row?.state, row?.transactionId], ['PAID', 'T-first'])
})

test('money of an attempt that was given up for closed still makes it paid', async () => {
  const { attemptId, orderId } = await attempt('CLOSED')
  await pay(attemptId)
  const [row] = await inDesk((client) => desk.lockAttempts(client, [orderId]))
  assert.equal(row?.state, 'PAID')
})

test('one transaction of WeChat pays one attempt', async () => {
  const [one, two] = [await attempt(), await attempt()]
  await pay(one.attemptId, 'T-same')
  await assert.rejects(pay(two.attemptId, 'T-same'), /payment_attempt_transaction_id_key/)
})

test('no refund of an attempt that is not paid, none beyond what was paid', async () => {
  const bought = await attempt()
  await assert.rejects(insert(refundOf(bought)), /not paid/)
  await pay(bought.attemptId)
  await insert(refundOf(bought, 1000))
  await assert.rejects(insert(refundOf(bought, 281)), /exceed/)
  await insert(refundOf(bought, 280))
  assert.deepEqual(
    (await refundsOf(bought)).map(({ amountFen, state, reason }) => [amountFen, state, reason]),
    [
      [1000, 'PENDING', '顾客 "取消", {真的}'],
      [280, 'PENDING', '顾客 "取消", {真的}'],
    ],
  )
})

test('a payment that came too late goes back once, even if asked twice', async () => {
  const bought = await attempt()
  await pay(bought.attemptId)
  await insert(refundOf(bought, 640, 'late_payment'))
  await assert.rejects(insert(refundOf(bought, 640, 'double_payment')), /refund_out_refund_no_key/)
})

const settle = (refundId: string, outcome: 'SUCCESS' | 'ABNORMAL' | 'CLOSED' | 'FAILED') =>
  inDesk((client) =>
    desk.settleRefunds(client, [
      { refundId, outcome, providerId: 'W1', trouble: null, at: NOW, handedBy: null },
    ]),
  )

test('a refund that has ended stays as it is; an abnormal one may still end', async () => {
  const bought = await attempt()
  await pay(bought.attemptId)
  const refund = refundOf(bought)
  await insert(refund)
  const states: (string | undefined)[] = []
  for (const outcome of ['ABNORMAL', 'SUCCESS', 'CLOSED', 'ABNORMAL', 'FAILED'] as const) {
    await settle(refund.refundId, outcome)
    states.push((await refundsOf(bought))[0]?.state)
  }
  assert.deepEqual(states, ['ABNORMAL', 'SUCCESS', 'SUCCESS', 'SUCCESS', 'SUCCESS'])
})

test('a refund that was closed frees its amount for another', async () => {
  const bought = await attempt()
  await pay(bought.attemptId)
  const refund = refundOf(bought)
  await insert(refund)
  await settle(refund.refundId, 'CLOSED')
  await insert(refundOf(bought))
})

test('an alarm is raised once per kind and subject', async () => {
  const { orderId } = await attempt()
  const alarm = {
    kind: 'late_payment' as const,
    subject: orderId,
    orderId,
    detail: '¥12.80, "退回"',
    at: NOW,
  }
  await inDesk((client) => desk.insertAlarms(client, [alarm, { ...alarm, kind: 'double_payment' }]))
  await inDesk((client) => desk.insertAlarms(client, [alarm]))
  const { rows } = await database.pool.query(
    'select kind, detail from payment_alarm where order_id = $1 order by kind',
    [orderId],
  )
  assert.deepEqual(rows, [
    { kind: 'double_payment', detail: '¥12.80, "退回"' },
    { kind: 'late_payment', detail: '¥12.80, "退回"' },
  ])
})

test('queueReports: what WeChat is to be told only goes on; less than it knows, or the same again, changes nothing', async () => {
  const { orderId, attemptId } = await attempt()
  const queue = (wanted: number) =>
    inDesk((client) => desk.queueReports(client, [{ attemptId, orderId, kind: 'card', wanted, at: NOW }]))
  const row = async () => {
    const { rows } = await database.pool.query<{ wanted: number; state: string; told: number }>(
      'select wanted, told, state from wechat_report where attempt_id = $1',
      [attemptId],
    )
    return rows
  }
  await queue(2)
  await queue(1)
  assert.deepEqual(await row(), [{ wanted: 2, told: 0, state: 'PENDING' }])
  await database.pool.query(
    `update wechat_report set told = 2, state = 'UPLOADED', next_try_at = null where attempt_id = $1`,
    [attemptId],
  )
  await queue(2)
  assert.deepEqual(await row(), [{ wanted: 2, told: 2, state: 'UPLOADED' }])
  await queue(3)
  assert.deepEqual(await row(), [{ wanted: 3, told: 2, state: 'PENDING' }])
})
