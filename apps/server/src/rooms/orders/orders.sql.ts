import { type RawBuilder, sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type pg from 'pg'
import { arrayOf } from '#kernel/array'
import type { Reader, Tx } from '#kernel/db'
import type { Funding } from './commands.ts'
import type { OrderState, PayState, RefundState } from './states.ts'

/** An order as it is read back. */
export interface OrderRow {
  id: string
  no: string
  storeId: string
  memberId: string
  state: OrderState
  payState: PayState
  refundState: RefundState
  fulfilment: string
  slotStart: Date | null
  slotEnd: Date | null
  goodsFen: number
  discountFen: number
  freightFen: number
  totalFen: number
  /** What of it stored value pays. */
  storedValueFen: number
  /** When goods that are yet to come are promised for; null: they are in the store. */
  goodsBy: Date | null
  /** What of the total is paid first; null: all of it. */
  depositFen: number | null
  paidFen: number
  refundedFen: number
  remark: string
  ifShort: 'refund' | 'substitute' | 'call'
  placedAt: Date
  expiresAt: Date | null
  paidAt: Date | null
  completedAt: Date | null
  cancelledAt: Date | null
  cancelReason: string | null
}
// The three states and `if_short` are held to these words by constraints of the table.
export const ORDER_COLUMNS = [
  'o.id',
  'o.no',
  'o.store_id as storeId',
  'o.member_id as memberId',
  sql<OrderState>`o.state`.as('state'),
  sql<PayState>`o.pay_state`.as('payState'),
  sql<RefundState>`o.refund_state`.as('refundState'),
  'o.fulfilment',
  'o.slot_start as slotStart',
  'o.slot_end as slotEnd',
  'o.goods_fen as goodsFen',
  'o.discount_fen as discountFen',
  'o.freight_fen as freightFen',
  'o.total_fen as totalFen',
  'o.stored_value_fen as storedValueFen',
  'o.goods_by as goodsBy',
  'o.deposit_fen as depositFen',
  'o.paid_fen as paidFen',
  'o.refunded_fen as refundedFen',
  'o.remark',
  sql<OrderRow['ifShort']>`o.if_short`.as('ifShort'),
  'o.placed_at as placedAt',
  'o.expires_at as expiresAt',
  'o.paid_at as paidAt',
  'o.completed_at as completedAt',
  'o.cancelled_at as cancelledAt',
  'o.cancel_reason as cancelReason',
] as const

/** Newest first, from a place in that order. */
export function listMine(
  db: Reader,
  memberId: string,
  {
    state,
    after,
    limit,
  }: { state: OrderState | undefined; after: { at: Date; id: string } | undefined; limit: number },
): Promise<OrderRow[]> {
  let query = db.selectFrom('orders as o').select(ORDER_COLUMNS).where('o.member_id', '=', memberId)
  if (state) query = query.where('o.state', '=', state)
  if (after) query = query.where(sql<boolean>`(o.placed_at, o.id) < (${after.at}, ${after.id})`)
  return query.orderBy('o.placed_at', 'desc').orderBy('o.id', 'desc').limit(limit).execute()
}

/** Paid and not collected, oldest first. */
export const listWaiting = (
  db: Reader,
  storeId: string,
  { states, limit }: { states: readonly OrderState[]; limit: number },
): Promise<OrderRow[]> =>
  db
    .selectFrom('orders as o')
    .select(ORDER_COLUMNS)
    .where('o.store_id', '=', storeId)
    .where(sql<boolean>`o.state = any(${states}::text[])`)
    .where('o.state', 'in', ['PAID', 'READY'])
    .orderBy('o.paid_at')
    .limit(limit)
    .execute()

/** Orders of a store that wait for money, newest first; those whose number ends so, when asked. */
export function listUnpaid(
  db: Reader,
  storeId: string,
  { tail, now, limit }: { tail: string | undefined; now: Date; limit: number },
): Promise<OrderRow[]> {
  let query = db
    .selectFrom('orders as o')
    .select(ORDER_COLUMNS)
    .where('o.store_id', '=', storeId)
    .where(
      sql<boolean>`(o.state = 'PENDING_PAY' or (o.state = 'WAIT_BALANCE' and exists (
        select from order_presale p where p.order_id = o.id and p.balance_from <= ${now})))`,
    )
    .where('o.expires_at', '>', now)
  if (tail !== undefined) query = query.where('o.no', 'like', `%${tail}`)
  return query.orderBy('o.placed_at', 'desc').orderBy('o.id', 'desc').limit(limit).execute()
}

/** A component of a bundle: pieces in one bundle, and its part of what was paid for the line. */
export interface ComponentRow {
  skuId: string
  name: string
  unit: string
  barcode: string
  shelf: string | null
  pictureId: string | null
  quantity: number
  payFen: number
}
export interface LineRow {
  orderId: string
  lineNo: number
  skuId: string
  productId: string
  name: string
  unit: string
  barcode: string
  shelf: string | null
  pictureId: string | null
  quantity: number
  unitFen: number
  amountFen: number
  payFen: number
  withdrawnQuantity: number
  refundedQuantity: number
  refundedFen: number
  pieceGrams: number | null
  toleranceBp: number | null
  finalGrams: number | null
  weightBackFen: number | null
  groupBackFen: number
  /** What is in a bundle; none for other goods. */
  components: ComponentRow[]
  discounts: { rule: string; label: string; offFen: number; points: number; funding: Funding }[]
  usedPoints: number
  earnedPoints: number
}
const LINE_COLUMNS = [
  'l.order_id as orderId',
  'l.line_no as lineNo',
  'l.sku_id as skuId',
  'l.product_id as productId',
  'l.name',
  'l.unit',
  'l.barcode',
  'l.shelf',
  'l.picture_id as pictureId',
  'l.quantity',
  'l.unit_fen as unitFen',
  'l.amount_fen as amountFen',
  'l.pay_fen as payFen',
  'l.withdrawn_quantity as withdrawnQuantity',
  'l.refunded_quantity as refundedQuantity',
  'l.refunded_fen as refundedFen',
  'l.piece_grams as pieceGrams',
  'l.tolerance_bp as toleranceBp',
  'l.final_grams as finalGrams',
  'l.weight_back_fen as weightBackFen',
  'l.group_back_fen as groupBackFen',
  sql<ComponentRow[]>`coalesce((
    select jsonb_agg(jsonb_build_object('skuId', c.sku_id, 'name', c.name, 'unit', c.unit, 'barcode', c.barcode, 'shelf', c.shelf,
      'pictureId', c.picture_id, 'quantity', c.quantity, 'payFen', c.pay_fen) order by c.shelf, c.sku_id)
    from order_line_component c where c.order_id = l.order_id and c.line_no = l.line_no), '[]')`.as(
    'components',
  ),
  sql<LineRow['discounts']>`coalesce((
    select jsonb_agg(jsonb_build_object('rule', d.rule, 'label', d.label, 'offFen', d.off_fen, 'points', d.points, 'funding', d.funding)
      order by d.rule)
    from line_discount d where d.order_id = l.order_id and d.line_no = l.line_no), '[]')`.as('discounts'),
  sql<number>`(select coalesce(sum(d.points), 0)::bigint from line_discount d where d.order_id = l.order_id and d.line_no = l.line_no)`.as(
    'usedPoints',
  ),
  'l.earned_points as earnedPoints',
] as const
export const listLines = (db: Reader, orderIds: readonly string[]): Promise<LineRow[]> =>
  db
    .selectFrom('order_line as l')
    .select(LINE_COLUMNS)
    .where(sql<boolean>`l.order_id = any(${orderIds}::uuid[])`)
    .orderBy('l.order_id')
    .orderBy('l.line_no')
    .execute()

export interface EventRow {
  verb: string
  from: string | null
  to: string
  /** ISO 8601. */
  at: string
  by: string
}
export interface FullOrder extends OrderRow {
  lines: LineRow[]
  events: EventRow[]
}
const fullOrders = (db: Reader, ids: readonly string[]) =>
  db
    .selectFrom('orders as o')
    .select(ORDER_COLUMNS)
    .select((each) => [
      jsonArrayFrom(
        each
          .selectFrom('order_line as l')
          .select(LINE_COLUMNS)
          .whereRef('l.order_id', '=', 'o.id')
          .orderBy('l.line_no'),
      ).as('lines'),
      jsonArrayFrom(
        each
          .selectFrom('order_event as e')
          .select(['e.verb', 'e.from_state as from', 'e.to_state as to', 'e.at', 'e.by'])
          .whereRef('e.order_id', '=', 'o.id')
          .orderBy('e.id'),
      ).as('events'),
    ])
    .where(sql<boolean>`o.id = any(${arrayOf(ids, (id) => id)}::uuid[])`)
    .$castTo<FullOrder>()

/**
 * Orders with their lines and events, undefined where there is none. Shoppers who paid ask for theirs again and again: the statement is made and
 * planned once (pool of the desk), which costs more than its answer.
 */
export function ordersReader(
  db: Reader,
  pool: Pick<pg.Pool, 'query'>,
): (ids: readonly string[]) => Promise<(FullOrder | undefined)[]> {
  const text = fullOrders(db, []).compile().sql
  return async (ids) => {
    const values = [arrayOf(ids, (id) => id)]
    const { rows } = await pool.query<FullOrder>({ name: 'orders-read', text, values })
    const byId = new Map(rows.map((order) => [order.id, order]))
    return ids.map((id) => byId.get(id))
  }
}

/** One row when the order waits for money; keeps the desk from deciding about it until the transaction ends. */
export const payable = (id: string): RawBuilder<unknown> =>
  sql`select 1 from orders where id = ${id} and state in ('PENDING_PAY', 'WAIT_BALANCE') for share`

/** Takes unpaid orders that are due, and puts off their next look: another process, or the next round, leaves them alone until then. */
export async function claimTimeouts(
  tx: Tx,
  { now, again, limit }: { now: Date; again: Date; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with due as (
      select id from orders where state in ('PENDING_PAY', 'WAIT_BALANCE') and timeout_at <= ${now} order by timeout_at limit ${limit} for update skip locked)
    update orders o set timeout_at = ${again} from due where o.id = due.id returning o.id`.execute(tx)
  return rows.map(({ id }) => id)
}
