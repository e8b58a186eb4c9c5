import { sql } from 'kysely'
import type { Reader } from '#kernel/db'
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

/** Steps of requests after that one, in the order of their numbers. */
export async function listStepsAfter(db: Reader, after: number, limit: number): Promise<ToldStep[]> {
  const { rows } = await sql<ToldStep>`
    select e.id, e.verb, e.to_state as to, e.at, a.id as "aftersaleId", a.member_id as "memberId", o.no as "orderNo"
    from (select * from aftersale_event where id > ${after} order by id limit ${limit}) e
      join aftersale a on a.id = e.aftersale_id join orders o on o.id = a.order_id
    order by e.id`.execute(db)
  return rows
}
