import { sql } from 'kysely'
import type pg from 'pg'
import { arrayOf } from '#kernel/array'
import type { Reader, Tx } from '#kernel/db'

export type PurchaseKind = 'order' | 'till'
export interface NewPurchase {
  purchaseId: string
  kind: PurchaseKind
  memberId: string
  collectedAt: Date
  countAt: Date
  growthPerYuan: number
}
/** Purchases that nobody noted before; how many they were. */
export async function insertPurchases(tx: Tx, rows: readonly NewPurchase[]): Promise<number> {
  if (rows.length === 0) return 0
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('growth_purchase')
    .values(
      rows.map((row) => ({
        purchase_id: row.purchaseId,
        kind: row.kind,
        member_id: row.memberId,
        collected_at: row.collectedAt,
        count_at: row.countAt,
        growth_per_yuan: row.growthPerYuan,
      })),
    )
    .onConflict((on) => on.column('purchase_id').doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0)
}

/** Purchases whose after-sale term is over and that were not counted: candidates only, nothing is locked. */
export async function listDue(
  db: Reader,
  { kind, now, limit }: { kind: PurchaseKind; now: Date; limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('growth_purchase')
    .select('purchase_id as id')
    .where('kind', '=', kind)
    .where('kept_fen', 'is', null)
    .where('count_at', '<=', now)
    .orderBy('count_at')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

export interface PurchaseRow {
  purchaseId: string
  memberId: string
  growthPerYuan: number
  keptFen: number | null
  counted: number
}
/** Those of these purchases that may be counted, locked in one order, before any account. */
export async function lockPurchases(tx: Tx, ids: readonly string[], now: Date): Promise<PurchaseRow[]> {
  const { rows } = await sql<PurchaseRow>`
    select purchase_id as "purchaseId", member_id as "memberId", growth_per_yuan as "growthPerYuan", kept_fen as "keptFen", counted
    from growth_purchase where purchase_id = any(${ids}::uuid[]) and count_at <= ${now} order by purchase_id for no key update`.execute(
    tx,
  )
  return rows
}
export async function setKept(
  tx: Tx,
  rows: readonly { purchaseId: string; keptFen: number }[],
): Promise<number> {
  const { numAffectedRows } = await sql`
    update growth_purchase g set kept_fen = x.fen
    from unnest(${arrayOf(rows, ({ purchaseId }) => purchaseId)}::uuid[], ${arrayOf(rows, ({ keptFen }) => keptFen)}::bigint[]) x(id, fen)
    where g.purchase_id = x.id`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export interface Account {
  memberId: string
  growth: number
  tier: string
  periodFrom: string
  periodUntil: string
  termsId: number
}
const ACCOUNT = sql<Account>`member_id as "memberId", growth, tier, period_from::text as "periodFrom", period_until::text as "periodUntil", terms_id as "termsId"`

export const findAccount = async (db: Reader, memberId: string): Promise<Account | undefined> => {
  const { rows } =
    await sql<Account>`select ${ACCOUNT} from growth_account where member_id = ${memberId}`.execute(db)
  return rows[0]
}
/** Opens accounts for those who have none; who was opened. */
export async function openAccounts(
  tx: Tx,
  memberIds: readonly string[],
  { tier, periodFrom, periodUntil, termsId }: Omit<Account, 'memberId' | 'growth'>,
): Promise<string[]> {
  const { rows } = await sql<{ memberId: string }>`
    insert into growth_account (member_id, tier, period_from, period_until, terms_id)
    select id, ${tier}, ${periodFrom}::date, ${periodUntil}::date, ${termsId} from unnest(${arrayOf(memberIds, (id) => id)}::uuid[]) m(id) order by id
    on conflict (member_id) do nothing returning member_id as "memberId"`.execute(tx)
  return rows.map(({ memberId }) => memberId)
}
/** Accounts locked in the order of members. */
export async function lockAccounts(tx: Tx, memberIds: readonly string[]): Promise<Account[]> {
  const { rows } = await sql<Account>`
    select ${ACCOUNT} from growth_account where member_id = any(${arrayOf(memberIds, (id) => id)}::uuid[]) order by member_id for no key update`.execute(
    tx,
  )
  return rows
}
/** Members whose period is over. */
export async function listEnded(db: Reader, today: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select member_id as id from growth_account where period_until < ${today}::date order by period_until limit ${limit}`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}
/** Members whose tier was judged by other terms than these. */
export async function listUnjudged(db: Reader, termsId: number, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    (select member_id as id from growth_account where terms_id < ${termsId} limit ${limit})
    union all (select member_id from growth_account where terms_id > ${termsId} limit ${limit}) limit ${limit}`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}
export async function setLevels(tx: Tx, rows: readonly Omit<Account, 'growth'>[]): Promise<number> {
  const { numAffectedRows } = await sql`
    update growth_account a set tier = x.tier, period_from = x.begins, period_until = x.ends, terms_id = x.terms
    from unnest(${arrayOf(rows, ({ memberId }) => memberId)}::uuid[], ${rows.map(({ tier }) => tier)}::text[],
      ${arrayOf(rows, ({ periodFrom }) => periodFrom)}::date[], ${arrayOf(rows, ({ periodUntil }) => periodUntil)}::date[],
      ${arrayOf(rows, ({ termsId }) => termsId)}::bigint[]) x(id, tier, begins, ends, terms)
    where a.member_id = x.id`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export type GrowthReason = 'earn' | 'claw' | 'card' | 'card_undone' | 'period_end'
export interface NewPosting {
  memberId: string
  reason: GrowthReason
  growth: number
  purchaseId: string | null
  keptFen: number | null
  bindingId: string | null
  periodUntil: string | null
  by: string
  at: Date
}
export async function insertPostings(tx: Tx, rows: readonly NewPosting[]): Promise<number> {
  if (rows.length === 0) return 0
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('growth_posting')
    .values(
      rows.map((row) => ({
        member_id: row.memberId,
        reason: row.reason,
        growth: row.growth,
        purchase_id: row.purchaseId,
        kept_fen: row.keptFen,
        binding_id: row.bindingId,
        period_until: row.periodUntil,
        by: row.by,
        at: row.at,
      })),
    )
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0)
}
export type ChangeWhy = 'begin' | 'growth' | 'card' | 'period_end' | 'terms'
export interface NewChange {
  memberId: string
  from: string | null
  to: string
  why: ChangeWhy
  at: Date
}
export async function insertChanges(tx: Tx, rows: readonly NewChange[]): Promise<number> {
  if (rows.length === 0) return 0
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('tier_change')
    .values(
      rows.map(({ memberId, from, to, why, at }) => ({
        member_id: memberId,
        from_tier: from,
        to_tier: to,
        why,
        at,
      })),
    )
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0)
}

export interface PostingRow {
  id: number
  reason: GrowthReason
  growth: number
  purchaseId: string | null
  at: Date
}
/** What a member's growth did, newest first. */
export const listPostings = (
  db: Reader,
  memberId: string,
  { before, limit }: { before: number | null; limit: number },
): Promise<PostingRow[]> => {
  let query = db
    .selectFrom('growth_posting')
    .select(['id', sql<GrowthReason>`reason`.as('reason'), 'growth', 'purchase_id as purchaseId', 'at'])
    .where('member_id', '=', memberId)
  if (before !== null) query = query.where('id', '<', before)
  return query.orderBy('id', 'desc').limit(limit).execute()
}
export interface ChangeRow {
  from: string | null
  to: string
  why: ChangeWhy
  at: Date
}
/** The last changes of a member's tier, newest first. */
export const listChanges = (db: Reader, memberId: string, limit: number): Promise<ChangeRow[]> =>
  db
    .selectFrom('tier_change')
    .select(['from_tier as from', 'to_tier as to', sql<ChangeWhy>`why`.as('why'), 'at'])
    .where('member_id', '=', memberId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** What is collected and waits for the end of its after-sale term. */
export const countWaiting = (
  db: Reader,
  memberId: string,
): Promise<{ purchases: number; from: Date | null }> =>
  db
    .selectFrom('growth_purchase')
    .select([sql<number>`count(*)`.as('purchases'), sql<Date | null>`min(count_at)`.as('from')])
    .where('member_id', '=', memberId)
    .where('kept_fen', 'is', null)
    .executeTakeFirstOrThrow()

const READ_TIERS = `select a.tier from unnest($1::uuid[]) with ordinality k(id, n) left join lateral (
  select tier from growth_account p where p.member_id = k.id offset 0) a on true order by k.n`
/** The tier of each of these members, in their order; null for who has no account. */
export async function readTiers(
  pool: Pick<pg.Pool, 'query'>,
  memberIds: readonly string[],
): Promise<(string | null)[]> {
  const { rows } = await pool.query<{ tier: string | null }>({
    name: 'tiers-read',
    text: READ_TIERS,
    values: [arrayOf(memberIds, (id) => id)],
  })
  return rows.map(({ tier }) => tier)
}
