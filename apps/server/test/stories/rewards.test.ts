// Signing in, first steps, birthdays and members who have been away: who gets what, once, and what goes back.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { Kysely, PostgresDialect, sql } from 'kysely'
import type { DB } from '../../db/schema.ts'
import { businessDay, dayAfter } from '../../src/kernel/clock.ts'
import { inTx } from '../../src/kernel/db.ts'
import { countDue } from '../../src/rooms/rewards/nights.sql.ts'
import { asleepSince } from '../../src/rooms/rewards/occasions.ts'
import { listRefunded, oweFirstOrders } from '../../src/rooms/rewards/tasks.sql.ts'
import { mine, offered, plantPoints } from '../benefits.ts'
import { plant } from '../fixtures.ts'
import { createHouse, type House, type Named, NOON } from '../messages.ts'
import { openPartner } from '../partner.ts'
import { only, paid, type Purchase, rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { refOf, sale, upload } from '../tills.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

const DAY = 86_400
const CYCLE = [1, 2, 5]
let world: World
let house: House
let hq: LinliApi
let clerk: LinliApi
/** A coupon that is only ever a reward; one each, and one that birthdays and the sleepers get, many each. */
let once: string
let often: string

const TERMS = () => ({
  active: true,
  signInPoints: CYCLE,
  tasks: [
    { kind: 'phone' as const, points: 20, templateId: null },
    { kind: 'birthday' as const, points: 0, templateId: once },
    { kind: 'first_order' as const, points: 50, templateId: null },
    { kind: 'wechat' as const, points: 5, templateId: null },
  ],
})
const DORMANT = (...days: number[]) => ({
  kind: 'dormant' as const,
  active: true,
  marks: days.map((each) => ({ days: each, templateId: often })),
  mostANight: 100,
})
const BIRTHDAY = (days: number | null = 0) => ({
  kind: 'birthday' as const,
  active: true,
  marks: [{ days, templateId: often }],
  mostANight: 100,
})

before(async () => {
  world = await openWorld({
    start: NOON,
    fill: async (url) => {
      await plant(url, { onHand: 1000 })
      await plantPoints(url)
    },
  })
  house = await createHouse(world)
  hq = await world.staff('hq')
  once = await offered(world, { way: 'reward', label: '新手满20减5' })
  often = await offered(world, { way: 'reward', label: '邻里礼', mostEach: 50, validDays: 30 })
  // The terms of points hold from the wall's now on; the world begins a day later.
  await hq('POST /console/v1/reward-terms', { body: TERMS() })
})
after(async () => {
  assert.deepEqual(await wrongInTheBooks(world), [])
  await world.close()
})

// Sessions of staff end in the night.
const signIn = async () => {
  hq = await world.staff('hq')
  clerk = await world.staff('clerk01', 'floor')
}
beforeEach(async () => {
  await signIn()
  await house.signInAgain()
})
const advance = (days: number) => world.advance(days * DAY)
/** Tomorrow, with somebody at the desks. */
const nextMorning = async (days = 1) => {
  await advance(days)
  await signIn()
}
let tail = 700
/** Binds a phone of their own, or this one. */
const bind = async ({ shopper, api }: Named, phone = `19900000${tail++}`): Promise<string> => {
  const { code } = await world.sim<{ code: string }>('POST', '/_sim/phone', { shopper, phone })
  await api('PUT /v1/me/phone', { body: { code } })
  return phone
}
const tap = async ({ api }: Pick<Shopper, 'api'>) => api('POST /v1/sign-ins')
const pointsOf = async ({ api }: Pick<Shopper, 'api'>) => {
  const { available, debt } = await api('GET /v1/points')
  return available - debt
}
const taskOf = async ({ api }: Pick<Shopper, 'api'>, kind: string) =>
  (await api('GET /v1/rewards')).tasks.find((task) => task.kind === kind)?.state
const settle = () => world.sweep('rewards.tasks')
const handOver = async ({ orderId }: Purchase) => {
  const { digits } = await only<{ digits: string }>(world, 'select digits from pickup where order_id = $1', [
    orderId,
  ])
  await clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
}
const refund = async ({ orderId, totalFen }: Purchase) => {
  await hq('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId },
    body: { idempotencyKey: randomUUID(), expectFen: totalFen, reason: '质量问题' },
  })
  await until(async () => {
    await world.sweep('payments.refunds')
    const now = await only<{ state: string }>(
      world,
      'select refund_state as state from orders where id = $1',
      [orderId],
    )
    return now.state === 'FULL'
  }, 'money back')
}
const agree = ({ api }: Pick<Shopper, 'api'>, wording = 2) =>
  api('PUT /v1/message-consents/:topic', { params: { topic: 'marketing' }, body: { agreed: true, wording } })
