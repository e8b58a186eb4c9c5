// First steps and signing in where two things happen at once, or clocks and amounts stand at an edge.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { businessDay, dayAfter } from '../../src/kernel/clock.ts'
import { inTx } from '../../src/kernel/db.ts'
import { listRefunded, oweFirstOrders } from '../../src/rooms/rewards/tasks.sql.ts'
import { mine } from '../benefits.ts'
import { only, paid, rows } from '../payments/purchase.ts'
import { bind, CYCLE, DAY, type Giving, openGiving } from '../rewards.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import type { Shopper } from '../world.ts'

const TERMS = () => ({
  active: true,
  signInPoints: CYCLE,
  tasks: [{ kind: 'first_order' as const, points: 50, templateId: null }],
})
let giving: Giving
before(async () => {
  giving = await openGiving()
  await giving.hq('POST /console/v1/reward-terms', { body: TERMS() })
})
after(async () => {
  assert.deepEqual(await wrongInTheBooks(giving.world), [])
  await giving.world.close()
})
beforeEach(() => giving.signIn())

const tap = async ({ api }: Pick<Shopper, 'api'>) => api('POST /v1/sign-ins')
const taskOf = async ({ api }: Pick<Shopper, 'api'>, kind: string) =>
  (await api('GET /v1/rewards')).tasks.find((task) => task.kind === kind)?.state
const settle = () => giving.world.sweep('rewards.tasks')

const somebodyWaits = async () =>
  (
    await rows(
      giving.world,
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
  ).length > 0

test('domain 87 首单 · freight that stays with the chain buys no reward: its goods went back', async () => {
  // What was collected before anybody looked is no first step.
  await settle()
  const who = await giving.house.newcomer()
  await bind(giving, who)
  const purchase = await paid(giving.world, who)
  const { orderId } = purchase
  await giving.handOver(purchase)
  await settle()
  assert.equal(await taskOf(who, 'first_order'), 'GIVEN')
  const other = await giving.house.newcomer()
  const brought = await paid(giving.world, other)
  // As orders that were brought, whose goods went back and whose freight did not; undone afterwards.
  const undone = new Error('undone')
  const looked = inTx(giving.world.ctx.db, async (tx) => {
    await sql`update orders set discount_fen = discount_fen + 100, freight_fen = 100, refunded_fen = paid_fen - 100, refund_state = 'PARTIAL',
      state = 'COMPLETED', completed_at = ${giving.world.clock.now()} where id in (${orderId}, ${brought.orderId})`.execute(
      tx,
    )
    const since = new Date(0)
    assert.ok((await listRefunded(tx, since, 50)).some(({ memberId }) => memberId === who.memberId))
    await oweFirstOrders(tx, { since, at: giving.world.clock.now() })
    const owed = await sql`select 1 from reward_task where member_id = ${other.memberId}`.execute(tx)
    assert.equal(owed.rows.length, 0, 'nothing is owed for freight')
    throw undone
  })
  await assert.rejects(looked, undone)
})

test('race: an unpaid order takes the coupon of a refunded first order at this moment: it goes when the order gives it back', async () => {
  await giving.hq('POST /console/v1/reward-terms', {
    body: { ...TERMS(), tasks: [{ kind: 'first_order', points: 0, templateId: giving.often }] },
  })
  const who = await giving.house.newcomer()
  await bind(giving, who)
  const purchase = await paid(giving.world, who)
  await giving.handOver(purchase)
  await settle()
  assert.equal((await mine(who)).length, 1)
  await giving.refund(purchase)
  const [{ id } = { id: '' }] = await mine(who)
  const unpaid = await giving.world.ctx.database.pool.connect()
  await unpaid.query('begin')
  await unpaid.query('select from member_coupon where id = $1 for update', [id])
  const settling = settle()
  await until(somebodyWaits, 'it waits for the coupon')
  await unpaid.query("update member_coupon set state = 'LOCKED', order_id = $2, round = 1 where id = $1", [
    id,
    purchase.orderId,
  ])
  await unpaid.query(
    `insert into coupon_event (coupon_id, round, verb, to_state, order_id, expires_at, by, at)
    select c.id, 1, x.verb, x.state, x.order_id, c.expires_at, 'system', $2 from member_coupon c,
      (values ('lock', 'LOCKED', $3::uuid), ('give_back', 'UNUSED', $3)) x(verb, state, order_id) where c.id = $1`,
    [id, giving.world.clock.now(), purchase.orderId],
  )
  await unpaid.query('commit')
  unpaid.release()
  await settling
  assert.equal(await taskOf(who, 'first_order'), 'GIVEN', 'an unpaid order has it')
  await rows(giving.world, "update member_coupon set state = 'UNUSED', order_id = null where id = $1", [id])
  await settle()
  assert.equal(await taskOf(who, 'first_order'), 'REVERSED')
  assert.equal((await mine(who)).length, 0)
  await giving.hq('POST /console/v1/reward-terms', { body: TERMS() })
})

test('race: a phone that is bound while a first order is noted is the phone it counts for', async () => {
  const who = await giving.house.newcomer()
  await giving.handOver(await paid(giving.world, who))
  const binding = await giving.world.ctx.database.pool.connect()
  await binding.query('begin')
  await binding.query(
    `update member set phone_hash = '\\xfeed', phone_cipher = '\\x00', phone_tail = '0001' where id = $1`,
    [who.memberId],
  )
  const settling = settle()
  await until(somebodyWaits, 'it waits for the phone')
  await binding.query('commit')
  binding.release()
  await settling
  await settle()
  const { state } = await only<{ state: string }>(
    giving.world,
    `select state from reward_task where member_id = $1 and kind = 'first_order'`,
    [who.memberId],
  )
  assert.equal(state, 'GIVEN')
})

test('a server whose clock is behind at midnight answers what was signed on one that is ahead', async () => {
  const who = await giving.house.newcomer()
  await tap(who)
  await giving.advance(1)
  await rows(
    giving.world,
    'insert into sign_in (member_id, day, streak, points, at) values ($1, $2, 2, 2, $3), ($1, $4, 3, 5, $5)',
    [
      who.memberId,
      businessDay(giving.world.clock.now()),
      giving.world.clock.now(),
      dayAfter(businessDay(giving.world.clock.now()), 1),
      new Date(giving.world.clock.now().getTime() + DAY * 1000),
    ],
  )
  const { fresh, streak } = await tap(who)
  assert.deepEqual([fresh, streak], [false, 3])
})
