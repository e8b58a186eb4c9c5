import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { Kind, Page } from './kinds.ts'

export interface InboxRow {
  id: string
  kind: Kind
  title: string
  body: string
  page: Page
  pageId: string | null
  toldAt: Date
  read: boolean
}

/** What a member sees, newest first, from behind `after` on. */
export const listInbox = (
  db: Reader,
  memberId: string,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<InboxRow[]> =>
  db
    .selectFrom('message')
    .select([
      'id',
      // Held to these words by what writes them.
      sql<Kind>`kind`.as('kind'),
      'title',
      'body',
      sql<Page>`page`.as('page'),
      'page_id as pageId',
      'told_at as toldAt',
      sql<boolean>`read_at is not null`.as('read'),
    ])
    .where('member_id', '=', memberId)
    .where('withheld', 'is', null)
    .where(sql<boolean>`(${after ?? null}::uuid is null or id < ${after ?? null}::uuid)`)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export async function countUnread(db: Reader, memberId: string, most: number): Promise<number> {
  const { rows } = await sql<{ unread: number }>`
    select count(*) as unread from (
      select 1 from message where member_id = ${memberId} and withheld is null and read_at is null limit ${most}) u`.execute(
    db,
  )
  return rows[0]?.unread ?? 0
}

/** Marks one message as read; false when the member has no such message. */
export async function markRead(tx: Tx, memberId: string, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('message')
    .set({ read_at: sql<Date>`coalesce(read_at, ${at})` })
    .where('id', '=', id)
    .where('member_id', '=', memberId)
    .where('withheld', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Marks everything up to this one. What came after it was on nobody's screen. */
export async function markReadUpTo(tx: Tx, memberId: string, id: string, at: Date): Promise<bigint> {
  const { numUpdatedRows } = await tx
    .updateTable('message')
    .set({ read_at: at })
    .where('member_id', '=', memberId)
    .where('withheld', 'is', null)
    .where('read_at', 'is', null)
    .where('id', '<=', id)
    .executeTakeFirst()
  return numUpdatedRows
}

/** Forgets what was told so long ago that nobody looks for it; what is still on its way stays. */
export async function dropToldBefore(tx: Tx, at: Date, limit: number): Promise<number> {
  const { rows } = await sql`
    delete from message where id in (
      select m.id from message m where m.told_at < ${at}
        and not exists (select from message_push p where p.message_id = m.id and p.due_at is not null) limit ${limit})
    returning 1`.execute(tx)
  return rows.length
}
