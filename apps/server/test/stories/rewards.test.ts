// Signing in and first steps: who gets what, once, and what goes back.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { businessDay, dayAfter } from '../../src/kernel/clock.ts'
import { mine } from '../benefits.ts'
import { only, paid, rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { bind, CYCLE, DAY, type Giving, openGiving } from '../rewards.ts'
import { wrongInTheBooks } from '../shopping.ts'
import type { Shopper } from '../world.ts'

const TERMS = () => ({
  active: true,
  signInPoints: CYCLE,
  tasks: [
    { kind: 'phone' as const, points: 20, templateId: null },
    { kind: 'birthday' as const, points: 0, templateId: giving.once },
    { kind: 'first_order' as const, points: 50, templateId: null },
    { kind: 'wechat' as const, points: 5, templateId: null },
  ],
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
const pointsOf = async ({ api }: Pick<Shopper, 'api'>) => {
  const { available, debt } = await api('GET /v1/points')
  return available - debt
}
const taskOf = async ({ api }: Pick<Shopper, 'api'>, kind: string) =>
  (await api('GET /v1/rewards')).tasks.find((task) => task.kind === kind)?.state
const settle = () => giving.world.sweep('rewards.tasks')

test('domain 86 签到 · once a day, points grow with the cycle, a missed day begins again', async () => {
  const who = await giving.house.newcomer()
  const days: [number, number][] = []
  for (const skip of [0, 1, 1, 1, 2, 1]) {
    await giving.advance(skip)
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
    day: businessDay(giving.world.clock.now()),
    streak: 2,
    points: 2,
    fresh: false,
  })
  assert.equal(await pointsOf(who), 12)
  const { signIn: now } = await who.api('GET /v1/rewards')
  assert.deepEqual(now && [now.signed, now.streak, now.place, now.cycle], [true, 2, 1, CYCLE])
  await assert.rejects(
    rows(giving.world, `insert into sign_in (member_id, day, streak, points, at) values ($1, $2, 9, 1, $3)`, [
      who.memberId,
      dayAfter(businessDay(giving.world.clock.now()), 1),
      new Date(giving.world.clock.now().getTime() + DAY * 1000),
    ]),
    /one more than that of the day before/,
  )
})

test('race: fifty taps on two servers at the same moment are one day signed and one posting', async () => {
  const who = await giving.house.newcomer()
  const second = await giving.world.another()
  try {
    const there = { api: second.as(who.token) }
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => tap(i % 2 === 0 ? who : there)))
    assert.equal(answers.filter(({ fresh }) => fresh).length, 1)
    assert.ok(answers.every(({ streak, points }) => streak === 1 && points === 1))
  } finally {
    await second.close()
  }
  assert.equal(
    (await rows(giving.world, 'select 1 from sign_in where member_id = $1', [who.memberId])).length,
    1,
  )
  assert.equal(
    (await rows(giving.world, 'select 1 from point_posting where member_id = $1', [who.memberId])).length,
    1,
  )
})

test('domain 87 新手任务 · a phone, a birthday, a first order and a message that WeChat took: from what happened, once each', async () => {
  const who = await giving.house.newcomer()
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
  await bind(giving, who)
  await Promise.all([settle(), settle(), settle()])
  await settle()
  assert.deepEqual(
    (await mine(who)).map(({ label }) => label),
    ['新手满20减5'],
  )
  assert.equal(await pointsOf(who), 20)

  const purchase = await paid(giving.world, who)
  await settle()
  assert.equal(await taskOf(who, 'first_order'), 'TODO', 'paid is not collected')
  await giving.handOver(purchase)
  await settle()
  assert.equal(await taskOf(who, 'first_order'), 'GIVEN')
  await giving.house.packed(who)
  await giving.house.send()
  await settle()
  assert.equal(await taskOf(who, 'wechat'), 'GIVEN')
  assert.equal(await pointsOf(who), 75)
  // A second order, the same phone again: nothing more.
  await giving.handOver(await paid(giving.world, who))
  await bind(giving, who)
  await settle()
  assert.equal(await pointsOf(who), 75)
  await assert.rejects(
    rows(giving.world, `update reward_task set state = 'DUE', done_at = null where member_id = $1`, [
      who.memberId,
    ]),
    /may not become that/,
  )
})

