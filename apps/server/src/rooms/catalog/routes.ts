import { catalogRoutes } from '@linli/contract/catalog'
import type { Actor } from '#kernel/actor'
import { type Http, mount } from '#kernel/http'
import type { Favourites } from './favourites.ts'
import type { SearchCounts } from './search-counts.ts'
import type { Shop } from './shop.ts'

export interface ShopParts {
  shop: Shop
  favourites: Favourites
  counts: SearchCounts
  /** Refuses with `stores.missing`. */
  requireStore: (storeId: string) => unknown
}

export function mountShop(http: Http, { shop, favourites, counts, requireStore }: ShopParts): void {
  const likes = async (actor: Actor, productId: string) =>
    actor.kind === 'member' && (await favourites.has(actor.memberId, productId))
  mount(http, catalogRoutes, {
    'GET /v1/stores/:storeId/home': ({ params }) => shop.home(params.storeId),
    'GET /v1/stores/:storeId/categories': ({ params }) => shop.categories(params.storeId),
    'GET /v1/stores/:storeId/products': ({ params, query }) => shop.products(params.storeId, query),
    'GET /v1/stores/:storeId/products/:productId': async ({ actor, params }) =>
      shop.product(params.storeId, params.productId, await likes(actor, params.productId)),
    'GET /v1/stores/:storeId/search-words': async ({ params }) => {
      requireStore(params.storeId)
      return { hot: await counts.hot(params.storeId) }
    },
    'GET /v1/me/favourites': async ({ actor, query }) => {
      requireStore(query.storeId)
      return { items: await favourites.list(actor.memberId, (id) => shop.card(query.storeId, id)) }
    },
    'PUT /v1/me/favourites/:productId': async ({ actor, params }) => {
      await favourites.keep(actor.memberId, params.productId)
      return null
    },
    'DELETE /v1/me/favourites/:productId': async ({ actor, params }) => {
      await favourites.drop(actor.memberId, params.productId)
      return null
    },
  })
}
