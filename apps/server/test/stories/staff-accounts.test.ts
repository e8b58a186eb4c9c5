// Head office and managers look after the accounts of those who work here.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openHeadOffice, resetByHand } from '../../src/rooms/staff/index.ts'
import { idOf, PASSWORD } from '../fixtures.ts'
import { refused } from '../refused.ts'
import { fails, until } from '../until.ts'
import { type LinliApi, openWorld, type World } from '../world.ts'

let world: World
let hq: LinliApi
let manager: LinliApi
before(async () => {
  world = await openWorld()
  hq = await world.staff('hq')
  manager = await world.staff('s01')
})
after(() => world.close())

const OWN = 'three pears in a bag'
const staffId = (account: string) => ({ staffId: idOf(`staff:${account}`) })
type Role = 'hq' | 'manager' | 'clerk' | 'picker'
const wish = (account: string, role: Role, storeIds: string[]) => ({ account, name: '小满', role, storeIds })
const post = (role: Role, storeIds: string[]) => ({ name: '青禾', role, storeIds })
const clerk = (account: string, storeIds = ['S01']) => wish(account, 'clerk', storeIds)
const floorSignIn = (account: string, password: string, next?: string) =>
  world.api('POST /staff/v1/sessions', { body: { account, password, ...(next ? { next } : {}) } })
const consoleSignIn = (account: string, password: string, next?: string) =>
  world.api('POST /console/v1/sessions', { body: { account, password, ...(next ? { next } : {}) } })
const newest = async () => (await hq('GET /console/v1/audit-events', { query: { limit: 1 } })).items[0]

test('POST /console/v1/staff · 201: the password shown once is for choosing an own one and nothing else', async () => {
  const { staff, password, passwordTemporaryUntil } = await hq('POST /console/v1/staff', {
    body: clerk('new01'),
  })
  assert.equal(staff.passwordTemporaryUntil, passwordTemporaryUntil)
  assert.deepEqual([staff.role, staff.storeIds, staff.active, staff.editable], ['clerk', ['S01'], true, true])
  await refused(floorSignIn('new01', password), 'staff.password_change_due', 403)
  await refused(floorSignIn('new01', password, password), 'staff.password_weak', 422)
  await refused(floorSignIn('new01', 'k7mq-3xvd-p9tw-hc2f', OWN), 'staff.credentials_wrong', 401)
  const { token } = await floorSignIn('new01', password, OWN)
  assert.deepEqual((await world.as(token)('GET /staff/v1/me')).storeIds, ['S01'])
  await refused(floorSignIn('new01', password, 'and a second time'), 'staff.credentials_wrong', 401)
  await floorSignIn('new01', OWN)
  const { items } = await hq('GET /console/v1/audit-events', { query: { q: 'staff:new01' } })
  assert.deepEqual(items.map(({ action }) => action).toSorted(), [
    'staff.account_opened',
    'staff.password_changed',
    'staff.signed_in',
    'staff.signed_in',
  ])
  assert.equal(JSON.stringify(items).includes(password), false)
})

test('POST /console/v1/sessions · two who use one given password at once: one of them chooses', async () => {
  const body = wish('twice', 'manager', ['S02'])
  const { password } = await hq('POST /console/v1/staff', { body })
  const nexts = Array.from({ length: 6 }, (_, i) => `one of us chose ${i}`)
  const tries = await Promise.allSettled(nexts.map((next) => consoleSignIn('twice', password, next)))
  const won = tries.findIndex(({ status }) => status === 'fulfilled')
  // The name locks after five tries in a row; either way only one got in.
  assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1)
  world.clock.advance(3601)
  await consoleSignIn('twice', nexts[won] ?? '')
})

test('POST /console/v1/sessions · 403 password_expired a week later, until it is reset', async () => {
  const { password } = await hq('POST /console/v1/staff', { body: clerk('late01') })
  world.clock.advance(7 * 86_400 + 1)
  hq = await world.staff('hq')
  manager = await world.staff('s01')
  await refused(floorSignIn('late01', password, OWN), 'staff.password_expired', 403)
  const { items } = await hq('GET /console/v1/staff', { query: { q: 'late01' } })
  const params = { staffId: items[0]?.id ?? '' }
  const fresh = await hq('POST /console/v1/staff/:staffId/password', { params })
  await floorSignIn('late01', fresh.password, OWN)
})

test('POST /console/v1/staff · 409 account_taken, in whatever case; 422 stores_unfit', async () => {
  const open = (account: string, storeIds: string[]) =>
    hq('POST /console/v1/staff', { body: clerk(account, storeIds) })
  await refused(open('CLERK01', ['S01']), 'staff.account_taken', 409)
  await refused(open('nowhere', []), 'staff.stores_unfit', 422)
  await refused(open('nowhere', ['S99']), 'staff.stores_unfit', 422)
  const body = wish('boss', 'hq', ['S01'])
  await refused(hq('POST /console/v1/staff', { body }), 'staff.stores_unfit', 422)
  assert.equal((await hq('GET /console/v1/staff', { query: { q: 'nowhere' } })).total, 0)
})

