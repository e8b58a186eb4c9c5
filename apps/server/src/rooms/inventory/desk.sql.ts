import type pg from 'pg'
import { arrayOf } from '#kernel/array'
import type { Purchase } from '#kernel/purchase'
import { byLevelKey, type Level, levelKey, type LevelKey } from './level.ts'

/** A change of one level, with the level after it: one row of the ledger. */
export interface StockMove extends LevelKey {
  /** ADJUST: more was handed over than the book had, so the book had counted too few. */
  reason: 'RESERVE' | 'RELEASE' | 'SHIP' | 'ADJUST' | 'POS_SALE' | 'RETURN'
  /** Whose goods they are. */
  purchase: Purchase
  onHandDelta: number
  reservedDelta: number
  /** Of what is kept for campaigns. */
  lockedDelta: number
  onHandAfter: number
  reservedAfter: number
  by: string
  at: Date
}

/** Statements that the order desk sends within its own transaction (pipelined client). */
export interface InventoryDesk {
  /** Levels that exist, locked in the one order everybody uses. */
  lockLevels(client: pg.ClientBase, keys: readonly LevelKey[]): Promise<Level[]>
  /** The same rows as they are committed now, locking nothing. */
  readLevels(client: pg.ClientBase, keys: readonly LevelKey[]): Promise<Level[]>
  /**
   * Adds the moves up per level and appends each to the ledger. Not awaited: the commit travels with it. `mayRunShort`: they happened already, at a till;
   * the shortfall grows to cover what shoppers have ordered.
   */
  applyMoves(
    client: pg.ClientBase,
    moves: readonly StockMove[],
    how?: { mayRunShort: boolean },
  ): Promise<unknown>[]
}

// LATERAL over the wanted keys: one index probe each, in the order of the array, which is the lock order. A join lets a generic plan that was
// made while the table was small scan all of it for every batch.
const levels = (
  lock: string,
) => `select l.* from unnest($1::text[], $2::uuid[]) k(store_id, sku_id) cross join lateral (
  select store_id as "storeId", sku_id as "skuId", on_hand as "onHand", reserved, safety, activity_locked as "activityLocked", expired, buffer
  from stock_level s where s.store_id = k.store_id and s.sku_id = k.sku_id ${lock}) l`
const LOCK_LEVELS = levels('for no key update')
// Keeps the planner from making a join of it, as a lock does.
const READ_LEVELS = levels('offset 0')

const applying = (shortfall = '') => `with ledger as (
  insert into stock_ledger (store_id, sku_id, reason, order_id, on_hand_delta, reserved_delta, on_hand_after, reserved_after, by, at, till_id, locked_delta)
  select * from unnest($1::text[], $2::uuid[], $3::text[], $4::uuid[], $5::int[], $6::int[], $7::int[], $8::int[], $9::text[], $10::timestamptz[],
    $16::uuid[], $17::int[]))
  update stock_level l set on_hand = l.on_hand + x.on_hand, reserved = l.reserved + x.reserved, activity_locked = l.activity_locked + x.locked,
    updated_at = x.at${shortfall}
  from unnest($11::text[], $12::uuid[], $13::int[], $14::int[], $15::timestamptz[], $18::int[]) x(store_id, sku_id, on_hand, reserved, at, locked)
  where l.store_id = x.store_id and l.sku_id = x.sku_id`
const APPLY_MOVES = applying()
const APPLY_SOLD = applying(
  ', shortfall = greatest(l.shortfall, l.reserved + x.reserved - l.on_hand - x.on_hand)',
)

const ask = async (
  client: pg.ClientBase,
  name: string,
  text: string,
  keys: readonly LevelKey[],
): Promise<Level[]> => {
  if (keys.length === 0) return []
  const { rows } = await client.query<Level>({
    name,
    text,
    values: [arrayOf(keys, (key) => key.storeId), arrayOf(keys, (key) => key.skuId)],
  })
  return rows
}

/** Each key once, in lock order. */
const distinct = (keys: readonly LevelKey[]): LevelKey[] =>
  [...new Map(keys.map((key) => [levelKey(key), key])).values()].sort(byLevelKey)

interface Sum extends LevelKey {
  onHand: number
  reserved: number
  locked: number
  at: Date
}
function sumsOf(moves: readonly StockMove[]): Sum[] {
  const sums = new Map<string, Sum>()
  for (const move of moves) {
    const key = levelKey(move)
    const sum = sums.get(key)
    if (sum) {
      sum.onHand += move.onHandDelta
      sum.reserved += move.reservedDelta
      sum.locked += move.lockedDelta
      sum.at = move.at
    } else {
      sums.set(key, {
        storeId: move.storeId,
        skuId: move.skuId,
        onHand: move.onHandDelta,
        reserved: move.reservedDelta,
        locked: move.lockedDelta,
        at: move.at,
      })
    }
  }
  return [...sums.values()]
}

export const inventoryDesk: InventoryDesk = {
  lockLevels: (client, keys) => ask(client, 'inventory-lock-levels', LOCK_LEVELS, distinct(keys)),
  readLevels: (client, keys) => ask(client, 'inventory-read-levels', READ_LEVELS, distinct(keys)),
  applyMoves(client, moves, { mayRunShort } = { mayRunShort: false }) {
    if (moves.length === 0) return []
    const sums = sumsOf(moves)
    return [
      client.query({
        ...(mayRunShort
          ? { name: 'inventory-apply-sold', text: APPLY_SOLD }
          : { name: 'inventory-apply-moves', text: APPLY_MOVES }),
        values: [
          arrayOf(moves, (move) => move.storeId),
          arrayOf(moves, (move) => move.skuId),
          arrayOf(moves, (move) => move.reason),
          arrayOf(moves, (move) => move.purchase.orderId),
          arrayOf(moves, (move) => move.onHandDelta),
          arrayOf(moves, (move) => move.reservedDelta),
          arrayOf(moves, (move) => move.onHandAfter),
          arrayOf(moves, (move) => move.reservedAfter),
          arrayOf(moves, (move) => move.by),
          arrayOf(moves, (move) => move.at),
          arrayOf(sums, (sum) => sum.storeId),
          arrayOf(sums, (sum) => sum.skuId),
          arrayOf(sums, (sum) => sum.onHand),
          arrayOf(sums, (sum) => sum.reserved),
          arrayOf(sums, (sum) => sum.at),
          arrayOf(moves, (move) => move.purchase.tillId),
          arrayOf(moves, (move) => move.lockedDelta),
          arrayOf(sums, (sum) => sum.locked),
        ],
      }),
    ]
  },
}
