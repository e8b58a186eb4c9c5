import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '#kernel/db'
import type { Reason } from './options.ts'
import { STANDING, STANDING_STATE } from './standing.sql.ts'
import type { Kind, State } from './states.ts'

export interface Row {
  id: string
  orderId: string
  orderNo: string
  storeId: string
  memberId: string
  kind: Kind
  reason: Reason
  ourFault: boolean
  state: State
  amountFen: number
  appliedAt: Date
  since: Date
  dueAt: Date | null
  appealed: boolean
  words: string | null
  trouble: string | null
  returnStoreId: string | null
  holdStoreId: string | null
  ownerName: string | null
  photoIds: string[]
  lines: {
    lineNo: number
    name: string
    unit: string
    pictureId: string | null
    quantity: number
    amountFen: number
    perishable: boolean
    payFen: number
    boughtQuantity: number
    refundedQuantity: number
    goodsTo: 'shelf' | 'waste' | null
  }[]
}
export interface FullRow extends Row {
  note: string
  returnCode: string | null
  orderState: string
  orderTotalFen: number
  orderRefundedFen: number
  orderCompletedAt: Date | null
  refundState: string | null
  refundedAt: Date | null
  pointsBack: number
  pointsTaken: number
  events: { verb: string; from: State | null; to: State; by: string; at: string; words: string | null }[]
}

const COLUMNS = sql`a.id, a.order_id as "orderId", o.no as "orderNo", a.store_id as "storeId", a.member_id as "memberId", a.kind, a.reason, a.our_fault as "ourFault", a.state,
  coalesce(r.amount_fen, a.amount_fen)::bigint as "amountFen", a.applied_at as "appliedAt", a.since, a.due_at as "dueAt", a.appealed, a.words, a.trouble,
  a.return_store_id as "returnStoreId", a.hold_store_id as "holdStoreId", s.name as "ownerName",
  array(select p.id from aftersale_photo p where p.aftersale_id = a.id order by p.position) as "photoIds",
  (select jsonb_agg(jsonb_build_object('lineNo', l.line_no, 'name', i.name, 'unit', i.unit, 'pictureId', i.picture_id, 'quantity', l.quantity,
     'amountFen', coalesce(g.amount_fen, l.amount_fen), 'perishable', l.perishable, 'payFen', i.pay_fen - i.group_back_fen, 'boughtQuantity', i.quantity,
     'refundedQuantity', i.refunded_quantity, 'goodsTo', l.goods_to) order by l.line_no)
   from aftersale_line l join order_line i on i.order_id = l.order_id and i.line_no = l.line_no
   left join lateral (select sum(g.amount_fen) as amount_fen from refund f join refund_line g on g.refund_id = f.id and g.line_no = l.line_no
     where f.order_id = a.order_id and starts_with(f.idem_key, 'aftersale:' || a.id || ':') and f.state not in ('CLOSED', 'FAILED')) g on true
   where l.aftersale_id = a.id) as lines`
const FROM = sql`from aftersale a join orders o on o.id = a.order_id
  cross join lateral ${STANDING} r
  left join staff s on s.id = a.owner_id`

/** Points that the refunds of request `a` move one way, failed ones apart. */
const pointsOf = (column: 'points_back' | 'points_taken'): RawBuilder<unknown> => sql`(
  select coalesce(sum(g.${sql.ref(column)}), 0)::bigint from refund f join refund_line g on g.refund_id = f.id
  where f.order_id = a.order_id and starts_with(f.idem_key, 'aftersale:' || a.id || ':') and f.state not in ('CLOSED', 'FAILED'))`

export const findFull = async (db: Reader, id: string): Promise<FullRow | undefined> =>
  (
    await sql<FullRow>`
      select ${COLUMNS}, a.note, a.return_code as "returnCode", o.state as "orderState", o.total_fen as "orderTotalFen",
        o.refunded_fen as "orderRefundedFen", o.completed_at as "orderCompletedAt", ${STANDING_STATE} as "refundState",
        case when r.done then r.done_at end as "refundedAt", ${pointsOf('points_back')} as "pointsBack", ${pointsOf('points_taken')} as "pointsTaken",
        (select jsonb_agg(jsonb_build_object('verb', e.verb, 'from', e.from_state, 'to', e.to_state, 'by', e.by, 'at', e.at, 'words', e.words)
           order by e.id) from aftersale_event e where e.aftersale_id = a.id) as events
      ${FROM} where a.id = ${id}`.execute(db)
  ).rows[0]