test('a manager looks after the clerks of the own stores, and nobody else', async () => {
  const { grantable, items } = await manager('GET /console/v1/staff')
  assert.deepEqual(grantable, ['clerk', 'picker'])
  assert.ok(items.every(({ storeIds }) => storeIds?.includes('S01')))
  assert.equal(items.find(({ account }) => account === 's01')?.editable, false)
  await manager('POST /console/v1/staff', { body: clerk('ours01') })
  const boss = wish('boss', 'hq', [])
  await refused(manager('POST /console/v1/staff', { body: boss }), 'staff.out_of_reach', 403)
  await refused(manager('POST /console/v1/staff', { body: clerk('x', ['S02']) }), 'staff.out_of_scope', 403)
  await refused(manager('GET /console/v1/staff', { query: { storeId: 'S02' } }), 'staff.out_of_scope', 403)

  const body = post('manager', ['S01'])
  const raise = (account: string) =>
    manager('PUT /console/v1/staff/:staffId', { params: staffId(account), body })
  await refused(raise('clerk01'), 'staff.out_of_reach', 403)
  await refused(raise('s01'), 'staff.yourself', 409)
  await refused(raise('clerk02'), 'staff.missing', 404)
  await refused(raise('hq'), 'staff.missing', 404)
  const move = {
    params: staffId('clerk01'),
    body: post('clerk', ['S02']),
  }
  await refused(manager('PUT /console/v1/staff/:staffId', move), 'staff.out_of_scope', 403)
  for (const params of [staffId('clerk02'), staffId('hq')]) {
    await refused(manager('POST /console/v1/staff/:staffId/password', { params }), 'staff.missing', 404)
    await refused(
      manager('PUT /console/v1/staff/:staffId/active', { params, body: { active: false } }),
      'staff.missing',
      404,
    )
  }
})

test('PUT /console/v1/staff/:staffId · 200: other stores at once; another role ends the sessions', async () => {
  const session = await world.staff('clerk02', 'floor')
  const second = await world.another()
  try {
    const put = (role: 'clerk' | 'manager', storeIds: string[]) =>
      hq('PUT /console/v1/staff/:staffId', {
        params: staffId('clerk02'),
        body: post(role, storeIds),
      })
    assert.deepEqual((await put('clerk', ['S02', 'S01'])).storeIds, ['S01', 'S02'])
    assert.deepEqual((await session('GET /staff/v1/me')).storeIds, ['S01', 'S02'])
    const event = await newest()
    assert.deepEqual([event?.action, event?.actorName], ['staff.account_changed', '总部'])
    assert.deepEqual(event?.after, { name: '青禾', storeIds: ['S01', 'S02'] })
    await put('manager', ['S02'])
    await refused(session('GET /staff/v1/me'), 'session.ended', 401)
    const { token } = await consoleSignIn('clerk02', PASSWORD)
    await until(async () => !(await fails(second.as(token)('GET /console/v1/me'))), 'the other process knows')
    await put('clerk', ['S02'])
    await refused(world.as(token)('GET /console/v1/me'), 'session.ended', 401)
    await until(() => fails(second.as(token)('GET /console/v1/me')), 'the other process hears of it')
  } finally {
    await second.close()
  }
})

test('PUT …/active · 200: out at once everywhere, no sign-in; in again with the same password', async () => {
  const { token } = await consoleSignIn('s02', PASSWORD)
  const second = await world.another()
  const set = (active: boolean) =>
    hq('PUT /console/v1/staff/:staffId/active', { params: staffId('s02'), body: { active } })
  try {
    assert.equal((await set(false)).active, false)
    await refused(world.as(token)('GET /console/v1/me'), 'session.ended', 401)
    await until(() => fails(second.as(token)('GET /console/v1/me')), 'the other process hears of it')
    await refused(consoleSignIn('s02', PASSWORD), 'staff.credentials_wrong', 401)
    const { active, inactive, items } = await hq('GET /console/v1/staff', { query: { active: false } })
    assert.deepEqual([inactive, items.map(({ account }) => account)], [1, ['s02']])
    assert.ok(active > 5)
    await set(true)
    assert.equal((await newest())?.action, 'staff.account_enabled')
    const total = async () => (await hq('GET /console/v1/audit-events', { query: { q: 'enabled' } })).total
    const before = await total()
    await set(true)
    assert.equal(await total(), before)
    await refused(world.as(token)('GET /console/v1/me'), 'session.ended', 401)
    await consoleSignIn('s02', PASSWORD)
  } finally {
    await second.close()
  }
})