const presentsOf = ({ memberId }: Pick<Shopper, 'memberId'>, kind: string) =>
  rows<{ occasion: string; mark: number; days: number; given: boolean }>(
    world,
    'select occasion, mark, days, coupon_id is not null as given from present where member_id = $1 and kind = $2 order by at',
    [memberId, kind],
  )
const somebodyWaits = async () =>
  (
    await rows(
      world,
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
  ).length > 0
const night = () => world.sweep('rewards.triggers')

test('domain 86 签到 · once a day, points grow with the cycle, a missed day begins again', async () => {
  const who = await house.newcomer()
  const days: [number, number][] = []
  for (const skip of [0, 1, 1, 1, 2, 1]) {
    await advance(skip)
    const { streak, points, fresh } = await tap(who)
    assert.equal(fresh, true)
    days.push([streak, points])
  }
  assert.deepEqual(days, [
    [1, 1],
    [2, 2],
    [3, 5],
    [4, 1],
    [1, 1],
    [2, 2],
  ])
  assert.deepEqual(await tap(who), {
    day: businessDay(world.clock.now()),
    streak: 2,
    points: 2,
    fresh: false,
  })
  assert.equal(await pointsOf(who), 12)
  const { signIn: now } = await who.api('GET /v1/rewards')
  assert.deepEqual(now && [now.signed, now.streak, now.place, now.cycle], [true, 2, 1, CYCLE])
  await assert.rejects(
    rows(world, `insert into sign_in (member_id, day, streak, points, at) values ($1, $2, 9, 1, $3)`, [
      who.memberId,
      dayAfter(businessDay(world.clock.now()), 1),
      new Date(world.clock.now().getTime() + DAY * 1000),
    ]),
    /one more than that of the day before/,
  )
})

test('race: fifty taps on two servers at the same moment are one day signed and one posting', async () => {
  const who = await house.newcomer()
  const second = await world.another()
  try {
    const there = { api: second.as(who.token) }
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => tap(i % 2 === 0 ? who : there)))
    assert.equal(answers.filter(({ fresh }) => fresh).length, 1)
    assert.ok(answers.every(({ streak, points }) => streak === 1 && points === 1))
  } finally {
    await second.close()
  }
  assert.equal((await rows(world, 'select 1 from sign_in where member_id = $1', [who.memberId])).length, 1)
  assert.equal(
    (await rows(world, 'select 1 from point_posting where member_id = $1', [who.memberId])).length,
    1,
  )
})

