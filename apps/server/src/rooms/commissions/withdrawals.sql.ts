import { sql } from 'kysely'
import type { WITHDRAWAL_STATES } from '@linli/contract/commission-parts'
import type { Reader, Tx } from '#kernel/db'
import type { MonthBefore } from './tax.ts'

export type WithdrawalState = (typeof WITHDRAWAL_STATES)[number]
export interface WithdrawalRow {
  id: string
  accountId: string
  idemKey: string
  outBillNo: string
  amountFen: number
  taxFen: number
  netFen: number
  openid: string
  nameCipher: Buffer | null
  state: WithdrawalState
  packageInfo: string | null
  transferBillNo: string | null
  trouble: string | null
  tries: number
  requestedAt: Date
  doneAt: Date | null
}
const WITHDRAWAL = [
  'id',
  'account_id as accountId',
  'idem_key as idemKey',
  'out_bill_no as outBillNo',
  'amount_fen as amountFen',
  'tax_fen as taxFen',
  'net_fen as netFen',
  'openid',
  'name_cipher as nameCipher',
  sql<WithdrawalState>`state`.as('state'),
  'package_info as packageInfo',
  'transfer_bill_no as transferBillNo',
  'trouble',
  'tries',
  'requested_at as requestedAt',
  'done_at as doneAt',
] as const
const withdrawals = (db: Reader) => db.selectFrom('commission_withdrawal').select(WITHDRAWAL)
const ENDED = ['PAID', 'CANCELLED'] as const

export const findWithdrawal = (db: Reader, id: string): Promise<WithdrawalRow | undefined> =>
  withdrawals(db).where('id', '=', id).executeTakeFirst()

export const findByKey = (
  db: Reader,
  accountId: string,
  idemKey: string,
): Promise<WithdrawalRow | undefined> =>
  withdrawals(db).where('account_id', '=', accountId).where('idem_key', '=', idemKey).executeTakeFirst()

export const findByNumber = (db: Reader, outBillNo: string): Promise<WithdrawalRow | undefined> =>
  withdrawals(db).where('out_bill_no', '=', outBillNo).executeTakeFirst()

export const findOpen = (db: Reader, accountId: string): Promise<WithdrawalRow | undefined> =>
  withdrawals(db).where('account_id', '=', accountId).where('state', 'not in', ENDED).executeTakeFirst()

export const lockWithdrawal = (tx: Tx, id: string): Promise<WithdrawalRow | undefined> =>
  tx
    .selectFrom('commission_withdrawal')
    .select(WITHDRAWAL)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export interface NewWithdrawal {
  id: string
  accountId: string
  idemKey: string
  outBillNo: string
  amountFen: number
  tax: 'none' | 'labour'
  month: string
  before: MonthBefore
  taxFen: number
  netFen: number
  openid: string
  nameCipher: Buffer | null
  at: Date
}
export const insertWithdrawal = (tx: Tx, row: NewWithdrawal): Promise<WithdrawalRow> =>
  tx
    .insertInto('commission_withdrawal')
    .values({
      id: row.id,
      account_id: row.accountId,
      idem_key: row.idemKey,
      out_bill_no: row.outBillNo,
      amount_fen: row.amountFen,
      tax: row.tax,
      month: row.month,
      month_before_fen: row.before.earnedFen,
      tax_before_fen: row.before.withheldFen,
      tax_fen: row.taxFen,
      net_fen: row.netFen,
      openid: row.openid,
      name_cipher: row.nameCipher,
      state: 'REQUESTED',
      next_check_at: row.at,
      requested_at: row.at,
    })
    .returning(WITHDRAWAL)
    .executeTakeFirstOrThrow()

/** What one account was paid in a month or is being paid, and what was withheld of it. */
export async function sumMonth(db: Reader, accountId: string, month: string): Promise<MonthBefore> {
  const { rows } = await sql<MonthBefore>`
    select coalesce(sum(amount_fen), 0)::bigint as "earnedFen", coalesce(sum(tax_fen), 0)::bigint as "withheldFen"
    from commission_withdrawal where account_id = ${accountId} and month = ${month} and state <> 'CANCELLED'`.execute(
    db,
  )
  return rows[0] ?? { earnedFen: 0, withheldFen: 0 }
}
export async function sumSince(db: Reader, accountId: string, since: Date): Promise<number> {
  const { rows } = await sql<{ fen: number }>`
    select coalesce(sum(amount_fen), 0)::bigint as fen from commission_withdrawal
    where account_id = ${accountId} and requested_at >= ${since} and state <> 'CANCELLED'`.execute(db)
  return rows[0]?.fen ?? 0
}

