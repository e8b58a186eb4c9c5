import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { Purchase } from '#kernel/purchase'
import type { PointAccount, Posting } from './points.ts'

export interface PointsTerms {
  pointsPerYuan: number
  capBp: number
  capPoints: number | null
  minOrderFen: number
  exceptCategoryIds: string[]
  fenPerPoint: number
  frozenDays: number
  validMonths: number
  /** False: nothing is earned and nothing spent. */
  active: boolean
  since: Date
}
export interface TermsRow extends PointsTerms {
  id: number
  by: string
}
/** What points were, are and will be worth, what begins last first. */
export const listTerms = (db: Reader, limit: number): Promise<TermsRow[]> =>
  db
    .selectFrom('points_terms')
    .select([
      'id',
      'points_per_yuan as pointsPerYuan',
      'cap_bp as capBp',
      'cap_points as capPoints',
      'min_order_fen as minOrderFen',
      'except_category_ids as exceptCategoryIds',
      'fen_per_point as fenPerPoint',
      'frozen_days as frozenDays',
      'valid_months as validMonths',
      'active',
      'since',
      'by',
    ])
    .orderBy('since', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const insertTerms = (tx: Tx, row: Omit<TermsRow, 'id'>): Promise<{ id: number }> =>
  tx
    .insertInto('points_terms')
    .values({
      points_per_yuan: row.pointsPerYuan,
      cap_bp: row.capBp,
      cap_points: row.capPoints,
      min_order_fen: row.minOrderFen,
      except_category_ids: row.exceptCategoryIds,
      fen_per_point: row.fenPerPoint,
      frozen_days: row.frozenDays,
      valid_months: row.validMonths,
      active: row.active,
      since: row.since,
      by: row.by,
    })
    .returning('id')
    .executeTakeFirstOrThrow()

export interface Sums {
  frozen: number
  held: number
  debt: number
}
export const findSums = (db: Reader, memberId: string): Promise<Sums | undefined> =>
  db
    .selectFrom('points_account')
    .select(['frozen', 'held', 'debt'])
    .where('member_id', '=', memberId)
    .executeTakeFirst()

/** Lots with something in them, soonest first. */
export const listLots = (db: Reader, memberId: string): Promise<{ day: string; available: number }[]> =>
  db
    .selectFrom('point_lot')
    .select([sql<string>`last_day::text`.as('day'), 'available'])
    .where('member_id', '=', memberId)
    .where('available', '>', 0)
    .orderBy('last_day')
    .execute()

export interface PostingRow {
  id: number
  reason: Posting['reason']
  orderId: string | null
  tillId: string | null
  lastDay: string | null
  available: number
  frozen: number
  debt: number
  at: Date
}
/** What a member's points did, newest first. What only moves between held and spent changes nothing that they see. */
export const listPostings = (
  db: Reader,
  memberId: string,
  { before, limit }: { before: number | null; limit: number },
): Promise<PostingRow[]> => {
  let query = db
    .selectFrom('point_posting')
    .select([
      'id',
      sql<PostingRow['reason']>`reason`.as('reason'),
      'order_id as orderId',
      'till_id as tillId',
      sql<string | null>`last_day::text`.as('lastDay'),
      'available',
      'frozen',
      'debt',
      'at',
    ])
    .where('member_id', '=', memberId)
    .where('reason', '<>', 'capture')
  if (before !== null) query = query.where('id', '<', before)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

/** The purchase of a row, which has one. */
const PURCHASE = sql<Purchase>`json_build_object('orderId', order_id, 'tillId', till_id)`
export interface DueGrant {
  purchase: Purchase
  memberId: string
  frozen: number
}
/** Grants whose term is over, and members with lots whose last day is over: candidates only, nothing is locked. */
export const listDueGrants = (db: Reader, now: Date, limit: number): Promise<DueGrant[]> =>
  db
    .selectFrom('point_grant')
    .select([PURCHASE.as('purchase'), 'member_id as memberId', 'frozen'])
    .where('frozen', '>', 0)
    .where('usable_at', '<=', now)
    .orderBy('usable_at')
    .limit(limit)
    .execute()
export async function listExpired(db: Reader, today: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ memberId: string }>`
    select distinct member_id as "memberId" from (
      select member_id from point_lot where available > 0 and last_day < ${today}::date order by last_day limit ${limit}) l`.execute(
    db,
  )
  return rows.map(({ memberId }) => memberId)
}

/** Accounts with their lots, locked in the order of members as the desk does. */
export async function lockAccounts(tx: Tx, memberIds: readonly string[]): Promise<PointAccount[]> {
  const { rows } = await sql<{ memberId: string; debt: number }>`
    select member_id as "memberId", debt from points_account where member_id = any(${memberIds}::uuid[])
    order by member_id for no key update`.execute(tx)
  const lots = await sql<{ memberId: string; day: string; available: number }>`
    select member_id as "memberId", last_day::text as day, available from point_lot
    where member_id = any(${memberIds}::uuid[]) and available > 0 order by member_id, last_day`.execute(tx)
  const byMember = Map.groupBy(lots.rows, ({ memberId }) => memberId)
  return rows.map(({ memberId, debt }) => ({
    memberId,
    debt,
    lots: (byMember.get(memberId) ?? []).map(({ day, available }) => ({ day, available })),
  }))
}

/** The grants of these purchases as they are once their accounts are locked. */
export async function readGrants(tx: Tx, purchaseIds: readonly string[]): Promise<DueGrant[]> {
  const { rows } = await sql<DueGrant>`
    select ${PURCHASE} as purchase, member_id as "memberId", frozen from point_grant
    where purchase_id = any(${purchaseIds}::uuid[]) and frozen > 0 order by purchase_id`.execute(tx)
  return rows
}

/** What these coupons were bought with, lot by lot; in the order of their holders. */
export async function listGifts(
  tx: Tx,
  couponIds: readonly string[],
): Promise<{ giftId: string; memberId: string; day: string; points: number }[]> {
  const { rows } = await sql<{ giftId: string; memberId: string; day: string; points: number }>`
    select gift_id as "giftId", member_id as "memberId", last_day::text as day, -available as points from point_posting
    where gift_id = any(${couponIds}::uuid[]) and reason = 'gift' order by member_id, id`.execute(tx)
  return rows
}

export async function insertPostings(tx: Tx, postings: readonly Posting[]): Promise<number> {
  if (postings.length === 0) return 0
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('point_posting')
    .values(
      postings.map((each) => ({
        member_id: each.memberId,
        order_id: each.purchase?.orderId ?? null,
        till_id: each.purchase?.tillId ?? null,
        binding_id: each.bindingId,
        gift_id: each.giftId,
        reward_key: each.rewardKey,
        reason: each.reason,
        last_day: each.lastDay,
        spent_day: each.spentDay,
        available: each.available,
        frozen: each.frozen,
        held: each.held,
        debt: each.debt,
        spent: each.spent,
        by: each.by,
        at: each.at,
      })),
    )
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0)
}
