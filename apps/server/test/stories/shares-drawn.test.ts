// Cards and posters, what nobody may make without end, and what the tables themselves refuse.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { NOON } from '../messages.ts'
import { only, place, rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { createSharing, phone, type Sharing } from '../sharing.ts'
import { type LinliApi, openWorld, type World } from '../world.ts'

const DAY = 86_400
let world: World
let hq: LinliApi
let sharing: Sharing
before(async () => {
  world = await openWorld({ start: NOON, onHand: 1000 })
  hq = await world.staff('hq')
  sharing = await createSharing(world, 500)
})
after(() => world.close())

test('domain 19 海报 · card and poster are drawn once and kept until something on them changes; WeChat is asked for the code once', async () => {
  const key = await sharing.pass(await sharing.somebody())
  const get = (kind: string, of = key) =>
    world.linli.http.app.inject({ method: 'GET', url: `/share-pictures/${of}/${kind}.jpg` })
  const drawnAt = async (kind: string) =>
    (
      await only<{ at: Date }>(
        world,
        'select drawn_at as at from share_picture p join share s on s.id = p.share_id where s.key = $1 and p.kind = $2',
        [key, kind],
      )
    ).at
  const [card, poster] = await Promise.all([get('card'), get('poster')])
  for (const reply of [card, poster]) {
    assert.equal(reply.statusCode, 200, reply.body.slice(0, 200))
    assert.equal(reply.headers['content-type'], 'image/jpeg')
  }
  const at = await drawnAt('poster')
  world.clock.advance(600)
  assert.deepEqual((await get('poster')).rawPayload, poster.rawPayload)
  assert.deepEqual(await drawnAt('poster'), at, 'kept, not drawn again')
  await world.advance(DAY)
  assert.notDeepEqual((await get('poster')).rawPayload, poster.rawPayload, 'the day of its price is another')
  await world.sim('POST', '/_sim/faults', {
    rules: [{ match: { route: 'wxacode' }, action: { kind: 'errcode', errcode: 45009 }, times: 1 }],
  })
  assert.equal((await get('poster')).statusCode, 200, 'the code is kept')
  const fresh = await sharing.pass(await sharing.somebody())
  assert.deepEqual(
    [(await get('poster', fresh)).statusCode, (await get('card', fresh)).statusCode],
    [503, 200],
  )
  assert.equal((await get('poster', fresh)).statusCode, 200, 'a moment later')
  for (const path of ['AAAAAAAAAAAA/card.jpg', `${key}/secret.jpg`, 'short/card.jpg'])
    assert.equal(
      (await world.linli.http.app.inject({ method: 'GET', url: `/share-pictures/${path}` })).statusCode,
      404,
      path,
    )
  const scenes = await world.sim<{ entries: { body?: { scene?: string } }[] }>(
    'GET',
    '/_sim/journal?route=wxacode&limit=100',
  )
  assert.ok(scenes.entries.length >= 2)
})

test('nobody makes shares without end, nor pictures', async () => {
  const { memberId, api } = await sharing.somebody()
  await world.ctx.database.pool.query(
    `insert into share (id, key, member_id, subject_kind, subject_id, store_id, depth, made_at)
     select gen_random_uuid(), 'limit' || lpad(n::text, 7, '0'), $1, 'product', 'p' || n, 'S01', 0, $2 from generate_series(1, 60) n`,
    [memberId, world.clock.now()],
  )
  await refused(
    api('POST /v1/shares', { body: { storeId: 'S01', subject: sharing.subject, device: phone() } }),
    'shares.too_many',
    429,
  )
  world.clock.advance(3601)
  const key = await sharing.pass({ api })
  await world.ctx.database.pool.query(
    `insert into share_picture select id, 'card', '\\x00', '\\x00', $2 from share where member_id = $1 and key like 'limit%'`,
    [memberId, world.clock.now()],
  )
  assert.equal(
    (await world.linli.http.app.inject({ method: 'GET', url: `/share-pictures/${key}/card.jpg` })).statusCode,
    429,
  )
})

test('the tables themselves: no circle, nobody’s own, nothing rewritten, one order once', async () => {
  hq = await world.staff('hq')
  const [one, two] = [await sharing.somebody(), await sharing.somebody()]
  const keys = [await sharing.pass(one), await sharing.pass(two)]
  await sharing.open(two.api, keys[0] ?? '')
  const ids = await rows<{ id: string; member: string }>(
    world,
    'select id, member_id as member from share where key = any($1) order by made_at',
    [keys],
  )
  const [mine, theirs] = ids
  assert.ok(mine && theirs)
  const breach = (statement: string, values: unknown[] = []) =>
    assert.rejects(world.ctx.database.pool.query(statement, values), statement)
  await breach('update share set parent_id = $2, depth = 1 where id = $1', [mine.id, theirs.id])
  await breach('delete from share where id = $1', [mine.id])
  await breach(
    `insert into share (id, key, member_id, subject_kind, subject_id, store_id, parent_id, depth, made_at) values (gen_random_uuid(), 'ABCABCABCABC', $2, 'product', 'x', 'S01', $1, 1, now() + interval '1 year')`,
    [mine.id, theirs.member],
  )
  await breach(
    'insert into share_open (share_id, member_id, opened_at, known_at, counts) values ($1, $2, now(), now(), false)',
    [mine.id, mine.member],
  )
  await breach('update share_open set member_id = $2 where share_id = $1', [mine.id, mine.member])
  await place(two)
  await hq('POST /console/v1/share-terms', { body: { active: true, days: 7 } })
  await world.sweep('shares.orders')
  await breach('update share_order set share_id = $1', [theirs.id])
  await breach('delete from share_order')
  await breach('update share_terms set days = 30')
})