test('domain 87 新手任务 · a phone, a birthday, a first order and a message that WeChat took: from what happened, once each', async () => {
  const who = await house.newcomer()
  const before = await who.api('GET /v1/rewards')
  assert.deepEqual(
    before.tasks.map(({ kind, state, points, coupon }) => [kind, state, points, coupon]),
    [
      ['phone', 'TODO', 20, null],
      ['birthday', 'TODO', 0, '新手满20减5'],
      ['first_order', 'TODO', 50, null],
      ['wechat', 'TODO', 5, null],
    ],
  )
  // Without a phone it is noted, and waits.
  await who.api('PUT /v1/me/birthday', { body: { month: 2, day: 29 } })
  await settle()
  assert.equal(await taskOf(who, 'birthday'), 'WAITING')
  assert.equal((await mine(who)).length, 0)
  await bind(who)
  await Promise.all([settle(), settle(), settle()])
  await settle()
  assert.deepEqual(
    (await mine(who)).map(({ label }) => label),
    ['新手满20减5'],
  )
  assert.equal(await pointsOf(who), 20)

  const purchase = await paid(world, who)
  await settle()
  assert.equal(await taskOf(who, 'first_order'), 'TODO', 'paid is not collected')
  await handOver(purchase)
  await settle()
  assert.equal(await taskOf(who, 'first_order'), 'GIVEN')
  await house.packed(who)
  await house.send()
  await settle()
  assert.equal(await taskOf(who, 'wechat'), 'GIVEN')
  assert.equal(await pointsOf(who), 75)
  // A second order, the same phone again: nothing more.
  await handOver(await paid(world, who))
  await bind(who)
  await settle()
  assert.equal(await pointsOf(who), 75)
  await assert.rejects(
    rows(world, `update reward_task set state = 'DUE', done_at = null where member_id = $1`, [who.memberId]),
    /may not become that/,
  )
})

test('domain 87 首单 · refunded whole: its points go back, owed where they were spent, and no second first order', async () => {
  const who = await house.newcomer()
  await bind(who)
  const purchase = await paid(world, who)
  await handOver(purchase)
  await settle()
  assert.equal(await pointsOf(who), 70)
  await refund(purchase)
  await Promise.all([settle(), settle()])
  assert.equal(await taskOf(who, 'first_order'), 'REVERSED')
  assert.equal(await pointsOf(who), 20)
  await handOver(await paid(world, who))
  await settle()
  assert.equal(await taskOf(who, 'first_order'), 'REVERSED')
  assert.equal(await pointsOf(who), 20)
})

test('domain 87 首单 · freight that stays with the chain buys no reward: its goods went back', async () => {
  // What was collected before anybody looked is no first step.
  await settle()
  const who = await house.newcomer()
  await bind(who)
  const purchase = await paid(world, who)
  const { orderId } = purchase
  await handOver(purchase)
  await settle()
  assert.equal(await taskOf(who, 'first_order'), 'GIVEN')
  const other = await house.newcomer()
  const brought = await paid(world, other)
  // As orders that were brought, whose goods went back and whose freight did not; undone afterwards.
  const undone = new Error('undone')
  const looked = inTx(world.ctx.db, async (tx) => {
    await sql`update orders set discount_fen = discount_fen + 100, freight_fen = 100, refunded_fen = paid_fen - 100, refund_state = 'PARTIAL',
      state = 'COMPLETED', completed_at = ${world.clock.now()} where id in (${orderId}, ${brought.orderId})`.execute(
      tx,
    )
    const since = new Date(0)
    assert.ok((await listRefunded(tx, since, 50)).some(({ memberId }) => memberId === who.memberId))
    await oweFirstOrders(tx, { since, at: world.clock.now() })
    const owed = await sql`select 1 from reward_task where member_id = ${other.memberId}`.execute(tx)
    assert.equal(owed.rows.length, 0, 'nothing is owed for freight')
    throw undone
  })
  await assert.rejects(looked, undone)
})

test('race: an unpaid order takes the coupon of a refunded first order at this moment: it goes when the order gives it back', async () => {
  await hq('POST /console/v1/reward-terms', {
    body: { ...TERMS(), tasks: [{ kind: 'first_order', points: 0, templateId: often }] },
  })
  const who = await house.newcomer()
  await bind(who)
  const purchase = await paid(world, who)
  await handOver(purchase)
  await settle()
  assert.equal((await mine(who)).length, 1)
  await refund(purchase)
  const [{ id } = { id: '' }] = await mine(who)
  const unpaid = await world.ctx.database.pool.connect()
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
    [id, world.clock.now(), purchase.orderId],
  )
  await unpaid.query('commit')
  unpaid.release()
  await settling
  assert.equal(await taskOf(who, 'first_order'), 'GIVEN', 'an unpaid order has it')
  await rows(world, "update member_coupon set state = 'UNUSED', order_id = null where id = $1", [id])
  await settle()
  assert.equal(await taskOf(who, 'first_order'), 'REVERSED')
  assert.equal((await mine(who)).length, 0)
  await hq('POST /console/v1/reward-terms', { body: TERMS() })
})

