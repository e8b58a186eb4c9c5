import assert from 'node:assert/strict'
import { test } from 'node:test'
import { borneFen, byCoupon, byFunding, type CouponUse, singlesCsv, usesCsv } from './uses.ts'

const use = (over: Partial<CouponUse> = {}): CouponUse => ({
  day: '2026-11-23',
  storeId: 'S01',
  source: 'online',
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
  assert.match(usesCsv(rows), /"2026-11-22","S01","线上","满30减5",".+","1","5","2\.50","2\.50"|"5\.00"/)
})

test('what was used online and at tills is told apart, and a file names every order and receipt', () => {
  const rows = [use(), use({ source: 'till', offFen: 300 }), use({ source: 'staff', offFen: 200 })]
  assert.deepEqual(
    byCoupon(rows).map(({ source, count }) => [source, count]),
    [
      ['online', 2],
      ['till', 2],
      ['staff', 2],
    ],
  )
  const { day: _, count: __, ...single } = use({ source: 'till', offFen: 300, backFen: 150 })
  assert.match(
    singlesCsv([{ ...single, at: '2026-11-23T04:05:06.000Z', purchaseNo: 'T1-8' }]),
    /"2026-11-23 12:05:06","S01","收银机","T1-8","满30减5",".+","3\.00","1\.50","1\.50"/,
  )
})
