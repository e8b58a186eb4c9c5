// A rule from the desk of head office to the bag of a shopper, and what became of every fen.
import type { AllRoutes, Input } from '@linli/contract'
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { APPLE, idOf, PEAR, SOY } from '../fixtures.ts'
import { paid } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { order, wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

type RuleInput = Input<AllRoutes['POST /console/v1/price-rules']>['body']

let world: World
let hq: LinliApi
let manager: LinliApi
let shopper: Shopper
before(async () => {
  world = await openWorld()
  hq = await world.staff('hq')
  manager = await world.staff('s01')
  shopper = await world.member('shopper-0001')
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

const step = (atFen: number, offFen: number) => ({ atFen, atPieces: 0, offFen, offBp: 0 })
const ruleOf = (over: Partial<RuleInput> = {}): RuleInput => ({
  stage: 'step',
  label: '满30减4',
  steps: [step(3000, 400)],
  maxOffFen: null,
  stackGroup: 'step',
  exclusiveWith: [],
  funding: 'hq',
  storeIds: ['S01'],
  categoryIds: [],
  skuIds: [],
  exceptCategoryIds: [],
  exceptSkuIds: [],
  startsAt: '2020-01-01T00:00:00+08:00',
  endsAt: null,
  replaces: null,
  ...over,
})
const add = (over: Partial<RuleInput> = {}, api = hq) =>
  api('POST /console/v1/price-rules', { body: ruleOf(over) })
const end = (ruleId: string, api = hq) =>
  api('POST /console/v1/price-rules/:ruleId/ending', { params: { ruleId } })
/** Adds rules, does something under them, ends them: tests do not meet each other's rules. */
async function under(rules: readonly Partial<RuleInput>[], work: (ids: string[]) => Promise<void>) {
  const ids: string[] = []
  for (const over of rules) ids.push((await add(over)).id)
  try {
    await work(ids)
  } finally {
    for (const id of ids) await end(id).catch(() => undefined)
  }
}
const LINES = [
  { skuId: APPLE, quantity: 2 },
  { skuId: PEAR, quantity: 1 },
]
const quote = (lines = LINES, storeId = 'S01') =>
  shopper.api('POST /v1/quotes', { body: { storeId, fulfilment: { kind: 'pickup' }, lines } })

test('a 满减 lowers quote, cart and order alike, line by line; the order keeps it, and an old price is refused', async () => {
  assert.equal((await quote()).totalFen, 3740)
  await under([{}], async ([id = '']) => {
    const quoted = await quote()
    assert.deepEqual([quoted.goodsFen, quoted.discountFen, quoted.totalFen], [3740, 400, 3340])
    assert.deepEqual(
      quoted.lines.map(({ discounts, payFen }) => [discounts, payFen]),
      [
        [[{ rule: id, label: '满30减4', offFen: 274, points: 0 }], 2286],
        [[{ rule: id, label: '满30减4', offFen: 126, points: 0 }], 1054],
      ],
    )
    for (const { skuId, quantity } of LINES)
      await shopper.api('PUT /v1/cart/lines/:skuId', {
        params: { skuId },
        body: { storeId: 'S01', quantity },
      })
    const cart = await shopper.api('GET /v1/cart', { query: { storeId: 'S01' } })
    assert.deepEqual({ ...cart.quote, points: null, storedValue: null, dueFen: 3340 }, quoted)

    const changed = await refused(
      order(shopper, { lines: LINES, expectFen: 3740 }),
      'orders.price_changed',
      409,
    )
    assert.deepEqual(changed.data, { totalFen: 3340 })
    const placed = await order(shopper, { lines: LINES, expectFen: 3340 })
    await end(id)
    assert.equal((await quote()).totalFen, 3740)
    const kept = await shopper.api('GET /v1/orders/:orderId', { params: { orderId: placed.id } })
    assert.deepEqual([kept.goodsFen, kept.discountFen, kept.totalFen], [3740, 400, 3340])
    assert.deepEqual(
      kept.lines.map(({ discounts, payFen }) => [discounts, payFen]),
      quoted.lines.map(({ discounts, payFen }) => [discounts, payFen]),
    )
  })
})

test('an order under a rule is paid and given back at its own price', async () => {
  await under([{}], async () => {
    const bought = await paid(world, shopper, 3)
    assert.equal(bought.totalFen, 3840 - 400)
    const { totalFen } = bought
    await hq('POST /console/v1/orders/:orderId/refunds', {
      params: { orderId: bought.orderId },
      body: { idempotencyKey: 'rule-refund', expectFen: totalFen, reason: '顾客不要了' },
    })
    await world.linli.jobs['payments.refunds']?.()
    await until(async () => {
      const { refundState } = await shopper.api('GET /v1/orders/:orderId', {
        params: { orderId: bought.orderId },
      })
      return refundState === 'FULL'
    }, 'the refund is through')
  })
})

test('the quote says why: what acted, how far the next step is, what is beaten, excluded, or not for these goods', async () => {
  const rules: Partial<RuleInput>[] = [
    { label: '满30减4', steps: [step(3000, 400), step(5000, 900)] },
    { label: '满30减2', steps: [step(3000, 200)] },
    { label: '自提九五折', stage: 'pickup', stackGroup: 'pickup', steps: [{ ...step(0, 0), offBp: 500 }] },
    { label: '粮油满10减1', stackGroup: 'grain', categoryIds: ['L'], steps: [step(1000, 100)] },
    { label: '水果满30减3', stackGroup: 'fruit', exclusiveWith: ['step'], steps: [step(3000, 300)] },
    { label: '满99减20', stackGroup: 'big', steps: [step(9900, 2000)] },
  ]
  await under(rules, async () => {
    const { explanation, totalFen } = await quote()
    assert.equal(totalFen, 3740 - 400 - 167) // five percent of 3340, rounded down
    const told = new Map(explanation.map(({ label, why, words }) => [label, [why, words]]))
    assert.deepEqual(Object.fromEntries(told), {
      满30减4: ['applied', '减了 ¥4，还差 ¥12.60 减 ¥9'],
      满30减2: ['beaten', '同类优惠只用一个，「满30减4」更省'],
      自提九五折: ['applied', '减了 ¥1.67'],
      粮油满10减1: ['goods_not_eligible', '这单没有能参加的商品'],
      水果满30减3: ['excluded', '和「满30减4」不能同享'],
      满99减20: ['below_threshold', '还差 ¥61.60 减 ¥20'],
    })
    const short = explanation.find(({ label }) => label === '满99减20')
    assert.deepEqual(short?.next, { missingFen: 6160, missingPieces: 0, offFen: 2000, offBp: 0 })
  })
})

test('a rule of one store is nothing to another; what is planned is told to nobody', async () => {
  await under([{}, { label: '明年', startsAt: '2099-01-01T00:00:00+08:00' }], async () => {
    assert.deepEqual((await quote(LINES, 'S02')).explanation, [])
    assert.deepEqual(
      (await quote()).explanation.map(({ label }) => label),
      ['满30减4'],
    )
  })
})

test('a rule begins and ends by the clock', async () => {
  const now = world.clock.now().getTime()
  const at = (seconds: number) => new Date(now + seconds * 1000).toISOString()
  await under([{ startsAt: at(60), endsAt: at(120) }], async ([id]) => {
    const seen: (readonly [number, string | undefined])[] = []
    for (const seconds of [0, 60, 60]) {
      await world.advance(seconds)
      const { items } = await hq('GET /console/v1/price-rules')
      seen.push([(await quote()).discountFen, items.find((rule) => rule.id === id)?.state])
    }
    assert.deepEqual(seen, [
      [0, 'planned'],
      [400, 'live'],
      [0, 'over'],
    ])
  })
})

test('every server process prices by the same rules', async () => {
  const second = await world.another()
  try {
    const there = () =>
      second.as(shopper.token)('POST /v1/quotes', {
        body: { storeId: 'S01', fulfilment: { kind: 'pickup' }, lines: LINES },
      })
    await under([{}], () =>
      until(async () => (await there()).totalFen === 3340, 'the other process knows the rule'),
    )
    await until(async () => (await there()).totalFen === 3740, 'and that it ended')
  } finally {
    await second.close()
  }
})

test('GET /console/v1/price-rules · 200: newest first, by state, within my stores', async () => {
  await under(
    [{ label: '一店' }, { label: '二店', storeIds: ['S02'] }, { label: '全部', storeIds: null }],
    async () => {
      const labels = async (api: LinliApi) =>
        (await api('GET /console/v1/price-rules', { query: { state: 'live', limit: 3 } })).items.map(
          ({ label }) => label,
        )
      assert.deepEqual(await labels(hq), ['全部', '二店', '一店'])
      assert.deepEqual(await labels(manager), ['全部', '一店'])
      const over = await hq('GET /console/v1/price-rules', { query: { state: 'over', limit: 1 } })
      assert.equal(over.items.length, 1)
      assert.ok(
        over.total > 1 && over.items.every(({ endedBy, endsAt }) => endedBy !== null || endsAt !== null),
      )
    },
  )
})

test('POST /console/v1/price-rules · 201: a replacement ends what it replaces; both stand in the trail', async () => {
  const first = await add()
  const second = await add({ label: '满30减5', steps: [step(3000, 500)], replaces: first.id })
  assert.deepEqual([first.state, second.state, second.replaces], ['live', 'live', first.id])
  assert.equal((await quote()).discountFen, 500)
  const { items } = await hq('GET /console/v1/audit-events', { query: { q: first.id } })
  assert.deepEqual(
    items.map(({ action }) => action),
    ['pricing.rule_ended', 'pricing.rule_added'],
  )
  await refused(add({ replaces: first.id }), 'pricing.rule_over', 409)
  await end(second.id)
  assert.equal((await quote()).discountFen, 0)
})

const UNSOUND: readonly [code: string, status: number, over: Partial<RuleInput>][] = [
  ['pricing.rule_unsound', 422, { steps: [step(3000, 0)] }],
  ['pricing.rule_unsound', 422, { steps: [step(300, 400)] }],
  ['pricing.rule_unsound', 422, { steps: [step(3000, 400), step(2000, 500)] }],
  ['pricing.rule_unsound', 422, { endsAt: '2020-01-01T00:00:00+08:00' }],
  ['request.invalid', 400, { startsAt: '2026-99-99T00:00:00Z' }],
  ['stores.missing', 404, { storeIds: ['S99'] }],
  ['catalog.category_missing', 422, { categoryIds: ['nothing'] }],
  ['catalog.sku_missing', 404, { exceptSkuIds: [idOf('sku:nobody')] }],
  ['pricing.rule_missing', 404, { replaces: idOf('rule') }],
]
for (const [code, status, over] of UNSOUND)
  test(`POST /console/v1/price-rules · ${status} ${code} · ${JSON.stringify(over)}`, async () => {
    const before = await world.fingerprint()
    await refused(add(over), code, status)
    assert.equal(await world.fingerprint(), before)
  })

test('a manager makes and ends rules of their own stores, and no others', async () => {
  const mine = await add({ funding: 'store', skuIds: [SOY] }, manager)
  assert.equal(mine.createdBy, 'staff:s01')
  await refused(add({ storeIds: ['S01', 'S02'] }, manager), 'staff.out_of_scope', 403)
  await refused(add({ storeIds: null }, manager), 'staff.out_of_scope', 403)
  const theirs = await add({ storeIds: null })
  await refused(end(theirs.id, manager), 'staff.out_of_scope', 403)
  await refused(add({ replaces: theirs.id }, manager), 'staff.out_of_scope', 403)
  assert.equal((await end(mine.id, manager)).endedBy, 'staff:s01')
  await end(theirs.id)
})

test('POST /console/v1/price-rules/:ruleId/ending · 404 rule_missing, 409 rule_over', async () => {
  await refused(end(idOf('rule')), 'pricing.rule_missing', 404)
  const { id } = await add()
  assert.equal((await end(id)).state, 'over')
  await refused(end(id), 'pricing.rule_over', 409)
})

test('POST /console/v1/price-rules · 409 rules_full at two hundred that are live or planned', async () => {
  const { pool } = world.ctx.database
  await pool.query(
    `insert into price_rule (id, stage, label, steps, stack_group, funding, starts_at, created_at, created_by)
     select gen_random_uuid(), 'step', '占位', '[{"atFen":0,"atPieces":9999,"offFen":1,"offBp":0}]', 'step', 'hq', '2099-01-01', now(), 'test'
     from generate_series(1, 200)`,
  )
  await refused(add(), 'pricing.rules_full', 409)
  await pool.query(`update price_rule set ended_at = now(), ended_by = 'test' where created_by = 'test'`)
  await end((await add()).id)
})

test('the table keeps rules as they were', async () => {
  const { id } = await add()
  const { pool } = world.ctx.database
  for (const text of [
    `update price_rule set label = '满30减40' where id = $1`,
    `update price_rule set steps = '[]' where id = $1`,
    `delete from price_rule where id = $1`,
  ])
    await assert.rejects(pool.query(text, [id]), /never edited|violates/)
  await end(id)
  await assert.rejects(
    pool.query(`update price_rule set ended_at = null, ended_by = null where id = $1`, [id]),
  )
})
