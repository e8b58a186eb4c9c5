import { sql } from 'kysely'
import type { Place } from '#kernel/cursor'
import type { Reader, Tx } from '#kernel/db'
import type { CouponState } from './coupons.ts'
import type { HeldCoupon } from './desk.sql.ts'

// State, kind, funding and the shape of the steps are held by constraints of the tables and by the route that writes them.
const HELD = [
  'm.id as couponId',
  'm.member_id as memberId',
  sql<CouponState>`m.state`.as('state'),
  'm.order_id as orderId',
  'm.till_id as tillId',
  'm.starts_at as startsAt',
  'm.expires_at as expiresAt',
  't.id as templateId',
  't.label',
  sql<HeldCoupon['kind']>`t.kind`.as('kind'),
  sql<HeldCoupon['steps']>`t.steps`.as('steps'),
  't.to_fen as toFen',
  't.times_bp as timesBp',
  't.max_off_fen as maxOffFen',
  't.stack_group as stackGroup',
  't.exclusive_with as exclusiveWith',
  sql<HeldCoupon['funding']>`t.funding`.as('funding'),
  't.store_ids as storeIds',
  sql<HeldCoupon['fulfilments']>`t.fulfilments`.as('fulfilments'),
  sql<HeldCoupon['channels']>`t.channels`.as('channels'),
  't.tiers',
  't.first_order as firstOrder',
  sql<boolean>`case when t.first_order then exists (select from orders o where o.member_id = m.member_id and o.state <> 'CANCELLED') else false end`.as(
    'boughtBefore',
  ),
  't.category_ids as categoryIds',
  't.sku_ids as skuIds',
  't.except_category_ids as exceptCategoryIds',
  't.except_sku_ids as exceptSkuIds',
] as const
export type CouponRow = HeldCoupon & { orderId: string | null; tillId: string | null }

const held = (db: Reader) =>
  db.selectFrom('member_coupon as m').innerJoin('coupon_template as t', 't.id', 'm.template_id').select(HELD)

/** One coupon of this member's. */
export const findHeld = (db: Reader, memberId: string, id: string): Promise<CouponRow | undefined> =>
  held(db).where('m.id', '=', id).where('m.member_id', '=', memberId).executeTakeFirst()

/** What a member may use now, soonest to expire first. */
export const listUsable = (
  db: Reader,
  memberId: string,
  { at, after, limit }: { at: Date; after?: Place | undefined; limit: number },
): Promise<CouponRow[]> =>
  held(db)
    .where('m.member_id', '=', memberId)
    .where('m.state', '=', 'UNUSED')
    .where('m.expires_at', '>', at)
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(m.expires_at, m.id) > (${after?.at}, ${after?.id}::uuid)`),
    )
    .orderBy('m.expires_at')
    .orderBy('m.id')
    .limit(limit)
    .execute()

/** What a member has used or set aside; or what is over. Newest first. */
export const listPast = (
  db: Reader,
  memberId: string,
  { which, at, after, limit }: { which: 'used' | 'over'; at: Date; after?: Place | undefined; limit: number },
): Promise<CouponRow[]> =>
  held(db)
    .where('m.member_id', '=', memberId)
    .where(
      which === 'used'
        ? sql<boolean>`m.state in ('LOCKED', 'USED')`
        : sql<boolean>`(m.state in ('EXPIRED', 'VOID') or (m.state = 'UNUSED' and m.expires_at <= ${at}))`,
    )
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(m.expires_at, m.id) < (${after?.at}, ${after?.id}::uuid)`),
    )
    .orderBy('m.expires_at', 'desc')
    .orderBy('m.id', 'desc')
    .limit(limit)
    .execute()

/** Marks what has expired in the hands of its holder; how many. What an order has set aside at this moment is left for later. */
export async function expire(
  tx: Tx,
  { at, by, limit }: { at: Date; by: string; limit: number },
): Promise<number> {
  const { rows } = await sql`
    with due as (
      select id from member_coupon where state = 'UNUSED' and expires_at <= ${at} order by expires_at limit ${limit} for update skip locked),
    gone as (
      update member_coupon c set state = 'EXPIRED' from due where c.id = due.id returning c.id, c.round, c.expires_at)
    insert into coupon_event (coupon_id, round, verb, to_state, expires_at, by, at)
    select id, round, 'expire', 'EXPIRED', expires_at, ${by}, ${at} from gone returning 1`.execute(tx)
  return rows.length
}