test('race: a phone that is bound while a first order is noted is the phone it counts for', async () => {
  const who = await house.newcomer()
  await handOver(await paid(world, who))
  const binding = await world.ctx.database.pool.connect()
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
    world,
    `select state from reward_task where member_id = $1 and kind = 'first_order'`,
    [who.memberId],
  )
  assert.equal(state, 'GIVEN')
})

test('a server whose clock is behind at midnight answers what was signed on one that is ahead', async () => {
  const who = await house.newcomer()
  await tap(who)
  await advance(1)
  await rows(
    world,
    'insert into sign_in (member_id, day, streak, points, at) values ($1, $2, 2, 2, $3), ($1, $4, 3, 5, $5)',
    [
      who.memberId,
      businessDay(world.clock.now()),
      world.clock.now(),
      dayAfter(businessDay(world.clock.now()), 1),
      new Date(world.clock.now().getTime() + DAY * 1000),
    ],
  )
  const { fresh, streak } = await tap(who)
  assert.deepEqual([fresh, streak], [false, 3])
})

test('what somebody had done before it was offered is no task, and a phone counts once whoever has it', async () => {
  await hq('POST /console/v1/reward-terms', { body: { ...TERMS(), active: false } })
  const known = await house.newcomer()
  await bind(known)
  assert.deepEqual(await known.api('GET /v1/rewards'), { signIn: null, tasks: [] })
  await refused(tap(known), 'rewards.off', 409)
  await handOver(await paid(world, known))
  world.clock.advance(60)
  await hq('POST /console/v1/reward-terms', { body: TERMS() })
  await bind(known)
  await handOver(await paid(world, known))
  await settle()
  assert.equal(await taskOf(known, 'phone'), undefined)
  assert.equal(await taskOf(known, 'first_order'), undefined)
  assert.equal(await pointsOf(known), 0)

  const first = await house.newcomer()
  const phone = await bind(first)
  await first.api('PUT /v1/me/birthday', { body: { month: 5, day: 4 } })
  await settle()
  assert.equal(await taskOf(first, 'phone'), 'GIVEN')
  // The number moves on to somebody else, as numbers do.
  await bind(first)
  const second = await house.newcomer()
  await second.api('PUT /v1/me/birthday', { body: { month: 5, day: 4 } })
  await bind(second, phone)
  await settle()
  assert.equal(await pointsOf(second), 0, 'this phone had it')
  assert.equal(await taskOf(second, 'birthday'), 'REFUSED')
  assert.deepEqual(await mine(second), [])
})

test('a birthday: sealed, changed once a year, taken back at any time; nobody else reads it', async () => {
  const who = await house.newcomer()
  const said = await who.api('PUT /v1/me/birthday', { body: { month: 3, day: 8 } })
  assert.deepEqual(said.birthday, { month: 3, day: 8 })
  assert.deepEqual(await who.api('PUT /v1/me/birthday', { body: { month: 3, day: 8 } }), said)
  await refused(who.api('PUT /v1/me/birthday', { body: { month: 3, day: 9 } }), 'members.birthday_fixed', 409)
  await refused(
    who.api('PUT /v1/me/birthday', { body: { month: 2, day: 30 } }),
    'members.birthday_unknown',
    422,
  )
  const kept = await only<{ cipher: Buffer }>(
    world,
    'select cipher from member_birthday where member_id = $1',
    [who.memberId],
  )
  assert.ok(!kept.cipher.includes('03-08'))
  await assert.rejects(
    rows(
      world,
      `update member_birthday set day_hash = '\\x00', given_at = given_at + interval '1 day' where member_id = $1`,
      [who.memberId],
    ),
    /once a year/,
  )
  await who.api('DELETE /v1/me/birthday')
  assert.equal((await who.api('GET /v1/me/birthday')).birthday, null)
  const gone = await rows(
    world,
    'select 1 from member_birthday where member_id = $1 and num_nonnulls(cipher, day_hash) > 0',
    [who.memberId],
  )
  assert.deepEqual(gone, [])
  await refused(who.api('PUT /v1/me/birthday', { body: { month: 3, day: 9 } }), 'members.birthday_fixed', 409)
})

