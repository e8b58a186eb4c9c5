import assert from 'node:assert/strict'
import { test } from 'node:test'

import {
  accountTag,
  bodyOf,
  changeWords,
  emptyForm,
  formOf,
  roleName,
  staffFaults,
  staffFilters,
  type Colleague,
} from './model.ts'

const now = Date.parse('2026-11-23T04:00:00Z')
const clerk: Colleague = {
  id: '01900000-0000-7000-8000-000000000001',
  account: 'clerk01',
  name: '张小满',
  role: 'clerk',
  storeIds: ['S01'],
  active: true,
  demo: false,
  passwordTemporaryUntil: null,
  lastSignInAt: null,
  editable: true,
}

test('an account says whether its owner has chosen a password', () => {
  assert.equal(accountTag(clerk, now).word, '在用')
  assert.equal(
    accountTag({ ...clerk, passwordTemporaryUntil: '2026-11-30T00:00:00Z' }, now).word,
    '等他换密码',
  )
  assert.equal(accountTag({ ...clerk, passwordTemporaryUntil: '2026-11-22T00:00:00Z' }, now).word, '密码过期')
  assert.equal(accountTag({ ...clerk, active: false }, now).word, '已停用')
})

test('filters come from the address; those who left only on demand', () => {
  assert.deepEqual(staffFilters(new URLSearchParams('role=clerk&q=%20张%20')), {
    active: true,
    q: '张',
    role: 'clerk',
  })
  assert.deepEqual(staffFilters(new URLSearchParams('role=toString&left=1')), { active: false })
})

test('faults name the field, and head office needs no store', () => {
  const form = formOf(clerk)
  assert.deepEqual(staffFaults(form), {})
  assert.deepEqual(
    Object.keys(staffFaults({ account: '张', name: ' ', role: 'clerk', storeIds: [] })).sort(),
    ['account', 'name', 'storeIds'],
  )
  assert.deepEqual(staffFaults({ ...form, role: 'hq', storeIds: [] }), {})
  assert.deepEqual(bodyOf({ ...form, role: 'hq' }).storeIds, [])
})

test('an edit is said before it is made', () => {
  const before = formOf(clerk)
  assert.deepEqual(changeWords(before, { ...before, storeIds: ['S02', 'S01'] }), ['门店 S01 → S01、S02'])
  assert.deepEqual(changeWords(before, { ...before, role: 'hq' }), [
    '角色 店员 → 总部，现在的登录马上退出',
    '门店 S01 → 全部门店',
  ])
  assert.deepEqual(changeWords(before, { ...before, name: '张小满 ' }), [])
})

test('a manager of one store starts with it', () => {
  assert.deepEqual(emptyForm(['clerk', 'picker'], ['S01']), {
    account: '',
    name: '',
    role: 'clerk',
    storeIds: ['S01'],
  })
  assert.deepEqual(emptyForm(['hq', 'manager', 'clerk'], ['S01', 'S02']).storeIds, [])
  assert.equal(roleName('unheard-of'), 'unheard-of')
})
