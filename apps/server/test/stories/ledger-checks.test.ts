// Points and stored value compared with their postings: what somebody moved by hand is found, named and stands on the workbench until it is mended.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { businessDay, dayAfter, instantOf } from '../../src/kernel/clock.ts'
import { grantPoints } from '../benefits.ts'
import { newcomer, payFor, place, world } from '../benefits-world.ts'
import { rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { stored } from '../stored-value.ts'

/** What nobody may do: a change past every trigger, as somebody at a prompt with all rights could make it. */
async function tamper(...statements: readonly string[]): Promise<void> {
  const client = await world.ctx.database.pool.connect()
  try {
    await client.query('begin; set local session_replication_role = replica')
    for (const each of statements) await client.query(each)
    await client.query('commit')
  } finally {
    client.release(true)
  }
}
const goTo = (day: string, time: string) =>
  world.advance((instantOf(day, time).getTime() - world.clock.now().getTime()) / 1000)
const errand = async (kind: string, storeId?: string) =>
  (
    await (
      await world.staff('hq')
    )('GET /console/v1/workbench', { query: storeId ? { storeId } : {} })
  ).todo.find((each) => each.kind === kind)
const gauge = async (name: string) =>
  new RegExp(`^${name} (\\d+)$`, 'm').exec(await world.ctx.metrics.registry.metrics())?.[1]

test('every book of points that somebody moved past its postings is found, with whose it is, what it says and what it should', async () => {
  const hq = await world.staff('hq')
  const shopper = await newcomer()
  const { memberId } = shopper
  await grantPoints(world, memberId, 301)
  const { orderId } = await payFor(await place(shopper, { usePoints: 200 }))
  const clean = await hq('POST /console/v1/points-checks')
  assert.deepEqual([clean.wrong, clean.faults, clean.nightly, clean.by], [0, [], false, 'staff:hq'])
  assert.ok(clean.accounts > 0)
  assert.equal(await errand('points_sums'), undefined)
  const [earned] = await rows<{ points: number }>(
    world,
    `select points from point_grant where order_id = '${orderId}'`,
  )
  assert.ok(earned && earned.points > 0)

  const stray = (await newcomer()).memberId
  await tamper(
    `update points_account set available = available + 7, held = held + 1 where member_id = '${memberId}'`,
    `update point_lot set available = available - 1 where member_id = '${memberId}'`,
    `update point_spend set kept = kept - 5 where order_id = '${orderId}'`,
    `update point_grant set frozen = 0 where order_id = '${orderId}'`,
    `insert into points_account (member_id, held) values ('${stray}', 9)`,
  )
  const found = await hq('POST /console/v1/points-checks')
  assert.deepEqual(
    found.faults
      .filter(({ member }) => member?.id === memberId)
      .map(({ book, figure, orderId: order, lastDay, stands, posted }) => [
        book,
        figure,
        order,
        lastDay,
        stands,
        posted,
      ]),
    [
      ['account', 'available', null, null, 108, 101],
      ['account', 'held', null, null, 1, 0],
      ['grant', 'frozen', orderId, null, 0, earned.points],
      ['lot', 'available', null, '2099-12-31', 100, 101],
      ['spend', 'kept', orderId, '2099-12-31', 195, 200],
    ],
  )
  assert.deepEqual(
    found.faults
      .filter(({ member }) => member?.id === stray)
      .map(({ figure, stands, posted }) => [figure, stands, posted]),
    [['held', 9, 0]],
    'an account that no posting speaks of',
  )
  assert.equal(found.wrong, 6)
  assert.match(found.faults[0]?.member?.name ?? '', /\*/, 'nobody is named in full')
  const pressing = await errand('points_sums')
  assert.deepEqual([pressing?.count, pressing?.since, pressing?.storeId], [6, found.at, null])
  assert.equal(await errand('points_sums', 'S01'), undefined, 'of the whole chain, not of a store')
  assert.equal(await gauge('points_sum_faults'), '6')

  await tamper(`delete from points_account where member_id in ('${memberId}', '${stray}')`)
  const gone = (await hq('POST /console/v1/points-checks')).faults.filter(({ book }) => book === 'account')
  assert.deepEqual(
    gone.map(({ figure, stands, posted }) => [figure, stands, posted]),
    [
      ['available', 0, 101],
      ['frozen', 0, earned.points],
    ],
    'postings whose account is not there',
  )
  await tamper(
    `insert into points_account (member_id, available, frozen) values ('${memberId}', 101, ${earned.points})`,
    `update point_lot set available = 101 where member_id = '${memberId}'`,
    `update point_spend set kept = 200 where order_id = '${orderId}'`,
    `update point_grant set frozen = points where order_id = '${orderId}'`,
  )
  assert.equal((await hq('POST /console/v1/points-checks')).wrong, 0)
  assert.equal(await errand('points_sums'), undefined)
  assert.equal(await gauge('points_sum_faults'), '0')
})

test('a balance of stored value that is not the sum of its postings is found to the fen, by the night’s check too, once a night', async () => {
  const hq = await world.staff('hq')
  const shopper = await newcomer()
  await stored(world, shopper, 5000)
  const clean = await hq('POST /console/v1/stored-value-checks')
  assert.deepEqual([clean.wrong, clean.faults], [0, []])
  await tamper(
    `update value_account set available_fen = 5001, held_fen = 30 where member_id = '${shopper.memberId}'`,
  )
  const found = await hq('POST /console/v1/stored-value-checks')
  assert.deepEqual(
    found.faults.map(({ member, book, figure, stands, posted }) => [
      member?.id,
      book,
      figure,
      stands,
      posted,
    ]),
    [
      [shopper.memberId, 'account', 'available', 5001, 5000],
      [shopper.memberId, 'account', 'held', 30, 0],
    ],
  )
  assert.equal((await errand('value_sums'))?.count, 2)
  await tamper(
    `update value_account set available_fen = 5000, held_fen = 0 where member_id = '${shopper.memberId}'`,
  )
  const nights = async () =>
    (await (await world.staff('hq'))('GET /console/v1/stored-value-checks')).items.filter(
      (check) => check.nightly,
    )
  const tomorrow = dayAfter(businessDay(world.clock.now()), 1)
  await goTo(tomorrow, '02:59')
  await world.sweep('ledgers.value_sums')
  assert.deepEqual(await nights(), [], 'not before three')
  await goTo(tomorrow, '03:00')
  for (let turn = 0; turn < 2; turn++) await world.sweep('ledgers.value_sums')
  const nightly = await nights()
  assert.deepEqual(
    nightly.map(({ wrong, by }) => [wrong, by]),
    [[0, 'system']],
  )
  assert.equal(await errand('value_sums'), undefined)
})

test('GET, POST /console/v1/points-checks, /console/v1/stored-value-checks · 200, 403, 409: who may ask, and one at a time', async () => {
  const [hq, manager] = [await world.staff('hq'), await world.staff('s01')]
  await refused(manager('GET /console/v1/points-checks'), 'staff.not_allowed', 403)
  await refused(manager('POST /console/v1/points-checks'), 'staff.not_allowed', 403)
  await refused(manager('POST /console/v1/stored-value-checks'), 'staff.not_allowed', 403)
  assert.ok((await manager('GET /console/v1/stored-value-checks')).items.length > 0)
  assert.ok((await hq('GET /console/v1/points-checks')).items.length > 0)
  const client = await world.ctx.database.pool.connect()
  await client.query('begin')
  await client.query(`select pg_advisory_xact_lock(7164232, hashtext('points'))`)
  await refused(hq('POST /console/v1/points-checks'), 'ledgers.check_running', 409)
  assert.equal(
    (await hq('POST /console/v1/stored-value-checks')).wrong,
    0,
    'the other ledger waits for nobody',
  )
  await client.query('rollback')
  client.release()
})

test('the table of checks takes no result that contradicts itself, no second one of a night, and is never changed', async () => {
  const write = (over: string) =>
    rows(
      world,
      `insert into ledger_check (id, ledger, at, night, accounts, wrong, faults, by) values ${over}`,
    )
  await assert.rejects(write(`(gen_random_uuid(), 'points', now(), null, 1, 1, '[]', 'b')`), /check/)
  await assert.rejects(write(`(gen_random_uuid(), 'coupons', now(), null, 1, 0, '[]', 'b')`), /check/)
  await write(`(gen_random_uuid(), 'points', now(), '2020-01-01', 1, 0, '[]', 'b')`)
  await assert.rejects(write(`(gen_random_uuid(), 'points', now(), '2020-01-01', 1, 0, '[]', 'b')`), /unique/)
  await assert.rejects(rows(world, `update ledger_check set wrong = 0`), /append-only/)
})
