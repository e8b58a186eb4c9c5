import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface NewDues {
  aftersaleId: string
  debtorStoreId: string
  creditorStoreId: string
  reason: 'returned' | 'replaced'
  lineNos: readonly number[]
  at: Date
}
/** One row for each of these lines, worth what the request says they were paid with. */
export const insertDues = async (
  tx: Tx,
  { aftersaleId, debtorStoreId, creditorStoreId, reason, lineNos, at }: NewDues,
): Promise<number> => {
  const { rows } = await sql`
    insert into store_due (aftersale_id, line_no, debtor_store_id, creditor_store_id, reason, quantity, amount_fen, at)
    select l.aftersale_id, l.line_no, ${debtorStoreId}, ${creditorStoreId}, ${reason}, l.quantity, l.amount_fen, ${at}
    from aftersale_line l where l.aftersale_id = ${aftersaleId} and l.line_no = any(${lineNos}::smallint[]) returning id`.execute(
    tx,
  )
  return rows.length
}

export interface DueFilter {
  /** Stores of the reader; null: all. */
  storeIds: readonly string[] | null
  from: Date | undefined
  until: Date | undefined
}
const matching = ({ storeIds, from, until }: DueFilter) => sql`where true
  ${storeIds === null ? sql`` : sql`and (d.debtor_store_id = any(${storeIds}::text[]) or d.creditor_store_id = any(${storeIds}::text[]))`}
  ${from === undefined ? sql`` : sql`and d.at >= ${from}`}
  ${until === undefined ? sql`` : sql`and d.at < ${until}`}`

export interface DueRow {
  id: number
  aftersaleId: string
  orderId: string
  orderNo: string
  name: string
  unit: string
  quantity: number
  amountFen: number
  debtorStoreId: string
  creditorStoreId: string
  reason: 'returned' | 'replaced'
  at: Date
}
/** Newest first. */
export const listDues = async (
  db: Reader,
  filter: DueFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<DueRow[]> =>
  (
    await sql<DueRow>`
      select d.id, d.aftersale_id as "aftersaleId", o.id as "orderId", o.no as "orderNo", i.name, i.unit, d.quantity, d.amount_fen as "amountFen",
        d.debtor_store_id as "debtorStoreId", d.creditor_store_id as "creditorStoreId", d.reason, d.at
      from store_due d join aftersale a on a.id = d.aftersale_id join orders o on o.id = a.order_id
      join order_line i on i.order_id = a.order_id and i.line_no = d.line_no ${matching(filter)}
      order by d.at desc, d.id desc limit ${limit} offset ${offset}`.execute(db)
  ).rows

export interface DueSum {
  debtorStoreId: string
  creditorStoreId: string
  count: number
  amountFen: number
}
export const sumDues = async (db: Reader, filter: DueFilter): Promise<DueSum[]> =>
  (
    await sql<DueSum>`
      select d.debtor_store_id as "debtorStoreId", d.creditor_store_id as "creditorStoreId", count(*) as count,
        sum(d.amount_fen)::bigint as "amountFen"
      from store_due d ${matching(filter)} group by 1, 2 order by 1, 2`.execute(db)
  ).rows
