import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface MemberRow {
  id: string
  nickname: string
  phoneCipher: Buffer | null
  blocked: boolean
  joinedAt: Date
}

const MEMBER = [
  'member.id',
  'member.nickname',
  'member.phone_cipher as phoneCipher',
  'member.blocked',
  'member.joined_at as joinedAt',
] as const

export const findMember = (db: Reader, id: string): Promise<MemberRow | undefined> =>
  db.selectFrom('member').select(MEMBER).where('id', '=', id).executeTakeFirst()

/** Holds the member as it is: a session made after this is one that a block, waiting, will find and end. */
export const findByOpenid = (tx: Tx, openid: string): Promise<MemberRow | undefined> =>
  tx
    .selectFrom('member_identity')
    .innerJoin('member', 'member.id', 'member_identity.member_id')
    .select(MEMBER)
    .where('provider', '=', 'wechat')
    .where('subject', '=', openid)
    .forShare('member')
    .executeTakeFirst()

/**
 * Makes a member for an openid in one statement: the identity is claimed first, and only who claimed it becomes a member. Undefined: somebody else
 * was faster, and committed before this statement returned.
 */
export const claimOpenid = async (
  tx: Tx,
  { id, openid, nickname, at }: { id: string; openid: string; nickname: string; at: Date },
): Promise<MemberRow | undefined> => {
  const { rows } = await sql<MemberRow>`
    with claimed as (
      insert into member_identity (provider, subject, member_id, created_at)
      values ('wechat', ${openid}, ${id}, ${at})
      on conflict (provider, subject) do nothing
      returning member_id
    )
    insert into member (id, nickname, joined_at)
    select member_id, ${nickname}, ${at} from claimed
    returning id, nickname, phone_cipher as "phoneCipher", blocked, joined_at as "joinedAt"`.execute(tx)
  return rows[0]
}

export const openidOf = (db: Reader, memberId: string): Promise<{ openid: string } | undefined> =>
  db
    .selectFrom('member_identity')
    .select('subject as openid')
    .where('provider', '=', 'wechat')
    .where('member_id', '=', memberId)
    .executeTakeFirst()

export const setNickname = (tx: Tx, id: string, nickname: string): Promise<MemberRow | undefined> =>
  tx.updateTable('member').set({ nickname }).where('id', '=', id).returning(MEMBER).executeTakeFirst()

/** Violates `member_phone_hash_key` when another member has the number. */
export const setPhone = (
  tx: Tx,
  id: string,
  { cipher, hash, tail }: { cipher: Buffer; hash: Buffer; tail: string },
): Promise<MemberRow | undefined> =>
  tx
    .updateTable('member')
    .set({ phone_cipher: cipher, phone_hash: hash, phone_tail: tail })
    .where('id', '=', id)
    .returning(MEMBER)
    .executeTakeFirst()

export interface MemberCard {
  id: string
  nickname: string
  phoneTail: string | null
}

export const listCards = (db: Reader, ids: readonly string[]): Promise<MemberCard[]> =>
  db
    .selectFrom('member')
    .select(['id', 'nickname', 'phone_tail as phoneTail'])
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute()

export const listIdsByPhoneTail = (db: Reader, tail: string, limit: number): Promise<{ id: string }[]> =>
  db.selectFrom('member').select('id').where('phone_tail', '=', tail).limit(limit).execute()

/** Members with this in their name, in the order of their names. */
export const listIdsByName = (db: Reader, part: string, limit: number): Promise<{ id: string }[]> =>
  db
    .selectFrom('member')
    .select('id')
    .where(sql<boolean>`strpos(lower(nickname), lower(${part})) > 0`)
    .orderBy('nickname')
    .limit(limit)
    .execute()

export const listByPhoneHash = (
  db: Reader,
  hashes: readonly Buffer[],
): Promise<{ id: string; hash: Buffer }[]> =>
  db
    .selectFrom('member')
    .select(['id', sql<Buffer>`phone_hash`.as('hash')])
    .where(sql<boolean>`phone_hash = any(${hashes}::bytea[])`)
    .execute()

export interface CardHolder {
  id: string
  blocked: boolean
  serial: number
}
const HOLDER = ['id', 'blocked', 'card_serial as serial'] as const

export const findHolder = (db: Reader, id: string): Promise<CardHolder | undefined> =>
  db.selectFrom('member').select(HOLDER).where('id', '=', id).executeTakeFirst()

export const findBySerial = (db: Reader, serial: number): Promise<CardHolder | undefined> =>
  db.selectFrom('member').select(HOLDER).where('card_serial', '=', serial).executeTakeFirst()

export const listHoldersByTail = (db: Reader, tail: string, limit: number): Promise<CardHolder[]> =>
  db.selectFrom('member').select(HOLDER).where('phone_tail', '=', tail).limit(limit).execute()

export const findPhoneHash = (db: Reader, id: string): Promise<{ hash: Buffer | null } | undefined> =>
  db.selectFrom('member').select('phone_hash as hash').where('id', '=', id).executeTakeFirst()

/** Keyed hashes of the phones of these members, in hex. */
export const listPhoneHashes = (
  db: Reader,
  ids: readonly string[],
): Promise<{ id: string; hash: string }[]> =>
  db
    .selectFrom('member')
    .select(['id', sql<string>`encode(phone_hash, 'hex')`.as('hash')])
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .where('phone_hash', 'is not', null)
    .execute()
