import { sql } from 'kysely'
import type { COMMISSION_REASONS } from '@linli/contract/commission-parts'
import { newId } from '#kernel/id'
import type { Reader, Tx } from '#kernel/db'
import type { Span } from '#kernel/following'

export type Reason = (typeof COMMISSION_REASONS)[number]
export interface Sums {
  pendingFen: number
  frozenFen: number
  availableFen: number
  withdrawingFen: number
  paidFen: number
}
export interface AccountRow extends Sums {
  accountId: string
  memberId: string | null
  staffId: string | null
  staffName: string | null
}
const SUMS = [
  'a.pending_fen as pendingFen',
  'a.frozen_fen as frozenFen',
  'a.available_fen as availableFen',
  'a.withdrawing_fen as withdrawingFen',
  'a.paid_fen as paidFen',
] as const
const ACCOUNT = [
  'a.id as accountId',
  'a.member_id as memberId',
  'a.staff_id as staffId',
  's.name as staffName',
  ...SUMS,
] as const
const accounts = (db: Reader) =>
  db.selectFrom('commission_account as a').leftJoin('staff as s', 's.id', 'a.staff_id').select(ACCOUNT)

export const findAccount = (db: Reader, accountId: string): Promise<AccountRow | undefined> =>
  accounts(db).where('a.id', '=', accountId).executeTakeFirst()

export const listAccounts = (db: Reader, ids: readonly string[]): Promise<AccountRow[]> =>
  accounts(db)
    .where(sql<boolean>`a.id = any(${ids}::uuid[])`)
    .execute()

export const listStaffAccounts = (db: Reader): Promise<AccountRow[]> =>
  accounts(db).where('a.staff_id', 'is not', null).orderBy('s.name').limit(1000).execute()

/** Nobody else posts to it before this transaction ends. */
export const lockAccount = (
  tx: Tx,
  accountId: string,
): Promise<(Sums & { staffId: string | null }) | undefined> =>
  tx
    .selectFrom('commission_account as a')
    .select([...SUMS, 'a.staff_id as staffId'])
    .where('a.id', '=', accountId)
    .forUpdate()
    .executeTakeFirst()

/** The account of a member or of somebody who works here, opened at the first asking. */
export async function takeAccount(
  tx: Tx,
  owner: { memberId: string } | { staffId: string },
): Promise<{ accountId: string }> {
  const memberId = 'memberId' in owner ? owner.memberId : null
  const staffId = 'staffId' in owner ? owner.staffId : null
  const { rows } = await sql<{ accountId: string }>`
    with opened as (
      insert into commission_account (id, member_id, staff_id) values (${newId()}, ${memberId}, ${staffId})
      on conflict do nothing returning id)
    select id as "accountId" from opened
    union all select id from commission_account where member_id = ${memberId} or staff_id = ${staffId}`.execute(
    tx,
  )
  const [account] = rows
  if (!account) throw new Error('an account that is being opened elsewhere')
  return account
}

export interface NewPosting extends Partial<Sums> {
  accountId: string
  reason: Reason
  orderId?: string
  lineNo?: number
  depth?: number
  keptFen?: number
  withdrawalId?: string
  guideRewardId?: number
  note?: string
  by: string
  at: Date
}
/** The one way into the ledger. */
export async function post(tx: Tx, rows: readonly NewPosting[]): Promise<bigint> {
  if (rows.length === 0) return 0n
  const { numAffectedRows = 0n } = await sql`
    insert into commission_posting (account_id, reason, pending_fen, frozen_fen, available_fen, withdrawing_fen, paid_fen, order_id, line_no, depth,
      kept_fen, withdrawal_id, guide_reward_id, note, by, at)
    select "accountId", reason, coalesce("pendingFen", 0), coalesce("frozenFen", 0), coalesce("availableFen", 0), coalesce("withdrawingFen", 0),
      coalesce("paidFen", 0), "orderId", "lineNo", depth, "keptFen", "withdrawalId", "guideRewardId", note, by, at
    from json_to_recordset(${JSON.stringify(rows)}::json) as r ("accountId" uuid, reason text, "pendingFen" bigint, "frozenFen" bigint,
      "availableFen" bigint, "withdrawingFen" bigint, "paidFen" bigint, "orderId" uuid, "lineNo" smallint, depth smallint, "keptFen" bigint,
      "withdrawalId" uuid, "guideRewardId" bigint, note text, by text, at timestamptz)`.execute(tx)
  return numAffectedRows
}

