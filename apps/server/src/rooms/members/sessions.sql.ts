import type { Reader, Tx } from '#kernel/db'
import type { EndedSession } from '#kernel/sessions'

export const insertSession = async (
  tx: Tx,
  session: { id: string; memberId: string; createdAt: Date; expiresAt: Date },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('member_session')
    .values({
      id: session.id,
      member_id: session.memberId,
      created_at: session.createdAt,
      expires_at: session.expiresAt,
    })
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Revokes a session that is still open; undefined when it was not. */
export const revokeSession = (tx: Tx, id: string, at: Date): Promise<EndedSession | undefined> =>
  tx
    .updateTable('member_session')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning(['id', 'expires_at as expiresAt'])
    .executeTakeFirst()

/** Sessions that were ended before their tokens ran out. */
export const listEndedSessions = (db: Reader, now: Date): Promise<EndedSession[]> =>
  db
    .selectFrom('member_session')
    .select(['id', 'expires_at as expiresAt'])
    .where('revoked_at', 'is not', null)
    .where('expires_at', '>', now)
    .execute()

export const dropOldSessions = async (tx: Tx, before: Date): Promise<bigint> => {
  const { numDeletedRows } = await tx
    .deleteFrom('member_session')
    .where('expires_at', '<', before)
    .executeTakeFirst()
  return numDeletedRows
}
