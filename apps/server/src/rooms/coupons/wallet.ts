import type { Coupon } from '@linli/contract/coupons'
import type { Static } from 'typebox'
import type { Ctx } from '#kernel/ctx'
import { cursorTo, readPlace } from '#kernel/cursor'
import { gather } from '#kernel/gather'
import { refuse } from '#kernel/problem'
import type { Catalog } from '#room/catalog'
import type { Stores } from '#room/stores'
import * as sql from './coupons.sql.ts'
import { isUsable } from './coupons.ts'
import { type HeldCoupon, readHeld } from './desk.sql.ts'
import { couponMissing, couponsUnusable, cursorInvalid } from './problems.ts'
import { isForTills, type Terms } from './terms.ts'

const MOST_AT_ONCE = 100
/** More coupons than these are not weighed when a shopper wants the best. */
const WEIGHED = 50
/** Goods that a coupon names one by one; of more than these the first are named. */
const NAMED = 20

export type ShownCoupon = Static<typeof Coupon>
type Promised = Omit<ShownCoupon, 'id' | 'state' | 'startsAt' | 'expiresAt' | 'orderId' | 'receiptId'>
interface Asked {
  which?: 'usable' | 'used' | 'over'
  cursor?: string
  limit?: number
}
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

  /** What terms promise, as a shopper reads them. */
  function promise(terms: Terms): Promised {
    const { categoryIds, skuIds, exceptCategoryIds, exceptSkuIds } = terms
    return {
      label: terms.label,
      kind: terms.kind,
      steps: terms.steps,
      toFen: terms.toFen,
      timesBp: terms.timesBp,
      maxOffFen: terms.maxOffFen,
      stackGroup: terms.stackGroup,
      storeIds: terms.storeIds,
      fulfilments: terms.fulfilments,
      channels: terms.channels,
      tiers: terms.tiers,
      firstOrder: terms.firstOrder,
      someGoods: [categoryIds, skuIds, exceptCategoryIds, exceptSkuIds].some((goods) => goods.length > 0),
      onlyFor: namesOf(categoryIds, skuIds),
      notFor: namesOf(exceptCategoryIds, exceptSkuIds),
      atTill: isForTills(terms),
    }
  }

  const shown = (row: sql.CouponRow): ShownCoupon => ({
    ...promise(row),
    id: row.couponId,
    // The sweep comes by the minute: what is over is over at once.
    state: row.state === 'UNUSED' && row.expiresAt <= clock.now() ? 'EXPIRED' : row.state,
    startsAt: row.startsAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    orderId: row.orderId,
    receiptId: row.tillId,
  })

  return {
    shown,
    promise,
    /** One coupon of this member's. */
    one: async (memberId: string, couponId: string): Promise<ShownCoupon> =>
      shown((await sql.findHeld(db, memberId, couponId)) ?? refuse(couponMissing, { couponId })),
    held: (ids: readonly string[]) => read(ids),
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
    async list(
      memberId: string,
      { which = 'usable', cursor, limit = MOST_AT_ONCE }: Asked,
    ): Promise<{ items: ShownCoupon[]; nextCursor: string | null }> {
      const after = cursor === undefined ? undefined : readPlace(cursor, cursorInvalid)
      const wanted = { at: clock.now(), after, limit: limit + 1 }
      const rows =
        which === 'usable'
          ? await sql.listUsable(db, memberId, wanted)
          : await sql.listPast(db, memberId, { ...wanted, which })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      const more = rows.length > limit && last
      return {
        items: page.map(shown),
        nextCursor: more ? cursorTo({ at: last.expiresAt, id: last.couponId }) : null,
      }
    },
  }
}
export type Wallet = ReturnType<typeof createWallet>
