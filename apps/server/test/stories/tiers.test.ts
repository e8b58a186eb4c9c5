// domain 2.7: growth follows the money that stays; a tier rises at once, and falls only at the end of a period.
import type { AllRoutes, Input } from '@linli/contract'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY, handOver, newcomer, payFor, place, quoteOf, refund, THREE, world } from '../benefits-world.ts'
import { rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { until } from '../until.ts'
import type { Shopper } from '../world.ts'

type Terms = Input<AllRoutes['POST /console/v1/tier-terms']>['body']
const tier = (code: string, name: string, atGrowth: number, pointsTimesBp: number, offBp: number) => ({
  code,
  name,
  atGrowth,
  pointsTimesBp,
  offBp,
})
const TERMS: Terms = {
  growthPerYuan: 10,
  periodMonths: 12,
  exceptCategoryIds: [],
  tiers: [
    tier('green', '青柿', 0, 10_000, 0),
    tier('gold', '金柿', 500, 12_000, 200),
    tier('red', '红柿', 1000, 15_000, 500),
  ],
  active: true,
  since: null,
}
const set = async (over: Partial<Terms> = {}, account = 'hq') =>
  (await world.staff(account))('POST /console/v1/tier-terms', { body: { ...TERMS, ...over } })
test('a chain begins without tiers; the first row makes them', async () => {
  const early = await newcomer()
  assert.deepEqual(await early.api('GET /v1/me/membership'), { standing: null })
  await set()
})

/** Signed in anew: these tests live for months. */
const again = async ({ memberId }: Shopper, name: string): Promise<Shopper> => {
  const shopper = await world.member(name)
  assert.equal(shopper.memberId, memberId)
  return shopper
}
let serial = 700
const somebody = async () => {
  const name = `shopper-0${++serial}`
  return { name, shopper: await world.member(name) }
}
const standing = async ({ api }: Shopper) => {
  const { standing: now } = await api('GET /v1/me/membership')
  assert.ok(now)
  return now
}
const count = () => world.sweep('tiers.growth')
async function buy(shopper: Shopper, quantity: number) {
  const purchase = await payFor(
    await place(shopper, { lines: [{ ...THREE[0], skuId: THREE[0]?.skuId ?? '', quantity }] }),
  )
  await handOver(purchase)
  return purchase
}
/** Past the after-sales term of what was collected, and counted. */
async function ripen(): Promise<void> {
  await world.advance(8 * DAY)
  await count()
}

test('domain 2.7: growth counts once the after-sales term is over, lifts at once, and is worth what the terms say', async () => {
  const { name, shopper } = await somebody()
  const { totalFen } = await buy(shopper, 4) // 51.20
  await count()
  const waiting = await standing(shopper)
  assert.deepEqual([waiting.code, waiting.growth, waiting.waiting.purchases], ['green', 0, 1])
  await ripen()
  const now = await standing(await again(shopper, name))
  assert.deepEqual(
    [now.code, now.growth, now.waiting.purchases, now.next],
    ['gold', Math.floor(totalFen / 10), 0, { code: 'red', missing: 488, missingFen: 4880 }],
  )
  assert.deepEqual(now.rungs[1]?.benefits, ['会员价 9.8 折', '积分 1.2 倍'])
  const member = await again(shopper, name)
  const one = () => quoteOf(member, { lines: [{ skuId: THREE[0]?.skuId ?? '', quantity: 1 }] })
  await until(async () => (await one()).discounts.length > 0, 'the new tier is known where prices are made')
  const quote = await one()
  assert.deepEqual(
    [quote.totalFen, quote.discounts.map(({ label }) => label), quote.pointsEarned],
    [1255, ['金柿会员价'], 15],
  )
  const { totalFen: placedFen } = await place(member, {
    lines: [{ skuId: THREE[0]?.skuId ?? '', quantity: 1 }],
  })
  assert.equal(placedFen, 1255, 'the order costs what the quote said')
})

test('what went back before the term was over never counts; what goes back later is taken back, and no tier is lost for it', async () => {
  const { name, shopper } = await somebody()
  const purchase = await buy(shopper, 9) // 115.20
  await refund(purchase, { lines: [{ lineNo: 1, quantity: 1 }] })
  await count()
  const early = await standing(shopper)
  assert.deepEqual(
    [early.growth, early.waiting.purchases],
    [0, 1],
    'a refund does not count a purchase early',
  )
  await ripen()
  assert.deepEqual([(await standing(await again(shopper, name))).growth], [1024])
  const member = await again(shopper, name)
  await refund({ ...purchase, shopper: member }, { lines: [{ lineNo: 1, quantity: 3 }] })
  await count()
  const after = await standing(member)
  assert.deepEqual([after.code, after.growth, after.keeps], ['red', 640, 'gold'])
  const { items } = await member.api('GET /v1/me/growth-postings', { query: {} })
  assert.deepEqual(
    items.map(({ reason, growth }) => [reason, growth]),
    [
      ['claw', -384],
      ['earn', 1024],
    ],
  )
})

test('nothing counts twice: the feed read again from its beginning, by two servers at once, after a refund', async () => {
  const { name, shopper } = await somebody()
  const purchase = await buy(shopper, 5)
  const second = await world.another()
  const run = async ({ linli }: Pick<typeof world, 'linli'>) => {
    const sweep = linli.sweeps.find(({ name: its }) => its === 'tiers.growth')
    assert.ok(sweep)
    // What another transaction of the cluster holds up is counted by the next run.
    await until(async () => {
      await sweep.run()
      return (sweep.behind?.() ?? 0) === 0
    }, 'all of the feed is counted')
  }
  const both = () => Promise.all([run(world), run(second), run(world), run(second)])
  await both()
  await world.advance(8 * DAY)
  await both()
  await refund({ ...purchase, shopper: await again(shopper, name) }, { lines: [{ lineNo: 1, quantity: 2 }] })
  await both()
  const before = await rows(world, 'select member_id, reason, growth from growth_posting order by id')
  await world.ctx.database.pool.query('delete from growth_cursor')
  await both()
  await second.close()
  assert.deepEqual(
    await rows(world, 'select member_id, reason, growth from growth_posting order by id'),
    before,
  )
  assert.equal((await standing(await again(shopper, name))).growth, 384)
  const postings = await rows<{ n: number }>(
    world,
    `select count(*) as n from growth_posting where purchase_id = '${purchase.orderId}'`,
  )
  assert.equal(postings[0]?.n, 2)
})

test('a period ends: its growth decides the next tier, and begins anew; a debt goes along', async () => {
  const { name, shopper } = await somebody()
  await buy(shopper, 9)
  await ripen()
  const first = await standing(await again(shopper, name))
  assert.equal(first.code, 'red')
  await world.advance(380 * DAY)
  await world.sweep('tiers.periods')
  const kept = await standing(await again(shopper, name))
  assert.deepEqual([kept.code, kept.growth], ['red', 0])
  assert.ok((kept.periodUntil ?? '') > (first.periodUntil ?? ''))
  await world.advance(380 * DAY)
  await world.sweep('tiers.periods')
  await world.sweep('tiers.periods')
  assert.deepEqual([(await standing(await again(shopper, name))).code], ['green'])
  const hq = await world.staff('hq')
  const { changes } = await hq('GET /console/v1/members/:memberId/growth', {
    params: { memberId: shopper.memberId },
  })
  assert.deepEqual(
    changes.map(({ from, to, why }) => [from, to, why]),
    [
      ['red', 'green', 'period_end'],
      ['green', 'red', 'growth'],
      [null, 'green', 'begin'],
    ],
  )
  await refused(
    (await world.staff('s01'))('GET /console/v1/members/:memberId/growth', { params: shopper }),
    'staff.not_allowed',
  )
})

test('terms: only head office, never from the past, tiers that rise; a preview says who moves, and is right', async () => {
  await refused(set({}, 's01'), 'staff.not_allowed')
  await refused(set({ since: '2020-01-01T00:00:00Z' }), 'tiers.terms_unfit')
  await refused(set({ tiers: [tier('gold', '金柿', 500, 10_000, 0)] }), 'tiers.terms_unfit')
  await refused(set({ exceptCategoryIds: ['NOWHERE'] }), 'catalog.category_missing')
  const { name, shopper } = await somebody()
  await buy(shopper, 5) // 640
  await ripen()
  assert.equal((await standing(await again(shopper, name))).code, 'gold')
  const easier = { tiers: [tier('green', '青柿', 0, 10_000, 0), tier('black', '黑柿', 600, 20_000, 0)] }
  const hq = await world.staff('hq')
  const { moves } = await hq('POST /console/v1/tier-terms/previews', { body: { ...TERMS, ...easier } })
  await set(easier)
  await world.sweep('tiers.periods')
  const now = await rows<{ tier: string; members: number }>(
    world,
    'select tier, count(*) as members from growth_account group by 1 order by 1',
  )
  const told = new Map<string, number>()
  for (const { to, members } of moves) told.set(to, (told.get(to) ?? 0) + members)
  assert.deepEqual(new Map(now.map((each) => [each.tier, each.members])), told)
  const member = await again(shopper, name)
  assert.equal((await standing(member)).code, 'black')
  assert.equal((await quoteOf(member)).pointsEarned % 2, 0, 'the tier acts at once')
  await set({ active: false })
  assert.deepEqual(await member.api('GET /v1/me/membership'), { standing: null })
  assert.deepEqual((await quoteOf(member)).discounts, [])
  await set()
  await world.sweep('tiers.periods')
})

test('sums: a comparison finds nothing, until somebody goes past the postings; the table lets nobody', async () => {
  const hq = await world.staff('hq')
  const { accounts, faults } = await hq('POST /console/v1/growth-checks')
  assert.ok(accounts > 3)
  assert.deepEqual(faults, [])
  const { pool } = world.ctx.database
  for (const text of [
    'update growth_account set growth = growth + 1',
    'update growth_purchase set counted = counted + 1 where kept_fen is not null',
    'update growth_purchase set kept_fen = kept_fen + 1 where kept_fen is not null',
    'update growth_posting set growth = 1',
    'delete from growth_purchase',
    'delete from tier_change',
    'update tier_terms set active = false',
  ])
    await assert.rejects(pool.query(text), { code: '23001' }, text)
  const client = await pool.connect()
  await client.query(`set session_replication_role = 'replica'`)
  await client.query('update growth_account set growth = growth + 7 where growth > 0')
  const found = await hq('POST /console/v1/growth-checks')
  assert.ok(found.faults.length > 0 && found.faults.every(({ growth, postings }) => growth === postings + 7))
  await client.query('update growth_account set growth = growth - 7 where growth > 0')
  await client.query(`set session_replication_role = 'origin'`)
  client.release()
  await refused((await world.staff('s01'))('POST /console/v1/growth-checks'), 'staff.not_allowed')
  const { items } = await hq('GET /console/v1/growth-checks')
  assert.deepEqual(
    items.map(({ nightly, by }) => [nightly, by]),
    [
      [false, 'staff:hq'],
      [false, 'staff:hq'],
    ],
  )
})
