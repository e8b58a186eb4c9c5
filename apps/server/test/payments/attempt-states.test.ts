// No path leads an attempt out of its end, whatever overtakes whatever: each statement that moves one, against each state it may stand in.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Database, inTx, openDatabase } from '../../src/kernel/db.ts'
import { newId } from '../../src/kernel/id.ts'
import { createLog } from '../../src/kernel/log.ts'
import * as sql from '../../src/rooms/payments/attempts.sql.ts'
import { idOf, plant } from '../fixtures.ts'
import { createDatabase, type TestDatabase } from '../postgres-server.ts'

const AT = new Date('2026-11-22T02:00:00Z')
const STATES = ['OPENING', 'OPEN', 'CLOSED', 'FAILED', 'PAID'] as const
type State = (typeof STATES)[number]

let clone: TestDatabase
let database: Database
before(async () => {
  clone = await createDatabase()
  await plant(clone.url)
  database = openDatabase(clone.url, { log: createLog('silent') })
  await database.pool.query(`insert into member (id, nickname, joined_at) values ($1, 'm', now())`, [
    idOf('member'),
  ])
})
after(async () => {
  await database.close()
  await clone.drop()
})

async function attemptIn(state: State): Promise<string> {
  const [id, orderId] = [newId(), newId()]
  await database.pool.query(
    `insert into orders (id, no, store_id, member_id, idem_key, body_hash, state, fulfilment, goods_fen, total_fen, placed_at)
     values ($1::uuid, $1::text, 'S01', $2, $1::text, '\\x00', 'CANCELLED', 'pickup', 100, 100, $3)`,
    [orderId, idOf('member'), AT],
  )
  await database.pool.query(
    `insert into payment_attempt (id, order_id, store_id, provider, out_trade_no, payer, amount_fen, state, transaction_id, created_at)
     values ($1::uuid, $2, 'S01', 'wechat', $1::text, 'o', 100, $3, $4, $5)`,
    [id, orderId, state, state === 'PAID' ? id : null, AT],
  )
  return id
}
const stateOf = async (id: string) => (await sql.attemptById(database.db, id))?.state

const opened = { prepayId: 'p', prepayExpiresAt: AT, nextCheckAt: AT }
const ending = (state: 'CLOSED' | 'FAILED', from: readonly ('OPENING' | 'OPEN')[]) => (id: string) =>
  inTx(database.db, (tx) => sql.markEnded(tx, id, { state, from, at: AT, lookAgainAt: null, trouble: null }))
const MOVES: readonly [
  what: string,
  move: (id: string) => Promise<unknown>,
  from: readonly State[],
  to: State,
][] = [
  ['opened', (id) => inTx(database.db, (tx) => sql.markOpen(tx, id, opened)), ['OPENING'], 'OPEN'],
  ['closed', ending('CLOSED', ['OPENING', 'OPEN']), ['OPENING', 'OPEN'], 'CLOSED'],
  ['closed while it is open', ending('CLOSED', ['OPEN']), ['OPEN'], 'CLOSED'],
  ['given up while it opens', ending('FAILED', ['OPENING']), ['OPENING'], 'FAILED'],
]
for (const [what, move, from, to] of MOVES)
  for (const state of STATES)
    test(`an attempt that is ${state} · ${what}: ${from.includes(state) ? to : 'stays'}`, async () => {
      const id = await attemptIn(state)
      assert.equal(Boolean(await move(id)), from.includes(state))
      assert.equal(await stateOf(id), from.includes(state) ? to : state)
    })
