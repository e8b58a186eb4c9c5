import { sql } from 'kysely'
import type { Reader } from '#kernel/db'

export interface ToldEvent {
  id: number
  verb: string
  at: Date
  amountFen: number | null
  /** Null where the event is none that anybody is told of. */
  orderId: string | null
  orderNo: string | null
  storeId: string | null
  memberId: string | null
}

/** What happened to orders after that event, in the order of their numbers, with the order of those that shoppers are told of. */
export async function listEventsAfter(
  db: Reader,
  after: number,
  { verbs, limit }: { verbs: readonly string[]; limit: number },
): Promise<ToldEvent[]> {
  const { rows } = await sql<ToldEvent>`
    select e.id, e.verb, e.at, (e.data->>'amountFen')::bigint as "amountFen", o.id as "orderId", o.no as "orderNo", o.store_id as "storeId",
      o.member_id as "memberId"
    from (select * from order_event where id > ${after} order by id limit ${limit}) e
      left join orders o on o.id = e.order_id and e.verb = any(${verbs}::text[])
    order by e.id`.execute(db)
  return rows
}
