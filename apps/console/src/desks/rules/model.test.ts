import assert from 'node:assert/strict'
import { test } from 'node:test'

import {
  emptyForm,
  type Form,
  formFault,
  formOf,
  goodsWords,
  inputOf,
  type Rule,
  termsWords,
} from './model.ts'

const NOW = Date.parse('2026-11-22T02:00:00Z')
const rule: Rule = {
  id: '01900000-0000-7000-8000-000000000000',
  stage: 'step',
  label: '满59减5',
  steps: [
    { atFen: 5900, atPieces: 0, offFen: 500, offBp: 0 },
    { atFen: 9900, atPieces: 0, offFen: 850, offBp: 0 },
  ],
  maxOffFen: 2000,
  stackGroup: 'step',
  exclusiveWith: ['x'],
  funding: 'hq',
  storeIds: ['S01'],
  categoryIds: ['LY'],
  skuIds: [],
  exceptCategoryIds: [],
  exceptSkuIds: ['01900000-0000-7000-8000-000000000001'],
  startsAt: '2026-11-01T00:00:00.000Z',
  endsAt: null,
  replaces: null,
  state: 'live',
  createdAt: '2026-10-31T00:00:00.000Z',
  createdBy: 'staff:hq',
  endedAt: null,
  endedBy: null,
}
const form = (over: Partial<Form> = {}): Form => ({ ...emptyForm(null, NOW), label: '满减', ...over })

test('a rule is said in one sentence', () => {
  assert.equal(termsWords(rule), '满 ¥59 减 ¥5，满 ¥99 减 ¥8.50，最多减 ¥20')
  const pieces = { steps: [{ atFen: 0, atPieces: 3, offFen: 0, offBp: 1500 }], maxOffFen: null }
  assert.equal(termsWords(pieces), '满 3 件打 8.5 折')
  assert.equal(
    goodsWords(rule, () => '粮油'),
    '粮油，除了1 个商品',
  )
  assert.equal(goodsWords({ ...rule, categoryIds: [], exceptSkuIds: [] }, String), '所有商品')
})
test('a new version of a rule keeps all its terms, and names what it replaces', () => {
  const { id, steps, maxOffFen, stackGroup, exclusiveWith, exceptSkuIds, storeIds, categoryIds } = rule
  const input = inputOf(formOf(rule, NOW), rule)
  assert.deepEqual(
    { ...input, startsAt: undefined },
    {
      stage: 'step',
      label: '满59减5',
      steps,
      maxOffFen,
      stackGroup,
      exclusiveWith,
      funding: 'hq',
      storeIds,
      categoryIds,
      skuIds: [],
      exceptCategoryIds: [],
      exceptSkuIds,
      startsAt: undefined,
      endsAt: null,
      replaces: id,
    },
  )
  assert.equal(input?.startsAt, new Date(NOW).toISOString(), 'what began before begins again now')
})
const FAULTS: readonly [Partial<Form>, RegExp][] = [
  [{ label: ' ' }, /名字/],
  [{ steps: [{ at: '59', off: '' }] }, /第 1 档的数字/],
  [{ steps: [{ at: '5', off: '5' }] }, /减的比门槛/],
  [
    {
      steps: [
        { at: '59', off: '5' },
        { at: '99', off: '4' },
      ],
    },
    /第 2 档要比上一档/,
  ],
  [{ off: 'bp', steps: [{ at: '59', off: '10' }] }, /第 1 档的数字/],
  [{ maxOff: 'x' }, /最多减/],
  [{ endsAt: '2026-11-01T00:00:00.000Z' }, /结束要晚于开始/],
]
for (const [over, words] of FAULTS)
  test(`what is wrong with a rule is said before it is sent · ${words.source}`, () => {
    assert.match(formFault(form(over)) ?? '', words)
    assert.equal(inputOf(form(over), undefined), undefined)
  })
test('a rate is typed as a price tag says it', () => {
  const input = inputOf(form({ by: 'pieces', off: 'bp', steps: [{ at: '2', off: '8.8' }] }), undefined)
  assert.deepEqual(input?.steps, [{ atFen: 0, atPieces: 2, offFen: 0, offBp: 1200 }])
})
