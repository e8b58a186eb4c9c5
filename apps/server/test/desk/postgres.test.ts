// The law again, on PostgreSQL: one database decides whole batches, another the same commands one by one, and both agree with the model.
import fc from 'fast-check'
import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type Database, openDatabase } from '../../src/kernel/db.ts'
import { createLog } from '../../src/kernel/log.ts'
import { campaignsDesk } from '../../src/rooms/campaigns/index.ts'
import { ralliesDesk } from '../../src/rooms/rallies/index.ts'
import { couponsDesk } from '../../src/rooms/coupons/index.ts'
import { fulfilmentDesk } from '../../src/rooms/fulfilment/index.ts'
import { inventoryDesk } from '../../src/rooms/inventory/index.ts'
import { ledgersDesk } from '../../src/rooms/ledgers/index.ts'
import type { Answer, Command } from '../../src/rooms/orders/commands.ts'
import { orderWork } from '../../src/rooms/orders/desk.ts'
import type { DeskAttempt } from '../../src/rooms/payments/index.ts'
import { paymentsDesk } from '../../src/rooms/payments/desk.sql.ts'
import { staffDesk } from '../../src/rooms/staff/index.ts'
import { idOf, plant } from '../fixtures.ts'
import { createDatabase, type TestDatabase } from '../postgres-server.ts'
import { plantValue } from '../stored-value.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { commandOf, openOrClose, wish } from './histories.ts'
import { COUPONS, LOTS, MEMBERS, newModel, run, SKUS, STORED_FEN } from './model.ts'

const BATCHES = 40
const ON_HAND = 25
const work = orderWork({
  inventory: { desk: inventoryDesk },
  campaigns: { desk: campaignsDesk },
  rallies: { desk: ralliesDesk },
  coupons: { desk: couponsDesk },
  ledgers: { desk: ledgersDesk },
  fulfilment: { desk: fulfilmentDesk },
  payments: { desk: paymentsDesk },
  staff: { desk: staffDesk },
})
const clones: TestDatabase[] = []
const databases: Database[] = []
before(async () => {
  for (let i = 0; i < 2; i++) {
    const clone = await createDatabase()
    await plant(clone.url, { onHand: ON_HAND })
    const database = openDatabase(clone.url, { log: createLog('silent') })
    await database.pool.query(
      `insert into member (id, nickname, joined_at) select id, 'm', now() from unnest($1::uuid[]) id`,
      [MEMBERS],
    )
    await plantBenefits(database)
    // As in the model: something is kept back of every SKU but the first.
    for (const [safety, sku] of SKUS.entries())
      await database.pool.query('update stock_level set safety = $1 where sku_id = $2', [safety, sku])
    clones.push(clone)
    databases.push(database)
  }
})

/** What members have in the model to begin with. */
async function plantBenefits({ pool }: Database): Promise<void> {
  await pool.query(
    `insert into coupon_template (id, label, kind, steps, stack_group, funding, valid_days, most, most_each, granted, created_at, created_by)
     values ($1, '券', 'steps', '[{"atFen":0,"atPieces":0,"offFen":30,"offBp":0}]', 'coupon', 'hq', 30, 100, 100, $2, '2026-11-01T00:00:00Z', 'seed')`,
    [idOf('template'), COUPONS.length],
  )
  for (const { couponId, memberId, startsAt, expiresAt, firstOrder } of COUPONS)
    await pool.query(
      `insert into member_coupon (id, template_id, member_id, state, granted_at, starts_at, expires_at, grant_key, first_order)
       values ($1::uuid, $2, $3, 'UNUSED', $4, $4, $5, $1::text, $6)`,
      [couponId, idOf('template'), memberId, startsAt, expiresAt, firstOrder],
    )
  for (const memberId of MEMBERS) await plantValue(pool, memberId, STORED_FEN)
  for (const memberId of MEMBERS)
    for (const { day, available } of LOTS)
      await pool.query(
        `insert into point_posting (member_id, reason, last_day, available, by, at) values ($1, 'grant', $2, $3, 'seed', '2026-11-01T00:00:00Z')`,
        [memberId, day, available],
      )
}
after(async () => {
  for (const database of databases) await database.close()
  for (const clone of clones) await clone.drop()
})

