import assert from 'node:assert/strict'
import { test } from 'node:test'
import { distanceText, toGcj02 } from './places.ts'

test('distances are as exact as a walk needs', () => {
  assert.equal(distanceText(null), '')
  assert.equal(distanceText(3), '10 米')
  assert.equal(distanceText(347), '350 米')
  assert.equal(distanceText(1234), '1.2 公里')
  assert.equal(distanceText(31_400), '31 公里')
})

test('a GPS position becomes a map position', () => {
  // Tiananmen, a pair widely published for both systems.
  const shifted = toGcj02({ lng: 116.391_349, lat: 39.907_375 })
  assert.ok(Math.abs(shifted.lng - 116.397_59) < 1e-4, String(shifted.lng))
  assert.ok(Math.abs(shifted.lat - 39.908_776) < 1e-4, String(shifted.lat))
})
