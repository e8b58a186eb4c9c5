import assert from 'node:assert/strict'
import { test } from 'node:test'
import { batchRows, inOrder, nextChange, phaseOf, waitWords } from './flash.ts'
import type { FlashSale } from './wire.ts'

const at = (time: string) => new Date(`2026-11-24T${time}:00+08:00`).toISOString()
const now = (time: string) => Date.parse(at(time))
const sale = (over: Partial<FlashSale> = {}): FlashSale => ({
  id: 'sale',
  kind: 'flash',
  name: '鲜鸡蛋',
  storeId: 'S01',
  state: 'LIVE',
  paused: false,
  startsAt: at('08:00'),
  endsAt: at('20:00'),
  now: at('10:24'),
  perMember: 1,
  payMinutes: 8,
  terms: {
    kind: 'flash',
    batches: ['08:00', '10:00', '14:00', '18:00'].map((time) => ({ at: at(time), shareBp: 2500 })),
  },
  items: [
    {
      skuId: 'egg',
      productId: 'eggs',
      name: '鲜鸡蛋 30 枚',
      unit: '板',
      picture: null,
      priceFen: 1990,
      aloneFen: 2490,
      quota: 100,
      released: 50,
      left: 7,
    },
  ],
  rules: [],
  ...over,
})
const rows = (left: number, time: string) =>
  batchRows(sale(), { ...sale().items[0]!, left }, now(time)).map(
    ({ time: when, words, state }) => `${when} ${words} ${state}`,
  )

test('batches say what became of them; a number is left of the last one released alone', () => {
  assert.deepEqual(rows(7, '10:24'), [
    '08:00 已放完 gone',
    '10:00 剩 7 / 25 now',
    '14:00 放 25 板 next',
    '18:00 放 25 板 next',
  ])
  assert.deepEqual(rows(32, '10:24')[1], '10:00 剩 32 板 now', 'what the first did not sell is in the second')
  assert.deepEqual(rows(0, '10:24')[1], '10:00 已抢完 gone')
  assert.deepEqual(rows(0, '07:00')[0], '08:00 放 25 板 next')
})

test('a sale stands where the clock of the server says; between two sessions it is to come again', () => {
  const two = sale({
    terms: {
      kind: 'flash',
      batches: [],
      sessions: [
        { from: at('10:00'), until: at('12:00') },
        { from: at('18:00'), until: at('20:00') },
      ],
    },
  })
  assert.deepEqual(
    ['09:00', '10:00', '12:00', '19:59', '20:00'].map((time) => phaseOf(two, now(time)).kind),
    ['soon', 'live', 'soon', 'live', 'ended'],
  )
  assert.deepEqual(phaseOf(two, now('12:00')), { kind: 'soon', at: at('18:00') })
  assert.equal(phaseOf({ ...two, paused: true }, now('11:00')).kind, 'paused')
  assert.equal(phaseOf({ ...two, state: 'ENDED' }, now('11:00')).kind, 'ended')
  assert.equal(nextChange([two], now('11:00')), now('12:00'))
  assert.equal(nextChange([two], now('21:00')), null)
})

test('what sells now stands first, what is over nowhere', () => {
  const soon = sale({ id: 'soon', startsAt: at('12:00') })
  const over = sale({ id: 'over', endsAt: at('09:00') })
  assert.deepEqual(
    inOrder([soon, over, sale()], now('10:24')).map(({ id }) => id),
    ['sale', 'soon'],
  )
})

test('in line: who is in front, oneself not counted', () => {
  assert.equal(waitWords({ place: 121, waitMs: 3100 }), '前面还有 120 位，大约 4 秒')
  assert.equal(waitWords({ place: 1, waitMs: 20 }), '马上就到您了，大约 1 秒')
  assert.equal(waitWords({ place: 90_000, waitMs: 150_000 }), '前面还有 89999 位，大约 3 分钟')
})
