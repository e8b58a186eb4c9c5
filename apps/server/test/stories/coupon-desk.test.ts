// Coupons at the console: how they stand, whose they are, what became of each, and how they are taken away again.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { coupon, couponNow, mine, plantPoints, template } from '../benefits.ts'
import { APPLE, plant, SOY } from '../fixtures.ts'
import { rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { order, wrongInTheBooks } from '../shopping.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

const THREE = [{ skuId: APPLE, quantity: 3 }]
let world: World
let hq: LinliApi
let s01: LinliApi
let serial = 0
before(async () => {
  world = await openWorld({
    fill: async (url) => {
      await plant(url)
      await plantPoints(url)
    },
  })
  hq = await world.staff('hq')
  s01 = await world.staff('s01')
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})
const newcomer = (): Promise<Shopper> => world.member(`shopper-${String(++serial + 300).padStart(4, '0')}`)
const make = (over: Parameters<typeof template>[0] = {}) =>
  hq('POST /console/v1/coupon-templates', { body: template(over) })
const grant = (templateId: string, memberIds: string[]) =>
  hq('POST /console/v1/coupon-templates/:templateId/grants', {
    params: { templateId },
    body: { idempotencyKey: randomUUID(), memberIds },
  })
const show = (templateId: string, who = hq) =>
  who('GET /console/v1/coupon-templates/:templateId', { params: { templateId } })
const withdraw = (couponIds: string[], who = hq) =>
  who('POST /console/v1/coupon-withdrawals', { body: { couponIds, reason: ' 发错了人 ' } })

test('a template says how its coupons stand; each coupon says what became of it', async () => {
  const shoppers = [await newcomer(), await newcomer()] as const
  const { id } = await make({ label: '看得见的券' })
  const { granted } = await grant(
    id,
    shoppers.map(({ memberId }) => memberId),
  )
  const [first, second] = granted.map(({ couponId }) => couponId)
  assert.ok(first && second)
  const placed = await order(shoppers[0], { lines: THREE, couponIds: [first] })
  assert.deepEqual((await show(id)).counts, { UNUSED: 1, LOCKED: 1, USED: 0, EXPIRED: 0, VOID: 0 })
  await shoppers[0].api('POST /v1/orders/:orderId/cancellation', { params: { orderId: placed.id }, body: {} })

  const { items, total } = await hq('GET /console/v1/coupon-templates/:templateId/coupons', {
    params: { templateId: id },
    query: { state: 'UNUSED' },
  })
  // Granted at once, they have no order among each other.
  assert.deepEqual(
    [total, items.map((each) => each.member.id).sort()],
    [2, granted.map(({ memberId }) => memberId).sort()],
  )
  const { events } = await hq('GET /console/v1/coupons/:couponId', { params: { couponId: first } })
  assert.deepEqual(
    events.map(({ verb, to, orderId }) => [verb, to, orderId]),
    [
      ['grant', 'UNUSED', null],
      ['lock', 'LOCKED', placed.id],
      ['give_back', 'UNUSED', placed.id],
    ],
  )
})

test('who holds coupons is head office’s to see; a manager sees the templates of their own stores and changes none', async () => {
  const shopper = await newcomer()
  const { id } = await make({ label: '二店的券', storeIds: ['S02'] })
  const everywhere = await make({ label: '处处能用的券' })
  const { granted } = await grant(id, [shopper.memberId])
  const couponId = granted[0]?.couponId ?? ''
  await refused(show(id, s01), 'coupons.template_missing')
  assert.equal((await show(everywhere.id, s01)).id, everywhere.id)
  const seen = await s01('GET /console/v1/coupon-templates', { query: { limit: 100 } })
  assert.ok(!seen.items.some((each) => each.id === id))
  await refused(s01('GET /console/v1/coupon-templates', { query: { storeId: 'S02' } }), 'staff.out_of_scope')
  await refused(s01('GET /console/v1/coupons/:couponId', { params: { couponId } }), 'staff.not_allowed')
  await refused(
    s01('GET /console/v1/coupon-templates/:templateId/coupons', {
      params: { templateId: everywhere.id },
      query: {},
    }),
    'staff.not_allowed',
  )
  await refused(withdraw([couponId], s01), 'staff.not_allowed')
  await refused(s01('GET /console/v1/members', { query: { q: '李' } }), 'staff.not_allowed')
})

test('the list of templates is narrowed by state, kind, store and name, and counts under the other filters', async () => {
  await make({ label: '找得到的券' })
  const other = await make({
    label: '找得到的兑换',
    kind: 'exchange',
    steps: [],
    toFen: 0,
    storeIds: ['S02'],
  })
  await hq('POST /console/v1/coupon-templates/:templateId/ending', { params: { templateId: other.id } })
  const ask = async (query: { state?: 'open' | 'over'; kind?: 'exchange'; storeId?: string }) => {
    const { items, total, counts } = await hq('GET /console/v1/coupon-templates', {
      query: { q: '找得到', ...query },
    })
    assert.equal(items.length, total)
    return { labels: items.map(({ label }) => label), counts }
  }
  const counts = { open: 1, over: 1 }
  assert.deepEqual(await ask({ state: 'open' }), { labels: ['找得到的券'], counts })
  assert.deepEqual(await ask({ state: 'over' }), { labels: ['找得到的兑换'], counts })
  assert.deepEqual((await ask({ kind: 'exchange' })).counts, { open: 0, over: 1 })
  assert.deepEqual((await ask({ storeId: 'S01' })).labels, ['找得到的券'])
  assert.deepEqual((await ask({})).labels, ['找得到的兑换', '找得到的券'])
})

test('what nobody has used is taken away with a reason; what an order has stays, and the answer says so', async () => {
  const [shopper, other] = [await newcomer(), await newcomer()]
  const { id } = await make({ most: 2, mostEach: 1 })
  const { granted } = await grant(id, [shopper.memberId, other.memberId])
  const [loose, taken] = granted.map(({ couponId }) => couponId)
  assert.ok(loose && taken)
  await order(other, { lines: THREE, couponIds: [taken] })
  assert.deepEqual(await withdraw([loose, taken]), {
    withdrawn: [loose],
    kept: [{ couponId: taken, state: 'LOCKED' }],
  })
  assert.equal((await couponNow(world, loose)).state, 'VOID')
  assert.deepEqual(await mine(shopper), [])
  await refused(order(shopper, { lines: THREE, couponIds: [loose] }), 'coupons.unusable')
  const { events } = await hq('GET /console/v1/coupons/:couponId', { params: { couponId: loose } })
  assert.deepEqual(
    [events.at(-1)?.verb, events.at(-1)?.reason, events.at(-1)?.by],
    ['void', '发错了人', 'staff:hq'],
  )
  const trail = await rows<{ after: { reason: string; couponIds: string[] } }>(
    world,
    `select after from audit_event where action = 'coupons.withdrawn' and subject = $1`,
    [`coupon_template:${id}`],
  )
  assert.deepEqual(
    trail.map(({ after: said }) => said),
    [{ reason: '发错了人', couponIds: [loose] }],
  )
  assert.deepEqual(await withdraw([loose]), {
    withdrawn: [],
    kept: [{ couponId: loose, state: 'VOID' }],
  })
  await refused(withdraw(['01900000-0000-7000-8000-000000000000']), 'coupons.missing')

  // What was withdrawn counts neither for the template nor for its holder.
  assert.equal((await show(id)).granted, 1)
  const again = await grant(id, [shopper.memberId])
  assert.deepEqual([again.granted.length, again.full], [1, []])
  await refused(grant(id, [(await newcomer()).memberId]), 'coupons.granted_out')
})

test('an order and a withdrawal want the same coupon: one of them has it', async () => {
  for (let turn = 0; turn < 6; turn++) {
    const shopper = await newcomer()
    const id = await coupon(world, shopper)
    const [placed, answer] = await Promise.allSettled([
      order(shopper, { lines: THREE, couponIds: [id] }),
      withdraw([id]),
    ])
    assert.equal(answer.status, 'fulfilled')
    const { state } = await couponNow(world, id)
    const gone = answer.value.withdrawn.length === 1
    assert.equal(placed.status, gone ? 'rejected' : 'fulfilled')
    assert.equal(state, gone ? 'VOID' : 'LOCKED')
  }
})

test('members are found by name and by whole numbers; nobody else’s number is told', async () => {
  const shopper = await newcomer()
  await shopper.api('PUT /v1/me/nickname', { body: { nickname: '找得着的张三丰' } })
  const { items } = await hq('GET /console/v1/members', { query: { q: '得着的张' } })
  assert.deepEqual(items, [{ id: shopper.memberId, name: '找***丰', phoneTail: null }])
  const { code } = await world.sim<{ code: string }>('POST', '/_sim/phone', {
    shopper: 'shopper-0309',
    phone: '19900000309',
  })
  await shopper.api('PUT /v1/me/phone', { body: { code } })
  const looked = await hq('POST /console/v1/member-lookups', {
    body: { phones: ['19911112222', '19900000309'] },
  })
  assert.deepEqual(looked.items, [
    { phone: '19911112222', member: null },
    { phone: '19900000309', member: { id: shopper.memberId, name: '找***丰', phoneTail: '0309' } },
  ])
  assert.deepEqual((await hq('GET /console/v1/members', { query: { q: '0309' } })).items.length, 1)
})

test('a coupon that nobody holds yet is tried on a basket, beside the rules as they are', async () => {
  const untouched = await world.fingerprint()
  const trial = (draft: ReturnType<typeof template> | null) =>
    hq('POST /console/v1/price-trials', {
      body: {
        storeId: 'S01',
        lines: [
          { skuId: APPLE, quantity: 2 },
          { skuId: SOY, quantity: 1 },
        ],
        rule: null,
        coupon: draft,
      },
    })
  const plain = await trial(null)
  const tried = await trial(template({ label: '试一试' }))
  assert.equal(tried.totalFen, plain.totalFen - 300)
  const told = await trial(
    template({ label: '够不着', steps: [{ atFen: 9_000_000, atPieces: 0, offFen: 1, offBp: 0 }] }),
  )
  assert.deepEqual(
    told.explanation.filter(({ label }) => label === '够不着').map(({ why }) => why),
    ['below_threshold'],
  )
  await refused(trial(template({ steps: [] })), 'coupons.template_unsound')
  assert.equal(await world.fingerprint(), untouched)
})
