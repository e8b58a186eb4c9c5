import { sql } from 'kysely'
import type { Tx } from '#kernel/db'

/**
 * Forgets events that nothing is added up from any more: about prices and goods, whose newest words are kept, and about stock that a full list has
 * counted since. Answers how many.
 */
export async function dropEvents(tx: Tx, before: Date, limit: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from feed_event e using (
      select x.source_id, x.seq from feed_event x
      left join feed_level l on l.source_id = x.source_id and l.store_id = x.store_id and l.sku_id = x.sku_id
      where x.heard_at < ${before} and x.state <> 'REFUSED' and (x.topic <> 'stock' or x.at <= l.counted_at) limit ${limit}) old
    where e.source_id = old.source_id and e.seq = old.seq`.execute(tx)
  return Number(numAffectedRows)
}

/** Forgets rows of lists that ended long ago. Answers how many. */
export async function dropRows(tx: Tx, before: Date, limit: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from feed_row w using (
      select x.run_id, x.row_no from feed_run r join feed_row x on x.run_id = r.id where r.ended_at < ${before} limit ${limit}) old
    where w.run_id = old.run_id and w.row_no = old.row_no`.execute(tx)
  return Number(numAffectedRows)
}
