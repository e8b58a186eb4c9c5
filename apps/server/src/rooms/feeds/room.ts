import type { Ctx } from '#kernel/ctx'
import type { Catalog } from '#room/catalog'
import type { Inventory } from '#room/inventory'
import type { Staff } from '#room/staff'
import type { Stores } from '#room/stores'

/** What the verbs of this room need. */
export interface FeedRoom {
  ctx: Ctx
  staff: Pick<Staff, 'requireScope' | 'scopeOf' | 'audit'>
  stores: Pick<Stores, 'find' | 'require' | 'list'>
  catalog: Pick<Catalog, 'takePrices' | 'takeProducts'>
  inventory: Pick<Inventory, 'takeWord' | 'doubts'>
}
