import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTaking, readYuan } from './counter.ts'

test('money that was typed, to the fen or not at all', () => {
  for (const [typed, fen] of [
    ['20', 2000],
    ['20.5', 2050],
    ['¥20.05', 2005],
    [' 0.01 ', 1],
    ['20.555', null],
    ['二十', null],
    ['', null],
    ['-5', null],
  ] as const)
    assert.equal(readYuan(typed), fen, typed)
})

test('cash: enough, the change; too little or nothing is said', () => {
  assert.deepEqual(readTaking('cash', 1280, '20'), {
    ready: true,
    body: { tenderedFen: 2000 },
    changeFen: 720,
  })
  assert.deepEqual(readTaking('cash', 1280, '12.80'), {
    ready: true,
    body: { tenderedFen: 1280 },
    changeFen: 0,
  })
  assert.deepEqual(readTaking('cash', 1280, '12.79'), { ready: false, missing: '给的钱不够' })
  assert.equal(readTaking('cash', 1280, '').ready, false)
})

test('a card needs the number on its slip', () => {
  assert.equal(readTaking('card', 1280, '  ').ready, false)
  assert.deepEqual(readTaking('card', 1280, ' 000123 '), {
    ready: true,
    body: { slip: '000123' },
    changeFen: 0,
  })
})
