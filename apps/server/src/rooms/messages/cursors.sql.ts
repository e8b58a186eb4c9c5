import { sql } from 'kysely'
import type { Tx } from '#kernel/db'

export interface Cursor {
  /** Told, whoever was late. */
  upto: number
  /** Nobody can be late any more with a number below the last one seen. */
  settled: boolean
}

/** Takes hold of a source; undefined while another process has it. */
export async function holdCursor(tx: Tx, source: string): Promise<Cursor | undefined> {
  const { rows } = await sql<Cursor>`
    select case when s.settled then c.seen else c.upto end as upto, s.settled
    from message_cursor c, lateral (select c.seen_xid <= pg_snapshot_xmin(pg_current_snapshot()) as settled) s
    where c.source = ${source} for update of c skip locked`.execute(tx)
  return rows[0]
}

export async function beginCursor(tx: Tx, source: string): Promise<bigint> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('message_cursor')
    .values({ source })
    .onConflict((on) => on.column('source').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows ?? 0n
}

/** Whoever writes now and is not seen yet took a number before this statement: once they are done, `seen` is certain. */
export async function moveCursor(
  tx: Tx,
  source: string,
  { upto, seen }: { upto: number; seen: number },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update message_cursor set upto = ${upto}, seen = ${seen}, seen_xid = pg_snapshot_xmax(pg_current_snapshot())
    where source = ${source}`.execute(tx)
  return numAffectedRows === 1n
}
