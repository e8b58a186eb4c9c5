import assert from 'node:assert/strict'
import { test } from 'node:test'

import { formOf, slotsPerDay, storeChange, storeFaults, timeChoices, type ConsoleStore } from './model.ts'

const store: ConsoleStore = {
  id: 'S01',
  name: '襄都旗舰店',
  district: '襄都区',
  town: '西大街街道',
  address: '西大街 1 号',
  phone: null,
  lng: 114.507,
  lat: 37.07,
  opensAt: '08:00',
  closesAt: '22:00',
  openNow: true,
  ordering: 'open',
  distanceM: null,
  features: ['pickup'],
  zones: [],
  floorPlan: { width: 343, height: 214, shelves: [], marks: [] },
  licences: [],
  pickupHint: null,
  slotMinutes: 30,
  slotCapacity: 30,
  open: true,
}
const form = formOf(store)

test('only what differs is sent', () => {
  assert.deepEqual(storeChange(store, form), {})
  assert.deepEqual(
    storeChange(store, { ...form, phone: ' 0319 000000 ', slotCapacity: 24, pickupHint: '  ' }),
    {
      phone: '0319 000000',
      slotCapacity: 24,
    },
  )
  assert.deepEqual(storeChange({ ...store, phone: '0319 000000' }, form), { phone: null })
})

test('faults name the field', () => {
  assert.deepEqual(storeFaults(form), {})
  const bad = { ...form, name: ' ', address: '', phone: '电话', closesAt: '08:00' }
  assert.deepEqual(Object.keys(storeFaults(bad)).sort(), ['address', 'closesAt', 'name', 'phone'])
})

test('capacity is said per day', () => {
  assert.deepEqual(slotsPerDay(form), { slots: 28, orders: 840 })
  assert.deepEqual(slotsPerDay({ ...form, closesAt: '07:00' }), { slots: 0, orders: 0 })
  assert.equal(slotsPerDay({ ...form, slotMinutes: 240 }).slots, 4)
  assert.equal(slotsPerDay({ ...form, closesAt: '08:40', slotMinutes: 30 }).slots, 1)
})

test('an odd opening time stays selectable', () => {
  assert.equal(timeChoices('08:00').length, 48)
  assert.deepEqual(timeChoices('07:45').slice(15, 18), ['07:30', '07:45', '08:00'])
})
