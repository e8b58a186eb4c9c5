// What the tables of stored value refuse by themselves, whatever the code believes.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { openDatabase } from '../../src/kernel/db.ts'
import { createLog } from '../../src/kernel/log.ts'
import { paymentsDesk } from '../../src/rooms/payments/desk.sql.ts'
import { idOf, plant } from '../fixtures.ts'
import { createDatabase, type TestDatabase } from '../postgres-server.ts'
import { plantValue } from '../stored-value.ts'

let database: TestDatabase
let client: pg.Client
const [RICH, POOR, NAMELESS] = ['rich', 'poor', 'nameless'].map(idOf)
const [ORDER, ATTEMPT, REFUND] = ['order', 'attempt', 'refund'].map(idOf)
before(async () => {
  database = await createDatabase()
  await plant(database.url)
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
  for (const id of [RICH, POOR, NAMELESS])
    await client.query(`insert into member (id, nickname, joined_at) values ('${id}', 'm', now())`)
  await plantValue(client, RICH ?? '', 499_000)
  await plantValue(client, POOR ?? '', 100)
  await client.query(
    `insert into orders (id, no, store_id, member_id, idem_key, body_hash, state, pay_state, fulfilment, goods_fen, total_fen, stored_value_fen, paid_fen, placed_at, paid_at)
     values ('${ORDER}', 'no', 'S01', '${POOR}', 'k', '\\x00', 'PAID', 'PAID', 'pickup', 60, 60, 60, 60, now(), now())`,
  )
  await client.query(
    `insert into payment_attempt (id, order_id, store_id, provider, out_trade_no, payer, amount_fen, state, created_at)
     values ('${ATTEMPT}', '${ORDER}', 'S01', 'stored_value', 't', 'm', 60, 'PAID', now())`,
  )
  await client.query(
    `insert into refund (id, order_id, attempt_id, out_refund_no, amount_fen, reason, cause, state, send_at, by, created_at)
     values ('${REFUND}', '${ORDER}', '${ATTEMPT}', 'r', 10, 'r', 'order', 'SUCCESS', now(), 'b', now())`,
  )
})
after(async () => {
  await client.end()
  await database.drop()
})

const topUp = (member: string | undefined, fen: number, key = 'key-1') =>
  `insert into value_posting (member_id, reason, available_fen, held_fen, store_id, staff_id, tender, tendered_fen, idem_key, by, at)
   values ('${member}', 'top_up', ${fen}, 0, 'S01', '${idOf('staff:clerk01')}', 'cash', ${fen}, '${key}', 'b', now())`
const payOut = (fen: number) =>
  `insert into value_posting (member_id, reason, available_fen, held_fen, store_id, staff_id, tender, note, idem_key, by, at)
   values ('${POOR}', 'pay_out', ${-fen}, 0, 'S01', '${idOf('staff:clerk01')}', 'cash', 'n', 'key-2', 'b', now())`
const ofOrder = (reason: string, available: number, held: number, refund: string | null = null) =>
  `insert into value_posting (member_id, reason, available_fen, held_fen, order_id, refund_id, by, at)
   values ('${POOR}', '${reason}', ${available}, ${held}, '${ORDER}', ${refund === null ? 'null' : `'${refund}'`}, 'b', now())`
const hold = ofOrder('hold', -60, 60)
const capture = ofOrder('capture', 0, -60)
const giveBack = ofOrder('give_back', 10, 0, REFUND)
const terms = (fen: number) =>
  `insert into value_terms (open, max_balance_fen, since, by) values (true, ${fen}, now(), 'b')`

const [CHECK, UNIQUE, FOREIGN, RESTRICT] = ['23514', '23505', '23503', '23001']
const REFUSED: readonly [what: string, code: string, then: string, ...first: string[]][] = [
  ['more set aside than there is', CHECK, ofOrder('hold', -101, 101)],
  ['more spent than was set aside', CHECK, ofOrder('capture', 0, -61), hold],
  ['more paid out than there is', CHECK, payOut(101)],
  ['a top-up above what the law allows', CHECK, topUp(RICH, 1001)],
  ['terms above what the law allows', CHECK, terms(500_001)],
  ['an account in nobody’s name', FOREIGN, topUp(NAMELESS, 100)],
  ['one key twice', UNIQUE, topUp(POOR, 5), topUp(POOR, 5)],
  ['set aside twice for one order', UNIQUE, ofOrder('hold', -1, 1), hold],
  ['spent twice', UNIQUE, ofOrder('capture', 0, -30), hold, ofOrder('capture', 0, -30)],
  ['spent and freed', UNIQUE, ofOrder('release', 30, -30), hold, ofOrder('capture', 0, -30)],
  ['one refund twice', UNIQUE, giveBack, hold, capture, giveBack],
  ['a hold that loses money', CHECK, ofOrder('hold', -60, 50)],
  ['a balance that no posting moved', RESTRICT, `update value_account set available_fen = 999`],
  ['a posting rewritten', RESTRICT, `update value_posting set note = 'x'`],
  ['a posting taken out', RESTRICT, 'delete from value_posting'],
  ['a name rewritten', RESTRICT, `update value_holder set document_tail = '0000'`],
  ['more stored value than the order costs', CHECK, 'update orders set stored_value_fen = 61'],
  [
    'another tender set aside',
    CHECK,
    `insert into payment_attempt (id, order_id, store_id, provider, out_trade_no, payer, amount_fen, state, created_at)
     values ('${idOf('held')}', '${ORDER}', 'S01', 'wechat', 'h', 'o', 1, 'HELD', now())`,
  ],
]
for (const [what, code, then, ...first] of REFUSED)
  test(`the tables refuse: ${what}`, async () => {
    await client.query('begin')
    try {
      for (const each of first) await client.query(each)
      await assert.rejects(client.query(then), { code })
    } finally {
      await client.query('rollback')
    }
  })

test('up to the limit of the law, and above it by what comes back', async () => {
  await client.query('begin')
  await client.query(topUp(RICH, 1000))
  await client.query(hold)
  await client.query(capture)
  await client.query(giveBack)
  const { rows } = await client.query('select available_fen as fen from value_account order by fen')
  await client.query('rollback')
  assert.deepEqual(rows, [{ fen: 50 }, { fen: 500_000 }])
})

test('what was spent is not freed by a word that comes late', async () => {
  const { deskPool, close } = openDatabase(database.url, { log: createLog('silent') })
  const desk = await deskPool.connect()
  await paymentsDesk.moveStored(desk, [{ attemptId: ATTEMPT ?? '', state: 'CLOSED', at: new Date() }])
  desk.release()
  await close()
  const { rows } = await client.query(`select state from payment_attempt where id = '${ATTEMPT}'`)
  assert.deepEqual(rows, [{ state: 'PAID' }])
})
