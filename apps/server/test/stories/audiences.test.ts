// An audience from its draft to who is in it: versions that stay, snapshots that say who came and who went, tags, and nights that are taken once.
import { ApiProblem } from '@linli/contract/client'
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { beforeEach, test } from 'node:test'
import pg from 'pg'
import { foundAudiences } from '../../db/found/audiences.ts'
import { dayAfter, instantOf } from '../../src/kernel/clock.ts'
import { createAudienceRoom } from '../../src/rooms/audiences/index.ts'
import { inTx } from '../../src/kernel/db.ts'
import { take } from '../../src/rooms/audiences/snapshots.sql.ts'
import { createInsight } from '../../src/rooms/insight/index.ts'
import { asRule, plantSmall, readRule, type Small } from '../audience-world.ts'
import { coupon } from '../benefits.ts'
import { DAY, newcomer, payFor, place, world } from '../benefits-world.ts'
import { rows } from '../payments/purchase.ts'

let small: Small
let planted: Promise<Small> | undefined
beforeEach(async () => {
  planted ??= plantSmall(world, 3, 40)
  small = await planted
})
const head = () => world.staff('hq')
const refused = (work: Promise<unknown>, code: string): Promise<void> =>
  assert.rejects(work, (error: unknown) => error instanceof ApiProblem && error.problem.code === code)
const REGULARS = asRule([{ fact: 'purchases', op: 'at_least', value: 2, lastDays: 90 }])
let serial = 0
async function audience(rule = REGULARS) {
  const hq = await head()
  const begun = await hq('POST /console/v1/audiences', { body: { name: `常客 ${++serial}`, note: '', rule } })
  const params = { audienceId: begun.id }
  const saved = await hq('POST /console/v1/audiences/:audienceId/versions', {
    params,
    body: { revision: begun.revision },
  })
  return { hq, params, ...saved }
}
const buy = (memberId: string, day: string) =>
  createInsight(world.ctx).bringHistory([
    {
      id: randomUUID(),
      source: 'history',
      storeId: 'S01',
      memberId,
      channel: 'till',
      boughtAt: instantOf(day, '12:00'),
      day,
      goodsFen: 500,
      collectedAt: null,
      campaignId: null,
      lines: [{ lineNo: 1, skuId: null, quantity: 1, refundedQuantity: 0, payFen: 500, refundedFen: 0 }],
    },
  ])

test('a draft becomes versions; what was saved stays, and of two who change it one is told', async () => {
  const { hq, params, id, revision, version, changed, rule } = await audience()
  assert.deepEqual([version, changed], [1, false])
  await refused(
    hq('POST /console/v1/audiences/:audienceId/versions', { params, body: { revision } }),
    'audiences.nothing_new',
  )
  const other = asRule([{ fact: 'purchases', op: 'at_least', value: 5 }])
  const body = { name: `常客 ${serial}`, note: '更常来', rule: other, revision }
  const drafted = await hq('PUT /console/v1/audiences/:audienceId/draft', { params, body })
  assert.deepEqual([drafted.version, drafted.changed, drafted.revision], [1, true, revision + 1])
  await refused(
    hq('PUT /console/v1/audiences/:audienceId/draft', { params, body }),
    'audiences.revision_stale',
  )
  await refused(
    hq('POST /console/v1/audiences/:audienceId/versions', { params, body: { revision } }),
    'audiences.revision_stale',
  )
  const saved = await hq('POST /console/v1/audiences/:audienceId/versions', {
    params,
    body: { revision: revision + 1 },
  })
  assert.deepEqual(
    saved.versions.map((each) => [each.version, each.rule]),
    [
      [2, other],
      [1, rule],
    ],
  )
  await assert.rejects(
    world.ctx.database.pool.query('update audience_version set rule = $1 where audience_id = $2', ['{}', id]),
    /append-only/,
  )
  await refused(
    hq('POST /console/v1/audiences', { body: { name: `常客 ${serial}`, note: '', rule } }),
    'audiences.name_taken',
  )
  const empty = await hq('POST /console/v1/audiences', {
    body: { name: '还没想好', note: '', rule: { rows: [] } },
  })
  await refused(
    hq('POST /console/v1/audiences/:audienceId/versions', {
      params: { audienceId: empty.id },
      body: { revision: 1 },
    }),
    'audiences.empty',
  )
  await refused(
    hq('POST /console/v1/audiences/:audienceId/snapshots', { params: { audienceId: empty.id } }),
    'audiences.version_none',
  )
})

