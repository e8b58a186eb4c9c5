import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressBody, addressFaults, type AddressForm } from './address-form.ts'

const form: AddressForm = {
  name: '王慧敏',
  phone: '19900000001',
  district: '襄都区',
  detail: '和平里 3-2-501',
  tag: '',
  isDefault: true,
}

test('a whole form has no faults', () => {
  assert.deepEqual(addressFaults(form), {})
  assert.deepEqual(addressBody({ ...form, name: ' 王慧敏 ' }), {
    name: '王慧敏',
    phone: '19900000001',
    district: '襄都区',
    detail: '和平里 3-2-501',
    isDefault: true,
  })
  assert.equal(addressBody({ ...form, tag: '家' }).tag, '家')
})

test('each fault says what to do', () => {
  assert.equal(addressFaults({ ...form, phone: '1990000031' }).phone, '还少 1 位，手机号一共 11 位')
  assert.equal(addressFaults({ ...form, phone: '199000003112' }).phone, '多了 1 位，手机号一共 11 位')
  assert.equal(addressFaults({ ...form, phone: '29900000001' }).phone, '手机号以 1 开头')
  assert.equal(addressFaults({ ...form, phone: '1990000000x' }).phone, '手机号只有数字')
  assert.deepEqual(Object.keys(addressFaults({ ...form, name: ' ', district: '', detail: '  ' })), [
    'name',
    'district',
    'detail',
  ])
})
