import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backStep, backWords } from './tenders.ts'

test('one tender is named alone, several with their sums', () => {
  assert.equal(backWords([{ provider: 'wechat', amountFen: 1 }]), '原路退回微信')
  assert.equal(
    backWords([
      { provider: 'wechat', amountFen: 7000 },
      { provider: 'stored_value', amountFen: 3000 },
    ]),
    '原路退回微信 ¥70.00，退回储值余额 ¥30.00',
  )
  assert.equal(backWords([]), '没有钱要退')
})

test('what is handed back at the counter does not arrive by itself', () => {
  assert.equal(backStep([{ provider: 'wechat', amountFen: 1 }]), '原路退回微信，一般几分钟内到账')
  assert.equal(backStep([{ provider: 'cash', amountFen: 1 }]), '柜台退现金，柜台的部分等店员当面退给顾客')
  assert.equal(backStep([{ provider: 'stored_value', amountFen: 1 }]), '退回储值余额')
})
