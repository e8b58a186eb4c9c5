import type { AllRoutes } from '@linli/contract'
import { createClient } from '@linli/contract/client'
import { injectTransport } from '@linli/contract/transports'
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { StaffActor } from '../../src/kernel/actor.ts'
import { createHttp } from '../../src/kernel/http.ts'
import { createMetrics } from '../../src/kernel/metrics.ts'
import { readTrail } from '../../src/rooms/staff/audit.ts'
import { createStaff } from '../../src/rooms/staff/index.ts'
import { PASSWORD } from '../fixtures.ts'
import { refused } from '../refused.ts'
import { fails, until } from '../until.ts'
import { openWorld, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const consoleSignIn = (account: string, password = PASSWORD) =>
  world.api('POST /console/v1/sessions', { body: { account, password } })

test('POST /console/v1/sessions · 201: a manager sees own stores and what the role allows', async () => {
  const { token, staff, expiresAt } = await consoleSignIn('s01')
  assert.deepEqual(staff.storeIds, ['S01'])
  assert.ok(staff.permissions.includes('goods.price') && !staff.permissions.includes('goods.write'))
  assert.deepEqual(await world.as(token)('GET /console/v1/me'), staff)
  assert.ok(new Date(expiresAt) > world.clock.now())
  assert.equal((await consoleSignIn('hq')).staff.storeIds, null)
})

test('POST /console/v1/sessions · 403 console_denied for a clerk, who signs in on the floor', async () => {
  await refused(consoleSignIn('clerk01'), 'staff.console_denied', 403)
  await refused(consoleSignIn('clerk01', 'wrong-password'), 'staff.credentials_wrong', 401)
  const floor = await world.staff('clerk01', 'floor')
  assert.equal((await floor('GET /staff/v1/me')).role, 'clerk')
  await refused(floor('GET /console/v1/me'), 'session.ended', 401)
})

test('POST /console/v1/sessions · 400 otp_unsupported', async () => {
  await refused(
    world.api('POST /console/v1/sessions', { body: { account: 'hq', password: PASSWORD, otp: '123456' } }),
    'staff.otp_unsupported',
    400,
  )
})

test('POST /console/v1/sessions · a locked name answers alike whether or not it exists', async () => {
  for (const account of ['s02', 'nobody']) {
    for (let i = 0; i < 5; i++) await refused(consoleSignIn(account, 'wrong'), 'staff.credentials_wrong', 401)
    await refused(consoleSignIn(account), 'staff.locked', 429)
  }
  world.clock.advance(61)
  assert.equal((await consoleSignIn('s02')).staff.account, 's02')
  await refused(consoleSignIn('nobody'), 'staff.credentials_wrong')
  await refused(consoleSignIn('nobody'), 'staff.locked')
})

test('POST /console/v1/sessions · a burst of guesses is a burst of tries', async () => {
  const answers = await Promise.allSettled(
    Array.from({ length: 30 }, (_, i) => consoleSignIn('burst', `guess-${i}`)),
  )
  const codes = answers.map((each) => String((each as PromiseRejectedResult).reason))
  assert.equal(codes.filter((code) => code.includes('credentials_wrong')).length, 5)
  assert.equal(codes.filter((code) => code.includes('staff.locked')).length, 25)
})

test('a wrong account lasts about as long as a wrong password', async () => {
  const timed = async (account: string) => {
    const times: number[] = []
    for (let i = 0; i < 4; i++) {
      const start = performance.now()
      await refused(consoleSignIn(account, 'wrong'), 'staff.credentials_wrong')
      times.push(performance.now() - start)
    }
    return Math.min(...times)
  }
  // The fixture's hashes are cheap, so the unknown account may only be the slower one: it never skips the work.
  assert.ok((await timed('ghost')) > 5, 'no hash was computed')
})

test('DELETE /console/v1/sessions/current · 204, refused from then on, in every process and after a restart', async () => {
  const { token } = await consoleSignIn('hq')
  const second = await world.another()
  try {
    await second.as(token)('GET /console/v1/me')
    await world.as(token)('DELETE /console/v1/sessions/current')
    await refused(world.as(token)('GET /console/v1/me'), 'session.ended', 401)
    await until(() => fails(second.as(token)('GET /console/v1/me')), 'the other process hears of it')
  } finally {
    await second.close()
  }
  const restarted = await world.another()
  try {
    await refused(restarted.as(token)('GET /console/v1/me'), 'session.ended')
  } finally {
    await restarted.close()
  }
})

test('DELETE /staff/v1/sessions/current · 204', async () => {
  const clerk = await world.staff('clerk02', 'floor')
  await clerk('DELETE /staff/v1/sessions/current')
  await refused(clerk('GET /staff/v1/me'), 'session.ended')
})

test('PUT /console/v1/me/password · 204: other sessions end, this one stays, the old password no longer fits', async () => {
  const next = 'a better one by far'
  const [here, there] = [await consoleSignIn('s01'), await consoleSignIn('s01')]
  const me = world.as(here.token)
  await refused(
    me('PUT /console/v1/me/password', { body: { current: 'wrong', next } }),
    'staff.password_wrong',
    422,
  )
  await refused(
    me('PUT /console/v1/me/password', { body: { current: PASSWORD, next: 'ababababab' } }),
    'staff.password_weak',
    422,
  )
  await me('PUT /console/v1/me/password', { body: { current: PASSWORD, next } })
  await me('GET /console/v1/me')
  await refused(world.as(there.token)('GET /console/v1/me'), 'session.ended')
  await refused(consoleSignIn('s01'), 'staff.credentials_wrong')
  await consoleSignIn('s01', next)
})

test('GET /console/v1/audit-events · 200 for head office, newest first, searchable; 403 for a manager', async () => {
  const hq = await world.staff('hq')
  const { items, total } = await hq('GET /console/v1/audit-events', { query: { q: 'password_changed' } })
  assert.equal(total, 1)
  assert.equal(items[0]?.subject, 'staff:s01')
  assert.equal(items[0]?.actor, 'staff:s01')
  const page = await hq('GET /console/v1/audit-events', { query: { limit: 2 } })
  assert.equal(page.items.length, 2)
  assert.ok(page.total > 2 && page.items[0]!.at >= page.items[1]!.at)
  const manager = await world.staff('s02')
  await refused(manager('GET /console/v1/audit-events'), 'staff.not_allowed', 403)
})

test('the trail is read within one’s own stores, whichever role may read it some day', async () => {
  const hq = await world.staff('hq')
  for (const storeId of ['S01', 'S02'])
    await hq('PUT /console/v1/stores/:storeId/features/:feature', {
      params: { storeId, feature: 'profit_sharing' },
      body: { on: true },
    })
  const reader: StaffActor = {
    kind: 'staff',
    staffId: '01900000-0000-7000-8000-000000000000',
    sessionId: '01900000-0000-7000-8000-000000000000',
    account: 'reader',
    name: 'reader',
    role: 'manager',
    permissions: new Set(['audit.read']),
    storeIds: ['S01'],
  }
  await assert.rejects(readTrail(world.ctx, reader, { storeId: 'S02' }), { code: 'staff.out_of_scope' })
  const { items } = await readTrail(world.ctx, reader, {})
  assert.ok(items.length > 0 && items.every(({ storeId }) => storeId === 'S01'))
})

test('a person who leaves is out at once', async () => {
  const { token } = await consoleSignIn('s02')
  await world.ctx.database.pool.query(`update staff set active = false where account = 's02'`)
  await until(() => fails(world.as(token)('GET /console/v1/me')), 'the roster is read again')
  await refused(consoleSignIn('s02'), 'staff.credentials_wrong')
})

test('production knows no demo account, not even with a token from before', async () => {
  const { token } = await consoleSignIn('hq')
  const ctx = { ...world.ctx, config: { ...world.ctx.config, production: true } }
  const staff = await createStaff(ctx)
  const http = createHttp({
    log: ctx.log,
    metrics: createMetrics(),
    authenticate: (bearer) => staff.authenticate(bearer, 'console'),
    partners: world.linli.http.partners,
  })
  staff.routes(http)
  const api = createClient<AllRoutes>({
    transport: injectTransport((wire) => http.app.inject(wire)),
    token: () => token,
  })
  await refused(api('GET /console/v1/me'), 'session.ended')
  const body = { account: 'hq', password: PASSWORD }
  await refused(api('POST /console/v1/sessions', { body }), 'staff.credentials_wrong')
  await world.as(token)('GET /console/v1/me')
})

test('sweep staff.sessions · drops what is long over and nothing else', async () => {
  const { pool } = world.ctx.database
  const { token } = await consoleSignIn('hq')
  await pool.query(
    `insert into staff_session (id, staff_id, face, created_at, expires_at)
     select gen_random_uuid(), id, 'floor', now() - interval '40 days', now() - interval '39 days' from staff where account = 'hq'`,
  )
  await pool.query(`insert into staff_login_guard values ('old', 3, null, now() - interval '2 days')`)
  await world.sweep('staff.sessions')
  const { rows } = await pool.query(
    `select 1 from staff_session where expires_at < now() - interval '30 days' union all select 1 from staff_login_guard where account = 'old'`,
  )
  assert.equal(rows.length, 0)
  await world.as(token)('GET /console/v1/me')
})
