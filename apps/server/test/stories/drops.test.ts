// A drop from its dry run to its verdict: lots, coupons, limits, and what is said of it when its days are over.
import assert from 'node:assert/strict'
import { after, beforeEach, before, test } from 'node:test'
import { secondsAfter } from '../../src/kernel/clock.ts'
import { bought, crowd, type DropTerms, dropTerms, giftOf, started } from '../drops.ts'
import { rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { type LinliApi, openWorld, type World } from '../world.ts'

const DAY = 86_400
/** Members of the crowd who never agreed to marketing. */
const SILENT = { reason: 'no_consent', members: 40 } as const
let world: World
let hq: LinliApi
before(async () => {
  world = await openWorld({ start: new Date('2026-11-24T02:00:00Z') })
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})
beforeEach(async () => {
  // Each story has members of its own: those of the one before bought too long ago.
  await world.advance(100 * DAY)
  hq = await world.staff('hq')
  await crowd(world, 400, { silent: 40 })
})
const turn = () => world.sweep('drops.turn')
const look = async (dropId: string) =>
  (await world.staff('hq'))('GET /console/v1/drops/:dropId', { params: { dropId } })
const terms = (over: Partial<DropTerms> = {}) => dropTerms(world, hq, over)
const membersOf = (dropId: string, arm: 'send' | 'hold') =>
  rows<{ id: string }>(
    world,
    'select member_id as id from drop_member where drop_id = $1 and arm = $2 order by id',
    [dropId, arm],
  ).then((all) => all.map(({ id }) => id))
const change = async (dropId: string, verb: 'start' | 'pause' | 'resume', version?: number) =>
  (await world.staff('hq'))(`POST /console/v1/drops/:dropId/${verb}`, {
    params: { dropId },
    body: { version: version ?? (await look(dropId)).drop.version },
  })

test('a dry run says whom it would reach and what so many can show, and writes nothing', async () => {
  const body = await terms()
  const before = await world.fingerprint()
  const trial = await hq('POST /console/v1/drop-trials', { body })
  assert.equal(await world.fingerprint(), before)
  assert.deepEqual([trial.found, trial.leftOut], [400, [{ reason: 'no_consent', members: 40 }]])
  assert.equal(trial.send + trial.hold, 360)
  assert.ok(trial.hold > 15 && trial.hold < 65, `held ${trial.hold}`)
  assert.equal(trial.baseShare, 0)
  await refused(
    hq('POST /console/v1/drop-trials', { body: { ...body, words: '看 www.example.com' } }),
    'drops.terms_unsound',
  )
  await refused(
    hq('POST /console/v1/drop-trials', { body: { ...body, schedule: 'daily' } }),
    'drops.terms_unsound',
  )
  await refused(
    hq('POST /console/v1/drops', { body: { ...body, templateId: body.audienceId } }),
    'drops.coupon_missing',
  )
  await refused(
    hq('POST /console/v1/drops', { body: { ...body, audienceId: body.templateId } }),
    'audiences.missing',
  )
})

test('who is drawn gets one coupon and one message, who is held back nothing; two servers and a second look give nothing twice', async () => {
  const dropId = await started(hq, await terms({ holdoutBp: 2000 }))
  const second = await world.another()
  const there = second.linli.sweeps.find(({ name }) => name === 'drops.turn')
  await Promise.all([turn(), there?.run(), turn(), there?.run()])
  await turn()
  await second.close()
  const { drop, rounds, result } = await look(dropId)
  const [round] = rounds
  assert.ok(round)
  assert.deepEqual([drop.state, rounds.length, round.found], ['LIVE', 1, 400])
  assert.deepEqual([round.given, round.waiting, round.refused], [round.send, 0, 0])
  assert.equal(round.send + round.hold, 360)
  assert.deepEqual(
    [result.verdict, result.send.members, result.hold.members],
    ['waiting', round.send, round.hold],
  )
  const [given] = await rows(
    world,
    `select count(*)::int as coupons, count(distinct member_id)::int as members from member_coupon where grant_key = $1`,
    [`drop:${round.id}`],
  )
  assert.deepEqual(given, { coupons: round.send, members: round.send })
  const told = await rows<{ body: string; member: string }>(
    world,
    `select body, member_id as member from message where kind = 'drop.coupon' and told_at > $1`,
    [secondsAfter(world.clock.now(), -3600)],
  )
  assert.equal(told.length, round.send)
  assert.match(told[0]?.body ?? '', /^好久不见，「满10减3」已经放进您的券包/)
  const held = await membersOf(dropId, 'hold')
  assert.deepEqual(
    told.filter(({ member }) => held.includes(member)),
    [],
  )
  const page = await hq('GET /console/v1/drops/:dropId/members', {
    params: { dropId },
    query: { arm: 'hold', limit: 5 },
  })
  assert.equal(page.items.length, 5)
  assert.ok(page.items.every(({ arm, given: had }) => arm === 'hold' && !had))
  await refused(
    hq('GET /console/v1/drops/:dropId/members', { params: { dropId }, query: { cursor: 'eA' } }),
    'drops.cursor_invalid',
  )
})

/** What members of an arm buy in the days that are watched. */
async function plantOutcome(dropId: string, { send, hold }: { send: number; hold: number }): Promise<void> {
  for (const [arm, share] of [
    ['send', send],
    ['hold', hold],
  ] as const) {
    const ids = await membersOf(dropId, arm)
    await bought(
      world,
      ids.slice(0, Math.round(ids.length * share)),
      secondsAfter(world.clock.now(), 3 * DAY),
    )
  }
}
test('a planted uplift is found when the announced days are over, and not a day before; a planted zero is no evidence', async () => {
  const body = await terms({ holdoutBp: 3000 })
  const [useful, nothing] = [
    await started(hq, body),
    await started(hq, { ...body, name: '另一轮', mostMessages: 12 }),
  ]
  await turn()
  await plantOutcome(useful, { send: 0.5, hold: 0.3 })
  await world.advance(13 * DAY)
  await turn()
  const early = await look(useful)
  assert.deepEqual([early.drop.state, early.result.verdict], ['LIVE', 'waiting'])
  assert.ok(
    early.result.share && early.result.share.low > 0,
    'what is known so far is shown, without a verdict',
  )
  await world.advance(2 * DAY)
  await turn()
  const { drop, result } = await look(useful)
  assert.deepEqual([drop.state, result.verdict], ['ENDED', 'useful'])
  assert.ok(result.share && Math.abs(result.share.value - 0.2) < 0.02, String(result.share?.value))
  assert.ok(Math.abs(result.extraBuyers - 0.2 * result.send.members) < 4)
  assert.ok(result.kept && Math.abs(result.kept.value - 600) < 60, 'a fifth more who buy for 30 yuan')
  // The purchases of the first lots are no more in one arm of the second than in the other: lots of drops are independent.
  const other = await look(nothing)
  assert.deepEqual([other.drop.state, other.result.verdict], ['ENDED', 'no_evidence'])
})

test('domain 3 频控: who had so many messages, who had this drop, and who is one too many is left out, each by name', async () => {
  const body = await terms({ schedule: 'daily', lastDay: '2099-01-01' })
  const lastDay = secondsAfter(world.clock.now(), 5 * DAY)
    .toISOString()
    .slice(0, 10)
  const dropId = await started(hq, {
    ...body,
    lastDay,
    mostMembers: 300,
    mostMessages: 2,
    againAfterDays: 30,
  })
  await turn()
  const [first] = (await look(dropId)).rounds
  assert.ok(first)
  assert.deepEqual([first.send + first.hold, first.leftOut], [300, [SILENT, { reason: 'full', members: 60 }]])
  await world.advance(DAY)
  await turn()
  const second = await look(dropId)
  assert.deepEqual(
    [second.rounds.length, second.rounds[0]?.leftOut],
    [2, [SILENT, { reason: 'recent', members: 300 }, { reason: 'full', members: 60 }]],
  )
  const capped = await (
    await world.staff('hq')
  )('POST /console/v1/drop-trials', {
    body: { ...body, schedule: 'once', lastDay: null, mostMessages: 1 },
  })
  assert.deepEqual(capped.leftOut, [SILENT, { reason: 'capped', members: first.send }])
})

test('members who withdraw stop it; a coupon that is over stops it', async () => {
  const opted = await started(hq, await terms())
  await turn()
  const gone = (await membersOf(opted, 'send')).slice(0, 30)
  await world.advance(3600)
  await rows(
    world,
    `insert into message_consent (member_id, topic, agreed, wording, via, at) select x, 'marketing', false, 9, 'shop', $2 from unnest($1::uuid[]) x`,
    [gone, world.clock.now()],
  )
  await turn()
  const { drop } = await look(opted)
  assert.deepEqual([drop.state, drop.stop], ['STOPPED', 'opt_outs'])

  const templateId = await giftOf(hq)
  const over = await started(hq, await terms({ templateId, mostMessages: 12 }))
  await hq('POST /console/v1/coupon-templates/:templateId/ending', { params: { templateId } })
  await turn()
  assert.equal((await look(over)).drop.stop, 'coupon_over')
  assert.deepEqual((await look(over)).rounds, [])
})

test('more coupons than the template has are refused by name, and who was to get one stays in the arm', async () => {
  const dropId = await started(hq, await terms({ templateId: await giftOf(hq, 100) }))
  await turn()
  const { rounds, result } = await look(dropId)
  const [round] = rounds
  assert.ok(round)
  assert.deepEqual([round.given, round.given + round.refused], [100, round.send])
  assert.equal(result.send.members, round.send)
})

test('paused nothing is given, resumed it goes on; what runs is not edited, and who changes what they have not seen is told', async () => {
  const body = await terms()
  const { id: dropId, version } = await hq('POST /console/v1/drops', { body })
  const params = { dropId }
  const edited = await hq('POST /console/v1/drops/:dropId/terms', {
    params,
    body: { ...body, name: '改过', version },
  })
  assert.deepEqual([edited.name, edited.version], ['改过', version + 1])
  await refused(change(dropId, 'start', version), 'drops.changed_since')
  await change(dropId, 'start')
  await refused(
    hq('POST /console/v1/drops/:dropId/terms', { params, body: { ...body, version: version + 2 } }),
    'drops.not_draft',
  )
  await refused(
    hq('POST /console/v1/drops/:dropId/deletion', { params, body: { version: version + 2 } }),
    'drops.not_draft',
  )
  await change(dropId, 'pause')
  await turn()
  assert.deepEqual((await look(dropId)).rounds, [])
  await refused(change(dropId, 'pause'), 'drops.wrong_state')
  await change(dropId, 'resume')
  await turn()
  assert.equal((await look(dropId)).rounds.length, 1)
  const stopped = await hq('POST /console/v1/drops/:dropId/stop', {
    params,
    body: { version: (await look(dropId)).drop.version, reason: '换一张券' },
  })
  assert.deepEqual([stopped.state, stopped.stop], ['STOPPED', 'by_staff'])
  const draft = await hq('POST /console/v1/drops', { body })
  await hq('POST /console/v1/drops/:dropId/deletion', {
    params: { dropId: draft.id },
    body: { version: draft.version },
  })
  await refused(look(draft.id), 'drops.missing')
  const { items, total } = await hq('GET /console/v1/drops', { query: { state: 'STOPPED' } })
  assert.ok(total >= 1 && items.every(({ drop }) => drop.state === 'STOPPED'))
})

test('the tables refuse other terms of what runs, another arm, and a coupon for who is held back', async () => {
  const dropId = await started(hq, await terms())
  await turn()
  const [held] = await membersOf(dropId, 'hold')
  for (const text of [
    `update drop_plan set window_days = 1 where id = '${dropId}'`,
    `update drop_plan set holdout_bp = 600 where id = '${dropId}'`,
    `update drop_member set arm = 'send' where drop_id = '${dropId}' and member_id = '${held}'`,
    `update drop_member set coupon_id = gen_random_uuid(), done_at = now() where drop_id = '${dropId}' and member_id = '${held}'`,
  ])
    await assert.rejects(rows(world, text), (error: { code?: string }) => error.code === '23514', text)
})
