// Whose code brought a shopper, what it was worth, and what went back.
import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { NOON } from '../messages.ts'
import { only, type Purchase, paid, rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

const DAY = 86_400
const TERMS = {
  active: true,
  touchDays: 30,
  holdDays: 7,
  registerFen: 200,
  orderFen: 500,
  leastFen: 100,
  inLedger: false,
}
let world: World
let hq: LinliApi
let clerk: LinliApi
before(async () => {
  world = await openWorld({ start: NOON, onHand: 1000 })
  await signIn()
  await hq('POST /console/v1/guide-terms', { body: TERMS })
})
after(() => world.close())

const signIn = async () => {
  hq = await world.staff('hq')
  clerk = await world.staff('clerk01', 'floor')
}
const advance = async (days: number) => {
  await world.advance(days * DAY)
  await signIn()
}
const device = () => randomBytes(12).toString('hex')
const judge = () => world.sweep('promoters.judge')
const sceneOf = async (where: 'clerk' | 'store', storeId = 'S01') => {
  const { code } =
    where === 'clerk'
      ? await clerk('POST /staff/v1/stores/:storeId/guide-code', {
          params: { storeId },
          body: { device: device() },
        })
      : await hq('POST /console/v1/stores/:storeId/guide-code', { params: { storeId } })
  const { key } = await only<{ key: string }>(world, 'select key from guide_code where id = $1', [code.id])
  return `g.${key}`
}
const touch = async (scene: string) =>
  (await world.api('POST /v1/guidance-touches', { body: { scene } })).touch
const come = async ({ api }: Pick<Shopper, 'api'>, note: string, on = device()) =>
  (await api('POST /v1/guidance', { body: { touch: note, device: on } })).counted
let number = 300
/** Scans, then becomes a member. */
const guided = async (scene: string) => {
  const note = await touch(scene)
  world.clock.advance(60)
  const shopper = await world.member(`shopper-0${number++}`)
  assert.equal(await come(shopper, note), true)
  return shopper
}
const guidanceOf = ({ memberId }: Pick<Shopper, 'memberId'>) =>
  only<{ state: string; registered: boolean }>(
    world,
    'select state, registered from guidance where member_id = $1',
    [memberId],
  )
const rewardsOf = async ({ memberId }: Pick<Shopper, 'memberId'>) =>
  (
    await rows<{ kind: string; fen: number }>(
      world,
      'select kind, amount_fen as fen from guide_reward where member_id = $1 order by id',
      [memberId],
    )
  ).map(({ kind, fen }) => [kind, fen])
const handOver = async ({ orderId }: Purchase) => {
  const { digits } = await only<{ digits: string }>(world, 'select digits from pickup where order_id = $1', [
    orderId,
  ])
  await clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
}
const refund = async ({ orderId, totalFen }: Purchase) => {
  await hq('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId },
    body: { idempotencyKey: randomUUID(), expectFen: totalFen, reason: '质量问题' },
  })
  await until(async () => {
    await world.sweep('payments.refunds')
    const { state } = await only<{ state: string }>(
      world,
      'select refund_state as state from orders where id = $1',
      [orderId],
    )
    return state === 'FULL'
  }, 'money back')
}

test('domain 148 场景码 · WeChat draws a code once, for a store and for who works there; the same one the next time', async () => {
  const params = { storeId: 'S01' }
  const mine = await clerk('POST /staff/v1/stores/:storeId/guide-code', {
    params,
    body: { device: device() },
  })
  assert.match(mine.picture, /^data:image\/png;base64,iVBOR/)
  assert.equal(mine.code.staffName, '一店店员')
  const again = await clerk('POST /staff/v1/stores/:storeId/guide-code', {
    params,
    body: { device: device() },
  })
  assert.deepEqual(again, mine)
  const store = await hq('POST /console/v1/stores/:storeId/guide-code', { params })
  assert.deepEqual([store.code.staffId, store.code.storeName], [null, '1 号店'])
  const drawn = (await world.sim<{ entries: unknown[] }>('GET', '/_sim/journal?route=wxacode&limit=100'))
    .entries
  assert.equal(drawn.length, 2, 'kept, not drawn again')
  await refused(
    clerk('POST /staff/v1/stores/:storeId/guide-code', {
      params: { storeId: 'S02' },
      body: { device: device() },
    }),
    'staff.out_of_scope',
    403,
  )
  await world.sim('POST', '/_sim/faults', {
    rules: [{ match: { route: 'wxacode' }, action: { kind: 'errcode', errcode: 45009 }, times: 1 }],
  })
  await refused(
    hq('POST /console/v1/stores/:storeId/guide-code', { params: { storeId: 'S02' } }),
    'promoters.picture_unavailable',
    503,
  )
  assert.ok((await hq('POST /console/v1/stores/:storeId/guide-code', { params: { storeId: 'S02' } })).picture)
})

