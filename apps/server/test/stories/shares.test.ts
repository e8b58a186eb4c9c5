// From a share to the money: who opened it, who became a member by it, what they ordered and what went back.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { secondsAfter } from '../../src/kernel/clock.ts'
import { lastOpened, listOpeners } from '../../src/rooms/shares/asking.sql.ts'
import { NOON } from '../messages.ts'
import { only, paid, place, type Purchase, rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { createSharing, phone, type Sharing, STORE as storeId } from '../sharing.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

const DAY = 86_400
let world: World
let hq: LinliApi
let sharing: Sharing
before(async () => {
  world = await openWorld({ start: NOON, onHand: 1000 })
  hq = await world.staff('hq')
  sharing = await createSharing(world, 400)
})
after(() => world.close())

const somebody = () => sharing.somebody()
const pass: Sharing['pass'] = (...asked) => sharing.pass(...asked)
const open: Sharing['open'] = (...asked) => sharing.open(...asked)
const signIn = async ({ api }: Pick<Shopper, 'api'>, device: string) =>
  (await api('POST /v1/me/share-opens', { body: { device } })).kept
const chainOf = async (key: string) => {
  const { id } = await only<{ id: string }>(world, 'select id from share where key = $1', [key])
  return hq('GET /console/v1/shares/:shareId', { params: { shareId: id } })
}
const sharerOf = async ({ orderId }: Pick<Purchase, 'orderId'>) => {
  await world.sweep('shares.orders')
  const [row] = await rows<{ key: string }>(
    world,
    'select s.key from share_order o join share s on s.id = o.share_id where o.order_id = $1',
    [orderId],
  )
  return row?.key
}
/** What came of a share, all there ever was: opens, members among them, new members, orders. */
const counted = async (key: string) => {
  const { share } = await chainOf(key)
  return [share.opens, share.members, share.joined, share.orders]
}

test('domain 114 分享归因 · share, opened by a stranger, first sign-in, order, refund: the whole chain stays to be read', async () => {
  const aunt = await somebody()
  const key = await pass(aunt)
  assert.match(key, /^[A-Za-z0-9]{12}$/)
  const device = phone()
  const seen = await open(world.api, key, device)
  assert.deepEqual(seen, { subject: sharing.subject, storeId, storeName: '1 号店', promoterKey: null })
  assert.deepEqual(await counted(key), [1, 0, 0, 0], 'a telephone of nobody')
  world.clock.advance(120)
  const niece = await somebody()
  assert.equal(await signIn(niece, device), 1)
  assert.equal(await signIn(niece, device), 0, 'safe to repeat')
  assert.deepEqual(await counted(key), [1, 1, 1, 0])
  const bought = await paid(world, niece)
  assert.equal(await sharerOf(bought), key)
  const { share, opens, orders, from } = await chainOf(key)
  assert.deepEqual([share.orders, share.paidFen, share.backFen, share.depth], [1, bought.totalFen, 0, 0])
  assert.deepEqual([opens.length, opens[0]?.member?.id, opens[0]?.joined], [1, niece.memberId, true])
  assert.deepEqual([orders[0]?.orderId, orders[0]?.state, from], [bought.orderId, 'PAID', []])
  assert.match(share.sharer.name, /\*/, 'masked')

  await hq('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId: bought.orderId },
    body: { idempotencyKey: randomUUID(), expectFen: bought.totalFen, reason: '质量问题' },
  })
  await until(async () => {
    await world.sweep('payments.refunds')
    return (await chainOf(key)).share.backFen === bought.totalFen
  }, 'the money that went back is on the chain')
  assert.deepEqual(await counted(key), [1, 1, 1, 1], 'it was an order all the same')
})

test('the same key however often somebody passes the same thing on; passed on by who opened it, it says from where', async () => {
  const [first, second, third] = [await somebody(), await somebody(), await somebody()]
  const key = await pass(first)
  assert.equal(await pass(first), key)
  assert.notEqual(await pass(first, phone(), { kind: 'store', id: storeId }), key)
  await open(second.api, key)
  world.clock.advance(90)
  const next = await pass(second)
  await open(third.api, next)
  world.clock.advance(90)
  const last = await pass(third)
  const { share, from } = await chainOf(last)
  assert.deepEqual([share.depth, from.map((each) => each.key)], [2, [key, next]])
  assert.deepEqual(
    (await chainOf(key)).next.map((each) => each.key),
    [next],
  )
})

