import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { DropState, DropStop, DropTerms } from './terms.ts'

export interface DropRow extends DropTerms {
  id: string
  state: DropState
  version: number
  stop: DropStop | null
  createdAt: Date
  by: string
}
const DROP = sql`id, name, audience_id as "audienceId", template_id as "templateId", words, schedule, starts_at as "startsAt", last_day::text as "lastDay",
  holdout_bp as "holdoutBp", window_days as "windowDays", again_after_days as "againAfterDays", most_messages as "mostMessages", most_members as "mostMembers",
  budget_fen as "budgetFen", most_opt_out_bp as "mostOptOutBp", state, version, stop, created_at as "createdAt", by`

export async function findDrop(db: Reader, id: string): Promise<DropRow | undefined> {
  const { rows } = await sql<DropRow>`select ${DROP} from drop_plan where id = ${id}`.execute(db)
  return rows[0]
}
/** The drop, against everybody else who would change it or begin a round. */
export async function lockDrop(tx: Tx, id: string): Promise<DropRow | undefined> {
  const { rows } =
    await sql<DropRow>`select ${DROP} from drop_plan where id = ${id} for no key update`.execute(tx)
  return rows[0]
}
export async function listDrops(
  db: Reader,
  { state, offset, limit }: { state: DropState | undefined; offset: number; limit: number },
): Promise<{ items: DropRow[]; total: number }> {
  const where = state === undefined ? sql`true` : sql`state = ${state}`
  const [page, all] = await Promise.all([
    sql<DropRow>`select ${DROP} from drop_plan where ${where} order by created_at desc, id desc offset ${offset} limit ${limit}`.execute(
      db,
    ),
    sql<{ total: number }>`select count(*)::int as total from drop_plan where ${where}`.execute(db),
  ])
  return { items: page.rows, total: all.rows[0]?.total ?? 0 }
}
/** Drops that sweeps look at. */
export async function listLive(db: Reader): Promise<DropRow[]> {
  const { rows } = await sql<DropRow>`select ${DROP} from drop_plan where state = 'LIVE' order by id`.execute(
    db,
  )
  return rows
}
const valuesOf = (terms: DropTerms) => ({
  name: terms.name,
  audience_id: terms.audienceId,
  template_id: terms.templateId,
  words: terms.words,
  schedule: terms.schedule,
  starts_at: terms.startsAt,
  last_day: terms.lastDay,
  holdout_bp: terms.holdoutBp,
  window_days: terms.windowDays,
  again_after_days: terms.againAfterDays,
  most_messages: terms.mostMessages,
  most_members: terms.mostMembers,
  budget_fen: terms.budgetFen,
  most_opt_out_bp: terms.mostOptOutBp,
})
export const insertDrop = (
  tx: Tx,
  { id, terms, at, by }: { id: string; terms: DropTerms; at: Date; by: string },
): Promise<unknown> =>
  tx
    .insertInto('drop_plan')
    .values({ id, ...valuesOf(terms), state: 'DRAFT', created_at: at, by })
    .execute()
export const setTerms = (tx: Tx, id: string, terms: DropTerms): Promise<unknown> =>
  tx
    .updateTable('drop_plan')
    .set({ ...valuesOf(terms), version: sql`version + 1` })
    .where('id', '=', id)
    .where('state', '=', 'DRAFT')
    .execute()
/** Moves a drop on, if it stands in one of `from`; false: it does not. */
export async function moveDrop(
  tx: Tx,
  id: string,
  { from, to, stop = null }: { from: readonly DropState[]; to: DropState; stop?: DropStop | null },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('drop_plan')
    .set({ state: to, stop, version: sql`version + 1` })
    .where('id', '=', id)
    .where('state', 'in', [...from])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
export const deleteDrop = (tx: Tx, id: string): Promise<unknown> =>
  tx.deleteFrom('drop_plan').where('id', '=', id).where('state', '=', 'DRAFT').execute()