test('domain 88 生日礼 · once a year, however often the night runs and whatever the settings become; told who agreed', async () => {
  const today = businessDay(world.clock.now())
  const soon = dayAfter(today, 3)
  const [told, quiet] = [await house.newcomer(), await house.newcomer()]
  for (const who of [told, quiet])
    await who.api('PUT /v1/me/birthday', {
      body: { month: Number(soon.slice(5, 7)), day: Number(soon.slice(8)) },
    })
  await agree(told)
  await agree(quiet, 1)
  await hq('POST /console/v1/trigger-terms', { body: BIRTHDAY(0) })
  await night()
  assert.deepEqual(await presentsOf(told, 'birthday'), [], 'three days early')
  const preview = await hq('POST /console/v1/trigger-terms/previews', {
    body: { ...BIRTHDAY(3), mostANight: 1 },
  })
  assert.deepEqual(preview, { due: 2, tonight: 1 })
  await nextMorning()
  await hq('POST /console/v1/trigger-terms', { body: { ...BIRTHDAY(7), mostANight: 1 } })
  await Promise.all([night(), night(), night()])
  assert.equal((await rows(world, `select 1 from present where kind = 'birthday'`)).length, 1, 'one a night')
  await nextMorning()
  await hq('POST /console/v1/trigger-terms', { body: BIRTHDAY(null) })
  await night()
  await nextMorning()
  await hq('POST /console/v1/trigger-terms', { body: BIRTHDAY(0) })
  for (let again = 0; again < 3; again++) {
    await night()
    await nextMorning()
  }
  for (const who of [told, quiet]) {
    assert.deepEqual(
      (await presentsOf(who, 'birthday')).map(({ occasion, given }) => [occasion, given]),
      [[soon.slice(0, 4), true]],
    )
    assert.deepEqual(
      (await mine(who)).map(({ label }) => label),
      ['邻里礼'],
    )
  }
  assert.match((await house.inbox(told))[0]?.body ?? '', /「邻里礼」/)
  assert.deepEqual(await house.inbox(quiet), [])
  const { items } = await hq('GET /console/v1/trigger-nights', { query: { kind: 'birthday' } })
  assert.equal(
    items.reduce((sum, each) => sum + each.reached, 0),
    2,
  )
  assert.equal(
    items.reduce((sum, each) => sum + each.told, 0),
    1,
  )
})

test('domain 88 沉睡唤醒 · each mark once for each time away; a purchase in the shop or at a till ends it; only who agreed', async () => {
  const [shopper, stranger, tillOnly] = [
    await house.newcomer(),
    await house.newcomer(),
    await house.newcomer(),
  ]
  for (const who of [shopper, stranger]) await handOver(await paid(world, who))
  const partner = await openPartner(world)
  const buyAtTill = () =>
    upload(partner.api, [sale(world, { memberRef: refOf(world, partner.partnerId, tillOnly.memberId) })])
  await buyAtTill()
  for (const who of [shopper, tillOnly]) await agree(who)
  await agree(stranger, 1)
  await hq('POST /console/v1/trigger-terms', { body: DORMANT(30, 60, 90) })
  const marks = async (who: Shopper) =>
    (await presentsOf(who, 'dormant')).map(({ mark, days }) => [mark, days])
  await advance(29)
  await night()
  assert.deepEqual(await marks(shopper), [])
  await buyAtTill()
  await nextMorning()
  await Promise.all([night(), night()])
  assert.deepEqual(await marks(shopper), [[1, 30]])
  assert.deepEqual(await marks(tillOnly), [], 'bought yesterday, at a till')
  assert.deepEqual(await marks(stranger), [], 'agreed to words that did not speak of it')
  // Other settings tomorrow are no reason to give the first mark again.
  for (const days of [[31], [15, 30], [10, 20, 33]]) {
    await nextMorning()
    await hq('POST /console/v1/trigger-terms', { body: DORMANT(...days) })
    await night()
  }
  assert.deepEqual(
    (await marks(shopper)).filter(([mark]) => mark === 1),
    [[1, 30]],
  )
  await hq('POST /console/v1/trigger-terms', { body: DORMANT(30, 60, 90) })
  await nextMorning(27)
  await night()
  const there = await marks(shopper)
  assert.deepEqual(there.at(-1), [2, 60])
  // Awake again, and away again: another time.
  await handOver(await paid(world, await world.member(shopper.shopper)))
  await nextMorning(30)
  await night()
  assert.equal((await marks(shopper)).length, there.length + 1)
  const { items } = await hq('GET /console/v1/trigger-nights', { query: { kind: 'dormant' } })
  assert.ok(items.some(({ reached }) => reached > 0))
  const given = await rows(
    world,
    `select 1 from present p join member_coupon c on c.id = p.coupon_id where p.member_id = $1`,
    [shopper.memberId],
  )
  assert.equal(given.length, there.length + 1)
})