test('what cannot be passed on is refused by name, and so is an unknown key; nothing is noted', async () => {
  const { api } = await somebody()
  const before = await world.fingerprint()
  const wish = (what: { kind: string; id: string }) =>
    api('POST /v1/shares', { body: { storeId, subject: what, device: phone() } })
  await refused(wish({ kind: 'product', id: randomUUID() }), 'shares.subject_missing', 404)
  await refused(wish({ kind: 'store', id: 'S02' }), 'shares.subject_missing', 404)
  await refused(wish({ kind: 'miracle', id: 'x' }), 'shares.subject_missing', 404)
  await refused(open(api, 'AAAAAAAAAAAA'), 'shares.key_unknown', 404)
  assert.equal(await world.fingerprint(), before)
})

test('domain 2.4 · an opening counts once for each member and each telephone, and never for who passed it on', async () => {
  const sharer = await somebody()
  const own = phone()
  const key = await pass(sharer, own)
  await open(sharer.api, key)
  await open(world.api, key, own)
  assert.deepEqual(await counted(key), [0, 0, 0, 0], 'their own telephone, signed in or not')
  const device = phone()
  for (let i = 0; i < 3; i++) {
    await open(world.api, key, device)
    world.clock.advance(120)
  }
  assert.deepEqual(await counted(key), [1, 0, 0, 0], 'one telephone')
  const friend = await somebody()
  await open(friend.api, key, device)
  await open(friend.api, key)
  world.clock.advance(120)
  await open(friend.api, key, phone())
  assert.deepEqual(
    await counted(key),
    [1, 1, 1, 0],
    'one member, on three telephones; they joined after the first of them was used',
  )
  const other = await somebody()
  await open(other.api, key, device)
  assert.deepEqual(await counted(key), [1, 1, 1, 0], 'somebody else on the same telephone')
  // Opened on another telephone before they signed in there: it was theirs, and theirs alone.
  const spare = phone()
  await open(world.api, key, spare)
  await signIn(sharer, spare)
  assert.deepEqual(await counted(key), [1, 1, 1, 0])
  assert.deepEqual(
    await rows(
      world,
      'select 1 from share_open o join share s on s.id = o.share_id where o.member_id = s.member_id',
    ),
    [],
  )
})

test('race · twenty openings at once by one member and one telephone count once', async () => {
  const key = await pass(await somebody())
  const friend = await somebody()
  const device = phone()
  await Promise.all(
    Array.from({ length: 10 }, () => [open(friend.api, key), open(world.api, key, device)]).flat(),
  )
  assert.deepEqual((await counted(key)).slice(0, 2), [2, 1])
  // Two telephones with the same share become one member's at the same moment.
  const twins = [phone(), phone()]
  const again = await pass(await somebody())
  for (const each of twins) await open(world.api, again, each)
  const joiner = await somebody()
  await Promise.all(twins.map((each) => signIn(joiner, each)))
  assert.deepEqual((await counted(again)).slice(0, 3), [1, 1, 1])
})

test('an order is put down to the share that was opened last, within the days of the terms that held when it was placed', async () => {
  const [first, second, friend] = [
    await pass(await somebody()),
    await pass(await somebody()),
    await somebody(),
  ]
  assert.equal(await sharerOf(await place(friend)), undefined, 'nothing opened')
  await open(friend.api, first)
  world.clock.advance(90)
  await open(friend.api, second)
  world.clock.advance(90)
  assert.equal(await sharerOf(await place(friend)), second)
  await open(friend.api, first)
  world.clock.advance(90)
  assert.equal(await sharerOf(await place(friend)), first, 'opened again, it is the last one')
  const waiting = await place(friend)
  world.clock.advance(90)
  await open(friend.api, second)
  assert.equal(await sharerOf(waiting), first, 'what is opened after placing changes nothing')

  await world.advance(6 * DAY)
  hq = await world.staff('hq')
  assert.equal(await sharerOf(await place(friend)), second, 'seven days, as long as nobody says otherwise')
  await hq('POST /console/v1/share-terms', { body: { active: true, days: 2 } })
  assert.equal(await sharerOf(await place(friend)), undefined, 'two days now')
  await open(friend.api, second)
  world.clock.advance(90)
  await hq('POST /console/v1/share-terms', { body: { active: false, days: 2 } })
  assert.equal(await sharerOf(await place(friend)), undefined, 'switched off')
  const { items } = await hq('GET /console/v1/share-terms')
  assert.deepEqual(
    items.map(({ active, days }) => [active, days]),
    [
      [false, 2],
      [true, 2],
    ],
  )
  await hq('POST /console/v1/share-terms', { body: { active: true, days: 7 } })
  assert.equal(await sharerOf(await place(friend)), second)
})

test('who is known late: an order that was placed before the telephone said so is put down all the same', async () => {
  const key = await pass(await somebody())
  const device = phone()
  await open(world.api, key, device)
  world.clock.advance(90)
  const late = await somebody()
  const bought = await place(late)
  assert.equal(await sharerOf(bought), undefined)
  await signIn(late, device)
  assert.equal(await sharerOf(bought), key)
})

