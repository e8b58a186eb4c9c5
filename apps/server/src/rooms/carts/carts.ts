import type { Cart as CartShape } from '@linli/contract/carts'
import type { Static } from 'typebox'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { Catalog } from '#room/catalog'
import { isAffordable, type Pricing, type Quote } from '#room/pricing'
import type { Stores } from '#room/stores'
import * as sql from './carts.sql.ts'
import { cartFull, skuMissing } from './problems.ts'
import { troubleOf } from './rules.ts'

export type Cart = Static<typeof CartShape>
export interface Shelf {
  stores: Stores
  catalog: Catalog
  pricing: Pick<Pricing, 'bestFor'>
}

const MOST_LINES = 100

/** A member's cart in one store, each line as the store sells it now, priced by the engine that prices orders. */
export async function readCart(
  ctx: Ctx,
  { stores, catalog, pricing }: Shelf,
  memberId: string,
  storeId: string,
): Promise<Cart> {
  stores.require(storeId)
  const kept = await sql.linesOf(ctx.db, memberId, storeId)
  const lines = kept.flatMap(({ skuId, quantity, selected }) => {
    const product = catalog.card(storeId, skuId)
    if (!product) return [] // no longer listed in this store at all
    const onShelf = catalog.sellable(storeId, skuId)?.onShelf ?? false
    return [{ skuId, quantity, selected, product, trouble: troubleOf(quantity, onShelf, product.available) }]
  })
  const wanted = lines.filter(({ selected, trouble }) => selected && trouble === null)
  return {
    storeId,
    lines,
    quote: await quoteOf(pricing, memberId, storeId, wanted),
    count: lines.reduce((sum, { quantity }) => sum + quantity, 0),
  }
}

/**
 * A cart does not know yet how it will be fulfilled: it shows what collecting costs, with the best coupons as the checkout begins with. Null when there
 * is nothing to price, or too much for one order.
 */
async function quoteOf(
  pricing: Shelf['pricing'],
  memberId: string,
  storeId: string,
  wanted: readonly { skuId: string; quantity: number; product: { priceFen: number } }[],
): Promise<Quote | null> {
  const units = wanted.map(({ quantity, product }) => ({ quantity, unitFen: product.priceFen }))
  if (wanted.length === 0 || !isAffordable(units)) return null
  const lines = wanted.map(({ skuId, quantity }) => ({ skuId, quantity }))
  return pricing.bestFor(memberId, { storeId, fulfilment: { kind: 'pickup' }, lines })
}

export interface LineWish {
  storeId: string
  skuId: string
  quantity: number
  selected?: boolean | undefined
}

/** Sets a line; a quantity of 0 removes it. */
export async function setLine(ctx: Ctx, shelf: Shelf, memberId: string, wish: LineWish): Promise<Cart> {
  const { storeId, skuId, quantity, selected = null } = wish
  shelf.stores.require(storeId)
  if (quantity > 0 && !shelf.catalog.sellable(storeId, skuId)) refuse(skuMissing, { skuId })
  const at = ctx.clock.now()
  await inTx(ctx.db, async (tx) => {
    await sql.lockCart(tx, memberId, storeId)
    if (quantity === 0) await sql.removeLines(tx, memberId, storeId, [skuId])
    else if (!(await sql.putLine(tx, { memberId, storeId, skuId, quantity, selected, at, most: MOST_LINES })))
      refuse(cartFull, { most: MOST_LINES })
  })
  return readCart(ctx, shelf, memberId, storeId)
}

export async function clearLines(
  ctx: Ctx,
  shelf: Shelf,
  memberId: string,
  storeId: string,
  skuIds: readonly string[],
): Promise<Cart> {
  shelf.stores.require(storeId)
  await inTx(ctx.db, (tx) => sql.removeLines(tx, memberId, storeId, skuIds))
  return readCart(ctx, shelf, memberId, storeId)
}