test('POST …/password · 201: all sessions end, a locked name opens; 409 yourself', async () => {
  const session = await world.staff('clerk01', 'floor')
  for (let i = 0; i < 5; i++) await refused(floorSignIn('clerk01', 'wrong'), 'staff.credentials_wrong', 401)
  await refused(floorSignIn('clerk01', PASSWORD), 'staff.locked', 429)
  const { password } = await manager('POST /console/v1/staff/:staffId/password', {
    params: staffId('clerk01'),
  })
  await refused(session('GET /staff/v1/me'), 'session.ended', 401)
  await refused(floorSignIn('clerk01', PASSWORD), 'staff.credentials_wrong', 401)
  await floorSignIn('clerk01', password, OWN)
  await refused(
    hq('POST /console/v1/staff/:staffId/password', { params: staffId('hq') }),
    'staff.yourself',
    409,
  )
})

test('PUT /staff/v1/me/password · 204: a clerk changes the own password on the floor', async () => {
  const [here, there] = [await floorSignIn('clerk01', OWN), await floorSignIn('clerk01', OWN)]
  const me = world.as(here.token)
  const change = (current: string, next: string) =>
    me('PUT /staff/v1/me/password', { body: { current, next } })
  await refused(change('wrong', 'four plums in a bag'), 'staff.password_wrong', 422)
  await refused(change(OWN, 'clerk01-2026'), 'staff.password_weak', 422)
  await change(OWN, 'four plums in a bag')
  await me('GET /staff/v1/me')
  await refused(world.as(there.token)('GET /staff/v1/me'), 'session.ended', 401)
  await floorSignIn('clerk01', 'four plums in a bag')
})

test('two of head office who push each other out at once: one stays', async () => {
  const { pool } = world.ctx.database
  const body = wish('hq2', 'hq', [])
  const { staff, password } = await hq('POST /console/v1/staff', { body })
  await consoleSignIn('hq2', password, OWN)
  const second = await world.another()
  try {
    for (let round = 0; round < 8; round++) {
      const other = second.as((await consoleSignIn('hq2', OWN)).token)
      hq = await world.staff('hq')
      await until(async () => !(await fails(other('GET /console/v1/me'))), 'the other process knows')
      const tries = await Promise.allSettled([
        hq('PUT /console/v1/staff/:staffId/active', {
          params: { staffId: staff.id },
          body: { active: false },
        }),
        other('PUT /console/v1/staff/:staffId', {
          params: staffId('hq'),
          body: post('clerk', ['S01']),
        }),
      ])
      assert.ok(tries.some(({ status }) => status === 'fulfilled'))
      const { rowCount } = await pool.query(`select 1 from staff where role = 'hq' and active`)
      assert.equal(rowCount, 1)
      await pool.query(`update staff set role = 'hq', active = true where account in ('hq', 'hq2')`)
    }
  } finally {
    await second.close()
  }
})

test('the table itself keeps one active account of head office', async () => {
  const { pool } = world.ctx.database
  await assert.rejects(
    pool.query(`update staff set active = false where role = 'hq'`),
    /last active head-office/,
  )
  await assert.rejects(
    pool.query(`update staff set role = 'clerk' where role = 'hq'`),
    /last active head-office/,
  )
})

test('the first account is opened at the machine, and a reset there lets it in again', async () => {
  const first = await openHeadOffice(world.ctx, { account: 'lin', name: '林知微' })
  await refused(consoleSignIn('lin', first.password), 'staff.password_change_due', 403)
  const { token, staff } = await consoleSignIn('lin', first.password, OWN)
  assert.equal(staff.storeIds, null)
  const again = await resetByHand(world.ctx, 'lin')
  await until(() => fails(world.as(token)('GET /console/v1/me')), 'the server hears of it')
  await refused(consoleSignIn('lin', OWN), 'staff.credentials_wrong', 401)
  hq = world.as((await consoleSignIn('lin', again.password, 'five figs in a bag')).token)
  const { items } = await hq('GET /console/v1/audit-events', { query: { q: 'operator' } })
  assert.deepEqual(
    items.map(({ action, actor, actorName }) => [action, actor, actorName]),
    [
      ['staff.password_reset', 'operator', null],
      ['staff.account_opened', 'operator', null],
    ],
  )
  await assert.rejects(openHeadOffice(world.ctx, { account: 'LIN', name: '林' }), {
    code: 'staff.account_taken',
  })
  for (const account of ['hq', 'nobody'])
    await assert.rejects(resetByHand(world.ctx, account), { code: 'staff.missing' })
})