test('任务 desk · terms that are sound, coupons that may be rewards, a trail; managers have no business here', async () => {
  await refused(
    hq('POST /console/v1/reward-terms', {
      body: {
        ...TERMS(),
        tasks: TERMS().tasks.map((task) => ({ ...task, kind: 'phone' as const })),
      },
    }),
    'rewards.terms_unsound',
    422,
  )
  const claimed = await offered(world)
  await refused(
    hq('POST /console/v1/trigger-terms', {
      body: { ...BIRTHDAY(), marks: [{ days: 0, templateId: claimed }] },
    }),
    'coupons.offer_missing',
    404,
  )
  await refused(hq('POST /console/v1/trigger-terms', { body: DORMANT(60, 30) }), 'rewards.terms_unsound', 422)
  const s01 = await world.staff('s01')
  await refused(s01('GET /console/v1/reward-terms'), 'staff.not_allowed', 403)
  const { items: trail } = await hq('GET /console/v1/audit-events', { query: { about: 'rewards' } })
  assert.ok(trail.some(({ action }) => action === 'rewards.terms_set'))
  assert.ok(trail.some(({ action }) => action === 'rewards.trigger_set'))
  const figures = await hq('GET /console/v1/reward-figures')
  assert.ok(figures.tasks.some(({ kind }) => kind === 'first_order'))
  await assert.rejects(rows(world, 'update reward_terms set active = false'), /append-only/)
})

test('who is asleep, and whose birthday it is, is found by an index among many members, not by reading all of them', async () => {
  const { pool } = world.ctx.database
  await pool.query(
    `insert into member (id, nickname, joined_at) select gen_random_uuid(), '很多人', now() from generate_series(1, 20000);
     insert into member_visit select id, date '2020-01-01' + (row_number() over () % 1000)::int from member where nickname = '很多人';
     insert into member_birthday select id, '\\x00', sha256((row_number() over () % 366)::text::bytea), now() from member where nickname = '很多人';
     analyze member, member_visit, member_birthday, message_consent, present`,
  )
  const sent: { sql: string; parameters: readonly unknown[] }[] = []
  const watched = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => void sent.push(query),
  })
  const asleep = asleepSince([{ days: 30, templateId: often }], '2022-05-01')
  const hashes = [Buffer.alloc(32)]
  await countDue(watched, { kind: 'dormant', of: asleep })
  await countDue(watched, { kind: 'birthday', of: { hashes, years: ['2027'], templateId: often } })
  const plans = await Promise.all(
    sent.map(async ({ sql, parameters }) => {
      const { rows: lines } = await pool.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, [...parameters])
      return lines.map((line) => line['QUERY PLAN']).join('\n')
    }),
  )
  for (const [i, index, table] of [
    [0, 'member_visit_asleep', 'member_visit'],
    [1, 'member_birthday_day', 'member_birthday'],
  ] as const) {
    assert.match(plans[i] ?? '', new RegExp(index))
    assert.doesNotMatch(plans[i] ?? '', new RegExp(`Seq Scan on (${table}|member)\\b`))
  }
})
