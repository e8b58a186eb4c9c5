import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface KnownKey {
  keyId: string
  partnerId: string
  code: string
  scopes: string[]
  storeIds: string[] | null
  active: boolean
  algorithm: 'ed25519' | 'hmac-sha256'
  publicKey: string | null
  secretSealed: Buffer | null
  expiresAt: Date
  endedAt: Date | null
  /** An account of the demo let it in. */
  demo: boolean
}

/** A key and whose it is, as of now. */
export const findKey = (db: Reader, id: string): Promise<KnownKey | undefined> =>
  db
    .selectFrom('partner_key as k')
    .innerJoin('partner as p', 'p.id', 'k.partner_id')
    .select([
      'k.id as keyId',
      'p.id as partnerId',
      'p.code',
      'p.scopes',
      'p.store_ids as storeIds',
      'p.active',
    ])
    .select(sql<KnownKey['algorithm']>`k.algorithm`.as('algorithm'))
    .select(['k.public_key as publicKey', 'k.secret_sealed as secretSealed'])
    .select(['k.expires_at as expiresAt', 'k.ended_at as endedAt'])
    .select(
      sql<boolean>`exists (select from staff s where lower(s.account) = lower(substr(k.created_by, 7)) and s.demo)`.as(
        'demo',
      ),
    )
    .where('k.id', '=', id)
    .executeTakeFirst()

export interface Entrance {
  keyId: string
  nonce: string
  keepUntil: Date
  minute: Date
}
/**
 * Spends a nonce and counts the call. Null calls: the nonce was spent before. Undefined: the key was ended, or its partner stopped, since it was
 * looked at.
 */
export async function enter(
  tx: Tx,
  { keyId, nonce, keepUntil, minute }: Entrance,
): Promise<{ calls: number | null; perMinute: number } | undefined> {
  const { rows } = await sql<{ calls: number | null; perMinute: number }>`
    with live as (
      select k.id, p.per_minute from partner_key k join partner p on p.id = k.partner_id
      where k.id = ${keyId} and k.ended_at is null and p.active),
    fresh as (
      insert into partner_nonce (key_id, nonce, keep_until) select id, ${nonce}, ${keepUntil} from live
      on conflict do nothing returning key_id),
    counted as (
      insert into partner_minute (key_id, minute, calls) select key_id, ${minute}, 1 from fresh
      on conflict (key_id, minute) do update set calls = partner_minute.calls + 1 returning calls)
    select (select calls from counted) as calls, per_minute as "perMinute" from live`.execute(tx)
  return rows[0]
}

/** Forgets nonces that the clock keeps out by itself, and the counts of minutes long over. */
export async function forget(tx: Tx, at: Date): Promise<number> {
  const { rows } = await sql`
    with nonces as (delete from partner_nonce where keep_until < ${at} returning 1),
    minutes as (delete from partner_minute where minute < ${at}::timestamptz - interval '1 hour' returning 1)
    select from nonces`.execute(tx)
  return rows.length
}