test('what other rooms are told at the door: whose share a member opened last, of one thing or of any; who opened what somebody passed on', async () => {
  const [first, second, friend] = [await somebody(), await somebody(), await somebody()]
  const since = world.clock.now()
  const shop = { kind: 'store', id: storeId }
  await open(friend.api, await pass(first))
  world.clock.advance(90)
  await open(friend.api, await pass(second, phone(), shop))
  world.clock.advance(90)
  await open(friend.api, await pass(first, phone(), shop))
  const span = { since, before: world.clock.now() }
  const { db } = world.ctx
  const asked = { memberId: friend.memberId, ...span, kind: null, subjectId: null }
  const last = await lastOpened(db, asked)
  assert.deepEqual([last?.sharerId, last?.kind, last?.joined], [first.memberId, 'store', false])
  const apples = await lastOpened(db, { ...asked, kind: 'product', subjectId: sharing.subject.id })
  assert.deepEqual(
    [apples?.sharerId, apples?.subjectId, apples?.depth],
    [first.memberId, sharing.subject.id, 0],
  )
  const earlier = await lastOpened(db, {
    ...asked,
    kind: 'store',
    subjectId: storeId,
    before: secondsAfter(span.before, -1),
  })
  assert.equal(earlier?.sharerId, second.memberId)
  assert.equal(await lastOpened(db, { ...asked, since: secondsAfter(span.before, 1) }), undefined)
  const openers = await listOpeners(db, { sharerId: second.memberId, kind: 'store', subjectId: storeId }, 10)
  assert.deepEqual(
    openers.map(({ memberId, joined }) => [memberId, joined]),
    [[friend.memberId, false]],
  )
  assert.deepEqual(
    await listOpeners(db, { sharerId: second.memberId, kind: 'product', subjectId: storeId }, 10),
    [],
  )
})

test('figures add up by day, by thing and by sharer; a manager reads their own store, and nobody names days that are none', async () => {
  const day = await hq('GET /console/v1/share-figures', {
    query: { from: '2020-01-01', to: '2020-12-31', by: 'day' },
  })
  assert.deepEqual([day.items, day.total.opens], [[], 0])
  const today = world.clock.now().toISOString().slice(0, 10)
  const from = new Date(world.clock.now().getTime() - 30 * DAY * 1000).toISOString().slice(0, 10)
  const read = (by: 'day' | 'subject' | 'sharer') =>
    hq('GET /console/v1/share-figures', { query: { from, to: today, by } })
  for (const by of ['day', 'subject', 'sharer'] as const) {
    const { items, total } = await read(by)
    assert.ok(items.length > 0)
    for (const name of ['shares', 'opens', 'members', 'joined', 'orders', 'paidFen', 'backFen'] as const)
      assert.equal(
        items.reduce((sum, row) => sum + row[name], 0),
        total[name],
        `${by} ${name}`,
      )
  }
  const listed = await hq('GET /console/v1/shares', {
    query: { from, to: today, kind: 'product', subjectId: sharing.subject.id },
  })
  assert.equal(listed.total, listed.items.length)
  assert.ok(listed.items.every(({ title }) => title?.includes('苹果')))
  const manager = await world.staff('s02')
  const theirs = await manager('GET /console/v1/share-figures', { query: { from, to: today, by: 'sharer' } })
  assert.deepEqual(theirs.items, [])
  const { id: shareId } = await only<{ id: string }>(world, 'select id from share limit 1')
  await refused(manager('GET /console/v1/shares/:shareId', { params: { shareId } }), 'shares.missing', 404)
  await refused(
    manager('GET /console/v1/shares', { query: { from, to: today, storeId } }),
    'staff.out_of_scope',
    403,
  )
  await refused(
    manager('POST /console/v1/share-terms', { body: { active: true, days: 3 } }),
    'staff.not_allowed',
    403,
  )
  await refused(
    hq('GET /console/v1/shares', { query: { from: today, to: from } }),
    'shares.span_invalid',
    400,
  )
})

test('telephones, second openings and pictures of long ago are forgotten; what was counted stays', async () => {
  const key = await pass(await somebody())
  const device = phone()
  await open(world.api, key, device)
  world.clock.advance(120)
  await open(world.api, key, device)
  await world.advance(91 * DAY)
  hq = await world.staff('hq')
  await world.sweep('shares.forget')
  assert.deepEqual(await counted(key), [1, 0, 0, 0])
  const kept = (
    await only<{ n: number }>(
      world,
      'select (select count(*) from share_open where device_hash is not null) + (select count(*) from share where device_hash is not null) + (select count(*) from share_open where not counts and not joined) + (select count(*) from share_picture) as n',
    )
  ).n
  assert.equal(kept, 0)
})
