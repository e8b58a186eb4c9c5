import { REWARD_KINDS } from '@linli/contract/guidance'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFresh, isGuideScene, rewardWords, termsSentences } from './guide.ts'
import type { GuideTerms } from './wire.ts'

test('only scenes of our codes count', () => {
  assert.ok(isGuideScene('g.ABCDEFGHJKLM'))
  for (const scene of [null, '', '1011', 'g.short', 'x.ABCDEFGHJKLM'])
    assert.equal(isGuideScene(scene), false)
})

test('a touch is fresh for ninety days', () => {
  const day = 86_400_000
  assert.ok(isFresh({ touch: 't', at: 0 }, 89 * day))
  assert.equal(isFresh({ touch: 't', at: 0 }, 90 * day), false)
  assert.equal(isFresh(null, 0), false)
})

test('what it is worth is said in words, also when it is nothing', () => {
  const terms = { touchDays: 30, holdDays: 7, registerFen: 200, orderFen: 500, leastFen: 1000 } as GuideTerms
  assert.equal(termsSentences(terms)[0], '新会员 ¥2.00，首单 ¥5.00')
  assert.equal(termsSentences({ ...terms, registerFen: 0, orderFen: 0 })[0], '现在只计数，没有奖励')
  for (const kind of REWARD_KINDS) assert.ok(rewardWords({ kind }))
})
