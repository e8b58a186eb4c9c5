// 试算: a basket priced as the shop would price it, with a rule that does not exist yet; nothing is written.
import type { AllRoutes, Input } from '@linli/contract'
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { APPLE, SOY } from '../fixtures.ts'
import { refused } from '../refused.ts'
import { type LinliApi, openWorld, type World } from '../world.ts'

let world: World
let hq: LinliApi
let s02: LinliApi
before(async () => {
  world = await openWorld()
  hq = await world.staff('hq')
  s02 = await world.staff('s02')
})
after(() => world.close())

type Rule = NonNullable<Input<AllRoutes['POST /console/v1/price-trials']>['body']['rule']>
const rule = (over: Partial<Rule> = {}): Rule => ({
  stage: 'step',
  label: '试一试',
  steps: [{ atFen: 100, atPieces: 0, offFen: 50, offBp: 0 }],
  maxOffFen: null,
  stackGroup: 'trial',
  exclusiveWith: [],
  funding: 'store',
  storeIds: ['S01'],
  categoryIds: [],
  skuIds: [],
  exceptCategoryIds: [],
  exceptSkuIds: [],
  startsAt: '2099-01-01T00:00:00Z',
  endsAt: null,
  replaces: null,
  ...over,
})
const trial = (draft: Rule | null, { storeId = 'S01', who = hq } = {}) =>
  who('POST /console/v1/price-trials', {
    body: {
      storeId,
      lines: [
        { skuId: APPLE, quantity: 2 },
        { skuId: SOY, quantity: 1 },
      ],
      rule: draft,
    },
  })
const outcomeOf = ({ explanation }: Awaited<ReturnType<typeof trial>>, label: string) =>
  explanation.find((each) => each.label === label)

test('a rule that is only thought of acts as if it were live, on the basket alone', async () => {
  const untouched = await world.fingerprint()
  const [plain, tried] = [await trial(null), await trial(rule())]
  assert.equal(tried.totalFen, plain.totalFen - 50)
  assert.deepEqual([outcomeOf(tried, '试一试')?.why, outcomeOf(tried, '试一试')?.offFen], ['applied', 50])
  assert.equal(outcomeOf(await trial(rule(), { storeId: 'S02' }), '试一试'), undefined, 'not in other stores')
  assert.equal(await world.fingerprint(), untouched)
})

test('a new version is tried without the one it would replace; lists count every state', async () => {
  const old = await hq('POST /console/v1/price-rules', {
    body: rule({ label: '旧的', startsAt: world.clock.now().toISOString() }),
  })
  const tried = await trial(
    rule({ replaces: old.id, steps: [{ atFen: 100, atPieces: 0, offFen: 70, offBp: 0 }] }),
  )
  assert.deepEqual([outcomeOf(tried, '旧的'), outcomeOf(tried, '试一试')?.offFen], [undefined, 70])
  const before = await hq('GET /console/v1/price-rules', { query: { state: 'live' } })
  assert.equal(before.total, before.counts['live'])
  await hq('POST /console/v1/price-rules/:ruleId/ending', { params: { ruleId: old.id } })
  const now = await hq('GET /console/v1/price-rules', { query: {} })
  assert.deepEqual(
    [now.counts['live'], now.counts['over'], now.total],
    [
      (before.counts['live'] ?? 0) - 1,
      (before.counts['over'] ?? 0) + 1,
      before.total + (before.counts['over'] ?? 0) + (before.counts['planned'] ?? 0),
    ],
  )
})

test('what could not be a rule is refused by name, and other stores are nobody’s business', async () => {
  const steps = [{ atFen: 50, atPieces: 0, offFen: 50, offBp: 0 }]
  await refused(trial(rule({ steps })), 'pricing.rule_unsound', 422)
  await refused(trial(null, { who: s02 }), 'staff.out_of_scope', 403)
})
