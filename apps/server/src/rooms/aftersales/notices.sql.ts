import { sql } from 'kysely'
import type { Reader } from '#kernel/db'
import type { Span } from '#kernel/following'
import type { State, Verb } from './states.ts'

export interface ToldStep {
  id: number
  verb: Verb
  to: State
  at: Date
  aftersaleId: string
  memberId: string
  orderNo: string
}

/** Steps of requests in this span, in the order of their numbers. */
export async function listSteps(db: Reader, { after, upTo }: Span): Promise<ToldStep[]> {
  const { rows } = await sql<ToldStep>`
    select e.id, e.verb, e.to_state as to, e.at, a.id as "aftersaleId", a.member_id as "memberId", o.no as "orderNo"
    from aftersale_event e join aftersale a on a.id = e.aftersale_id join orders o on o.id = a.order_id
    where e.id > ${after} and e.id <= ${upTo} order by e.id`.execute(db)
  return rows
}