test('a snapshot is who was meant then, and says who entered and who left', async () => {
  const { hq, params } = await audience()
  const first = await hq('POST /console/v1/audiences/:audienceId/snapshots', { params })
  const wanted = readRule(small, REGULARS.rows).ids
  const everyone = async (snapshotId: string, which: 'all' | 'entered' | 'left') => {
    const found: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: { items: { id: string }[]; nextCursor: string | null } = await hq(
        'GET /console/v1/audience-snapshots/:snapshotId/members',
        {
          params: { snapshotId },
          query: { which, limit: 7, ...(cursor ? { cursor } : {}) },
        },
      )
      found.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    return found.sort()
  }
  const mine = (ids: string[]) => ids.filter((id) => small.members.some((each) => each.id === id))
  assert.deepEqual(mine(await everyone(first.id, 'all')), wanted)
  assert.deepEqual([first.entered, first.left], [first.members, 0])

  const joiner = small.members.find(
    ({ id, blocked, word }) => !wanted.includes(id) && !blocked && word !== false,
  )
  const leaver = wanted[0]
  assert.ok(joiner && leaver)
  await buy(joiner.id, small.today)
  await buy(joiner.id, small.today)
  await world.ctx.database.pool.query(
    `insert into message_consent (member_id, topic, agreed, wording, via, at) values ($1, 'marketing', false, 1, 'shop', now())`,
    [leaver],
  )
  const second = await hq('POST /console/v1/audiences/:audienceId/snapshots', { params })
  assert.deepEqual([second.members, second.entered, second.left], [first.members, 1, 1])
  assert.deepEqual(await everyone(second.id, 'entered'), [joiner.id])
  assert.deepEqual(
    await everyone(second.id, 'left'),
    [leaver],
    'who switched marketing off is in no audience',
  )
  assert.deepEqual(mine(await everyone(first.id, 'all')), wanted, 'the first is as it was')
  await assert.rejects(
    world.ctx.database.pool.query('update audience_snapshot set members = 0 where id = $1', [first.id]),
    /stays as it was/,
  )
  await refused(
    hq('GET /console/v1/audience-snapshots/:snapshotId/members', {
      params: { snapshotId: first.id },
      query: { cursor: 'bm8' },
    }),
    'audiences.cursor_invalid',
  )
  await refused(
    hq('GET /console/v1/audience-snapshots/:snapshotId/members', { params: { snapshotId: randomUUID() } }),
    'audiences.snapshot_missing',
  )
})

test('other rooms take a snapshot and read it through the door', async () => {
  const { id } = await audience()
  const room = createAudienceRoom(world.ctx, {
    staff: { audit: () => Promise.reject(new Error('nothing is audited')) },
    members: { atDesk: () => Promise.resolve(new Map()) },
  })
  const { snapshotId, version, members } = await room.snapshot(id, 'system')
  assert.equal(version, 1)
  assert.equal(await room.countOf(snapshotId), members)
  const half = await room.membersOf(snapshotId, null, 5)
  const rest = await room.membersOf(snapshotId, half.at(-1) ?? '', 1000)
  assert.equal(half.length + rest.length, members)
  assert.equal(new Set([...half, ...rest]).size, members)
})

test('a night is taken once by however many servers, and its tag is borne by whoever is in it', async () => {
  const { hq, params, id } = await audience()
  const kept = await hq('PUT /console/v1/audiences/:audienceId/upkeep', {
    params,
    body: { nightly: true, tag: '常来' },
  })
  assert.equal(kept.tag?.name, '常来')
  const second = await world.another()
  const sweep = second.linli.sweeps.find(({ name }) => name === 'audiences.night')
  assert.ok(sweep)
  await Promise.all([world.sweep('audiences.night'), sweep.run(), world.sweep('audiences.night')])
  await second.close()
  const { snapshots } = await hq('GET /console/v1/audiences/:audienceId', { params })
  assert.deepEqual(
    snapshots.map(({ cause }) => cause),
    ['nightly'],
  )
  const { items } = await hq('GET /console/v1/tags')
  assert.equal(items.find(({ audience: of }) => of?.id === id)?.members, snapshots[0]?.members)
  const runs = await rows<{ rule: string; n: number }>(
    world,
    `select rule, count(*)::int as n from rfm_run where taken_at = $1 group by 1 order by 1`,
    [world.clock.now()],
  )
  assert.deepEqual(runs, [
    { rule: 'A', n: 1 },
    { rule: 'B', n: 1 },
  ])
  const grid = await hq('GET /console/v1/rfm', { query: { rule: 'B' } })
  assert.equal(grid.run?.day, dayAfter(small.today, -1))
  assert.equal(
    grid.run?.segments.reduce((sum, { members }) => sum + members, 0),
    grid.run?.members,
  )
  const tagId = kept.tag?.id ?? ''
  const loop = {
    name: `常客 ${serial}`,
    note: '',
    rule: asRule([{ fact: 'tag', oneOf: [tagId] }]),
    revision: kept.revision,
  }
  await refused(
    hq('PUT /console/v1/audiences/:audienceId/draft', { params, body: loop }),
    'audiences.tag_loop',
  )
  const somebody = small.members[0]?.id ?? ''
  const where = { params: { tagId, memberId: somebody } }
  await refused(hq('PUT /console/v1/tags/:tagId/members/:memberId', where), 'audiences.tag_automatic')

  const again = { id: randomUUID(), audienceId: id, version: 1, cause: 'nightly' as const, by: 'system' }
  const asOf = { day: small.today, now: world.clock.now() }
  assert.equal(await inTx(world.ctx.db, (tx) => take(tx, REGULARS.rows, asOf, again)), false)

  await world.advance(40 * DAY)
  await world.sweep('audiences.night')
  const compared = await (await head())('GET /console/v1/audiences/:audienceId', { params })
  assert.deepEqual(
    compared.snapshots.map(({ released }) => released),
    [false, false],
    'what the newest is compared with is kept, however old',
  )
  await world.advance(DAY)
  const later = await head()
  await world.sweep('audiences.night')
  const after = await later('GET /console/v1/audiences/:audienceId', { params })
  assert.deepEqual(
    after.snapshots.map(({ released }) => released),
    [false, false, true],
    'who was in an old night is let go; the newest and what it is compared with stay',
  )
  await refused(
    later('GET /console/v1/audience-snapshots/:snapshotId/members', {
      params: { snapshotId: after.snapshots[2]?.id ?? '' },
    }),
    'audiences.released',
  )
  await later('DELETE /console/v1/audiences/:audienceId', { params })
  await refused(later('GET /console/v1/audiences/:audienceId', { params }), 'audiences.missing')
  assert.equal(
    (await later('GET /console/v1/tags')).items.some(({ id: tag }) => tag === tagId),
    false,
  )
  await world.sweep('audiences.night')
})

