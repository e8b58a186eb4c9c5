import type { Reader, Tx } from '#kernel/db'

export interface SealedToken {
  sealed: Buffer
  expiresAt: Date
}

export const readToken = (db: Reader, name: string): Promise<SealedToken | undefined> =>
  db
    .selectFrom('provider_token')
    .select(['value as sealed', 'expires_at as expiresAt'])
    .where('name', '=', name)
    .executeTakeFirst()

export const keepToken = async (
  tx: Tx,
  { name, sealed, expiresAt }: SealedToken & { name: string },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('provider_token')
    .values({ name, value: sealed, expires_at: expiresAt })
    .onConflict((on) => on.column('name').doUpdateSet({ value: sealed, expires_at: expiresAt }))
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
