import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '#kernel/db'

/** The key of a request's refund at the desk: of the request itself, so that it is made once however often it is asked for. */
export const refundKey = ({ id, round }: { id: string; round: number }): string => `aftersale:${id}:${round}`

/**
 * How the refund of request `a` stands, to be joined laterally. It may be several: one for each tender that the order was paid with, and those of
 * earlier rounds whose money did go back. `state` speaks of this round alone: under way while any is, then whatever went wrong, and SUCCESS only when
 * all of it is back; null before it is made.
 */
export const STANDING: RawBuilder<unknown> = sql`(
  select case when bool_or(f.now and f.state in ('PENDING', 'PROCESSING')) then 'PENDING'
      when bool_or(f.now and f.state = 'ABNORMAL') then 'ABNORMAL'
      else max(f.state) filter (where f.now and f.state in ('CLOSED', 'FAILED')) end as failed,
    bool_and(f.state = 'SUCCESS') filter (where f.now) as done,
    max(f.trouble) filter (where f.now) as trouble, max(f.done_at) filter (where f.state = 'SUCCESS') as done_at,
    sum(f.amount_fen) filter (where f.state not in ('CLOSED', 'FAILED')) as amount_fen
  from (select r.*, r.idem_key = 'aftersale:' || a.id || ':' || a.round as now from refund r
    where r.order_id = a.order_id and starts_with(r.idem_key, 'aftersale:' || a.id || ':')) f)`
/** The state that `STANDING` (as `r`) speaks of. */
export const STANDING_STATE: RawBuilder<unknown> = sql`case when r.done then 'SUCCESS' else r.failed end`

/** Pieces of each line whose refund holds already, of this round and those before. */
export const givenLines = async (
  db: Reader,
  { id, orderId }: { id: string; orderId: string },
): Promise<{ lineNo: number; quantity: number }[]> =>
  (
    await sql<{ lineNo: number; quantity: number }>`
      select g.line_no as "lineNo", sum(g.quantity)::int as quantity from refund r join refund_line g on g.refund_id = r.id
      where r.order_id = ${orderId} and starts_with(r.idem_key, 'aftersale:' || ${id} || ':') and r.state not in ('CLOSED', 'FAILED')
      group by g.line_no`.execute(db)
  ).rows
