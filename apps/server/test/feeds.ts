import type { AllRoutes, Input, Output } from '@linli/contract'
import { randomUUID } from 'node:crypto'
import type { Ctx } from '../src/kernel/ctx.ts'
import { createCatalog } from '../src/rooms/catalog/index.ts'
import { createFeeds, type Feeds } from '../src/rooms/feeds/index.ts'
import { createInventory } from '../src/rooms/inventory/index.ts'
import { createStaff } from '../src/rooms/staff/index.ts'
import { createStores } from '../src/rooms/stores/index.ts'
import { openPartner, type TestPartner } from './partner.ts'
import type { LinliApi, World } from './world.ts'

/** The room by itself, on a world's database, for what no route asks. */
export async function feedsOf(ctx: Ctx): Promise<Feeds> {
  ctx.metrics.registry.clear()
  const staff = await createStaff(ctx)
  const stores = await createStores(ctx, { staff })
  const inventory = await createInventory(ctx, { staff, stores, messages: { tell: async () => 0 } })
  const catalog = await createCatalog(ctx, { stores, staff, inventory })
  return createFeeds(ctx, { staff, stores, catalog, inventory, orders: { onWorkbench: () => undefined } })
}

/** A source that knows our stores by the numbers 1 and 2 and our goods by their barcodes. Tells the stock of the first store, or of both. */
export async function plantSource(
  { ctx }: World,
  code: string,
  { stores = ['S01'] }: { stores?: readonly string[] } = {},
): Promise<void> {
  const id = randomUUID()
  await ctx.database.pool.query(
    `insert into feed_source (id, code, name, kind, stock, prices, products, by_barcode, price_unit, product_facts, stale_minutes, stop_minutes,
       widen, widen_by, fast_per_day, created_at, created_by)
     values ($1, $2, '演示 ERP', 'erp', true, true, true, true, 'yuan', '{name,unit,category,barcode}', 60, 240, 'pieces', 3, 5, now(), 'seed')`,
    [id, code],
  )
  for (const storeId of stores)
    await ctx.database.pool.query(
      `insert into feed_store (source_id, code, store_id, stock) values ($1, $2, $3, true)`,
      [id, String(Number(storeId.slice(1))), storeId],
    )
}

/** What is on hand, by SKU. */
export async function onHandOf({ ctx }: World, storeId: string, skuId: string): Promise<number> {
  const { rows } = await ctx.database.pool.query<{ n: number }>(
    'select on_hand as n from stock_level where store_id = $1 and sku_id = $2',
    [storeId, skuId],
  )
  return rows[0]?.n ?? Number.NaN
}

type EventsBody = Input<AllRoutes['POST /partner/v1/feeds/:sourceCode/events']>['body']
export interface Erp {
  hq: LinliApi
  partner: TestPartner
  params: { sourceCode: string }
  /** Number and moment of the next event. */
  next(): { seq: number; at: string }
  send(
    body: EventsBody,
    by?: TestPartner,
  ): Promise<Output<AllRoutes['POST /partner/v1/feeds/:sourceCode/events']>>
}
/** An ERP that connects as a vendor's does: told of by head office, with a key; its stores A and B are S01 and S02. */
export async function openErp(world: World): Promise<Erp> {
  const hq = await world.staff('hq')
  const partner = await openPartner(world, { code: 'erp-vendor', name: 'ERP' }, hq)
  const params = { sourceCode: 'erp' }
  await hq('POST /console/v1/feed-sources', {
    body: {
      code: 'erp',
      name: '总部 ERP',
      kind: 'erp',
      active: true,
      partnerCode: 'erp-vendor',
      topics: ['stock', 'prices', 'products'],
      byBarcode: true,
      priceUnit: 'yuan',
      productFacts: ['name', 'unit'],
      staleMinutes: 60,
      stopMinutes: 240,
      widen: 'pieces',
      widenBy: 3,
      fastPerDay: 5,
    },
  })
  const stores = [
    { code: 'A', storeId: 'S01' },
    { code: 'B', storeId: 'S02' },
  ]
  await hq('PUT /console/v1/feed-sources/:sourceCode/stores', { params, body: { items: stores } })
  await hq('PUT /console/v1/feed-sources/:sourceCode/categories', {
    params,
    body: { items: [{ code: '水果', categoryId: 'G' }] },
  })
  let seq = 0
  return {
    hq,
    partner,
    params,
    next: () => ({ seq: ++seq, at: world.clock.now().toISOString() }),
    send: (body, by = partner) => by.api('POST /partner/v1/feeds/:sourceCode/events', { params, body }),
  }
}
