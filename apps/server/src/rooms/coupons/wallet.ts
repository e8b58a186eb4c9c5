import type { Coupon } from '@linli/contract/coupons'
import type { Static } from 'typebox'
import type { Ctx } from '#kernel/ctx'
import { gather } from '#kernel/gather'
import { refuse } from '#kernel/problem'
import * as sql from './coupons.sql.ts'
import { isUsable } from './coupons.ts'
import { type HeldCoupon, readHeld } from './desk.sql.ts'
import { couponsUnusable } from './problems.ts'

const SHOWN = 100
/** More coupons than these are not weighed when a shopper wants the best. */
const WEIGHED = 50

const shown = (row: sql.CouponRow, at: Date): Static<typeof Coupon> => ({
  id: row.couponId,
  label: row.label,
  kind: row.kind,
  steps: row.steps,
  toFen: row.toFen,
  timesBp: row.timesBp,
  storeIds: row.storeIds,
  pickupOnly: row.pickupOnly,
  someGoods: [row.categoryIds, row.skuIds, row.exceptCategoryIds, row.exceptSkuIds].some(
    (goods) => goods.length > 0,
  ),
  // The sweep comes by the minute: what is over is over at once.
  state: row.state === 'UNUSED' && row.expiresAt <= at ? 'EXPIRED' : row.state,
  startsAt: row.startsAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  orderId: row.orderId,
})

/** What members hold. */
export function createWallet({ db, clock, database: { deskPool } }: Pick<Ctx, 'db' | 'clock' | 'database'>) {
  const read = gather((questions: readonly (readonly string[])[]) => readHeld(deskPool, questions))
  return {
    /** These coupons, if they are this member's and may be used now; refuses with `coupons.unusable`. */
    async require(memberId: string, ids: readonly string[]): Promise<HeldCoupon[]> {
      const found = await read(ids)
      const at = clock.now()
      for (const couponId of ids) {
        const coupon = found.find((each) => each.couponId === couponId)
        if (coupon?.memberId !== memberId) refuse(couponsUnusable, { couponId })
        else if (!isUsable(coupon, at)) refuse(couponsUnusable, { couponId, state: coupon.state })
      }
      return found
    },
    usable: (memberId: string): Promise<HeldCoupon[]> =>
      sql.listUsable(db, memberId, { at: clock.now(), limit: WEIGHED }),
    async list(
      memberId: string,
      which: 'usable' | 'used' | 'over' = 'usable',
    ): Promise<Static<typeof Coupon>[]> {
      const at = clock.now()
      const rows =
        which === 'usable'
          ? await sql.listUsable(db, memberId, { at, limit: SHOWN })
          : await sql.listPast(db, memberId, { which, at, limit: SHOWN })
      return rows.map((row) => shown(row, at))
    },
  }
}
export type Wallet = ReturnType<typeof createWallet>