/** Withdrawals whose next look has come; each is asked about by one process. The seconds between looks grow. */
export async function claimDue(
  tx: Tx,
  at: Date,
  gaps: readonly number[],
  limit: number,
): Promise<WithdrawalRow[]> {
  const { rows } = await sql<{ id: string }>`
    update commission_withdrawal set tries = tries + 1, checked_at = ${at},
      next_check_at = ${at}::timestamptz + make_interval(secs => (${gaps}::int[])[least(tries + 1, ${gaps.length})])
    where id in (select id from commission_withdrawal where next_check_at <= ${at} order by next_check_at limit ${limit} for update skip locked)
    returning id`.execute(tx)
  return rows.length === 0
    ? []
    : withdrawals(tx)
        .where(sql<boolean>`id = any(${rows.map(({ id }) => id)}::uuid[])`)
        .execute()
}
/** One withdrawal for whoever looks at it on a page; undefined where it has ended or was asked about a moment ago. */
export const claimOne = (
  tx: Tx,
  id: string,
  { at, before }: { at: Date; before: Date },
): Promise<WithdrawalRow | undefined> =>
  tx
    .updateTable('commission_withdrawal')
    .set({ checked_at: at, tries: sql<number>`tries + 1` })
    .where('id', '=', id)
    .where('state', 'not in', ENDED)
    .where(sql<boolean>`(checked_at is null or checked_at < ${before})`)
    .returning(WITHDRAWAL)
    .executeTakeFirst()

export const moveOn = async (
  tx: Tx,
  id: string,
  {
    state,
    packageInfo,
    billNo,
    trouble,
  }: { state: WithdrawalState; packageInfo: string | null; billNo: string | null; trouble: string | null },
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('commission_withdrawal')
    .set({
      state,
      trouble,
      package_info: sql<string | null>`coalesce(${packageInfo}, package_info)`,
      transfer_bill_no: sql<string | null>`coalesce(${billNo}, transfer_bill_no)`,
    })
    .where('id', '=', id)
    .where('state', 'not in', ENDED)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
/** Nothing of it is sent any more. False: it had ended before. */
export const startCancelling = async (tx: Tx, id: string, nextAt: Date): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('commission_withdrawal')
    .set({ state: 'CANCELLING', next_check_at: nextAt })
    .where('id', '=', id)
    .where('state', 'not in', ENDED)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** False: it had ended before. */
export const end = async (
  tx: Tx,
  id: string,
  {
    state,
    billNo,
    trouble,
    at,
  }: { state: 'PAID' | 'CANCELLED'; billNo: string | null; trouble: string | null; at: Date },
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('commission_withdrawal')
    .set({
      state,
      trouble,
      done_at: at,
      next_check_at: null,
      package_info: null,
      transfer_bill_no: sql<string | null>`coalesce(${billNo}, transfer_bill_no)`,
    })
    .where('id', '=', id)
    .where('state', 'not in', ENDED)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
export const noteTrouble = async (tx: Tx, id: string, trouble: string): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('commission_withdrawal')
    .set({ trouble })
    .where('id', '=', id)
    .where('state', 'not in', ENDED)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Newest first; of one account or of all. */
export const listWithdrawals = (
  db: Reader,
  {
    accountId,
    state,
    limit,
    offset,
  }: { accountId: string | null; state?: WithdrawalState | undefined; limit: number; offset: number },
): Promise<WithdrawalRow[]> =>
  withdrawals(db)
    .where(sql<boolean>`(${accountId}::uuid is null or account_id = ${accountId}::uuid)`)
    .where(sql<boolean>`(${state ?? null}::text is null or state = ${state ?? null}::text)`)
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
export async function countWithdrawals(
  db: Reader,
  { accountId, state }: { accountId: string | null; state?: WithdrawalState | undefined },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from commission_withdrawal where (${accountId}::uuid is null or account_id = ${accountId}::uuid)
      and (${state ?? null}::text is null or state = ${state ?? null}::text)`.execute(db)
  return rows[0]?.count ?? 0
}

export interface IdentityRow {
  name: Buffer
  document: Buffer
  tail: string
}
export const findIdentity = (db: Reader, accountId: string): Promise<IdentityRow | undefined> =>
  db
    .selectFrom('commission_identity')
    .select(['name_cipher as name', 'document_cipher as document', 'document_tail as tail'])
    .where('account_id', '=', accountId)
    .executeTakeFirst()

export const putIdentity = async (
  tx: Tx,
  { accountId, name, document, tail, at }: IdentityRow & { accountId: string; at: Date },
): Promise<boolean> => {
  const values = { name_cipher: name, document_cipher: document, document_tail: tail, at }
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('commission_identity')
    .values({ account_id: accountId, ...values })
    .onConflict((on) => on.column('account_id').doUpdateSet(values))
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