export interface PostingRow extends Sums {
  id: number
  at: Date
  reason: Reason
  note: string | null
  keptFen: number | null
  orderTail: string | null
  lineNo: number | null
  depth: number | null
  rateBp: number | null
  baseFen: number | null
  amountFen: number | null
  taxFen: number | null
  netFen: number | null
  trouble: string | null
}
const POSTING = sql`
  p.id, p.at, p.reason, p.note, p.kept_fen as "keptFen", p.pending_fen as "pendingFen", p.frozen_fen as "frozenFen",
  p.available_fen as "availableFen", p.withdrawing_fen as "withdrawingFen", p.paid_fen as "paidFen", right(o.no, 4) as "orderTail",
  p.line_no as "lineNo", p.depth, l.rate_bp as "rateBp", l.base_fen as "baseFen", w.amount_fen as "amountFen", w.tax_fen as "taxFen",
  w.net_fen as "netFen", case when p.reason = 'withdraw_back' then w.trouble end as trouble
  from commission_posting p left join commission_line l on (l.order_id, l.line_no, l.depth) = (p.order_id, p.line_no, p.depth)
  left join orders o on o.id = p.order_id left join commission_withdrawal w on w.id = p.withdrawal_id`

/** The ledger of one account, newest first. */
export async function listPostings(
  db: Reader,
  accountId: string,
  { before, limit }: { before: number | null; limit: number },
): Promise<PostingRow[]> {
  const { rows } = await sql<PostingRow>`
    select ${POSTING} where p.account_id = ${accountId} and (${before}::bigint is null or p.id < ${before}::bigint)
    order by p.id desc limit ${limit}`.execute(db)
  return rows
}

/** What changed of what is owed in a span, oldest first. */
export async function listOwed(
  db: Reader,
  accountId: string,
  { from, until, limit }: { from: Date; until: Date; limit: number },
): Promise<PostingRow[]> {
  const { rows } = await sql<PostingRow>`
    select ${POSTING} where p.account_id = ${accountId} and p.at >= ${from} and p.at < ${until} and (p.available_fen, p.withdrawing_fen) <> (0, 0)
    order by p.id limit ${limit}`.execute(db)
  return rows
}

export interface OwedSums {
  openingFen: number
  earnedFen: number
  takenBackFen: number
  paidFen: number
}
/** What was owed as a span began, and what became of it within. */
export async function sumOwed(
  db: Reader,
  accountId: string,
  { from, until }: { from: Date; until: Date },
): Promise<OwedSums> {
  const { rows } = await sql<OwedSums>`
    select coalesce(sum(available_fen + withdrawing_fen) filter (where at < ${from}), 0)::bigint as "openingFen",
      coalesce(sum(available_fen) filter (where at >= ${from} and reason in ('free', 'guide')), 0)::bigint as "earnedFen",
      coalesce(sum(available_fen) filter (where at >= ${from} and reason in ('refund', 'guide_back')), 0)::bigint as "takenBackFen",
      coalesce(sum(paid_fen) filter (where at >= ${from}), 0)::bigint as "paidFen"
    from commission_posting where account_id = ${accountId} and at < ${until}`.execute(db)
  return rows[0] ?? { openingFen: 0, earnedFen: 0, takenBackFen: 0, paidFen: 0 }
}

/** A row of the ledger that a promoter may be told of. */
export interface ToldPosting {
  memberId: string
  at: Date
  reason: 'free' | 'withdrawn' | 'withdraw_back'
  withdrawal: { id: string; amountFen: number; netFen: number; trouble: string | null } | null
}
/** Of promoters only: staff are paid with their wages. */
export async function listTold(db: Reader, { after, upTo }: Span): Promise<ToldPosting[]> {
  const { rows } = await sql<ToldPosting>`
    select a.member_id as "memberId", p.at, p.reason, case when w.id is null then null
      else json_build_object('id', w.id, 'amountFen', w.amount_fen, 'netFen', w.net_fen, 'trouble', w.trouble) end as withdrawal
    from commission_posting p join commission_account a on a.id = p.account_id left join commission_withdrawal w on w.id = p.withdrawal_id
    where p.id > ${after} and p.id <= ${upTo} and p.reason in ('free', 'withdrawn', 'withdraw_back') and a.member_id is not null
    order by p.id`.execute(db)
  return rows
}
