import { consoleGoodsRoutes } from '@linli/contract/console-goods'
import type { StaffActor } from '#kernel/actor'
import { type Http, mount } from '#kernel/http'
import { type Inventory, LOW_UP_TO } from '#room/inventory'
import type { GoodsDeps, Goods } from './goods.ts'
import { consoleProductOf, listGoods, type ListQuery } from './goods-list.ts'
import type { Import } from './import.ts'
import type { Listings } from './listings.ts'
import type { Pictures } from './pictures.ts'
import type { Product } from './product.ts'

export interface ConsoleParts extends GoodsDeps {
  inventory: Pick<Inventory, 'available'>
  goods: Goods
  listings: Listings
  imports: Import
  pictures: Pictures
}

export function mountConsole(http: Http, parts: ConsoleParts): void {
  const { snapshot, staff, inventory, goods, listings, imports, pictures } = parts
  const list = (actor: StaffActor, query: ListQuery) => {
    if (query.storeId !== undefined) staff.requireScope(actor, query.storeId)
    const available = inventory.available
    return listGoods({ snapshot, available, lowUpTo: LOW_UP_TO, scope: staff.scopeOf(actor) }, query)
  }
  const shown = (product: Product, actor: StaffActor) =>
    consoleProductOf(snapshot, product, staff.scopeOf(actor))
  const countIn = (categoryId: string) => {
    let count = 0
    for (const product of snapshot.products()) if (product.categoryId === categoryId) count++
    return count
  }
  mount(http, consoleGoodsRoutes, {
    'GET /console/v1/categories': () => ({
      items: snapshot.categories().map(({ id, name, zone }) => ({ id, name, zone, products: countIn(id) })),
    }),
    'GET /console/v1/products': ({ actor, query }) => list(actor, query),
    'GET /console/v1/products/:productId': async ({ actor, params }) =>
      shown(await goods.read(params.productId), actor),
    'POST /console/v1/products': async ({ actor, requestId, body }) =>
      shown(await goods.add({ actor, requestId }, body), actor),
    'PUT /console/v1/products/:productId': async ({ actor, requestId, params, body }) =>
      shown(await goods.change({ actor, requestId }, params.productId, body), actor),
    'PUT /console/v1/products/:productId/listings/:storeId': async ({ actor, requestId, params, body }) =>
      shown(await listings.change({ actor, requestId }, params, body), actor),
    'GET /console/v1/products/:productId/prices': async ({ actor, params, query }) => {
      const { items, total } = await listings.history(actor, params.productId, query)
      return { items: items.map((item) => ({ ...item, at: item.at.toISOString() })), total }
    },
    'POST /console/v1/product-shelvings': ({ actor, requestId, body }) =>
      listings.shelve({ actor, requestId }, body),
    'POST /console/v1/product-imports': ({ actor, requestId, body }) =>
      imports.run({ actor, requestId }, body),
    'POST /console/v1/pictures': ({ actor, requestId, raw }) => pictures.add({ actor, requestId }, raw),
  })
}
