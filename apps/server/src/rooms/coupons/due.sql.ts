import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { Span } from '#kernel/following'

/** A phone became known. If nobody was ever welcomed with it, each coupon for new members is owed; how many. */
export async function welcome(
  tx: Tx,
  { memberId, phone, at }: { memberId: string; phone: string; at: Date },
): Promise<number> {
  const { numAffectedRows } = await sql`
    with fresh as (
      insert into coupon_welcome (phone_hash, member_id, at) values (decode(${phone}, 'hex'), ${memberId}, ${at})
      on conflict (phone_hash) do nothing returning member_id)
    insert into coupon_due (key, template_id, member_id, way, at)
    select 'phone:' || ${phone}::text, t.id, fresh.member_id, 'register', ${at} from fresh, coupon_template t
    where t.way = 'register' and t.ended_at is null and (t.opens_at is null or t.opens_at <= ${at}) and (t.closes_at is null or t.closes_at > ${at})`.execute(
    tx,
  )
  return Number(numAffectedRows ?? 0)
}

/** Orders collected, as their events tell in this span, that kept what a coupon asks for: it is owed, once for each order. How many are new. */
export async function oweForOrders(tx: Tx, { after, upTo }: Span, at: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into coupon_due (key, template_id, member_id, way, order_id, at)
    select 'order:' || o.id, t.id, o.member_id, 'pay', o.id, ${at}
    from order_event e join orders o on o.id = e.order_id join coupon_template t on t.way = 'pay' and t.ended_at is null
      and o.completed_at >= t.created_at and o.paid_fen - o.refunded_fen >= t.pay_from_fen and (t.store_ids is null or o.store_id = any(t.store_ids))
      and (t.opens_at is null or t.opens_at <= o.completed_at) and (t.closes_at is null or t.closes_at > o.completed_at)
    where e.id > ${after} and e.id <= ${upTo} and e.verb = 'hand_over'
    on conflict (key, template_id) do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export interface DueRow {
  key: string
  templateId: string
  memberId: string
  way: 'register' | 'pay'
}
/** What is owed, the oldest first. */
export const listDue = (db: Reader, limit: number): Promise<DueRow[]> =>
  db
    .selectFrom('coupon_due')
    .select(['key', 'template_id as templateId', 'member_id as memberId', sql<DueRow['way']>`way`.as('way')])
    .where('done_at', 'is', null)
    .orderBy('at')
    .limit(limit)
    .execute()

/** Keeps what came of it: the coupon, or why there was none. */
export const noteDue = (
  tx: Tx,
  { key, templateId }: Pick<DueRow, 'key' | 'templateId'>,
  { at, couponId, refusal }: { at: Date; couponId: string | null; refusal: string | null },
): Promise<unknown> =>
  tx
    .updateTable('coupon_due')
    .set({ done_at: at, coupon_id: couponId, refusal })
    .where('key', '=', key)
    .where('template_id', '=', templateId)
    .where('done_at', 'is', null)
    .executeTakeFirst()

/** Coupons of orders that do not keep any more what was asked for; not those that another order holds at this moment. */
export const listForfeit = (db: Reader, limit: number): Promise<{ couponId: string }[]> =>
  db
    .selectFrom('coupon_due as d')
    .innerJoin('coupon_template as t', 't.id', 'd.template_id')
    .innerJoin('orders as o', 'o.id', 'd.order_id')
    .innerJoin('member_coupon as c', 'c.id', 'd.coupon_id')
    .select(sql<string>`d.coupon_id`.as('couponId'))
    .where('d.settled_at', 'is', null)
    .where('d.order_id', 'is not', null)
    .where('o.refund_state', '<>', 'NONE')
    .where(sql<boolean>`o.paid_fen - o.refunded_fen < t.pay_from_fen`)
    .where('c.state', '<>', 'LOCKED')
    .orderBy('d.coupon_id')
    .limit(limit)
    .execute()

/** Nothing more becomes of these, nor of what has expired; what an order has taken since they were listed comes back perhaps. */
export async function settleDue(tx: Tx, couponIds: readonly string[], at: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    update coupon_due d set settled_at = ${at} from member_coupon c
    where d.settled_at is null and d.order_id is not null and c.id = d.coupon_id and (
      (d.coupon_id = any(${couponIds}::uuid[]) and c.state <> 'LOCKED') or c.expires_at <= ${at})`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
