import { sql } from 'kysely'
import type { Tx } from '#kernel/db'

/**
 * Opens a conflict about each return that has waited for its sale since before then, `limit` at most; how many. The returns are locked: the desk, which
 * settles one when its sale comes, either comes first, and it waits no more, or finds the conflict and ends it.
 */
export async function openWaiting(
  tx: Tx,
  { before, at, limit }: { before: Date; at: Date; limit: number },
): Promise<number> {
  const { rows } = await sql`
    with waiting as (
      select s.id, s.store_id, s.return_of, s.paid_fen from till_sale s
      where s.kind = 'return' and s.returned_id is null and s.recorded_at <= ${before}
        and not exists (select from till_conflict c where c.till_id = s.id and c.kind = 'sale_missing')
      order by s.recorded_at limit ${limit} for no key update of s skip locked),
    opened as (
      insert into till_conflict (id, till_id, store_id, kind, detail_key, detail, amount_fen, opened_at)
      select gen_random_uuid(), id, store_id, 'sale_missing', return_of, jsonb_build_object('returnOf', return_of), paid_fen, ${at} from waiting
      on conflict (till_id, kind, detail_key) do nothing returning id)
    insert into till_conflict_event (conflict_id, verb, by, at) select id, 'open', 'system', ${at} from opened returning id`.execute(
    tx,
  )
  return rows.length
}
