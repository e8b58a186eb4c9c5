// People at work on differences: who may see them, who owns them, and what stays in their history.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { dayAfter } from '../../src/kernel/clock.ts'
import { idOf } from '../fixtures.ts'
import { paid, rows } from '../payments/purchase.ts'
import { type Days, openDays } from '../reconciling.ts'
import { refused } from '../refused.ts'
import { wrongInTheBooks } from '../shopping.ts'
import type { LinliApi, World } from '../world.ts'

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

test('a difference is taken on, let go of, taken over, explained and reopened, and all of it stays in its history', async () => {
  const day = days.today()
  await paid(world, days.shopper())
  await days.goTo(dayAfter(day, 1), '10:05')
  await days.spoil(['tradebill', 'bill-extra-row'])
  await days.run()
  await days.spoil()
  const found = (await days.differencesOf(day)).find(({ kind }) => kind === 'remote_only')
  const params = { differenceId: found?.id ?? '' }
  const take = (api: LinliApi, mine: boolean) =>
    api('POST /console/v1/reconciliation/differences/:differenceId/assignment', { params, body: { mine } })
  const explain = (api: LinliApi) =>
    api('POST /console/v1/reconciliation/differences/:differenceId/resolution', {
      params,
      body: { resolution: 'other', note: '沙盒多出来的' },
    })
  const reopen = (api: LinliApi) =>
    api('POST /console/v1/reconciliation/differences/:differenceId/reopening', {
      params,
      body: { note: '再看看' },
    })

  await rows(world, `update staff set role = 'hq' where id = $1`, [idOf('staff:s02')])
  await rows(world, `select pg_notify('staff', '')`)
  const colleague = await world.staff('s02')
  assert.equal((await take(days.hq(), true)).difference.owner?.mine, true)
  assert.equal((await days.detailOf(params.differenceId)).difference.owner?.account, 'hq')
  await refused(take(colleague, false), 'reconciliation.not_yours', 409)
  await refused(explain(colleague), 'reconciliation.not_yours', 409)
  assert.equal((await take(colleague, true)).difference.owner?.mine, true)
  await refused(explain(days.hq()), 'reconciliation.not_yours', 409)
  assert.equal((await take(colleague, false)).difference.owner, null)
  await refused(reopen(days.hq()), 'reconciliation.difference_open', 409)
  assert.equal((await explain(days.hq())).difference.state, 'RESOLVED')
  await refused(take(days.hq(), true), 'reconciliation.difference_ended', 409)
  await refused(explain(days.hq()), 'reconciliation.difference_ended', 409)
  await reopen(days.hq())
  const noted = await days.hq()('POST /console/v1/reconciliation/differences/:differenceId/notes', {
    params,
    body: { note: '问过微信客服' },
  })
  assert.deepEqual(
    noted.events.map(({ verb, by }) => `${verb} ${by}`),
    [
      'found system',
      'assigned staff:hq',
      'assigned staff:s02',
      'released staff:s02',
      'resolved staff:hq',
      'reopened staff:hq',
      'noted staff:hq',
    ],
  )
  const trail = await rows(world, `select action from audit_event where subject = $1`, [
    `bill_difference:${params.differenceId}`,
  ])
  assert.equal(trail.length, 6)
  const mine = await days.hq()('GET /console/v1/reconciliation/differences', { query: { day, view: 'mine' } })
  assert.equal(mine.counts.mine, mine.total)
})

test('who may not see the chain’s money sees nothing of it', async () => {
  const manager = await world.staff('s01')
  await refused(manager('GET /console/v1/reconciliation/days'), 'staff.not_allowed', 403)
  await refused(manager('GET /console/v1/reconciliation/differences'), 'staff.not_allowed', 403)
  const [any] = (await days.hq()('GET /console/v1/reconciliation/differences')).items
  const params = { differenceId: any?.id ?? '' }
  await refused(
    manager('GET /console/v1/reconciliation/differences/:differenceId', { params }),
    'staff.not_allowed',
    403,
  )
})

test('what is not there, and days out of reach', async () => {
  const params = { differenceId: idOf('no such difference') }
  await refused(days.detailOf(params.differenceId), 'reconciliation.difference_missing', 404)
  const body = { note: '没有这条' }
  const missing = (call: Promise<unknown>) => refused(call, 'reconciliation.difference_missing', 404)
  await missing(
    days.hq()('POST /console/v1/reconciliation/differences/:differenceId/notes', { params, body }),
  )
  await missing(
    days.hq()('POST /console/v1/reconciliation/differences/:differenceId/reopening', { params, body }),
  )
  await missing(
    days.hq()('POST /console/v1/reconciliation/differences/:differenceId/assignment', {
      params,
      body: { mine: true },
    }),
  )
  await missing(
    days.hq()('POST /console/v1/reconciliation/differences/:differenceId/resolution', {
      params,
      body: { ...body, resolution: 'other' },
    }),
  )
  await refused(days.dayOf('2020-01-01'), 'reconciliation.day_missing', 404)
  for (const day of [days.today(), dayAfter(days.today(), 1), dayAfter(days.today(), -120)])
    await refused(
      days.hq()('POST /console/v1/reconciliation/days/:day/runs', { params: { day } }),
      'reconciliation.day_out_of_reach',
      409,
    )
})
