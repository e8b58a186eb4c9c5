import type { Out } from '../../api.ts'
import { beijing, csvText } from '../../ui/csv.ts'
import { fundingWords } from '../rules/model.ts'

export type CouponUse = Out<'GET /console/v1/coupon-uses'>['rows'][number]
export type SingleUse = Out<'GET /console/v1/coupon-uses/purchases'>['items'][number]
type Sums = Pick<CouponUse, 'count' | 'offFen' | 'backFen'>

/** What somebody really bears: what was taken off, less what belongs to pieces that went back. */
export const borneFen = ({ offFen, backFen }: Pick<CouponUse, 'offFen' | 'backFen'>): number =>
  offFen - backFen

const added = <T extends Sums>(a: T, b: Sums): T => ({
  ...a,
  count: a.count + b.count,
  offFen: a.offFen + b.offFen,
  backFen: a.backFen + b.backFen,
})
/** Where it was used. */
export const sourceWords: Readonly<Record<CouponUse['source'], string>> = {
  online: '线上',
  till: '收银机',
  staff: '店员核销',
}

/** All days of a coupon in a store, online or over the counter, in one row, the dearest first. */
export function byCoupon(rows: readonly CouponUse[]): CouponUse[] {
  const sums = new Map<string, CouponUse>()
  for (const row of rows) {
    const key = `${row.templateId} ${row.storeId} ${row.source}`
    const sum = sums.get(key)
    sums.set(key, sum ? added(sum, row) : row)
  }
  return [...sums.values()].sort((a, b) => borneFen(b) - borneFen(a) || (a.label < b.label ? -1 : 1))
}

/** Who bears how much, the chain first. */
export const byFunding = (rows: readonly CouponUse[]): { funding: CouponUse['funding']; fen: number }[] =>
  (['hq', 'store', 'supplier'] as const)
    .map((funding) => ({
      funding,
      rows: rows.filter((row) => row.funding === funding),
    }))
    .filter((each) => each.rows.length > 0)
    .map(({ funding, rows: mine }) => ({ funding, fen: mine.reduce((sum, row) => sum + borneFen(row), 0) }))

/** A row for each day, as the accountants want it. */
export const usesCsv = (rows: readonly CouponUse[]): string =>
  csvText(
    ['日期', '门店', '哪里用的', '券', '谁出钱', '用掉张数', '减了', '退货收回', '实际承担'],
    rows.map((row) => [
      row.day,
      row.storeId,
      sourceWords[row.source],
      row.label,
      fundingWords[row.funding],
      String(row.count),
      { fen: row.offFen },
      { fen: row.backFen },
      { fen: borneFen(row) },
    ]),
  )

/** A row for each use, with the number of the order or receipt, to be held against the till's own books. */
export const singlesCsv = (rows: readonly SingleUse[]): string =>
  csvText(
    ['时间', '门店', '哪里用的', '单号', '券', '谁出钱', '减了', '退货收回', '实际承担'],
    rows.map((row) => [
      beijing(row.at),
      row.storeId,
      sourceWords[row.source],
      row.purchaseNo,
      row.label,
      fundingWords[row.funding],
      { fen: row.offFen },
      { fen: row.backFen },
      { fen: borneFen(row) },
    ]),
  )
