import assert from 'node:assert/strict'
import { test } from 'node:test'

import { CONFLICT_ENDS, CONFLICT_KINDS, CONFLICT_RESOLUTIONS } from '@linli/contract/console-tills'

import { adviceOf, ends, eventWords, factsOf, kinds, resolutions, type Conflict } from './model.ts'

const conflict: Conflict = {
  id: '01900000-0000-7000-8000-000000000001',
  kind: 'coupon_refused',
  storeId: 'S01',
  posTxnId: 'T1-1',
  partnerName: '一号店收银',
  detail: { label: '满10减3', why: 'USED' },
  amountFen: 300,
  openedAt: '2026-11-23T04:00:00Z',
  owner: null,
  resolvedAt: null,
  resolution: null,
  note: null,
}

test('every conflict and every way out has words', () => {
  for (const kind of CONFLICT_KINDS) assert.ok(kinds[kind] && adviceOf({ kind }))
  assert.deepEqual(Object.keys(resolutions).sort(), [...CONFLICT_RESOLUTIONS].sort())
  assert.deepEqual(Object.keys(ends).sort(), [...CONFLICT_ENDS].sort())
})

test('what exactly is said in one line', () => {
  assert.equal(factsOf(conflict), '满10减3 · ¥3.00 · 已经在别处用掉')
  assert.equal(
    factsOf({ ...conflict, kind: 'barcode_unknown', detail: { name: '现包水饺', barcode: '2000000000008' } }),
    '现包水饺 · 2000000000008 · ¥3.00',
  )
  assert.equal(
    factsOf({ ...conflict, kind: 'stock_short', detail: { name: '苹果', pieces: 2 } }),
    '苹果 · 欠 2 件',
  )
  assert.equal(
    factsOf({ ...conflict, kind: 'sale_missing', detail: { returnOf: 'T1-9' } }),
    '原单 T1-9 · ¥3.00',
  )
  assert.equal(factsOf({ ...conflict, detail: { why: 'new_why' } }), '¥3.00 · new_why')
})

test('what became of it is told', () => {
  assert.equal(eventWords({ verb: 'resolve', note: '和门店说好了' }), '处理好了：和门店说好了')
  assert.equal(eventWords({ verb: 'take', note: null }), '接了过来')
})
