/**
 * Feeds: what other systems (an ERP, tills, a folder that somebody fills) tell us of goods, prices and stock.
 *
 * Owns sources, what their codes mean here, their events, full lists and what became of each row. Promises that an event counts once, whatever order
 * events come in and however often; that a full list counts from the moment it was taken, with what we sold since; that a row which cannot be taken in
 * harms no other and is listed; and that taking in never holds a level for longer than a few hundred rows need.
 */
import type { Static } from 'typebox'
import type { EventsAnswer, PartAnswer } from '@linli/contract/feeds'
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import { refuse } from '#kernel/problem'
import type { Catalog } from '#room/catalog'
import type { Inventory } from '#room/inventory'
import type { Orders } from '#room/orders'
import type { Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import { applySweep } from './applying.ts'
import { listErrands } from './errands.ts'
import { takeEvents } from './events.ts'
import { folderSweep } from './folder.ts'
import { forgetSweep } from './forgetting.ts'
import type { FeedRoom } from './room.ts'
import { mountFeeds } from './routes.ts'
import { stalenessSweep } from './staleness.ts'
import { addPart, closeSnapshot, type Opening, openSnapshot, type Part, partWords } from './snapshots.ts'
import { runMissing } from './problems.ts'
import { findRun, type Run } from './runs.sql.ts'
import type { Events } from './words.ts'

export interface Feeds {
  takeEvents(code: string, given: Events): Promise<Static<typeof EventsAnswer>>
  openSnapshot(code: string, opening: Opening, by: string): Promise<Run>
  addPart(run: Pick<Run, 'id' | 'sourceId'>, partNo: number, part: Part): Promise<Static<typeof PartAnswer>>
  closeSnapshot(run: Pick<Run, 'id' | 'sourceId'>, rows: number): Promise<Run>
  findRun(id: string): Promise<Run>
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export interface FeedDeps {
  staff: Staff
  stores: Stores
  catalog: Catalog
  inventory: Inventory
  orders: Pick<Orders, 'onWorkbench'>
}

export function createFeeds(ctx: Ctx, { orders, ...deps }: FeedDeps): Feeds {
  const room: FeedRoom = { ctx, ...deps }
  orders.onWorkbench((scope) => listErrands(room, scope))
  return {
    takeEvents: (code, given) => takeEvents(room, code, given, null),
    openSnapshot: (code, opening, by) => openSnapshot(room, code, opening, { by }),
    addPart: ({ id, sourceId }, partNo, part) =>
      addPart(room, { runId: id, sourceId }, { partNo, rows: partWords(part, partNo), storeIds: null }),
    closeSnapshot: ({ id, sourceId }, rows) => closeSnapshot(room, { runId: id, sourceId }, rows),
    findRun: async (id) => (await findRun(ctx.db, id)) ?? refuse(runMissing),
    routes: (http) => mountFeeds(http, room),
    sweeps: [applySweep(room), folderSweep(room), stalenessSweep(room), forgetSweep(room)],
  }
}