export interface MineFilter {
  orderId: string | undefined
  states: readonly State[] | undefined
  after: { at: Date; id: string } | undefined
  limit: number
}
/** A member's requests, newest first, from a place in that order. */
export const listMine = async (
  db: Reader,
  memberId: string,
  { orderId, states, after, limit }: MineFilter,
): Promise<Row[]> =>
  (
    await sql<Row>`
      select ${COLUMNS} ${FROM} where a.member_id = ${memberId}
        ${orderId === undefined ? sql`` : sql`and a.order_id = ${orderId}`}
        ${states === undefined ? sql`` : sql`and a.state = any(${states}::text[])`}
        ${after === undefined ? sql`` : sql`and (a.applied_at, a.id) < (${after.at}, ${after.id}::uuid)`}
      order by a.applied_at desc, a.id desc limit ${limit}`.execute(db)
  ).rows

export interface DeskFilter {
  /** Null: every store. */
  storeIds: readonly string[] | null
  kind: Kind | undefined
  orderId: string | undefined
  q: string | undefined
  /** Members whose phone ends in `q`, when it could be such an end. */
  memberIds: readonly string[]
}
const matching = ({
  storeIds,
  kind,
  orderId,
  q,
  memberIds,
}: DeskFilter): RawBuilder<unknown> => sql`where true
  ${storeIds === null ? sql`` : sql`and (a.store_id = any(${storeIds}::text[]) or a.return_store_id = any(${storeIds}::text[]))`}
  ${kind === undefined ? sql`` : sql`and a.kind = ${kind}`}
  ${orderId === undefined ? sql`` : sql`and a.order_id = ${orderId}`}
  ${q === undefined ? sql`` : sql`and (strpos(o.no, ${q}) > 0 or a.member_id = any(${memberIds}::uuid[]))`}`

/** A page of a desk's list: what waits longest first, of ended ones the last first. */
export const listForDesk = async (
  db: Reader,
  filter: DeskFilter,
  {
    states,
    newestFirst,
    limit,
    offset,
  }: { states: readonly State[]; newestFirst: boolean; limit: number; offset: number },
): Promise<Row[]> =>
  (
    await sql<Row>`
      select ${COLUMNS} ${FROM} ${matching(filter)} and a.state = any(${states}::text[])
      order by a.since ${newestFirst ? sql`desc` : sql`asc`}, a.id limit ${limit} offset ${offset}`.execute(
      db,
    )
  ).rows

export interface StateCount {
  state: State
  count: number
  overdue: number
}
export const countByState = async (db: Reader, filter: DeskFilter, now: Date): Promise<StateCount[]> =>
  (
    await sql<StateCount>`
      select a.state, count(*) as count,
        count(*) filter (where a.state in ('APPLIED', 'APPEALED', 'RETURNED') and a.due_at <= ${now}) as overdue
      from aftersale a join orders o on o.id = a.order_id ${matching(filter)} group by a.state`.execute(db)
  ).rows

export interface Errand {
  storeId: string
  failed: boolean
  count: number
  since: Date
  overdue: number
  unowned: number
}
/** Requests that wait for people of a store, and refunds that did not arrive. Appeals wait for head office alone. */
export const listErrands = async (
  db: Reader,
  storeIds: readonly string[] | null,
  now: Date,
): Promise<Errand[]> =>
  (
    await sql<Errand>`
      select w.*, s.failed, count(*) as count, min(a.since) as since, count(*) filter (where a.due_at <= ${now}) as overdue,
        count(*) filter (where a.owner_id is null) as unowned
      from aftersale a
      cross join lateral (select case a.state when 'RETURNED' then a.return_store_id else a.store_id end as "storeId") w
      cross join lateral (select a.state = 'REFUND_FAILED' as failed) s
      where (a.state in ('APPLIED', 'RETURNED', 'REFUND_FAILED') or (a.state = 'APPEALED' and ${storeIds}::text[] is null))
        and (${storeIds}::text[] is null or w."storeId" = any(${storeIds}::text[]))
      group by 1, 2`.execute(db)
  ).rows
