import { sql } from 'kysely'
import type { COMMISSION_STATES } from '@linli/contract/commission-parts'
import { arrayOf } from '#kernel/array'
import type { Reader, Tx } from '#kernel/db'
import type { Span } from '#kernel/following'
import type { Share } from './rules.ts'

/** One who may earn of an order that was paid, as everybody stood when it was placed. */
export interface CandidateRow {
  orderId: string
  buyerId: string
  placedAt: Date
  via: 'bound' | 'self'
  promoterId: string
  accountId: string
  active: boolean
  level: string
  upperId: string | null
  upperAccountId: string | null
  upperActive: boolean | null
  upperLevel: string | null
}
/**
 * Orders that became paid in this span of events, with whoever may have a part of them. A seat of a group is paid for once the group is full: before that
 * everybody may have their money back for the asking.
 */
export async function listCandidates(db: Reader, { after, upTo }: Span): Promise<CandidateRow[]> {
  const standing = (promoter: 'p' | 'u') => sql`
    (select s.active, s.level from promoter_standing s where s.promoter_id = ${sql.ref(`${promoter}.member_id`)} and s.at <= t.placed_at
     order by s.id desc limit 1)`
  const { rows } = await sql<CandidateRow>`
    with told as (
      select distinct o.id, o.member_id, o.placed_at from order_event e join orders o on o.id = e.order_id
      where e.id > ${after} and e.id <= ${upTo} and e.verb in ('pay', 'gather')),
    candidate as (
      select t.id, 'bound' as via, b.promoter_id from told t join promoter_binding b on b.member_id = t.member_id
        and b.bound_at <= t.placed_at and t.placed_at < least(b.bind_expires_at, coalesce(b.ended_at, 'infinity'))
      union all select t.id, 'self', t.member_id from told t)
    select t.id as "orderId", t.member_id as "buyerId", t.placed_at as "placedAt", c.via, p.member_id as "promoterId", p.account_id as "accountId",
      s.active, s.level, u.member_id as "upperId", u.account_id as "upperAccountId", us.active as "upperActive", us.level as "upperLevel"
    from candidate c join told t on t.id = c.id join promoter p on p.member_id = c.promoter_id
    join lateral ${standing('p')} s on true
    left join promoter u on u.member_id = p.inviter_id left join lateral ${standing('u')} us on true
    order by t.id`.execute(db)
  return rows
}

export interface LineRow {
  orderId: string
  lineNo: number
  payFen: number
}
export const listLines = (db: Reader, orderIds: readonly string[]): Promise<LineRow[]> =>
  db
    .selectFrom('order_line')
    // What a group came to: the difference goes back, and nobody earns of it.
    .select(['order_id as orderId', 'line_no as lineNo', sql<number>`pay_fen - group_back_fen`.as('payFen')])
    .where(sql<boolean>`order_id = any(${orderIds}::uuid[])`)
    .orderBy('order_id')
    .orderBy('line_no')
    .execute()

