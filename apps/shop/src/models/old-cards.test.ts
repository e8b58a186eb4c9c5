import assert from 'node:assert/strict'
import { test } from 'node:test'
import { oldCardText, readShown } from './old-cards.ts'

test('what a card brought, and what its books say; nothing that they do not', () => {
  const history = {
    points: 1286,
    growth: 614,
    firstBought: '2019-03-01',
    lastBought: null,
    purchases: 88,
    spentFen: 123_450,
  }
  assert.equal(oldCardText(history), '1,286 积分，614 成长值，2019 年 3 月起，买过 88 次，共 ¥1,234.50')
  assert.equal(
    oldCardText({ ...history, growth: 0, firstBought: null, purchases: null, spentFen: null }),
    '1,286 积分',
  )
})
test('what a clerk may scan or type of a member', () => {
  assert.deepEqual(readShown('8613 0002 0741 9956'), { cardCode: '8613000207419956' })
  assert.deepEqual(readShown('0318 419 956'), { phoneTail: '0318', code: '419956' })
  const token = `LM1.abcdef.${'x'.repeat(27)}.${'y'.repeat(86)}`
  assert.deepEqual(readShown(` ${token} `), { cardCode: token })
  for (const text of ['', '0318', '123456', 'LL1.x.y.z', '6999911000015']) assert.equal(readShown(text), null)
})
