import type { Input } from '@linli/contract'
import type { consoleGoodsRoutes } from '@linli/contract/console-goods'
import { signature, type StaffActor } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import type { Goods, GoodsDeps } from './goods.ts'
import { knownProducts } from './goods.sql.ts'
import * as sql from './listings.sql.ts'
import { onlinePriceAbove, productMissing } from './problems.ts'
import type { Product } from './product.ts'

type Routes = typeof consoleGoodsRoutes
export type ListingChange = Input<Routes['PUT /console/v1/products/:productId/listings/:storeId']>['body']
export type ShelvingOrder = Input<Routes['POST /console/v1/product-shelvings']>['body']
export interface HistoryQuery {
  storeId?: string
  page?: number
  limit?: number
}

/** What a product costs in each store, where it stands, and whether it is on the shelf. */
export interface Listings {
  change(
    call: AuditedCall,
    at: { productId: string; storeId: string },
    change: ListingChange,
  ): Promise<Product>
  shelve(call: AuditedCall, order: ShelvingOrder): Promise<{ changed: number; unchanged: number }>
  history(
    actor: StaffActor,
    productId: string,
    query: HistoryQuery,
  ): Promise<{ items: sql.PriceChange[]; total: number }>
}

/** The listing after a change: absent fields stay. Without a price there is nothing to list. */
function merged(before: sql.ListingValues | undefined, change: ListingChange): sql.ListingValues | undefined {
  const priceFen = change.priceFen ?? before?.priceFen
  if (priceFen === undefined) return undefined
  return {
    priceFen,
    onlinePriceFen:
      change.onlinePriceFen === undefined ? (before?.onlinePriceFen ?? null) : change.onlinePriceFen,
    onShelf: change.onShelf ?? before?.onShelf ?? true,
    shelf: change.shelf === undefined ? (before?.shelf ?? null) : change.shelf,
  }
}

export function createListings(
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  goods: Goods,
  { snapshot, stores, staff }: GoodsDeps,
): Listings {
  return {
    async change(call, { productId, storeId }, change) {
      stores.require(storeId)
      staff.requireScope(call.actor, storeId)
      const { skuId } = await goods.read(productId)
      await inTx(db, async (tx) => {
        const before = await sql.lockListing(tx, storeId, skuId)
        const after = merged(before, change) ?? refuse(productMissing, { productId, storeId })
        if (after.onlinePriceFen !== null && after.onlinePriceFen > after.priceFen)
          refuse(onlinePriceAbove, { priceFen: after.priceFen, onlinePriceFen: after.onlinePriceFen })
        await sql.putListings(tx, [{ ...after, storeId, skuId }], {
          at: clock.now(),
          by: signature(call.actor),
        })
        await staff.audit(tx, call, {
          action: 'catalog.listing_changed',
          subject: `product:${productId}`,
          storeId,
          before,
          after,
        })
      })
      await snapshot.refresh([productId])
      return goods.read(productId)
    },

    async shelve(call, { dryRun = false, ...order }) {
      for (const storeId of order.storeIds) {
        stores.require(storeId)
        staff.requireScope(call.actor, storeId)
      }
      const known = new Set((await knownProducts(db, order.productIds)).map(({ id }) => id))
      const missing = order.productIds.find((id) => !known.has(id))
      if (missing) refuse(productMissing, { productId: missing })
      const planned = await sql.countShelving(db, order)
      if (dryRun) return planned
      const changed = await inTx(db, async (tx) => {
        const count = await sql.shelve(tx, order, { at: clock.now(), by: signature(call.actor) })
        if (count > 0)
          await staff.audit(tx, call, {
            action: order.onShelf ? 'catalog.shelved' : 'catalog.unshelved',
            subject: `products:${order.productIds.length}`,
            after: { ...order, changed: count },
          })
        return count
      })
      await snapshot.refresh(order.productIds)
      return { changed, unchanged: planned.changed + planned.unchanged - changed }
    },

    async history(actor, productId, { storeId, page = 1, limit = 20 }) {
      const { skuId } = await goods.read(productId)
      const scope = staff.scopeOf(actor)
      const asked = storeId === undefined ? scope : [storeId].filter((id) => !scope || scope.includes(id))
      const filter = { skuId, storeIds: asked }
      const [items, total] = await Promise.all([
        sql.listPriceChanges(db, filter, { limit, offset: (page - 1) * limit }),
        sql.countPriceChanges(db, filter),
      ])
      return { items, total }
    },
  }
}
