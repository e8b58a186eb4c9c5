// Birthdays and members who have been away: who gets what in which night, and once.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { Kysely, PostgresDialect } from 'kysely'
import type { DB } from '../../db/schema.ts'
import { businessDay, dayAfter } from '../../src/kernel/clock.ts'
import { countDue } from '../../src/rooms/rewards/nights.sql.ts'
import { asleepSince } from '../../src/rooms/rewards/occasions.ts'
import { mine, offered } from '../benefits.ts'
import { openPartner } from '../partner.ts'
import { paid, rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { agree, type Giving, openGiving } from '../rewards.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { refOf, sale, upload } from '../tills.ts'
import type { Shopper } from '../world.ts'

let giving: Giving
before(async () => {
  giving = await openGiving()
})
after(async () => {
  assert.deepEqual(await wrongInTheBooks(giving.world), [])
  await giving.world.close()
})
beforeEach(() => giving.signIn())

const DORMANT = (...days: number[]) => ({
  kind: 'dormant' as const,
  active: true,
  marks: days.map((each) => ({ days: each, templateId: giving.often })),
  mostANight: 100,
})
const BIRTHDAY = (days: number | null = 0) => ({
  kind: 'birthday' as const,
  active: true,
  marks: [{ days, templateId: giving.often }],
  mostANight: 100,
})

const presentsOf = ({ memberId }: Pick<Shopper, 'memberId'>, kind: string) =>
  rows<{ occasion: string; mark: number; days: number; given: boolean }>(
    giving.world,
    'select occasion, mark, days, coupon_id is not null as given from present where member_id = $1 and kind = $2 order by at',
    [memberId, kind],
  )
const night = () => giving.world.sweep('rewards.triggers')

test('domain 88 生日礼 · once a year, however often the night runs and whatever the settings become; told who agreed', async () => {
  const today = businessDay(giving.world.clock.now())
  const soon = dayAfter(today, 3)
  const [told, quiet] = [await giving.house.newcomer(), await giving.house.newcomer()]
  for (const who of [told, quiet])
    await who.api('PUT /v1/me/birthday', {
      body: { month: Number(soon.slice(5, 7)), day: Number(soon.slice(8)) },
    })
  await agree(told)
  await agree(quiet, 1)
  await giving.hq('POST /console/v1/trigger-terms', { body: BIRTHDAY(0) })
  await night()
  assert.deepEqual(await presentsOf(told, 'birthday'), [], 'three days early')
  const preview = await giving.hq('POST /console/v1/trigger-terms/previews', {
    body: { ...BIRTHDAY(3), mostANight: 1 },
  })
  assert.deepEqual(preview, { due: 2, tonight: 1 })
  await giving.nextMorning()
  await giving.hq('POST /console/v1/trigger-terms', { body: { ...BIRTHDAY(7), mostANight: 1 } })
  await Promise.all([night(), night(), night()])
  assert.equal(
    (await rows(giving.world, `select 1 from present where kind = 'birthday'`)).length,
    1,
    'one a night',
  )
  await giving.nextMorning()
  await giving.hq('POST /console/v1/trigger-terms', { body: BIRTHDAY(null) })
  await night()
  await giving.nextMorning()
  await giving.hq('POST /console/v1/trigger-terms', { body: BIRTHDAY(0) })
  for (let again = 0; again < 3; again++) {
    await night()
    await giving.nextMorning()
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
  assert.match((await giving.house.inbox(told))[0]?.body ?? '', /「邻里礼」/)
  assert.deepEqual(await giving.house.inbox(quiet), [])
  const { items } = await giving.hq('GET /console/v1/trigger-nights', { query: { kind: 'birthday' } })
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
    await giving.house.newcomer(),
    await giving.house.newcomer(),
    await giving.house.newcomer(),
  ]
  for (const who of [shopper, stranger]) await giving.handOver(await paid(giving.world, who))
  const partner = await openPartner(giving.world)
  const buyAtTill = () =>
    upload(partner.api, [
      sale(giving.world, { memberRef: refOf(giving.world, partner.partnerId, tillOnly.memberId) }),
    ])
  await buyAtTill()
  for (const who of [shopper, tillOnly]) await agree(who)
  await agree(stranger, 1)
  await giving.hq('POST /console/v1/trigger-terms', { body: DORMANT(30, 60, 90) })
  const marks = async (who: Shopper) =>
    (await presentsOf(who, 'dormant')).map(({ mark, days }) => [mark, days])
  await giving.advance(29)
  await night()
  assert.deepEqual(await marks(shopper), [])
  await buyAtTill()
  await giving.nextMorning()
  await Promise.all([night(), night()])
  assert.deepEqual(await marks(shopper), [[1, 30]])
  assert.deepEqual(await marks(tillOnly), [], 'bought yesterday, at a till')
  assert.deepEqual(await marks(stranger), [], 'agreed to words that did not speak of it')
  // Other settings tomorrow are no reason to give the first mark again.
  for (const days of [[31], [15, 30], [10, 20, 33]]) {
    await giving.nextMorning()
    await giving.hq('POST /console/v1/trigger-terms', { body: DORMANT(...days) })
    await night()
  }
  assert.deepEqual(
    (await marks(shopper)).filter(([mark]) => mark === 1),
    [[1, 30]],
  )
  await giving.hq('POST /console/v1/trigger-terms', { body: DORMANT(30, 60, 90) })
  await giving.nextMorning(27)
  await night()
  const there = await marks(shopper)
  assert.deepEqual(there.at(-1), [2, 60])
  // Awake again, and away again: another time.
  await giving.handOver(await paid(giving.world, await giving.world.member(shopper.shopper)))
  await giving.nextMorning(30)
  await night()
  assert.equal((await marks(shopper)).length, there.length + 1)
  const { items } = await giving.hq('GET /console/v1/trigger-nights', { query: { kind: 'dormant' } })
  assert.ok(items.some(({ reached }) => reached > 0))
  const given = await rows(
    giving.world,
    `select 1 from present p join member_coupon c on c.id = p.coupon_id where p.member_id = $1`,
    [shopper.memberId],
  )
  assert.equal(given.length, there.length + 1)
})

test('triggers at the desk · marks that grow, coupons that may be rewards, a trail', async () => {
  const claimed = await offered(giving.world)
  await refused(
    giving.hq('POST /console/v1/trigger-terms', {
      body: { ...BIRTHDAY(), marks: [{ days: 0, templateId: claimed }] },
    }),
    'coupons.offer_missing',
    404,
  )
  await refused(
    giving.hq('POST /console/v1/trigger-terms', { body: DORMANT(60, 30) }),
    'rewards.terms_unsound',
    422,
  )
  const { items: trail } = await giving.hq('GET /console/v1/audit-events', { query: { about: 'rewards' } })
  assert.ok(trail.some(({ action }) => action === 'rewards.trigger_set'))
})

test('who is asleep, and whose birthday it is, is found by an index among many members, not by reading all of them', async () => {
  const { pool } = giving.world.ctx.database
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
  const asleep = asleepSince([{ days: 30, templateId: giving.often }], '2022-05-01')
  const hashes = [Buffer.alloc(32)]
  await countDue(watched, { kind: 'dormant', of: asleep })
  await countDue(watched, { kind: 'birthday', of: { hashes, years: ['2027'], templateId: giving.often } })
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
