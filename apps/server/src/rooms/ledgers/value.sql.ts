import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { OrderValueReason } from './value.ts'

export type ValueReason = OrderValueReason | 'top_up' | 'pay_out'
export type CounterTender = 'cash' | 'card'

export interface ValueTermsRow {
  open: boolean
  maxBalanceFen: number
  filingNo: string | null
  since: Date
  by: string
}
/** The terms that hold now; undefined where the chain never took stored value. */
export const findValueTerms = (db: Reader): Promise<ValueTermsRow | undefined> =>
  db
    .selectFrom('value_terms')
    .select(['open', 'max_balance_fen as maxBalanceFen', 'filing_no as filingNo', 'since', 'by'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

export const insertValueTerms = async (tx: Tx, terms: ValueTermsRow): Promise<void> => {
  await tx
    .insertInto('value_terms')
    .values({
      open: terms.open,
      max_balance_fen: terms.maxBalanceFen,
      filing_no: terms.filingNo,
      since: terms.since,
      by: terms.by,
    })
    .execute()
}

export interface Balance {
  availableFen: number
  heldFen: number
}
export const findBalance = (db: Reader, memberId: string): Promise<Balance | undefined> =>
  db
    .selectFrom('value_account')
    .select(['available_fen as availableFen', 'held_fen as heldFen'])
    .where('member_id', '=', memberId)
    .executeTakeFirst()

/** Kept as it is until the transaction ends; the desk waits. */
export const lockBalance = (tx: Tx, memberId: string): Promise<Balance | undefined> =>
  tx
    .selectFrom('value_account')
    .select(['available_fen as availableFen', 'held_fen as heldFen'])
    .where('member_id', '=', memberId)
    .forNoKeyUpdate()
    .executeTakeFirst()

export interface HolderRow {
  name: Buffer
  documentTail: string
}
/** In whose name a member's account is. Whoever moves an account by hand locks this first: there may be no account yet. */
export const lockHolder = (tx: Tx, memberId: string): Promise<HolderRow | undefined> =>
  tx
    .selectFrom('value_holder')
    .select(['name_cipher as name', 'document_tail as documentTail'])
    .where('member_id', '=', memberId)
    .forUpdate()
    .executeTakeFirst()

/** Recorded once; what stands stays. */
export const insertHolder = async (
  tx: Tx,
  holder: { memberId: string; name: Buffer; document: Buffer; tail: string; at: Date; staffId: string },
): Promise<void> => {
  await tx
    .insertInto('value_holder')
    .values({
      member_id: holder.memberId,
      name_cipher: holder.name,
      document_cipher: holder.document,
      document_tail: holder.tail,
      recorded_at: holder.at,
      recorded_by: holder.staffId,
    })
    .onConflict((on) => on.column('member_id').doNothing())
    .execute()
}

export interface AccountRow extends HolderRow {
  memberId: string
  availableFen: number
  heldFen: number
}
/** Accounts in somebody's name, of these members. */
export const listAccounts = (db: Reader, memberIds: readonly string[]): Promise<AccountRow[]> =>
  db
    .selectFrom('value_holder as h')
    .leftJoin('value_account as a', 'a.member_id', 'h.member_id')
    .select(['h.member_id as memberId', 'h.name_cipher as name', 'h.document_tail as documentTail'])
    .select([
      sql<number>`coalesce(a.available_fen, 0)`.as('availableFen'),
      sql<number>`coalesce(a.held_fen, 0)`.as('heldFen'),
    ])
    .where(sql<boolean>`h.member_id = any(${memberIds}::uuid[])`)
    .execute()

/** What staff took or paid out. */
export interface CounterPosting {
  memberId: string
  reason: 'top_up' | 'pay_out'
  availableFen: number
  storeId: string
  staffId: string
  tender: CounterTender
  tenderedFen: number | null
  slip: string | null
  note: string | null
  idemKey: string
  by: string
  at: Date
}
export const findByKey = (tx: Tx, memberId: string, key: string): Promise<CounterPosting | undefined> =>
  tx
    .selectFrom('value_posting')
    .select(['member_id as memberId', 'available_fen as availableFen', 'note', 'slip', 'by', 'at'])
    .select(['tendered_fen as tenderedFen'])
    // Held to these words, and to being there, by constraints of the table.
    .select([
      sql<CounterPosting['reason']>`reason`.as('reason'),
      sql<CounterTender>`tender`.as('tender'),
      sql<string>`store_id`.as('storeId'),
      sql<string>`staff_id`.as('staffId'),
      sql<string>`idem_key`.as('idemKey'),
    ])
    .where('member_id', '=', memberId)
    .where('idem_key', '=', key)
    .executeTakeFirst()

export const insertCounterPosting = async (tx: Tx, posting: CounterPosting): Promise<void> => {
  await tx
    .insertInto('value_posting')
    .values({
      member_id: posting.memberId,
      reason: posting.reason,
      available_fen: posting.availableFen,
      held_fen: 0,
      store_id: posting.storeId,
      staff_id: posting.staffId,
      tender: posting.tender,
      tendered_fen: posting.tenderedFen,
      slip: posting.slip,
      note: posting.note,
      idem_key: posting.idemKey,
      by: posting.by,
      at: posting.at,
    })
    .execute()
}

export interface ValuePostingRow {
  id: number
  reason: ValueReason
  availableFen: number
  heldFen: number
  orderId: string | null
  storeId: string | null
  tender: CounterTender | null
  slip: string | null
  note: string | null
  by: string
  at: Date
}
/** What became of a member's stored value, newest first; `whole` with what only moves between held and spent. */
export const listValuePostings = (
  db: Reader,
  memberId: string,
  { before, limit, whole }: { before: number | null; limit: number; whole: boolean },
): Promise<ValuePostingRow[]> => {
  let query = db
    .selectFrom('value_posting')
    .select(['id', 'available_fen as availableFen', 'held_fen as heldFen', 'order_id as orderId'])
    .select(['store_id as storeId', 'slip', 'note', 'by', 'at'])
    .select([sql<ValueReason>`reason`.as('reason'), sql<CounterTender | null>`tender`.as('tender')])
    .where('member_id', '=', memberId)
  if (!whole) query = query.where('reason', '<>', 'capture')
  if (before !== null) query = query.where('id', '<', before)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

export interface ValueSums extends Balance {
  accounts: number
  toppedUpFen: number
  paidOutFen: number
  spentFen: number
}
/** What the chain owes its members, and how it came to. One statement: both halves are of one moment. */
export async function sumValue(db: Reader): Promise<ValueSums> {
  const { rows } = await sql<ValueSums>`
    select a.*, p.* from (
      select count(*)::int as accounts, coalesce(sum(available_fen), 0)::bigint as "availableFen", coalesce(sum(held_fen), 0)::bigint as "heldFen"
      from value_account) a, (
      select coalesce(sum(available_fen) filter (where reason = 'top_up'), 0)::bigint as "toppedUpFen",
        coalesce(-sum(available_fen) filter (where reason = 'pay_out'), 0)::bigint as "paidOutFen",
        coalesce(-sum(held_fen) filter (where reason = 'capture'), 0)::bigint
          - coalesce(sum(available_fen) filter (where reason = 'give_back'), 0)::bigint as "spentFen"
      from value_posting) p`.execute(db)
  const [sums] = rows
  if (!sums) throw new Error('sums of stored value are one row')
  return sums
}
