import type { Reader, Tx } from '#kernel/db'

export interface AddressRow {
  id: string
  sealed: Buffer
  isDefault: boolean
}

const ADDRESS = ['id', 'sealed', 'is_default as isDefault'] as const

/** The default first, then the newest. */
export const listAddresses = (db: Reader, memberId: string): Promise<AddressRow[]> =>
  db
    .selectFrom('address')
    .select(ADDRESS)
    .where('member_id', '=', memberId)
    .orderBy('is_default', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()

/** Makes changes of one member's addresses take turns; the limit and the single default rest on it. */
export const lockMember = (tx: Tx, memberId: string): Promise<{ id: string } | undefined> =>
  tx.selectFrom('member').select('id').where('id', '=', memberId).forUpdate().executeTakeFirst()

export const insertAddress = (
  tx: Tx,
  address: AddressRow & { memberId: string; at: Date },
): Promise<AddressRow> =>
  tx
    .insertInto('address')
    .values({
      id: address.id,
      member_id: address.memberId,
      sealed: address.sealed,
      is_default: address.isDefault,
      created_at: address.at,
    })
    .returning(ADDRESS)
    .executeTakeFirstOrThrow()

export const replaceAddress = (
  tx: Tx,
  memberId: string,
  { id, sealed, isDefault }: AddressRow,
): Promise<AddressRow | undefined> =>
  tx
    .updateTable('address')
    .set({ sealed, is_default: isDefault })
    .where('id', '=', id)
    .where('member_id', '=', memberId)
    .returning(ADDRESS)
    .executeTakeFirst()

/** Takes the mark "default" off; answers how many had it. */
export const clearDefault = async (tx: Tx, memberId: string): Promise<bigint> => {
  const { numUpdatedRows } = await tx
    .updateTable('address')
    .set({ is_default: false })
    .where('member_id', '=', memberId)
    .where('is_default', '=', true)
    .executeTakeFirst()
  return numUpdatedRows
}

export const deleteAddress = (
  tx: Tx,
  memberId: string,
  id: string,
): Promise<{ isDefault: boolean } | undefined> =>
  tx
    .deleteFrom('address')
    .where('id', '=', id)
    .where('member_id', '=', memberId)
    .returning('is_default as isDefault')
    .executeTakeFirst()

/** Makes the newest address the default; false when there is none left. */
export const promoteNewest = async (tx: Tx, memberId: string): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('address')
    .set({ is_default: true })
    .where('id', '=', (eb) =>
      eb
        .selectFrom('address')
        .select('id')
        .where('member_id', '=', memberId)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(1),
    )
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
