import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { LevelKey } from './level.ts'

export interface SumFault extends LevelKey {
  onHand: number
  reserved: number
  ledgerOnHand: number
  ledgerReserved: number
  /** Kept for campaigns. */
  locked: number
  ledgerLocked: number
}
export interface Comparison {
  levels: number
  faults: SumFault[]
}
/** Compares every level with the sum of its ledger; names 100 faults at most. One statement, so one moment. */
export async function compareSums(db: Reader): Promise<Comparison> {
  const { rows } = await sql<Comparison>`
    with sums as (select store_id, sku_id, sum(on_hand_delta) as on_hand, sum(reserved_delta) as reserved, sum(locked_delta) as locked from stock_ledger group by 1, 2),
    faults as (
      select l.store_id as "storeId", l.sku_id as "skuId", l.on_hand as "onHand", l.reserved,
        coalesce(s.on_hand, 0) as "ledgerOnHand", coalesce(s.reserved, 0) as "ledgerReserved",
        l.activity_locked as locked, coalesce(s.locked, 0) as "ledgerLocked"
      from stock_level l left join sums s using (store_id, sku_id)
      where (l.on_hand, l.reserved, l.activity_locked) <> (coalesce(s.on_hand, 0), coalesce(s.reserved, 0), coalesce(s.locked, 0))
      order by 1, 2 limit 100)
    select (select count(*) from stock_level) as levels, (select coalesce(jsonb_agg(faults), '[]') from faults) as faults`.execute(
    db,
  )
  const [comparison] = rows
  if (!comparison) throw new Error('no comparison')
  return comparison
}

export interface CheckRow extends Comparison {
  id: string
  at: Date
  night: string | null
  by: string
}
/** False: this night was checked already, by this process or another. */
export async function insertCheck(tx: Tx, { id, at, night, by, levels, faults }: CheckRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('stock_check')
    .values({ id, at, night, by, levels, faults: JSON.stringify(faults) })
    .onConflict((conflict) => conflict.column('night').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** One comparison at a time in the whole installation; the lock ends with the transaction. */
export async function claimCheck(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(7164231) as mine`.execute(tx)
  return rows[0]?.mine === true
}
/** When the last check was, and how many faults of these stores it found. */
export async function lastFaults(
  db: Reader,
  storeIds: readonly string[] | null,
): Promise<{ at: Date; wrong: number } | undefined> {
  const { rows } = await sql<{ at: Date; wrong: number }>`
    select at, (select count(*) from jsonb_array_elements(faults) f
      where ${storeIds}::text[] is null or f ->> 'storeId' = any(${storeIds}::text[])) as wrong
    from stock_check order by at desc, id desc limit 1`.execute(db)
  return rows[0]
}
export const nightChecked = (db: Reader, night: string): Promise<{ id: string } | undefined> =>
  db.selectFrom('stock_check').select('id').where('night', '=', night).executeTakeFirst()

export interface NamedFault extends SumFault {
  name: string
  barcode: string
  unit: string
}
export interface CheckShown extends Omit<CheckRow, 'faults'> {
  faults: NamedFault[]
}
/** The last thirty, newest first, their faults with the names of the goods. */
export async function listChecks(db: Reader): Promise<CheckShown[]> {
  const { rows } = await sql<CheckShown>`
    select c.id, c.at, c.night, c.by, c.levels, coalesce((
      select jsonb_agg(f || jsonb_build_object('name', p.name, 'barcode', s.barcode, 'unit', p.unit))
      from jsonb_array_elements(c.faults) f join sku s on s.id = (f ->> 'skuId')::uuid join product p on p.id = s.product_id), '[]') as faults
    from stock_check c order by c.at desc, c.id desc limit 30`.execute(db)
  return rows
}
