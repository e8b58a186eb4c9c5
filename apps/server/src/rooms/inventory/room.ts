import type { StaffActor } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import type { Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import type { Snapshot } from './snapshot.ts'

/** What the verbs of this room need. */
export interface StockRoom {
  ctx: Ctx
  staff: Pick<Staff, 'requireScope' | 'scopeOf' | 'audit'>
  stores: Pick<Stores, 'require'>
  snapshot: Pick<Snapshot, 'refreshOne' | 'refresh'>
}

/** A store that is there, and that this person may see. */
export function requireStore({ staff, stores }: StockRoom, actor: StaffActor, storeId: string): void {
  staff.requireScope(actor, storeId)
  stores.require(storeId)
}
