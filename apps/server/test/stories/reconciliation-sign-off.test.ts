// 关账: head office is done with a day. It never is while a difference is open, and a later one reopens it, whoever comes first.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { dayAfter } from '../../src/kernel/clock.ts'
import { idOf } from '../fixtures.ts'
import { paid, rows } from '../payments/purchase.ts'
import { type Days, openDays } from '../reconciling.ts'
import { refused } from '../refused.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import type { World } from '../world.ts'

let days: Days
let world: World
before(async () => {
  days = await openDays()
  world = days.world
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

const signOff = (day: string) =>
  days.hq()('POST /console/v1/reconciliation/days/:day/sign-off', { params: { day } })
const differences = 'POST /console/v1/reconciliation/differences/:differenceId'
/** Says of every open difference of a day what it was. */
async function explainAll(day: string): Promise<void> {
  for (const { id, state } of await days.differencesOf(day))
    if (state === 'OPEN' || state === 'WAITING')
      await days.hq()(`${differences}/resolution`, {
        params: { differenceId: id },
        body: { resolution: 'other', note: '沙盒弄出来的' },
      })
}
const reopen = (differenceId: string) =>
  days.hq()(`${differences}/reopening`, { params: { differenceId }, body: { note: '再看看' } })
const standing = async (day: string) => {
  const { signedOff, open, waiting } = await days.dayOf(day)
  return { signedOff: signedOff !== null && signedOff.reopenedAt === null, open: open + waiting }
}
/** A day with one payment and one row in the bill that we know nothing of. */
async function oddDay(): Promise<{ day: string; differenceId: string }> {
  const day = days.today()
  await paid(world, days.shopper())
  await days.goTo(dayAfter(day, 1), '10:05')
  await days.spoil(['tradebill', 'bill-extra-row'])
  await days.run()
  await days.spoil()
  const found = (await days.differencesOf(day)).find(({ kind }) => kind === 'remote_only')
  assert.ok(found)
  return { day, differenceId: found.id }
}

test('POST /console/v1/reconciliation/days/:day/sign-off · 200, 403, 404, 409: a reconciled day without open differences, once, and the trail says who', async () => {
  const { day } = await oddDay()
  await refused(signOff(day), 'reconciliation.day_unsettled', 409)
  await refused(signOff('2020-01-01'), 'reconciliation.day_missing', 404)
  await refused(signOff('2026-02-31'), 'reconciliation.day_missing', 404)
  await refused(
    (await world.staff('s01'))('POST /console/v1/reconciliation/days/:day/sign-off', { params: { day } }),
    'staff.not_allowed',
    403,
  )
  await explainAll(day)
  await days.spoil(['tradebill', 'bill-summary-wrong'])
  assert.equal((await days.runAgain(day)).state, 'FAILED')
  await refused(signOff(day), 'reconciliation.day_not_reconciled', 409)
  await days.spoil(['tradebill', 'bill-extra-row'])
  assert.equal((await days.runAgain(day)).state, 'DONE')
  assert.equal((await days.dayOf(day)).signedOff, null)
  const done = await signOff(day)
  assert.deepEqual([done.signedOff?.at, done.signedOff?.reopenedAt], [world.clock.now().toISOString(), null])
  assert.ok(done.signedOff?.byName)
  await refused(signOff(day), 'reconciliation.day_signed_off', 409)
  assert.deepEqual(
    (await days.runAgain(day)).signedOff,
    done.signedOff,
    'the same bill again changes nothing',
  )
  const trail = await rows<{ action: string; after: { provider: string; explained: number } }>(
    world,
    `select action, after from audit_event where subject = $1 and action like '%signed_off'`,
    [`bill_day:${day}`],
  )
  assert.deepEqual(
    trail.map((each) => [each.after.provider, each.after.explained]),
    [['wechat', (await days.dayOf(day)).resolved]],
  )
})

test('a difference that is found later, and one that somebody opens again, reopen the day; it can be signed off once more', async () => {
  const { day, differenceId } = await oddDay()
  await explainAll(day)
  const first = await signOff(day)
  await days.goTo(days.today(), '11:00')
  await reopen(differenceId)
  const opened = (await days.dayOf(day)).signedOff
  assert.deepEqual(
    [opened?.at, opened?.reopenedAt, opened?.reopenedBy],
    [first.signedOff?.at, world.clock.now().toISOString(), 'staff:hq'],
    'who had signed it off stays to be seen',
  )
  await refused(signOff(day), 'reconciliation.day_unsettled', 409)
  await explainAll(day)
  const second = await signOff(day)
  assert.deepEqual([second.signedOff?.reopenedAt, second.signedOff?.reopenedBy], [null, null])

  await days.spoil(['tradebill', 'bill-missing-row'])
  const found = await days.runAgain(day)
  await days.spoil()
  assert.ok(found.open + found.waiting > 0, 'a payment of ours that this bill does not show')
  assert.deepEqual(
    [found.signedOff?.reopenedAt, found.signedOff?.reopenedBy],
    [world.clock.now().toISOString(), 'system'],
  )
})

test('race: a sign-off and a difference that opens at the same moment never both stand', async () => {
  const { day, differenceId } = await oddDay()
  await explainAll(day)
  let signed = 0
  for (let round = 0; round < 12; round++) {
    const first = round % 2 === 0 ? signOff(day) : reopen(differenceId)
    const second = round % 2 === 0 ? reopen(differenceId) : signOff(day)
    const ends = await Promise.allSettled([first, second])
    const [sign, opening] = round % 2 === 0 ? ends : ends.toReversed()
    if (sign?.status === 'fulfilled') signed += 1
    else assert.equal(sign?.reason.problem?.code, 'reconciliation.day_unsettled')
    assert.equal(opening?.status, 'fulfilled', 'nobody is kept from opening a difference')
    assert.deepEqual(await standing(day), { signedOff: false, open: 1 })
    await explainAll(day)
  }
  assert.deepEqual(await standing(day), { signedOff: false, open: 0 })
  assert.ok(signed > 0)
})

test('race: a sign-off while the day is run again, and the run finds something', async () => {
  for (let round = 0; round < 4; round++) {
    const { day } = await oddDay()
    await explainAll(day)
    await days.spoil(['tradebill', 'bill-missing-row'])
    await days.hq()('POST /console/v1/reconciliation/days/:day/runs', { params: { day } })
    await Promise.allSettled([days.run(), signOff(day)])
    // A run passes by a day whose row is being written, and comes back.
    await days.run()
    await days.spoil()
    const { signedOff, open } = await standing(day)
    assert.deepEqual([signedOff, open > 0], [false, true])
  }
})

test('the table lets no day be signed off with an open difference, whichever transaction ends first', async () => {
  const { day } = await oddDay()
  const key = [day] as const
  await assert.rejects(
    rows(world, `update bill_day set signed_off_at = now(), signed_off_by = $2 where day = $1`, [
      ...key,
      idOf('staff:hq'),
    ]),
    /open difference/,
  )
  await rows(
    world,
    `update bill_difference set state = 'CLOSED', ended_at = now(), resolution = 'booked' where day = $1`,
    [...key],
  )
  const [one, two] = await Promise.all(
    [0, 1].map(async () => {
      const client = new pg.Client({ connectionString: world.ctx.database.url })
      await client.connect()
      return client
    }),
  )
  assert.ok(one && two)
  const sign = `update bill_day set signed_off_at = now(), signed_off_by = '${idOf('staff:hq')}', reopened_at = null, reopened_by = null where day = '${day}'`
  const open = `update bill_difference set state = 'OPEN', ended_at = null, resolution = null where day = '${day}'`
  for (const [first, second] of [
    [sign, open],
    [open, sign],
  ] as const) {
    await one.query(`begin; ${first}`)
    await two.query(`begin; ${second}`)
    const ends: readonly PromiseSettledResult<unknown>[] = await Promise.allSettled([
      one.query('commit'),
      two.query('commit'),
    ])
    assert.equal(ends.filter(({ status }) => status === 'fulfilled').length, 1, 'one of the two')
    const { signedOff, open: left } = await standing(day)
    assert.notEqual(signedOff, left > 0)
    await rows(world, `update bill_day set signed_off_at = null, signed_off_by = null where day = $1`, [
      ...key,
    ])
    await rows(
      world,
      `update bill_difference set state = 'CLOSED', ended_at = now(), resolution = 'booked' where day = $1`,
      [...key],
    )
  }
  await one.query(`begin; ${sign}; set constraints all immediate`)
  await two.query(`begin; ${open}`)
  let asked: unknown
  const asking = two.query('set constraints all immediate').then(
    () => (asked = 'let by'),
    (error: unknown) => (asked = error),
  )
  await until(async () => {
    const waiting = await rows(world, 'select 1 from pg_locks where not granted')
    return asked !== undefined || waiting.length > 0
  }, 'the second asks')
  await one.query('commit')
  await asking
  assert.match(String(asked), /open difference/, 'the second waits for the first, and then sees it')
  await two.query('rollback')
  await one.end()
  await two.end()
})
