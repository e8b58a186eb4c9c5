import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface AuditRow {
  id: string
  at: Date
  actor: string
  action: string
  subject: string
  storeId: string | null
  before: unknown
  after: unknown
  requestId: string
}

/** `staffId` is null where no account did it. */
export const insertEvent = async (tx: Tx, row: AuditRow & { staffId: string | null }): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('audit_event')
    .values({
      id: row.id,
      at: row.at,
      staff_id: row.staffId,
      actor: row.actor,
      action: row.action,
      subject: row.subject,
      store_id: row.storeId,
      before: JSON.stringify(row.before ?? null),
      after: JSON.stringify(row.after ?? null),
      request_id: row.requestId,
    })
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export interface AuditFilter {
  q: string | undefined
  about: string | undefined
  /** Null: every store, and what belongs to none. */
  storeIds: readonly string[] | null
}

const matching = (db: Reader, { q, about, storeIds }: AuditFilter) => {
  let query = db.selectFrom('audit_event').leftJoin('staff', 'staff.id', 'audit_event.staff_id')
  if (storeIds) query = query.where('store_id', 'in', storeIds.length > 0 ? [...storeIds] : [''])
  if (about) query = query.where(sql<boolean>`starts_with(action, ${`${about}.`})`)
  if (q)
    query = query.where(
      sql<boolean>`strpos(lower(concat_ws(' ', actor, staff.name, action, subject)), lower(${q})) > 0`,
    )
  return query
}

export const listEvents = (
  db: Reader,
  filter: AuditFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<(AuditRow & { actorName: string | null })[]> =>
  matching(db, filter)
    .select([
      'audit_event.id',
      'at',
      'actor',
      'staff.name as actorName',
      'action',
      'subject',
      'store_id as storeId',
      'before',
      'after',
      'request_id as requestId',
    ])
    .orderBy('at', 'desc')
    .orderBy('audit_event.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()

export const countEvents = async (db: Reader, filter: AuditFilter): Promise<number> => {
  const { count } = await matching(db, filter)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}
