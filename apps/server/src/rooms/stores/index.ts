/**
 * Stores: the chain and its shops, their hours, positions, shelf zones, floor plans, and the features that are switched on in each.
 *
 * Owns chain, store and store_feature. Promises that what it says is at most one notification old in every process.
 * Tells others which stores there are, what is on in them, and whether they are open.
 */
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { Staff } from '#room/staff'
import { mountStores } from './routes.ts'
import { distanceM, isOpen, orderingOf } from './rules.ts'
import { createDirectory } from './stores.ts'
import type { FeatureName, Store } from './stores.sql.ts'

export type { FeatureName, Store } from './stores.sql.ts'

export interface Stores {
  find(id: string): Store | undefined
  /** Refuses with `stores.missing`. */
  require(id: string): Store
  list(): readonly Store[]
  featureOn(id: string, feature: FeatureName): boolean
  openNow(store: Store, at: Date): boolean
  /** Whether it takes orders, and if not, why; what the shopper is shown and what `placeOrder` obeys. */
  ordering(store: Store): ReturnType<typeof orderingOf>
  /** Metres between two stores. */
  distance(from: Store, to: Store): number
  routes(http: Http): void
}

export async function createStores(ctx: Ctx, { staff }: { staff: Staff }): Promise<Stores> {
  const directory = await createDirectory(ctx, staff)
  return {
    find: (id) => directory.find(id),
    require: (id) => directory.require(id),
    list: () => directory.list(),
    featureOn: (id, feature) => directory.find(id)?.features.includes(feature) ?? false,
    openNow: isOpen,
    ordering: orderingOf,
    distance: distanceM,
    routes: (http) => mountStores(http, ctx, staff, directory),
  }
}