async function decideOn({ deskPool }: Database, commands: readonly Command[]): Promise<readonly Answer[]> {
  const client = await deskPool.connect()
  try {
    const [, view] = await Promise.all([client.query('begin'), work.load(client, commands)])
    const { answers, writes } = work.decide(view, commands)
    await Promise.all([...(writes ? work.write(client, writes) : []), client.query('commit')])
    return answers
  } finally {
    client.release()
  }
}

const keepAttempt = ({ pool }: Database, { attemptId, orderId, state, amountFen }: DeskAttempt) =>
  pool.query(
    `insert into payment_attempt (id, order_id, store_id, provider, out_trade_no, payer, amount_fen, state, created_at)
     values ($1::uuid, $2, 'S01', 'wechat', $1::text, 'o', $3, $4, '2026-11-22T02:00:00Z')
     on conflict (id) do update set state = excluded.state`,
    [attemptId, orderId, amountFen, state],
  )

const TABLES = [
  'orders',
  'order_line',
  'line_discount',
  'order_line_component',
  'stock_level',
  'pickup_slot',
  'pickup',
  'payment_attempt',
  'refund',
  'refund_line',
  'audit_event',
  'member_coupon',
  'coupon_event',
  'points_account',
  'point_lot',
  'point_spend',
  'point_grant',
  'value_account',
]
const APPENDED = ['order_event', 'stock_ledger', 'payment_alarm', 'point_posting', 'value_posting']
/** Every row; of what is only appended, in the order it was appended, without its own number. */
async function books({ pool }: Database): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {}
  for (const table of [...TABLES, ...APPENDED]) {
    const appended = APPENDED.includes(table) && table !== 'payment_alarm'
    const { rows } = await pool.query<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) ${APPENDED.includes(table) ? "- 'id'" : ''} as row from ${table} t order by ${appended ? 'id' : "(to_jsonb(t) - 'id')::text"}`,
    )
    // Planted in each database at its own moment.
    all[table] = rows.map(({ row }) =>
      row['reason'] === 'OPENING' || table === 'stock_level' ? { ...row, at: null, updated_at: null } : row,
    )
  }
  return all
}

test('law on PostgreSQL: batches, single commands and the model agree, row by row', async () => {
  const [batched, single] = databases
  assert.ok(batched && single)
  const seed = randomInt(2 ** 31)
  const model = newModel([ON_HAND, ON_HAND, ON_HAND])
  const batches = fc.sample(fc.array(wish, { minLength: 5, maxLength: 30, size: 'max' }), {
    seed,
    numRuns: BATCHES,
  })
  let decided = 0
  for (const wishes of batches) {
    for (const wanted of wishes) {
      const touched = openOrClose(model, wanted)
      if (touched) for (const database of databases) await keepAttempt(database, touched)
    }
    const commands = wishes.flatMap((wanted) => commandOf(model, wanted) ?? [])
    if (commands.length === 0) continue
    const expected = run(model, commands)
    assert.deepEqual(await decideOn(batched, commands), expected, `seed ${seed}`)
    for (const [i, command] of commands.entries())
      assert.deepEqual(await decideOn(single, [command]), [expected[i]], `seed ${seed}`)
    decided += commands.length
  }
  assert.ok(decided > 200, `${decided} commands`)
  assert.deepEqual(await books(batched), await books(single), `seed ${seed}`)
  for (const database of databases) assert.deepEqual(await wrongInTheBooks({ ctx: { database } }), [])
  const axes = [...model.rows.orders.values()].map(
    ({ id, state, payState, refundState, paidFen, refundedFen }) => ({
      id,
      state,
      payState,
      refundState,
      paidFen,
      refundedFen,
    }),
  )
  assert.deepEqual(await axesIn(batched), axes.sort(byId), `seed ${seed}`)
})

type Axes = Record<'id' | 'state' | 'payState' | 'refundState', string> &
  Record<'paidFen' | 'refundedFen', number>
const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
async function axesIn({ pool }: Database): Promise<Axes[]> {
  const { rows } = await pool.query<Axes>(
    `select id, state, pay_state as "payState", refund_state as "refundState", paid_fen as "paidFen", refunded_fen as "refundedFen"
     from orders order by id`,
  )
  return rows
}
