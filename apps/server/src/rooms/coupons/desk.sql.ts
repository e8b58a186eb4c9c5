import type pg from 'pg'
import { arrayOf } from '#kernel/array'
import type { CouponEvent, CouponState, DeskCoupon } from './coupons.ts'
import type { Terms } from './terms.ts'

/** Statements that the order desk sends within its own transaction (pipelined client). */
export interface CouponsDesk {
  /** Ids of the coupons that these purchases have. They change under the lock of the purchase only, so it is asked for with it. */
  idsOf(client: pg.ClientBase, purchaseIds: readonly string[]): Promise<string[]>
  /** Coupons that exist, locked in the order given: sort them. */
  lockCoupons(client: pg.ClientBase, ids: readonly string[]): Promise<DeskCoupon[]>
  /** Coupons as they are now, and what happened to them: an event per step, in the same statement. */
  moveCoupons(
    client: pg.ClientBase,
    coupons: readonly DeskCoupon[],
    events: readonly CouponEvent[],
  ): Promise<unknown>
}

const IDS_OF = `select c.id from unnest($1::uuid[]) k(id) cross join lateral (
  select id from member_coupon p where p.purchase_id = k.id offset 0) c`
const LOCK_COUPONS = `select c.* from unnest($1::uuid[]) k(id) cross join lateral (
  select id as "couponId", member_id as "memberId", state, round, order_id as "orderId", till_id as "tillId", starts_at as "startsAt", expires_at as "expiresAt",
    first_order as "firstOrder", case when first_order then (select o.id from member_coupon o
      where o.member_id = p.member_id and o.first_order and o.state in ('LOCKED', 'USED')) end as "firstTakenBy"
  from member_coupon p where p.id = k.id for no key update) c`
const READ_HELD = `select k.n, m.*, t.* from unnest($1::uuid[], $2::int[]) k(id, n) cross join lateral (
    select id as "couponId", member_id as "memberId", state, starts_at as "startsAt", expires_at as "expiresAt", template_id as "templateId"
    from member_coupon p where p.id = k.id offset 0) m
  cross join lateral (
    select label, kind, steps, to_fen as "toFen", times_bp as "timesBp", max_off_fen as "maxOffFen", stack_group as "stackGroup",
      exclusive_with as "exclusiveWith", funding, store_ids as "storeIds", fulfilments, channels, tiers, first_order as "firstOrder",
      category_ids as "categoryIds", sku_ids as "skuIds", except_category_ids as "exceptCategoryIds", except_sku_ids as "exceptSkuIds",
      case when first_order then exists (select from orders o where o.member_id = m."memberId" and o.state <> 'CANCELLED') else false end
        as "boughtBefore"
    from coupon_template p where p.id = m."templateId" offset 0) t`
const MOVE_COUPONS = `with events as (
    insert into coupon_event (coupon_id, round, verb, to_state, order_id, expires_at, by, at, till_id)
    select * from unnest($6::uuid[], $7::int[], $8::text[], $9::text[], $10::uuid[], $11::timestamptz[], $12::text[], $13::timestamptz[], $15::uuid[]))
  update member_coupon c set state = x.state, round = x.round, order_id = x.order_id, till_id = x.till_id, expires_at = x.expires_at
  from unnest($1::uuid[], $2::text[], $3::int[], $4::uuid[], $5::timestamptz[], $14::uuid[]) x(id, state, round, order_id, expires_at, till_id) where c.id = x.id`

/** A coupon in somebody's hands, with the terms it was promised under. */
export interface HeldCoupon extends Terms {
  couponId: string
  memberId: string
  state: CouponState
  startsAt: Date
  expiresAt: Date
  /** Of one for a first order: has its holder an order already that was not cancelled? */
  boughtBefore: boolean
}

