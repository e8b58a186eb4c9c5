import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { CouponState, CouponVerb } from './coupons.ts'

export interface GrantedRow {
  id: string
  templateId: string
  label: string
  memberId: string
  state: CouponState
  grantedAt: Date
  expiresAt: Date
  orderId: string | null
  storeIds: string[] | null
}
const granted = (db: Reader) =>
  db
    .selectFrom('member_coupon as c')
    .innerJoin('coupon_template as t', 't.id', 'c.template_id')
    .select([
      'c.id',
      'c.template_id as templateId',
      't.label',
      'c.member_id as memberId',
      sql<CouponState>`c.state`.as('state'),
      'c.granted_at as grantedAt',
      'c.expires_at as expiresAt',
      'c.order_id as orderId',
      't.store_ids as storeIds',
    ])

export interface GrantedFilter {
  templateId: string
  state: CouponState | undefined
  /** Of these members only. */
  memberIds: readonly string[] | undefined
}
const of = (db: Reader, { templateId, state, memberIds }: GrantedFilter) =>
  db
    .selectFrom('member_coupon as c')
    .where('c.template_id', '=', templateId)
    .$if(state !== undefined, (query) => query.where('c.state', '=', state ?? ''))
    .$if(memberIds !== undefined, (query) =>
      query.where(sql<boolean>`c.member_id = any(${[...(memberIds ?? [])]}::uuid[])`),
    )

/** Last granted first. */
export async function listGrantedOf(
  db: Reader,
  filter: GrantedFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<GrantedRow[]> {
  const page = of(db, filter).select('c.id').orderBy('c.id', 'desc').limit(limit).offset(offset)
  return granted(db).where('c.id', 'in', page).orderBy('c.id', 'desc').execute()
}
export async function countGrantedOf(db: Reader, filter: GrantedFilter): Promise<number> {
  const { count } = await of(db, filter)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}
export const findGranted = (db: Reader, id: string): Promise<GrantedRow | undefined> =>
  granted(db).where('c.id', '=', id).executeTakeFirst()

export interface EventRow {
  round: number
  verb: CouponVerb | 'grant' | 'expire' | 'void'
  to: CouponState
  orderId: string | null
  expiresAt: Date
  reason: string | null
  by: string
  at: Date
}
/** What became of a coupon, first things first. */
export const listEvents = (db: Reader, couponId: string): Promise<EventRow[]> =>
  db
    .selectFrom('coupon_event')
    .select([
      'round',
      sql<EventRow['verb']>`verb`.as('verb'),
      sql<CouponState>`to_state`.as('to'),
      'order_id as orderId',
      'expires_at as expiresAt',
      'reason',
      'by',
      'at',
    ])
    .where('coupon_id', '=', couponId)
    .orderBy('at')
    .orderBy('round')
    .orderBy(sql<number>`case verb when 'grant' then 0 when 'lock' then 1 when 'use' then 2 else 3 end`)
    .execute()

/** These coupons, locked in the order of their ids, as the order desk locks them. */
export async function lockGranted(tx: Tx, ids: readonly string[]): Promise<GrantedRow[]> {
  const { rows } = await sql<GrantedRow>`
    select c.id, c.template_id as "templateId", t.label, c.member_id as "memberId", c.state, c.granted_at as "grantedAt",
      c.expires_at as "expiresAt", c.order_id as "orderId", t.store_ids as "storeIds"
    from member_coupon c join coupon_template t on t.id = c.template_id
    where c.id = any(${ids}::uuid[]) order by c.id for no key update of c`.execute(tx)
  return rows
}

/** Takes away what nobody has used, with its event, and counts it off its template. Answers the ids. */
export async function withdrawCoupons(
  tx: Tx,
  { ids, reason, by, at }: { ids: readonly string[]; reason: string; by: string; at: Date },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with gone as (
      update member_coupon set state = 'VOID' where id = any(${ids}::uuid[]) and state = 'UNUSED' and expires_at > ${at}
      returning id, template_id, round, expires_at),
    counted as (
      update coupon_template t set granted = t.granted - g.count
      from (select template_id, count(*)::int as count from gone group by 1) g where t.id = g.template_id)
    insert into coupon_event (coupon_id, round, verb, to_state, expires_at, reason, by, at)
    select id, round, 'void', 'VOID', expires_at, ${reason}, ${by}, ${at} from gone returning coupon_id as id`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}
