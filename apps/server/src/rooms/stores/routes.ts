import type { StaffActor } from '#kernel/actor'
import { consoleStoreRoutes, SHOPPER_FEATURES, storeRoutes } from '@linli/contract/stores'
import type { Ctx } from '#kernel/ctx'
import { type Http, mount } from '#kernel/http'
import type { Staff } from '#room/staff'
import { distanceM, isOpen, orderingOf, type Position } from './rules.ts'
import type { Directory } from './stores.ts'
import type { Store } from './stores.sql.ts'

const byDistance = (a: { distanceM: number | null }, b: { distanceM: number | null }) =>
  (a.distanceM ?? 0) - (b.distanceM ?? 0)

const SHOPPERS_SEE: ReadonlySet<string> = new Set(SHOPPER_FEATURES)

const positionOf = ({ lng, lat }: { lng?: number; lat?: number }): Position | undefined =>
  lng === undefined || lat === undefined ? undefined : { lng, lat }

export function mountStores(http: Http, { clock, config }: Ctx, staff: Staff, stores: Directory): void {
  const shown = (store: Store, from?: Position) => ({
    ...store,
    openNow: isOpen(store, clock.now()),
    ordering: orderingOf(store),
    distanceM: from ? distanceM(from, store) : null,
  })
  const forShoppers = (store: Store, from?: Position) => ({
    ...shown(store, from),
    features: store.features.filter((feature) => SHOPPERS_SEE.has(feature)),
  })
  const inScope = (actor: StaffActor) => {
    const scope = staff.scopeOf(actor)
    return stores.list().filter(({ id }) => scope === null || scope.includes(id))
  }
  mount(http, storeRoutes, {
    'GET /v1/setup': () => ({
      chainName: stores.chain().name,
      icp: stores.chain().icp,
      now: clock.now().toISOString(),
      sandbox: config.wechat.sandbox ? { origin: new URL(config.wechat.wxBaseUrl).origin } : null,
      appId: config.wechat.appId,
    }),
    'GET /v1/stores': ({ query }) => {
      const from = positionOf(query)
      return {
        items: stores
          .list()
          .map((store) => forShoppers(store, from))
          .sort(byDistance),
      }
    },
    'GET /v1/stores/:storeId': ({ params }) => forShoppers(stores.require(params.storeId)),
  })
  mount(http, consoleStoreRoutes, {
    'GET /console/v1/stores': ({ actor }) => ({ items: inScope(actor).map((store) => shown(store)) }),
    'PUT /console/v1/stores/:storeId': async ({ actor, requestId, params, body }) =>
      shown(await stores.change({ actor, requestId }, params.storeId, body)),
    'PUT /console/v1/stores/:storeId/features/:feature': async ({ actor, requestId, params, body }) =>
      shown(await stores.switchFeature({ actor, requestId }, params.storeId, params.feature, body.on)),
  })
}
