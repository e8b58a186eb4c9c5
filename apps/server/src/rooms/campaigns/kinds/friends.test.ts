// Assists and share rewards as they are published, what is said alike of all friends, and what cannot be said.
import { AssistTerms, ShareOffTerms } from '@linli/contract/campaign-rallies'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Value } from 'typebox/value'
import type { CampaignPlan, CampaignTermsOf } from '#room/campaigns'
import { kindFaults, kindRules } from './index.ts'

const start = new Date('2026-11-24T00:00:00Z')
const terms: CampaignTermsOf<'assist'> = {
  kind: 'assist',
  storeIds: ['S01'],
  helpers: 2,
  templateId: '01900000-0000-7000-8000-000000000000',
  hours: 24,
  helpsEach: 3,
  helpsPerDay: 2,
  helperTemplateId: null,
}
const plan: CampaignPlan<CampaignTermsOf<'assist'>> = {
  name: '三人助力',
  items: [],
  perMember: 1,
  payMinutes: 10,
  armMinutes: 0,
  tiers: null,
  firstOrder: false,
  funding: 'hq',
  startsAt: start,
  endsAt: new Date(start.getTime() + 86_400_000),
  terms,
}
const nowhere = (): undefined => undefined

test('domain 2.4 助力: terms are sound, or refused by field', () => {
  assert.deepEqual(kindFaults(plan, nowhere), [])
  const goods = [{ skuId: 'cup', priceFen: 1, quotas: [{ storeId: 'S01', quota: 1 }] }]
  assert.equal(kindFaults({ ...plan, items: goods }, nowhere)[0]?.code, 'assist_no_items')
  const narrow = { ...plan, terms: { ...terms, helpsEach: 1 } }
  assert.equal(kindFaults(narrow, nowhere)[0]?.code, 'helps_per_day')
})

test('domain 2.4 助力: chance, nobody and less than nothing cannot be said', () => {
  assert.ok(Value.Check(AssistTerms, terms))
  for (const odd of [
    { helpers: 0 },
    { chance: 0.5 },
    { helpsEach: -1 },
    { mustShare: true },
    { storeIds: [] },
  ])
    assert.ok(!Value.Check(AssistTerms, { ...terms, ...odd }), JSON.stringify(odd))
})

test('domain 2.4 助力: what is published says how many, how long, how often, and what a friend gets', () => {
  const words = (over: Partial<typeof terms>) =>
    kindRules({ ...plan, terms: { ...terms, ...over } })
      .map((rule) => rule.words)
      .join()
  for (const part of ['正好 2 位', '24 小时', '每天最多帮 2 次', '最多 3 次', '只转发不算', '帮忙没有奖励'])
    assert.ok(words({}).includes(part), part)
  assert.ok(words({ helperTemplateId: terms.templateId }).includes('每帮一次得一张券'))
})

const sharing: CampaignTermsOf<'share_off'> = {
  kind: 'share_off',
  storeIds: ['S01'],
  act: 'buy',
  newOnly: true,
  days: 3,
  templateId: terms.templateId,
  friendTemplateId: null,
  mostEach: 2,
}
test('domain 2.4 分享立减: no terms reward a share by itself, and unsound ones are refused by field', () => {
  assert.ok(Value.Check(ShareOffTerms, sharing))
  for (const odd of [{ act: 'share' }, { act: 'open' }, { mustShare: true }, { mostEach: 0 }, { days: 0 }])
    assert.ok(!Value.Check(ShareOffTerms, { ...sharing, ...odd }), JSON.stringify(odd))
  const faultOf = (over: Partial<typeof sharing>) =>
    kindFaults({ ...plan, terms: { ...sharing, ...over } }, nowhere)[0]?.code
  assert.equal(faultOf({}), undefined)
  assert.equal(faultOf({ act: 'claim' }), 'share_claim_what')
  assert.equal(faultOf({ friendTemplateId: sharing.templateId }), 'share_same_coupon')
  const words = kindRules({ ...plan, terms: sharing }).map((rule) => rule.words)
  assert.ok(words.some((each) => each.includes('只转发没有奖励')))
})
