import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

/** The sums, counted from the purchases. The one definition that rebuilding and checking share. */
const SCRATCH = {
  sales_day: sql`select day, store_id, channel, count(*)::int as purchases, sum(goods_fen)::bigint as goods_fen, sum(pay_fen)::bigint as pay_fen,
      sum(refunded_fen)::bigint as refunded_fen, sum(pieces)::bigint as pieces, sum(refunded_pieces)::bigint as refunded_pieces
    from purchase group by 1, 2, 3`,
  sales_sku_day: sql`select day, store_id, sku_id, count(distinct purchase_id)::int as purchases, sum(quantity)::bigint as quantity,
      sum(refunded_quantity)::bigint as refunded_quantity, sum(pay_fen)::bigint as pay_fen, sum(refunded_fen)::bigint as refunded_fen
    from purchase_line where sku_id is not null group by 1, 2, 3`,
  member_day: sql`select day, store_id, member_id, count(*)::int as purchases, sum(pay_fen)::bigint as pay_fen, sum(refunded_fen)::bigint as refunded_fen,
      sum(pieces)::bigint as pieces, max(pieces)::int as most_pieces
    from purchase where member_id is not null group by 1, 2, 3`,
}
export type SumTable = keyof typeof SCRATCH
export const SUM_TABLES = Object.keys(SCRATCH) as readonly SumTable[]
const COLUMNS: Record<SumTable, string[]> = {
  sales_day: [
    'day',
    'store_id',
    'channel',
    'purchases',
    'goods_fen',
    'pay_fen',
    'refunded_fen',
    'pieces',
    'refunded_pieces',
  ],
  sales_sku_day: [
    'day',
    'store_id',
    'sku_id',
    'purchases',
    'quantity',
    'refunded_quantity',
    'pay_fen',
    'refunded_fen',
  ],
  member_day: [
    'day',
    'store_id',
    'member_id',
    'purchases',
    'pay_fen',
    'refunded_fen',
    'pieces',
    'most_pieces',
  ],
}
const columnsOf = (table: SumTable) => sql.join(COLUMNS[table].map((name) => sql.ref(name)))

/** Counts one table of sums anew. */
export async function recount(tx: Tx, table: SumTable): Promise<void> {
  await sql`delete from ${sql.table(table)}`.execute(tx)
  await sql`insert into ${sql.table(table)} (${columnsOf(table)}) select ${columnsOf(table)} from (${SCRATCH[table]}) s`.execute(
    tx,
  )
}
/** Rows of a table of sums that counting from scratch does not bear out, and those that are missing. */
export async function countFaults(db: Reader, table: SumTable): Promise<number> {
  const columns = columnsOf(table)
  const { rows } = await sql<{ faults: number }>`
    with scratch as (select ${columns} from (${SCRATCH[table]}) s), kept as (select ${columns} from ${sql.table(table)})
    select ((select count(*) from (select * from scratch except select * from kept) a)
      + (select count(*) from (select * from kept except select * from scratch) b))::int as faults`.execute(
    db,
  )
  return rows[0]?.faults ?? 0
}

/** Ids of all that books may call purchases, in order, a page at a time. */
export async function pageOf(
  db: Reader,
  book: 'orders' | 'till_sale',
  after: string | null,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(book)} where id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000') order by id limit ${limit}`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}