test('domain 87 首单 · refunded whole: its points go back, owed where they were spent, and no second first order', async () => {
  const who = await giving.house.newcomer()
  await bind(giving, who)
  const purchase = await paid(giving.world, who)
  await giving.handOver(purchase)
  await settle()
  assert.equal(await pointsOf(who), 70)
  await giving.refund(purchase)
  await Promise.all([settle(), settle()])
  assert.equal(await taskOf(who, 'first_order'), 'REVERSED')
  assert.equal(await pointsOf(who), 20)
  await giving.handOver(await paid(giving.world, who))
  await settle()
  assert.equal(await taskOf(who, 'first_order'), 'REVERSED')
  assert.equal(await pointsOf(who), 20)
})

test('what somebody had done before it was offered is no task, and a phone counts once whoever has it', async () => {
  await giving.hq('POST /console/v1/reward-terms', { body: { ...TERMS(), active: false } })
  const known = await giving.house.newcomer()
  await bind(giving, known)
  assert.deepEqual(await known.api('GET /v1/rewards'), { signIn: null, tasks: [] })
  await refused(tap(known), 'rewards.off', 409)
  await giving.handOver(await paid(giving.world, known))
  giving.world.clock.advance(60)
  await giving.hq('POST /console/v1/reward-terms', { body: TERMS() })
  await bind(giving, known)
  await giving.handOver(await paid(giving.world, known))
  await settle()
  assert.equal(await taskOf(known, 'phone'), undefined)
  assert.equal(await taskOf(known, 'first_order'), undefined)
  assert.equal(await pointsOf(known), 0)

  const first = await giving.house.newcomer()
  const phone = await bind(giving, first)
  await first.api('PUT /v1/me/birthday', { body: { month: 5, day: 4 } })
  await settle()
  assert.equal(await taskOf(first, 'phone'), 'GIVEN')
  // The number moves on to somebody else, as numbers do.
  await bind(giving, first)
  const second = await giving.house.newcomer()
  await second.api('PUT /v1/me/birthday', { body: { month: 5, day: 4 } })
  await bind(giving, second, phone)
  await settle()
  assert.equal(await pointsOf(second), 0, 'this phone had it')
  assert.equal(await taskOf(second, 'birthday'), 'REFUSED')
  assert.deepEqual(await mine(second), [])
})

test('a birthday: sealed, changed once a year, taken back at any time; nobody else reads it', async () => {
  const who = await giving.house.newcomer()
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
    giving.world,
    'select cipher from member_birthday where member_id = $1',
    [who.memberId],
  )
  assert.ok(!kept.cipher.includes('03-08'))
  await assert.rejects(
    rows(
      giving.world,
      `update member_birthday set day_hash = '\\x00', given_at = given_at + interval '1 day' where member_id = $1`,
      [who.memberId],
    ),
    /once a year/,
  )
  await who.api('DELETE /v1/me/birthday')
  assert.equal((await who.api('GET /v1/me/birthday')).birthday, null)
  const gone = await rows(
    giving.world,
    'select 1 from member_birthday where member_id = $1 and num_nonnulls(cipher, day_hash) > 0',
    [who.memberId],
  )
  assert.deepEqual(gone, [])
  await refused(who.api('PUT /v1/me/birthday', { body: { month: 3, day: 9 } }), 'members.birthday_fixed', 409)
})

test('任务 desk · terms that are sound, a trail; managers have no business here', async () => {
  await refused(
    giving.hq('POST /console/v1/reward-terms', {
      body: {
        ...TERMS(),
        tasks: TERMS().tasks.map((task) => ({ ...task, kind: 'phone' as const })),
      },
    }),
    'rewards.terms_unsound',
    422,
  )
  const s01 = await giving.world.staff('s01')
  await refused(s01('GET /console/v1/reward-terms'), 'staff.not_allowed', 403)
  const { items: trail } = await giving.hq('GET /console/v1/audit-events', { query: { about: 'rewards' } })
  assert.ok(trail.some(({ action }) => action === 'rewards.terms_set'))
  const figures = await giving.hq('GET /console/v1/reward-figures')
  assert.ok(figures.tasks.some(({ kind }) => kind === 'first_order'))
  await assert.rejects(rows(giving.world, 'update reward_terms set active = false'), /append-only/)
})
