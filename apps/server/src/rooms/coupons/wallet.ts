import type { Coupon } from '@linli/contract/coupons'
import type { Static } from 'typebox'
import type { Ctx } from '#kernel/ctx'
import { gather } from '#kernel/gather'
import { refuse } from '#kernel/problem'
import type { Catalog } from '#room/catalog'
import type { Stores } from '#room/stores'
import * as sql from './coupons.sql.ts'
import { isUsable } from './coupons.ts'
import { type HeldCoupon, readHeld } from './desk.sql.ts'
import { couponsUnusable } from './problems.ts'

const SHOWN = 100
/** More coupons than these are not weighed when a shopper wants the best. */
const WEIGHED = 50
/** Goods that a coupon names one by one; of more than these the first are named. */
const NAMED = 20

export type ShownCoupon = Static<typeof Coupon>
export interface WalletDeps {
  stores: Pick<Stores, 'list'>
  catalog: Pick<Catalog, 'sellable' | 'categoryName'>
}

/** What members hold. */
export function createWallet(
  { db, clock, database: { deskPool } }: Pick<Ctx, 'db' | 'clock' | 'database'>,
  { stores, catalog }: WalletDeps,
) {
  const read = gather((questions: readonly (readonly string[])[]) => readHeld(deskPool, questions))

  /** What is not sold anywhere any more has no name that would help anybody. */
  function namesOf(categoryIds: readonly string[], skuIds: readonly string[]): string[] {
    const nameOf = (skuId: string): string | undefined => {
      for (const { id } of stores.list()) {
        const name = catalog.sellable(id, skuId)?.name
        if (name !== undefined) return name
      }
      return undefined
    }
    const names = [
      ...categoryIds.map((id) => catalog.categoryName(id)),
      ...skuIds.slice(0, NAMED).map((id) => nameOf(id)),
    ]
    return names.filter((name) => name !== undefined)
  }

  function shown(row: sql.CouponRow): ShownCoupon {
    const { categoryIds, skuIds, exceptCategoryIds, exceptSkuIds } = row
    return {
      id: row.couponId,
      label: row.label,
      kind: row.kind,
      steps: row.steps,
      toFen: row.toFen,
      timesBp: row.timesBp,
      maxOffFen: row.maxOffFen,
      stackGroup: row.stackGroup,
      storeIds: row.storeIds,
      pickupOnly: row.pickupOnly,
      someGoods: [categoryIds, skuIds, exceptCategoryIds, exceptSkuIds].some((goods) => goods.length > 0),
      onlyFor: namesOf(categoryIds, skuIds),
      notFor: namesOf(exceptCategoryIds, exceptSkuIds),
      // The sweep comes by the minute: what is over is over at once.
      state: row.state === 'UNUSED' && row.expiresAt <= clock.now() ? 'EXPIRED' : row.state,
      startsAt: row.startsAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      orderId: row.orderId,
    }
  }

  return {
    shown,
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
    usable: (memberId: string): Promise<sql.CouponRow[]> =>
      sql.listUsable(db, memberId, { at: clock.now(), limit: WEIGHED }),
    async list(memberId: string, which: 'usable' | 'used' | 'over' = 'usable'): Promise<ShownCoupon[]> {
      const at = clock.now()
      const rows =
        which === 'usable'
          ? await sql.listUsable(db, memberId, { at, limit: SHOWN })
          : await sql.listPast(db, memberId, { which, at, limit: SHOWN })
      return rows.map((row) => shown(row))
    },
  }
}
export type Wallet = ReturnType<typeof createWallet>