test('domain 121 导购归因 · brought, ordered, kept: rewarded when the after-sale term is over, once', async () => {
  const shopper = await guided(await sceneOf('clerk'))
  assert.deepEqual(await guidanceOf(shopper), { state: 'OPEN', registered: true })
  const purchase = await paid(world, shopper)
  await judge()
  assert.equal((await guidanceOf(shopper)).state, 'ORDERED')
  await handOver(purchase)
  await advance(6)
  await judge()
  assert.deepEqual(await rewardsOf(shopper), [], 'it may still come back')
  await advance(1)
  await Promise.all([judge(), judge(), judge()])
  assert.equal((await guidanceOf(shopper)).state, 'REWARDED')
  const given = [
    ['register', 200],
    ['order', 500],
  ]
  assert.deepEqual(await rewardsOf(shopper), given)
  await judge()
  assert.deepEqual(await rewardsOf(shopper), given)
  const { items } = await clerk('GET /staff/v1/guide-rewards')
  assert.deepEqual(items.map(({ kind, amountFen }) => [kind, amountFen]).toReversed(), given)
})

test('domain 121 退款扣回 · money that goes back later takes the reward with it, to the fen; before that there is none', async () => {
  const [late, early] = [await guided(await sceneOf('clerk')), await guided(await sceneOf('clerk'))]
  const [kept, gone] = [await paid(world, late), await paid(world, early)]
  await handOver(kept)
  await refund(gone)
  await judge()
  assert.equal((await guidanceOf(early)).state, 'LAPSED')
  await advance(8)
  await judge()
  assert.equal((await guidanceOf(late)).state, 'REWARDED')
  await refund(kept)
  await Promise.all([judge(), judge()])
  await judge()
  assert.equal((await guidanceOf(late)).state, 'REVERSED')
  const all = await rewardsOf(late)
  assert.equal(all.length, 4)
  assert.equal(
    all.reduce((sum, [, fen]) => sum + Number(fen), 0),
    0,
  )
  assert.deepEqual(await rewardsOf(early), [])
  const { staffId } = await only<{ staffId: string }>(
    world,
    'select staff_id as "staffId" from guidance where member_id = $1',
    [late.memberId],
  )
  const statement = await hq('GET /console/v1/guide-rewards', { query: { staffId } })
  const sum = await only<{ sum: number }>(
    world,
    'select sum(amount_fen)::int as sum from guide_reward where staff_id = $1',
    [staffId],
  )
  assert.equal(statement.balanceFen, sum.sum)
  assert.match(statement.items[0]?.member.name ?? '', /\*/)
  await assert.rejects(
    rows(
      world,
      `insert into guide_reward (member_id, kind, staff_id, store_id, order_id, amount_fen, at)
       select member_id, 'order_back', staff_id, store_id, order_id, -501, now() from guide_reward where kind = 'order' and member_id <> $1 limit 1`,
      [late.memberId],
    ),
    /goes back is the one that was given/,
  )
})

test('race: one member, twenty codes at once: credited once', async () => {
  const scenes = [await sceneOf('clerk'), await sceneOf('store'), await sceneOf('store', 'S02')]
  const notes = await Promise.all(Array.from({ length: 20 }, (_, i) => touch(scenes[i % 3] ?? '')))
  world.clock.advance(60)
  const shopper = await world.member(`shopper-0${number++}`)
  const second = await world.another()
  try {
    const there = { api: second.as(shopper.token) }
    await Promise.all(notes.map((note, i) => come(i % 2 === 0 ? shopper : there, note)))
  } finally {
    await second.close()
  }
  assert.equal(
    (await rows(world, 'select 1 from guidance where member_id = $1', [shopper.memberId])).length,
    1,
  )
})

test('first touch, and nobody’s own: who ordered before, a second time, a staff telephone, a telephone that counted before', async () => {
  const scene = await sceneOf('store')
  const known = await world.member(`shopper-0${number++}`)
  await paid(world, known)
  world.clock.advance(60)
  assert.equal(await come(known, await touch(scene)), false, 'ordered before')

  const shopper = await guided(scene)
  assert.equal(await come(shopper, await touch(await sceneOf('clerk'))), false, 'somebody else’s')
  const again = await touch(scene)
  assert.equal(await come(shopper, again), true, 'the same again is the same answer')

  const own = device()
  await clerk('POST /staff/v1/stores/:storeId/guide-code', {
    params: { storeId: 'S01' },
    body: { device: own },
  })
  const selfNote = await touch(scene)
  world.clock.advance(60)
  const self = await world.member(`shopper-0${number++}`)
  assert.equal(await come(self, selfNote, own), false, 'the clerk’s telephone')

  const shared = device()
  const [a, b] = [await touch(scene), await touch(scene)]
  world.clock.advance(60)
  assert.equal(await come(await world.member(`shopper-0${number++}`), a, shared), true)
  assert.equal(
    await come(await world.member(`shopper-0${number++}`), b, shared),
    false,
    'one telephone, one newcomer',
  )

  await refused(
    // Not the last letter: two bits of it say nothing.
    come(shopper, `${again.slice(0, -2)}${again.at(-2) === 'A' ? 'B' : 'A'}${again.at(-1)}`),
    'promoters.touch_invalid',
    422,
  )
  await refused(touch('g.nobodysCode1'), 'promoters.code_unknown', 404)
  const { plain } = await only<{ plain: boolean }>(
    world,
    'select exists (select from guidance g, guide_device d where g::text || d::text like $1) as plain',
    [`%${shared}%`],
  )
  assert.equal(plain, false)
})

