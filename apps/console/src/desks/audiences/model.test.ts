import assert from 'node:assert/strict'
import { test } from 'node:test'

import {
  AMOUNT_FACTS,
  CHOICE_FACTS,
  type AudienceRule,
  type Condition,
  ruleFault,
  SEGMENTS,
} from '@linli/contract/audience-rules'

import {
  boundWords,
  changeWords,
  factWords,
  figureWords,
  isChosen,
  movedRow,
  type Names,
  plainWords,
  segmentWords,
  spanWords,
  withNode,
  withPart,
  withRow,
} from './model.ts'

const names: Names = {
  store: (id) => id,
  category: (id) => `类${id}`,
  sku: () => '纸尿裤',
  tier: (code) => code,
  tag: () => '街坊',
}
const weekend: Condition = { fact: 'purchases', op: 'at_least', value: 4, lastDays: 90, weekdays: [6, 7] }

test('every fact has words, and a condition to begin with that can be asked once something is chosen', () => {
  for (const fact of [...AMOUNT_FACTS, ...CHOICE_FACTS]) {
    const { fresh, name } = factWords[fact]
    assert.ok(name)
    assert.equal(fresh.fact, fact)
    const fault = ruleFault({ rows: [fresh] })?.fault
    assert.equal(fault, fact === 'goods_times' || fact === 'goods_pieces' ? 'goods' : undefined, fact)
  }
  assert.equal(new Set(SEGMENTS.map((segment) => segmentWords[segment])).size, SEGMENTS.length)
})

test('a condition reads as people would say it', () => {
  assert.equal(plainWords(weekend, names), '近 90 天 里，在 周六、周日 买过 ≥ 4 次')
  assert.equal(
    plainWords({ fact: 'marketing_messages', op: 'at_least', value: 2, lastDays: 30, not: true }, names),
    '不是  近 30 天 里，收过 ≥ 2 条 营销消息的',
  )
  assert.equal(
    plainWords({ fact: 'goods_times', op: 'at_least', value: 2, categoryIds: ['G'], skuIds: ['x'] }, names),
    '一直以来 里，买 类G、纸尿裤  ≥ 2 次',
  )
  assert.equal(
    boundWords({ fact: 'average_fen', op: 'between', value: 8000, upTo: 9000 }),
    '¥80.00 到 ¥90.00',
  )
  assert.equal(
    spanWords({ fact: 'purchases', op: 'at_least', value: 1, from: '2026-01-01' }),
    '2026-01-01 到 今天',
  )
  assert.equal(changeWords({ entered: 1234, left: 9 }), '进 1,234 出 9')
})

test('what a member is, beside what was asked for', () => {
  assert.equal(figureWords(weekend, 7, names), '7 次')
  assert.equal(figureWords({ fact: 'average_fen', op: 'at_least', value: 1 }, null, names), '没有记录')
  assert.equal(figureWords({ fact: 'segment', oneOf: ['loyal'] }, ['champion'], names), '核心常客')
  assert.equal(figureWords({ fact: 'tag', oneOf: ['x'] }, [], names), '没有标签')
})

test('a rule is changed at a path, and a group that is empty goes', () => {
  const group = withPart({ how: 'any', parts: [weekend] }, { fact: 'rfm_r', op: 'at_least', value: 4 })
  const rule: AudienceRule = withRow(withRow({ rows: [] }, weekend), group)
  assert.deepEqual(withNode(rule, '1.0', undefined).rows[1], { how: 'any', parts: [group.parts[1]] })
  assert.equal(withNode(withNode(rule, '1.1', undefined), '1.0', undefined).rows.length, 1)
  assert.deepEqual(withNode(rule, '0', { ...weekend, not: true }).rows[0], { ...weekend, not: true })
  assert.deepEqual(movedRow(rule, 1, -1).rows, [group, weekend])
  assert.equal(isChosen({ how: 'any', parts: [{ fact: 'tier', oneOf: [] }] }), false)
})