/** The coupons that exist among these, for each question in turn; locks nothing. */
export async function readHeld(
  pool: Pick<pg.Pool, 'query'>,
  questions: readonly (readonly string[])[],
): Promise<HeldCoupon[][]> {
  const asked = questions.flatMap((ids, n) => ids.map((id) => ({ id, n })))
  const answers: HeldCoupon[][] = questions.map(() => [])
  const { rows } = await pool.query<HeldCoupon & { n: number }>({
    name: 'coupons-read-held',
    text: READ_HELD,
    values: [arrayOf(asked, ({ id }) => id), arrayOf(asked, ({ n }) => n)],
  })
  for (const { n, ...coupon } of rows) answers[n]?.push(coupon)
  return answers
}

export interface OrderCoupon {
  id: string
  label: string
  state: CouponState
  orderId: string | null
  expiresAt: Date
}
/** Which coupons: those that an order has, and these as well, whoever has them now. */
export interface OfOrder {
  orderId: string
  ids: readonly string[]
}
const found = (
  where: string,
  k: string,
) => `select k.n, m.*, t.label from unnest(${k}) k(id, n) cross join lateral (
    select id, state, order_id as "orderId", expires_at as "expiresAt", template_id as "templateId"
    from member_coupon p where p.${where} = k.id offset 0) m
  cross join lateral (select label from coupon_template p where p.id = m."templateId" offset 0) t`
const READ_OF_ORDERS = `${found('purchase_id', '$1::uuid[], $2::int[]')} union all ${found('id', '$3::uuid[], $4::int[]')}`

/** The coupons asked for, for each question in turn; locks nothing. Asked with every look at an order, so it is planned once (pool of the desk). */
export async function readOfOrders(
  pool: Pick<pg.Pool, 'query'>,
  questions: readonly OfOrder[],
): Promise<OrderCoupon[][]> {
  const orders = questions.map(({ orderId }, n) => ({ id: orderId, n }))
  const coupons = questions.flatMap(({ ids }, n) => ids.map((id) => ({ id, n })))
  const answers = questions.map(() => new Map<string, OrderCoupon>())
  const { rows } = await pool.query<OrderCoupon & { n: number; templateId: string }>({
    name: 'coupons-read-of-orders',
    text: READ_OF_ORDERS,
    values: [orders, coupons].flatMap((asked) => [
      arrayOf(asked, ({ id }) => id),
      arrayOf(asked, ({ n }) => n),
    ]),
  })
  for (const { n, id, label, state, orderId, expiresAt } of rows)
    answers[n]?.set(id, { id, label, state, orderId, expiresAt })
  return answers.map((each) => [...each.values()].sort((a, b) => (a.id < b.id ? -1 : 1)))
}

export const couponsDesk: CouponsDesk = {
  async idsOf(client, purchaseIds) {
    const { rows } = await client.query<{ id: string }>({
      name: 'coupons-of-orders',
      text: IDS_OF,
      values: [arrayOf(purchaseIds, (id) => id)],
    })
    return rows.map(({ id }) => id)
  },
  async lockCoupons(client, ids) {
    const { rows } = await client.query<DeskCoupon>({
      name: 'coupons-lock',
      text: LOCK_COUPONS,
      values: [arrayOf(ids, (id) => id)],
    })
    return rows
  },
  moveCoupons: (client, coupons, events) =>
    client.query({
      name: 'coupons-move',
      text: MOVE_COUPONS,
      values: [
        arrayOf(coupons, (each) => each.couponId),
        arrayOf(coupons, (each) => each.state),
        arrayOf(coupons, (each) => each.round),
        arrayOf(coupons, (each) => each.orderId),
        arrayOf(coupons, (each) => each.expiresAt),
        arrayOf(events, (each) => each.couponId),
        arrayOf(events, (each) => each.round),
        arrayOf(events, (each) => each.verb),
        arrayOf(events, (each) => each.to),
        arrayOf(events, (each) => each.purchase.orderId),
        arrayOf(events, (each) => each.expiresAt),
        arrayOf(events, (each) => each.by),
        arrayOf(events, (each) => each.at),
        arrayOf(coupons, (each) => each.tillId),
        arrayOf(events, (each) => each.purchase.tillId),
      ],
    }),
}
