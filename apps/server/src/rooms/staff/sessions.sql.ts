import type { Reader, Tx } from '#kernel/db'
import type { EndedSession } from '#kernel/sessions'
import type { Tries } from './login-guard.ts'

export interface NewSession {
  id: string
  staffId: string
  face: 'console' | 'floor'
  createdAt: Date
  expiresAt: Date
}

export const insertSession = async (tx: Tx, session: NewSession): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('staff_session')
    .values({
      id: session.id,
      staff_id: session.staffId,
      face: session.face,
      created_at: session.createdAt,
      expires_at: session.expiresAt,
    })
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Revokes a session that is still open; undefined when it was not. */
export const revokeSession = (tx: Tx, id: string, at: Date): Promise<EndedSession | undefined> =>
  tx
    .updateTable('staff_session')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning(['id', 'expires_at as expiresAt'])
    .executeTakeFirst()

/** Revokes every open session of one person except `keepId`. */
export const revokeSessions = (
  tx: Tx,
  { staffId, keepId, at }: { staffId: string; keepId?: string | undefined; at: Date },
): Promise<EndedSession[]> => {
  const query = tx
    .updateTable('staff_session')
    .set({ revoked_at: at })
    .where('staff_id', '=', staffId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
  return (keepId === undefined ? query : query.where('id', '<>', keepId))
    .returning(['id', 'expires_at as expiresAt'])
    .execute()
}

/** Sessions that were ended before their tokens ran out. */
export const listEndedSessions = (db: Reader, now: Date): Promise<EndedSession[]> =>
  db
    .selectFrom('staff_session')
    .select(['id', 'expires_at as expiresAt'])
    .where('revoked_at', 'is not', null)
    .where('expires_at', '>', now)
    .execute()

/** Makes sure the name has a row and locks it, so that tries sent at once are counted one after another. */
export const lockTries = (tx: Tx, account: string, now: Date): Promise<Tries> =>
  tx
    .insertInto('staff_login_guard')
    .values({ account, tries: 0, last_try_at: now })
    .onConflict((on) => on.column('account').doUpdateSet({ account }))
    .returning(['tries', 'locked_until as lockedUntil', 'last_try_at as lastTryAt'])
    .executeTakeFirstOrThrow()

export const keepTries = async (tx: Tx, account: string, tries: Tries): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('staff_login_guard')
    .set({ tries: tries.tries, locked_until: tries.lockedUntil, last_try_at: tries.lastTryAt })
    .where('account', '=', account)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export const forgetTries = async (tx: Tx, account: string): Promise<boolean> => {
  const { numDeletedRows } = await tx
    .deleteFrom('staff_login_guard')
    .where('account', '=', account)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** Drops counts nobody needs any more; answers how many. */
export const dropOldTries = async (tx: Tx, before: Date): Promise<bigint> => {
  const { numDeletedRows } = await tx
    .deleteFrom('staff_login_guard')
    .where('last_try_at', '<', before)
    .executeTakeFirst()
  return numDeletedRows
}

export const dropOldSessions = async (tx: Tx, before: Date): Promise<bigint> => {
  const { numDeletedRows } = await tx
    .deleteFrom('staff_session')
    .where('expires_at', '<', before)
    .executeTakeFirst()
  return numDeletedRows
}
