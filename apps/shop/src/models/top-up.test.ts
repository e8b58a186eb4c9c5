import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EMPTY_TOP_UP, readTopUp } from './top-up.ts'
import type { ValueMember } from './wire.ts'

const member: ValueMember = {
  memberId: '01900000-0000-7000-8000-000000000000',
  name: '刘*芳',
  phoneTail: '0001',
  availableFen: 1000,
  heldFen: 0,
  roomFen: 5000,
  holder: { name: '刘*', documentTail: '002X' },
}
const form = { ...EMPTY_TOP_UP, amount: '50', paid: '100' }
const missing = (over: Partial<typeof form>, of = member) => {
  const read = readTopUp({ ...form, ...over }, of)
  return read.ready ? null : read.missing
}

test('a top-up within the limit, with its change', () => {
  assert.deepEqual(readTopUp(form, member), {
    ready: true,
    body: { tender: 'cash', amountFen: 5000, tenderedFen: 10_000 },
    changeFen: 5000,
  })
  assert.equal(missing({ amount: '50.01' }), '最多还能充 ¥50.00')
  assert.equal(missing({ amount: '' }), '输充多少钱')
  assert.equal(missing({}, { ...member, roomFen: 0 }), '现在不能充：总部没有开，或已到上限')
  assert.equal(missing({ paid: '49' }), '给的钱不够')
  assert.equal(missing({ tender: 'card', paid: ' ' }), '输刷卡小票上的凭证号')
})

test('the first one carries name and document', () => {
  const nobody = { ...member, holder: null }
  assert.equal(missing({}, nobody), '第一次充值，输证件上的姓名')
  assert.equal(missing({ name: '刘芳', document: '1' }, nobody), '输 18 位身份证号')
  const read = readTopUp(
    { ...form, tender: 'card', paid: '7', name: ' 刘芳 ', document: '11010519491231002x' },
    nobody,
  )
  assert.deepEqual(read, {
    ready: true,
    body: {
      tender: 'card',
      amountFen: 5000,
      slip: '7',
      holder: { name: '刘芳', document: '11010519491231002X' },
    },
    changeFen: 0,
  })
})
