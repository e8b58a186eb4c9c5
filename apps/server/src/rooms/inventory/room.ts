import type { Ctx } from '#kernel/ctx'
import type { Staff } from '#room/staff'
import type { Snapshot } from './snapshot.ts'

/** What the verbs of this room need. */
export interface StockRoom {
  ctx: Ctx
  staff: Pick<Staff, 'requireScope' | 'scopeOf' | 'audit'>
  snapshot: Pick<Snapshot, 'refreshOne' | 'refresh'>
}