test('a tag that staff put on is in the trail, once, and goes again', async () => {
  const hq = await head()
  const { id: tagId } = await hq('POST /console/v1/tags', { body: { name: '街坊' } })
  await refused(hq('POST /console/v1/tags', { body: { name: '街坊' } }), 'audiences.tag_taken')
  const memberId = small.members[1]?.id ?? ''
  const where = { params: { tagId, memberId } }
  await hq('PUT /console/v1/tags/:tagId/members/:memberId', where)
  await hq('PUT /console/v1/tags/:tagId/members/:memberId', where)
  const mine = await hq('GET /console/v1/members/:memberId/tags', { params: { memberId } })
  assert.deepEqual(
    mine.items.filter(({ id }) => id === tagId).map(({ name, automatic, by }) => ({ name, automatic, by })),
    [{ name: '街坊', automatic: false, by: 'staff:hq' }],
  )
  const { members } = await hq('POST /console/v1/audience-counts', {
    body: { rule: asRule([{ fact: 'tag', oneOf: [tagId] }]) },
  })
  assert.ok(members <= 1)
  await hq('DELETE /console/v1/tags/:tagId/members/:memberId', where)
  const trail = await rows(
    world,
    `select action from audit_event where subject = $1 and action like 'audiences.%' order by at, id`,
    [`member:${memberId}`],
  )
  assert.deepEqual(trail, [{ action: 'audiences.tagged' }, { action: 'audiences.untagged' }])
  await refused(
    hq('PUT /console/v1/tags/:tagId/members/:memberId', { params: { tagId: randomUUID(), memberId } }),
    'audiences.tag_missing',
  )
  await refused(
    hq('PUT /console/v1/tags/:tagId/members/:memberId', { params: { tagId, memberId: randomUUID() } }),
    'members.missing',
  )
})

test('a coupon that an order used is asked for by when it was used', async () => {
  const shopper = await newcomer()
  const couponId = await coupon(world, shopper)
  const of = async (lastDays: number) =>
    (
      await (
        await head()
      )('POST /console/v1/audience-reasons', {
        body: {
          rule: asRule([{ fact: 'coupons_used', op: 'at_least', value: 1, lastDays }]),
          memberId: shopper.memberId,
        },
      })
    ).reasons[0]?.figure
  assert.equal(await of(30), 0)
  await payFor(await place(shopper, { couponIds: [couponId] }))
  assert.equal(await of(1), 1)
})

test('only head office sees audiences', async () => {
  const manager = await world.staff('s01')
  await refused(manager('GET /console/v1/audiences'), 'staff.not_allowed')
})

test('a chain begins with five definitions, and founding it again adds none', async () => {
  const client = new pg.Client({ connectionString: world.ctx.database.url })
  await client.connect()
  try {
    assert.equal(await foundAudiences(client), 5)
    assert.equal(await foundAudiences(client), 0)
    const { items } = await (await head())('GET /console/v1/audiences')
    const ready = items.filter((each) => each.ready !== null)
    assert.deepEqual(
      ready.map(({ name, version }) => [name, version]),
      [
        ['高价值熟客', 1],
        ['周末采购家庭', 1],
        ['母婴偏好', 0],
        ['新客未复购', 1],
        ['沉睡会员', 1],
      ],
    )
    for (const { id } of ready.filter(({ version }) => version > 0)) {
      const { rule } = await (
        await head()
      )('GET /console/v1/audiences/:audienceId', { params: { audienceId: id } })
      const { rows: left } = await (await head())('POST /console/v1/audience-counts', { body: { rule } })
      assert.equal(left.length, rule.rows.length)
    }
  } finally {
    await client.end()
  }
})
