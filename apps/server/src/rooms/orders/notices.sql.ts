import { sql } from 'kysely'
import type { Reader } from '#kernel/db'
import type { Span } from '#kernel/following'

export interface ToldEvent {
  id: number
  verb: string
  at: Date
  amountFen: number | null
  orderId: string
  orderNo: string
  storeId: string
  memberId: string
  /** Its goods came every week, as a box. */
  ofBox: boolean
}

/** Those of the events in this span that shoppers are told of, with their order, in the order of their numbers. */
export async function listTold(
  db: Reader,
  { after, upTo }: Span,
  verbs: readonly string[],
): Promise<ToldEvent[]> {
  const { rows } = await sql<ToldEvent>`
    select e.id, e.verb, e.at, (e.data->>'amountFen')::bigint as "amountFen", o.id as "orderId", o.no as "orderNo", o.store_id as "storeId",
      o.member_id as "memberId", coalesce(c.kind = 'box', false) as "ofBox"
    from order_event e join orders o on o.id = e.order_id left join campaign c on c.id = o.campaign_id
    where e.id > ${after} and e.id <= ${upTo} and e.verb = any(${verbs}::text[]) order by e.id`.execute(db)
  return rows
}
