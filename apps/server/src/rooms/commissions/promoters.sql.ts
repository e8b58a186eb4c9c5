import { sql } from 'kysely'
import type { APPLICATION_STATES } from '@linli/contract/commission-parts'
import type { Reader, Tx } from '#kernel/db'
import type { Sums } from './ledger.sql.ts'

export interface PromoterRow extends Sums {
  memberId: string
  accountId: string
  key: string
  since: Date
  inviterId: string | null
  active: boolean
  level: string
  bound: number
  invited: number
}
const PROMOTER = sql`
  p.member_id as "memberId", p.account_id as "accountId", p.key, p.since, p.inviter_id as "inviterId", s.active, s.level,
  a.pending_fen as "pendingFen", a.frozen_fen as "frozenFen", a.available_fen as "availableFen", a.withdrawing_fen as "withdrawingFen",
  a.paid_fen as "paidFen"`
const FROM = sql`
  from promoter p join commission_account a on a.id = p.account_id
  join lateral (select active, level from promoter_standing s where s.promoter_id = p.member_id order by s.id desc limit 1) s on true`
const counts = (at: Date) => sql`
  (select count(*) from promoter_binding b where b.promoter_id = p.member_id and b.ended_at is null and b.bind_expires_at > ${at}) as bound,
  (select count(*) from promoter i where i.inviter_id = p.member_id) as invited`

export async function findPromoter(
  db: Reader,
  where: { memberId: string } | { key: string },
  at: Date,
): Promise<PromoterRow | undefined> {
  const { rows } = await sql<PromoterRow>`
    select ${PROMOTER}, ${counts(at)} ${FROM}
    where ${'key' in where ? sql`p.key = ${where.key}` : sql`p.member_id = ${where.memberId}`}`.execute(db)
  return rows[0]
}

/** Newest first; `memberIds` null: everybody. */
export async function listPromoters(
  db: Reader,
  {
    memberIds,
    at,
    limit,
    offset,
  }: { memberIds: readonly string[] | null; at: Date; limit: number; offset: number },
): Promise<PromoterRow[]> {
  const { rows } = await sql<PromoterRow>`
    select ${PROMOTER}, ${counts(at)} ${FROM} where (${memberIds}::uuid[] is null or p.member_id = any(${memberIds}::uuid[]))
    order by p.since desc, p.member_id limit ${limit} offset ${offset}`.execute(db)
  return rows
}
export async function countPromoters(db: Reader, memberIds: readonly string[] | null): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from promoter where (${memberIds}::uuid[] is null or member_id = any(${memberIds}::uuid[]))`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

export const insertPromoter = async (
  tx: Tx,
  row: {
    memberId: string
    accountId: string
    applicationId: string
    key: string
    inviterId: string | null
    since: Date
  },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('promoter')
    .values({
      member_id: row.memberId,
      account_id: row.accountId,
      application_id: row.applicationId,
      key: row.key,
      inviter_id: row.inviterId,
      since: row.since,
    })
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export interface NewStanding {
  promoterId: string
  active: boolean
  level: string
  at: Date
  by: string
  reason: string
}
export const insertStanding = async (tx: Tx, row: NewStanding): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('promoter_standing')
    .values({
      promoter_id: row.promoterId,
      active: row.active,
      level: row.level,
      at: row.at,
      by: row.by,
      reason: row.reason,
    })
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
/** One change of a standing at a time. */
export const lockPromoter = (tx: Tx, memberId: string): Promise<{ memberId: string } | undefined> =>
  tx
    .selectFrom('promoter')
    .select('member_id as memberId')
    .where('member_id', '=', memberId)
    .forUpdate()
    .executeTakeFirst()

export const pictureOf = (db: Reader, memberId: string): Promise<{ picture: Buffer | null } | undefined> =>
  db.selectFrom('promoter').select('picture').where('member_id', '=', memberId).executeTakeFirst()

export const keepPicture = async (tx: Tx, memberId: string, picture: Buffer): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('promoter')
    .set({ picture })
    .where('member_id', '=', memberId)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export type ApplicationState = (typeof APPLICATION_STATES)[number]
export interface ApplicationRow {
  id: string
  memberId: string
  inviterId: string | null
  words: string
  state: ApplicationState
  at: Date
  decidedAt: Date | null
  decidedBy: string | null
  reason: string | null
}
const APPLICATION = [
  'id',
  'member_id as memberId',
  'inviter_id as inviterId',
  'words',
  sql<ApplicationState>`state`.as('state'),
  'at',
  'decided_at as decidedAt',
  'decided_by as decidedBy',
  'reason',
] as const

export const latestApplication = (db: Reader, memberId: string): Promise<ApplicationRow | undefined> =>
  db
    .selectFrom('promoter_application')
    .select(APPLICATION)
    .where('member_id', '=', memberId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

export const lockApplication = (tx: Tx, id: string): Promise<ApplicationRow | undefined> =>
  tx
    .selectFrom('promoter_application')
    .select(APPLICATION)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export const listApplications = (
  db: Reader,
  { state, limit, offset }: { state: ApplicationState | undefined; limit: number; offset: number },
): Promise<ApplicationRow[]> =>
  db
    .selectFrom('promoter_application')
    .select(APPLICATION)
    .where(sql<boolean>`(${state ?? null}::text is null or state = ${state ?? null}::text)`)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
export async function countApplications(db: Reader, state: ApplicationState | undefined): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from promoter_application where (${state ?? null}::text is null or state = ${state ?? null}::text)`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

/** False: one of theirs waits for an answer. */
export const insertApplication = async (
  tx: Tx,
  row: Pick<ApplicationRow, 'id' | 'memberId' | 'inviterId' | 'words' | 'at'>,
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('promoter_application')
    .values({
      id: row.id,
      member_id: row.memberId,
      inviter_id: row.inviterId,
      words: row.words,
      state: 'APPLIED',
      at: row.at,
    })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export const decide = async (
  tx: Tx,
  id: string,
  { state, at, by, reason }: { state: 'APPROVED' | 'REFUSED'; at: Date; by: string; reason: string | null },
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('promoter_application')
    .set({ state, decided_at: at, decided_by: by, reason })
    .where('id', '=', id)
    .where('state', '=', 'APPLIED')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
