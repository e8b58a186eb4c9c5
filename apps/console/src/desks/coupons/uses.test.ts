import assert from 'node:assert/strict'
import { test } from 'node:test'
import { borneFen, byCoupon, byFunding, type CouponUse, usesCsv } from './uses.ts'

const use = (over: Partial<CouponUse> = {}): CouponUse => ({
  day: '2026-11-23',
  storeId: 'S01',
  templateId: 'a',
  label: '满30减5',
  funding: 'hq',
  count: 2,
  offFen: 1000,
  backFen: 0,
  ...over,
})

test('days of one coupon in one store are one row, the dearest first; what went back is borne by nobody', () => {
  const rows = [
    use({ templateId: 'b', label: '供应商券', funding: 'supplier', offFen: 1600, backFen: 200 }),
    use(),
    use({ day: '2026-11-22', count: 1, offFen: 500, backFen: 250 }),
    use({ storeId: 'S02', count: 1, offFen: 500 }),
  ]
  assert.deepEqual(
    byCoupon(rows).map((row) => [row.label, row.storeId, row.count, borneFen(row)]),
    [
      ['供应商券', 'S01', 2, 1400],
      ['满30减5', 'S01', 3, 1250],
      ['满30减5', 'S02', 1, 500],
    ],
  )
  assert.deepEqual(byFunding(rows), [
    { funding: 'hq', fen: 1750 },
    { funding: 'supplier', fen: 1400 },
  ])
  assert.match(usesCsv(rows), /"2026-11-22","S01","满30减5",".+","1","5","2\.50","2\.50"|"5\.00"/)
})
