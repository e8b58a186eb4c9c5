// Every promise about money, stock and privacy is written twice. Here the tables are asked alone: whatever the code believes, they refuse.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { APPLE, idOf, plant } from '../fixtures.ts'
import { createDatabase, type TestDatabase } from '../postgres-server.ts'

let database: TestDatabase
let client: pg.Client
const [ORDER, ATTEMPT, MEMBER, REFUND] = ['order', 'attempt', 'member', 'refund'].map(idOf)
before(async () => {
  database = await createDatabase()
  await plant(database.url, { onHand: 5 })
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
  await client.query(`insert into member (id, nickname, joined_at) values ('${MEMBER}', 'm', now())`)
  await client.query(order(ORDER ?? '', 'first'))
  await client.query(
    `insert into order_line (order_id, line_no, store_id, sku_id, product_id, name, unit, barcode, quantity, unit_fen, amount_fen, pay_fen)
     values ('${ORDER}', 1, 'S01', '${APPLE}', '${APPLE}', 'n', 'u', '1', 2, 50, 100, 100)`,
  )
  await client.query(attempt(ATTEMPT ?? '', 'PAID', `'t-1'`))
  await client.query(refund(REFUND ?? '', 60))
})
after(async () => {
  await client.end()
  await database.drop()
})

const order = (id: string, key: string, { state = 'PAID', paid = 100, total = 100, refunded = 0 } = {}) =>
  `insert into orders (id, no, store_id, member_id, idem_key, body_hash, state, pay_state, fulfilment, goods_fen, total_fen, paid_fen, refunded_fen, placed_at, paid_at)
   values ('${id}', '${id}', 'S01', '${MEMBER}', '${key}', '\\x00', '${state}', '${paid > 0 ? 'PAID' : 'UNPAID'}', 'pickup', 100, ${total}, ${paid}, ${refunded}, now(),
     ${paid > 0 ? 'now()' : 'null'})`
const attempt = (id: string, state: string, transaction: string, { orderId = ORDER, number = id } = {}) =>
  `insert into payment_attempt (id, order_id, store_id, provider, out_trade_no, payer, amount_fen, state, transaction_id, created_at)
   values ('${id}', '${orderId}', 'S01', 'wechat', '${number}', 'o', 100, '${state}', ${transaction}, now())`
const refund = (id: string, fen: number, { attemptId = ATTEMPT, number = id, key = 'key' } = {}) =>
  `insert into refund (id, order_id, attempt_id, out_refund_no, idem_key, amount_fen, reason, cause, state, send_at, by, created_at)
   values ('${id}', '${ORDER}', '${attemptId}', '${number}', '${key}', ${fen}, 'r', 'order', 'PENDING', now(), 'b', now())`
const level = (set: string) => `update stock_level set ${set} where store_id = 'S01' and sku_id = '${APPLE}'`
const entry = (over = '') =>
  `insert into stock_ledger (store_id, sku_id, reason, on_hand_delta, reserved_delta, on_hand_after, reserved_after, by, at, idem_key)
   values ('S01', '${APPLE}', 'ADJUST', 1, 0, 1, 0, 'b', now(), ${over || 'null'})`
const pickup = (id: string) =>
  `insert into pickup (order_id, store_id, digits, secret) values ('${id}', 'S01', '0123456789', decode(repeat('00', 32), 'hex'))`