export interface NewOrder {
  orderId: string
  buyerId: string
  termsId: number
  placedAt: Date
  holdDays: number
}
/** False: this order was judged before. */
export const insertOrder = async (tx: Tx, order: NewOrder): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('commission_order')
    .values({
      order_id: order.orderId,
      buyer_id: order.buyerId,
      terms_id: order.termsId,
      placed_at: order.placedAt,
      hold_days: order.holdDays,
      state: 'PENDING',
    })
    .onConflict((on) => on.column('order_id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** The first before the second: the table looks for whoever invited them. */
export async function insertShares(tx: Tx, orderId: string, shares: readonly Share[]): Promise<bigint> {
  const { numAffectedRows = 0n } = await sql`
    insert into commission_line (order_id, line_no, depth, promoter_id, account_id, level, rate_bp, base_fen, amount_fen)
    select ${orderId}::uuid, "lineNo", depth, "promoterId", "accountId", level, "rateBp", "baseFen", "amountFen"
    from json_to_recordset(${JSON.stringify(shares)}::json) as r ("lineNo" smallint, depth smallint, "promoterId" uuid, "accountId" uuid,
      level text, "rateBp" integer, "baseFen" bigint, "amountFen" bigint) order by depth, "lineNo"`.execute(
    tx,
  )
  return numAffectedRows
}

export type OrderState = 'PENDING' | 'FROZEN' | 'AVAILABLE'
/** Orders whose goods were collected, or of which money went back, in this span of events. */
export async function listMoved(db: Reader, { after, upTo }: Span): Promise<{ orderId: string }[]> {
  const { rows } = await sql<{ orderId: string }>`
    select distinct c.order_id as "orderId" from order_event e join commission_order c on c.order_id = e.order_id
    where e.id > ${after} and e.id <= ${upTo} and e.verb in ('hand_over', 'refunded') order by 1`.execute(db)
  return rows
}

export interface LockedOrder {
  orderId: string
  state: OrderState
  holdDays: number
  completedAt: Date | null
}
/** Nobody else judges these orders before this transaction ends. */
export async function lockOrders(tx: Tx, ids: readonly string[]): Promise<LockedOrder[]> {
  const { rows } = await sql<LockedOrder>`
    select c.order_id as "orderId", c.state, c.hold_days as "holdDays", o.completed_at as "completedAt"
    from commission_order c join orders o on o.id = c.order_id
    where c.order_id = any(${arrayOf(ids, (id) => id)}::uuid[]) order by c.order_id for update of c`.execute(
    tx,
  )
  return rows
}

/** One order whose after-sales term is over, with nothing on its way back and nobody asking for anything; nobody else judges it meanwhile. */
export async function lockFree(tx: Tx, at: Date): Promise<LockedOrder | undefined> {
  const { rows } = await sql<LockedOrder>`
    select c.order_id as "orderId", c.state, c.hold_days as "holdDays", o.completed_at as "completedAt"
    from commission_order c join orders o on o.id = c.order_id
    where c.state = 'FROZEN' and c.free_at <= ${at} and o.refund_state not in ('PENDING', 'FAILED')
      and not exists (select from aftersale a where a.order_id = c.order_id
        and (a.state not in ('DONE', 'CANCELLED', 'REJECTED', 'INSPECT_REJECTED') or (a.state in ('REJECTED', 'INSPECT_REJECTED') and a.due_at > ${at})))
    order by c.free_at, c.order_id limit 1 for update of c skip locked`.execute(tx)
  return rows[0]
}

export const setState = async (
  tx: Tx,
  orderId: string,
  { state, freeAt }: { state: OrderState; freeAt?: Date },
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('commission_order')
    .set({ state, ...(freeAt ? { free_at: freeAt } : {}) })
    .where('order_id', '=', orderId)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface ShareLeft {
  accountId: string
  lineNo: number
  depth: number
  rateBp: number
  leftFen: number
  /** Of the line, still paid. */
  keptFen: number
}
export async function listLeft(db: Reader, orderId: string): Promise<ShareLeft[]> {
  const { rows } = await sql<ShareLeft>`
    select c.account_id as "accountId", c.line_no as "lineNo", c.depth, c.rate_bp as "rateBp", c.left_fen as "leftFen",
      l.pay_fen - l.refunded_fen as "keptFen"
    from commission_line c join order_line l on (l.order_id, l.line_no) = (c.order_id, c.line_no)
    where c.order_id = ${orderId} and c.left_fen > 0 order by c.depth, c.line_no`.execute(db)
  return rows
}

export interface ShareRow {
  orderId: string
  orderTail: string
  lineNo: number
  depth: number
  buyerId: string
  placedAt: Date
  state: (typeof COMMISSION_STATES)[number]
  freeAt: Date | null
  level: string
  rateBp: number
  baseFen: number
  amountFen: number
  leftFen: number
}
const STATE = sql`case when c.left_fen = 0 then 'BACK' else o.state end`
/** Shares of one account, of the newest orders first. */
export async function listShares(
  db: Reader,
  accountId: string,
  { state, limit, offset }: { state: ShareRow['state'] | undefined; limit: number; offset: number },
): Promise<ShareRow[]> {
  const { rows } = await sql<ShareRow>`
    select c.order_id as "orderId", right(s.no, 4) as "orderTail", c.line_no as "lineNo", c.depth, o.buyer_id as "buyerId", o.placed_at as "placedAt",
      ${STATE} as state, o.free_at as "freeAt", c.level, c.rate_bp as "rateBp", c.base_fen as "baseFen", c.amount_fen as "amountFen", c.left_fen as "leftFen"
    from commission_line c join commission_order o on o.order_id = c.order_id join orders s on s.id = c.order_id
    where c.account_id = ${accountId} and (${state ?? null}::text is null or ${STATE} = ${state ?? null}::text)
    order by c.order_id desc, c.line_no, c.depth limit ${limit} offset ${offset}`.execute(db)
  return rows
}
export async function countShares(
  db: Reader,
  accountId: string,
  state: ShareRow['state'] | undefined,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from commission_line c join commission_order o on o.order_id = c.order_id
    where c.account_id = ${accountId} and (${state ?? null}::text is null or ${STATE} = ${state ?? null}::text)`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}
