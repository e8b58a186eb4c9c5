/**
 * Inventory: how many there are of each SKU in each store, and why.
 *
 * Owns stock_level and stock_ledger, the documents that people move stock with (receipts, waste, counts, transfers), lots and their dates, safety
 * rules, the results of the sum check, and who waits for goods. Promises that no level changes without an entry in the append-only ledger, that
 * nothing is promised twice (`reserved` exceeds `on_hand` only by a shortfall that a count or a write-off found), that a document books its goods
 * once, and that what it shows is about a second old. Sales change stock only on the order desk, through `desk`; people correct it here, and what
 * comes back or is exchanged moves through `moveOverCounter`.
 * Tells others what is available to promise, for showing, never for deciding.
 */
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import type { Tx } from '#kernel/db'
import type { Messages } from '#room/messages'
import type { Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import { carve, type Carving, type CarvingStamp } from './carving.ts'
import { type CounterMove, type CounterStamp, moveOverCounter } from './counter.ts'
import { createDoubts, type Doubts } from './doubt.ts'
import { inventoryDesk, type InventoryDesk } from './desk.sql.ts'
import { settleSweep } from './expiry.ts'
import { restockSweep } from './restock.ts'
import { mountInventory } from './routes.ts'
import { safetySweep } from './safety.ts'
import { createSnapshot } from './snapshot.ts'
import { createSumCheck, type SumCheck } from './sum-check.ts'
import { type Told, takeWord, type Word } from './syncing.ts'
import type { SumFault } from './sum-check.sql.ts'

export type { Carving } from './carving.ts'
export type { CounterMove } from './counter.ts'
export type { Doubts, DoubtTerms } from './doubt.ts'
export { inventoryDesk, type InventoryDesk, type StockMove } from './desk.sql.ts'
export { levelMissing, stockShort } from './problems.ts'
export { freeOf, type Level, levelKey, type LevelKey } from './level.ts'
export { LOW_UP_TO } from './levels.sql.ts'
export { type Told, type Word } from './syncing.ts'

export interface Inventory {
  /** What may still be promised, as of about a second ago; 0 where nothing is known. */
  available(storeId: string, skuId: string): number
  /** Grows whenever `available` changed for some SKU of the store. */
  levelVersion(storeId: string): number
  asOf(): Date
  /** Makes `available` see every change committed before the call. */
  refresh(): Promise<void>
  sumCheck(): Promise<SumFault[]>
  /** What the last sum check found in these stores (null: in all), for the workbench. */
  errands: SumCheck['errands']
  /**
   * Goods of after-sales move, in the caller's transaction: they come back, or a replacement is put aside, let go or handed over. Refuses with
   * `inventory.level_missing`, and with `inventory.stock_short` what is not there to be put aside.
   */
  moveOverCounter(tx: Tx, moves: readonly CounterMove[], stamp: CounterStamp): Promise<void>
  /** Keeps goods for campaigns as far as they are there, or puts them back on the shelf, in the caller's transaction; answers how many. */
  carve(tx: Tx, wanted: readonly Carving[], stamp: CarvingStamp): Promise<readonly number[]>
  /** Takes over what another system says of levels, each at most once, in the caller's transaction. */
  takeWord(tx: Tx, words: readonly Word[], stamp: { by: string; note: string; at: Date }): Promise<Told[]>
  /** Stores whose counts are too old, and what is kept back there. */
  doubts: Doubts
  desk: InventoryDesk
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export async function createInventory(
  ctx: Ctx,
  { staff, stores, messages }: { staff: Staff; stores: Stores; messages: Pick<Messages, 'tell'> },
): Promise<Inventory> {
  const snapshot = await createSnapshot(ctx)
  const sums = createSumCheck(ctx)
  const doubts = await createDoubts(ctx)
  return {
    available: (storeId, skuId) => snapshot.available(storeId, skuId),
    levelVersion: (storeId) => snapshot.version(storeId),
    asOf: () => snapshot.asOf(),
    refresh: () => snapshot.refresh(),
    sumCheck: () => sums.check(),
    errands: sums.errands,
    moveOverCounter,
    carve,
    takeWord,
    doubts,
    desk: inventoryDesk,
    routes(http) {
      mountInventory(http, { ctx, staff, stores, snapshot }, sums)
      http.app.addHook('onClose', () => snapshot.stop())
    },
    sweeps: [sums.sweep, settleSweep(ctx), safetySweep(ctx), restockSweep(ctx, { stores, messages })],
  }
}