test('nobody ordered in time: lapsed, and the telephone is forgotten', async () => {
  const shopper = await guided(await sceneOf('store'))
  await advance(31)
  await judge()
  await world.sweep('promoters.forget')
  assert.equal((await guidanceOf(shopper)).state, 'LAPSED')
  assert.equal(
    (
      await rows(world, 'select 1 from guidance where member_id = $1 and device_hash is not null', [
        shopper.memberId,
      ])
    ).length,
    0,
  )
  await assert.rejects(
    rows(
      world,
      `update guidance set staff_id = null, code_id = code_id, state = 'OPEN' where member_id = $1`,
      [shopper.memberId],
    ),
    /may not become that/,
  )
})

test('推广 desk · the league by store and guide, codes that end, terms that are only added; managers see their own stores', async () => {
  const from = '2026-01-01'
  const to = '2026-12-31'
  const { items } = await hq('GET /console/v1/guidance', { query: { from, to } })
  const first = items.find(({ staffName }) => staffName === '一店店员')
  // In the race above anybody may have won.
  assert.ok(first && [3, 4].includes(first.guided))
  assert.deepEqual([first.ordered, first.rewardFen], [3, 700])
  const s02 = await world.staff('s02')
  const theirs = await s02('GET /console/v1/guidance', { query: { from, to } })
  assert.ok(theirs.items.every(({ storeId }) => storeId === 'S02'))
  await refused(
    s02('GET /console/v1/guidance', { query: { from, to, storeId: 'S01' } }),
    'staff.out_of_scope',
    403,
  )
  await refused(
    hq('GET /console/v1/guidance', { query: { from: to, to: from } }),
    'promoters.span_invalid',
    400,
  )
  const own = await clerk('GET /staff/v1/stores/:storeId/guidance', { params: { storeId: 'S01' } })
  assert.equal(own.terms?.orderFen, 500)
  assert.ok(own.league.every(({ name }) => name !== ''))
  const codes = (await hq('GET /console/v1/guide-codes', { query: { storeId: 'S01' } })).items
  const [code] = codes
  assert.ok(code && code.staffId === null)
  const scene = await sceneOf('store')
  await refused(
    s02('POST /console/v1/guide-codes/:codeId/ending', { params: { codeId: code.id } }),
    'staff.not_allowed',
    403,
  )
  await hq('POST /console/v1/guide-codes/:codeId/ending', { params: { codeId: code.id } })
  await refused(touch(scene), 'promoters.code_unknown', 404)
  const fresh = await sceneOf('store')
  assert.notEqual(fresh, scene)
  await hq('POST /console/v1/guide-terms', { body: { ...TERMS, active: false } })
  const note = await touch(fresh)
  world.clock.advance(60)
  assert.equal(await come(await world.member(`shopper-0${number++}`), note), false)
  assert.equal((await hq('GET /console/v1/guide-terms')).items.length, 2)
  await assert.rejects(rows(world, 'update guide_terms set order_fen = 1'), /append-only/)
  const { items: trail } = await hq('GET /console/v1/audit-events', { query: { about: 'promoters' } })
  assert.ok(trail.some(({ action }) => action === 'promoters.code_ended'))
})

test('domain 2.5 导购进佣金账 · where the terms say so a reward stands in the ledger, is paid with wages, and goes back from there', async () => {
  await hq('POST /console/v1/guide-terms', { body: { ...TERMS, inLedger: true } })
  const shopper = await guided(await sceneOf('clerk'))
  const purchase = await paid(world, shopper)
  await handOver(purchase)
  await judge()
  await advance(8)
  await Promise.all([judge(), judge()])
  const account = async () => (await hq('GET /console/v1/commission-accounts')).items[0]
  const kept = await account()
  assert.deepEqual([kept?.staffName, kept?.sums.availableFen], ['一店店员', 700])
  const params = { accountId: kept?.accountId ?? '' }
  const wages = (amountFen: number) =>
    hq('POST /console/v1/commission-accounts/:accountId/wages', {
      params,
      body: { amountFen, note: '十一月工资' },
    })
  await refused(wages(701), 'commissions.short', 409)
  assert.deepEqual(await wages(700), {
    pendingFen: 0,
    frozenFen: 0,
    availableFen: 0,
    withdrawingFen: 0,
    paidFen: 700,
  })
  await refund(purchase)
  await Promise.all([judge(), judge()])
  await judge()
  assert.equal((await account())?.sums.availableFen, -700, 'the next wages make up for it')
})