/** Whatever `first` does must be taken, and `then` be refused with this code; nothing of it stays. */
const REFUSED: readonly [what: string, code: string, then: string, ...first: string[]][] = [
  ['more reserved than there is', '23514', level('reserved = 6')],
  ['less than nothing on a shelf', '23514', level('on_hand = -1')],
  ['a ledger entry of nothing', '23514', entry().replace("'ADJUST', 1,", "'ADJUST', 0,")],
  ['one correction twice', '23505', entry(`'k'`), entry(`'k'`)],
  ['a ledger entry rewritten', '23001', 'update stock_ledger set on_hand_delta = 9', entry()],
  ['a ledger entry taken out', '23001', 'delete from stock_ledger', entry()],
  [
    'two orders of campaigns for a first order',
    '23505',
    `insert into campaign_first values ('${MEMBER}', '${idOf('second')}')`,
    order(idOf('second'), 'k'),
    `insert into campaign_first values ('${MEMBER}', '${ORDER}')`,
  ],
  ['two orders for one key', '23505', order(idOf('second'), 'first')],
  ['more given back than was taken', '23514', order(idOf('second'), 'k', { refunded: 101 })],
  ['goods without money', '23514', order(idOf('second'), 'k', { paid: 0 })],
  ['a sum that is none', '23514', order(idOf('second'), 'k', { total: 99 })],
  ['a line dearer than its pieces', '23514', 'update order_line set pay_fen = 101'],
  ['more pieces refunded than bought', '23514', 'update order_line set refunded_quantity = 3'],
  ['more pieces withdrawn than bought', '23514', 'update order_line set withdrawn_quantity = 3'],
  ['more pieces promised back than bought', '23514', 'update order_line set promised_quantity = 3'],
  ['more fen refunded than paid for a line', '23514', 'update order_line set refunded_fen = 101'],
  [
    'an event rewritten',
    '23001',
    `update order_event set by = 'x'`,
    `insert into order_event (order_id, verb, to_state, by, at) values ('${ORDER}', 'place', 'PENDING_PAY', 'b', now())`,
  ],
  [
    'two open payments of an order',
    '23505',
    attempt(idOf('open 2'), 'OPENING', 'null'),
    attempt(idOf('open 1'), 'OPEN', 'null'),
  ],
  ['one transaction for two payments', '23505', attempt(idOf('again'), 'PAID', `'t-1'`)],
  [
    'one number for two payments',
    '23505',
    attempt(idOf('again'), 'CLOSED', 'null', { number: ATTEMPT ?? '' }),
  ],
  ['paid without a transaction', '23514', attempt(idOf('again'), 'PAID', 'null')],
  ['a refund of nothing on its way', '23514', refund(idOf('more'), 0, { key: 'other' })],
  [
    'money at Alipay that others share',
    '23514',
    `update payment_attempt set provider = 'alipay', profit_sharing = true`,
    `update payment_attempt set profit_sharing = true`,
  ],
  ['more refunded than was paid', '23514', refund(idOf('more'), 41, { key: 'other' })],
  [
    'a refund of a payment that never came',
    '23514',
    refund(idOf('more'), 1, { attemptId: idOf('closed'), key: 'other' }),
    attempt(idOf('closed'), 'CLOSED', 'null'),
  ],
  ['one refund twice', '23505', refund(idOf('more'), 1)],
  ['one number for two refunds', '23505', refund(idOf('more'), 1, { number: REFUND ?? '', key: 'other' })],
  [
    'more pieces of a line refunded than bought',
    '23514',
    `insert into refund_line values ('${REFUND}', '${ORDER}', 1, 3, 1)`,
  ],
  [
    'one notice twice',
    '23505',
    `insert into payment_notice select gen_random_uuid(), provider, notice_id, event_type, subject, received_at, body, outcome from payment_notice`,
    `insert into payment_notice values (gen_random_uuid(), 'wechat', 'n', 'e', 's', now(), '{}', 'o')`,
  ],
  [
    'more orders in a slot than it has room for',
    '23514',
    'update pickup_slot set taken = 2',
    `insert into pickup_slot values ('S01', now(), now() + interval '1 hour', 1, 1)`,
  ],
  [
    'one pickup code for two bags of a store',
    '23505',
    pickup(idOf('second')),
    order(idOf('second'), 'k'),
    pickup(ORDER ?? ''),
  ],
  ['no head office left', '23001', `update staff set active = false where role = 'hq'`],
  [
    'the trail rewritten',
    '23001',
    `update audit_event set actor = 'x'`,
    `insert into audit_event (id, at, actor, action, subject, request_id) values (gen_random_uuid(), now(), 'a', 'a', 's', 'r')`,
  ],
  ['a price of nothing', '23514', 'update listing set price_fen = 0'],
  ['an online price above the price', '23514', 'update listing set online_price_fen = price_fen + 1'],
  ['a price history rewritten', '23001', 'update price_change set price_fen = 1'],
]
for (const [what, code, then, ...first] of REFUSED)
  test(`the tables refuse ${what}`, async () => {
    await client.query('begin')
    try {
      for (const text of first) await client.query(text)
      await assert.rejects(client.query(then), { code }, then)
    } finally {
      await client.query('rollback')
    }
  })
