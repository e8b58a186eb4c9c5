import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface PartnerRow {
  id: string
  code: string
  name: string
  scopes: string[]
  storeIds: string[] | null
  perMinute: number
  active: boolean
  createdAt: Date
}
const COLUMNS = [
  'id',
  'code',
  'name',
  'scopes',
  'store_ids as storeIds',
  'per_minute as perMinute',
  'active',
  'created_at as createdAt',
] as const

export const listPartners = (db: Reader): Promise<PartnerRow[]> =>
  db.selectFrom('partner').select(COLUMNS).orderBy('code').execute()
export const findPartner = (db: Reader, id: string): Promise<PartnerRow | undefined> =>
  db.selectFrom('partner').select(COLUMNS).where('id', '=', id).executeTakeFirst()
/** Locked until the transaction ends: changes and keys of one partner take turns. */
export const lockPartner = (tx: Tx, id: string): Promise<PartnerRow | undefined> =>
  tx.selectFrom('partner').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()

export async function insertPartner(tx: Tx, row: PartnerRow & { createdBy: string }): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('partner')
    .values({
      id: row.id,
      code: row.code,
      name: row.name,
      scopes: row.scopes,
      store_ids: row.storeIds,
      per_minute: row.perMinute,
      active: row.active,
      created_at: row.createdAt,
      created_by: row.createdBy,
    })
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
export async function updatePartner(tx: Tx, row: PartnerRow): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('partner')
    .set({
      name: row.name,
      scopes: row.scopes,
      store_ids: row.storeIds,
      per_minute: row.perMinute,
      active: row.active,
    })
    .where('id', '=', row.id)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface KeyRow {
  id: string
  partnerId: string
  slot: number
  algorithm: 'ed25519' | 'hmac-sha256'
  createdAt: Date
  createdBy: string
  expiresAt: Date
  endedAt: Date | null
}
/** Keys with the moment they were last used, newest first. */
export async function listKeys(
  db: Reader,
  partnerIds: readonly string[],
): Promise<(KeyRow & { lastCallAt: Date | null })[]> {
  const { rows } = await sql<KeyRow & { lastCallAt: Date | null }>`
    select id, partner_id as "partnerId", slot, algorithm, created_at as "createdAt", created_by as "createdBy", expires_at as "expiresAt",
      ended_at as "endedAt",
      (select at from partner_call c where c.partner_id = k.partner_id and c.key_id = k.id and c.status < 400
        order by at desc, c.id desc limit 1) as "lastCallAt"
    from partner_key k where partner_id = any(${[...partnerIds]}::uuid[]) order by created_at desc, id`.execute(
    db,
  )
  return rows
}

/** Ends the keys that have expired, so that their slots are free. */
export async function endExpired(tx: Tx, partnerId: string, at: Date): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('partner_key')
    .set({ ended_at: sql<Date>`expires_at`, ended_by: 'system' })
    .where('partner_id', '=', partnerId)
    .where('ended_at', 'is', null)
    .where('expires_at', '<=', at)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
export async function listSlotsTaken(tx: Tx, partnerId: string): Promise<number[]> {
  const rows = await tx
    .selectFrom('partner_key')
    .select('slot')
    .where('partner_id', '=', partnerId)
    .where('ended_at', 'is', null)
    .execute()
  return rows.map(({ slot }) => slot)
}
export async function insertKey(
  tx: Tx,
  row: Omit<KeyRow, 'endedAt'> & { publicKey: string | null; secretSealed: Buffer | null },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('partner_key')
    .values({
      id: row.id,
      partner_id: row.partnerId,
      slot: row.slot,
      algorithm: row.algorithm,
      public_key: row.publicKey,
      secret_sealed: row.secretSealed,
      created_at: row.createdAt,
      created_by: row.createdBy,
      expires_at: row.expiresAt,
    })
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
/** False when there is no such live key. */
export async function endKey(
  tx: Tx,
  { partnerId, keyId, at, by }: { partnerId: string; keyId: string; at: Date; by: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('partner_key')
    .set({ ended_at: at, ended_by: by })
    .where('id', '=', keyId)
    .where('partner_id', '=', partnerId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
