import { sql } from 'kysely'
import type { BOX_WEEK_STATES } from '@linli/contract/boxes'
import type { OrderState } from '@linli/contract/orders'
import type { Static } from 'typebox'
import type { Reader, Tx } from '#kernel/db'

export type WeekState = Exclude<(typeof BOX_WEEK_STATES)[number], 'PLANNED'>
export interface WeekRow {
  boxId: string
  week: string
  storeId: string
  quantity: number
  state: WeekState
  payUntil: Date
  orderId: string | null
}
const SHAPE = sql`w.box_id as "boxId", to_char(w.week, 'YYYY-MM-DD') as week, w.store_id as "storeId", w.quantity, w.state, w.pay_until as "payUntil",
  w.order_id as "orderId"`

/** The weeks of these boxes that are decided, by day. */
export async function listWeeks(db: Reader, boxIds: readonly string[]): Promise<WeekRow[]> {
  const { rows } = await sql<WeekRow>`
    select ${SHAPE} from box_week w where w.box_id = any(${boxIds}::uuid[]) order by w.week`.execute(db)
  return rows
}
export async function findWeek(db: Reader, boxId: string, week: string): Promise<WeekRow | undefined> {
  const { rows } = await sql<WeekRow>`
    select ${SHAPE} from box_week w where w.box_id = ${boxId} and w.week = ${week}::date`.execute(db)
  return rows[0]
}

/** Decides a week of a box, once; false: it is decided already. */
export async function insertWeek(
  tx: Tx,
  row: Omit<WeekRow, 'orderId'> & { state: 'SKIPPED' | 'DUE' },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into box_week (box_id, week, store_id, quantity, state, pay_until)
    values (${row.boxId}, ${row.week}::date, ${row.storeId}, ${row.quantity}, ${row.state}, ${row.payUntil})
    on conflict (box_id, week) do nothing`.execute(tx)
  return numAffectedRows === 1n
}
/** False: it was not skipped, or its order was placed and cancelled. */
export async function deleteSkip(tx: Tx, boxId: string, week: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from box_week where box_id = ${boxId} and week = ${week}::date and state = 'SKIPPED' and order_id is null`.execute(
    tx,
  )
  return numAffectedRows === 1n
}

type Key = Pick<WeekRow, 'boxId' | 'week'>
/** The order of a week is there: it is what counts, whatever another server made of the week meanwhile. False: known already. */
export async function noteOrder(tx: Tx, { boxId, week }: Key, orderId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update box_week set state = 'ORDERED', order_id = ${orderId}, why = null
    where box_id = ${boxId} and week = ${week}::date and state in ('DUE', 'SHORT')`.execute(tx)
  return numAffectedRows === 1n
}
/** No order can be placed; false: another server has said what became of it. */
export async function noteShort(tx: Tx, { boxId, week }: Key, why: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update box_week set state = 'SHORT', why = ${why} where box_id = ${boxId} and week = ${week}::date and state = 'DUE'`.execute(
    tx,
  )
  return numAffectedRows === 1n
}
/** What became of its order; false: another server has said so. */
export async function settleWeek(
  tx: Tx,
  { boxId, week }: Key,
  state: 'PAID' | 'LAPSED' | 'SKIPPED',
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update box_week set state = ${state} where box_id = ${boxId} and week = ${week}::date and state = 'ORDERED'`.execute(
    tx,
  )
  return numAffectedRows === 1n
}

/** Boxes that have an order in this week and none yet. */
export async function listDue(
  db: Reader,
  { campaignId, week, limit }: { campaignId: string; week: string; limit: number },
): Promise<{ id: string }[]> {
  const { rows } = await sql<{ id: string }>`
    select b.id from box b where b.campaign_id = ${campaignId} and b.state = 'RUNNING' and b.from_week <= ${week}::date
      and not exists (select from box_week w where w.box_id = b.id and w.week = ${week}::date)
    order by b.id limit ${limit}`.execute(db)
  return rows
}
export interface DueWeek extends WeekRow {
  campaignId: string
  memberId: string
}
/** Weeks whose order is to be placed. */
export async function listToPlace(db: Reader, limit: number): Promise<DueWeek[]> {
  const { rows } = await sql<DueWeek>`
    select ${SHAPE}, b.campaign_id as "campaignId", b.member_id as "memberId" from box_week w join box b on b.id = w.box_id
    where w.state = 'DUE' order by w.pay_until, w.box_id limit ${limit}`.execute(db)
  return rows
}
export interface Settled extends Key {
  outcome: 'PAID' | 'LAPSED' | 'SKIPPED'
}
/** Weeks whose order is paid, or closed unpaid: by its time, or before that by somebody who did not want it. */
export async function listSettled(db: Reader, limit: number): Promise<Settled[]> {
  const { rows } = await sql<Settled>`
    select w.box_id as "boxId", to_char(w.week, 'YYYY-MM-DD') as week,
      case when o.state <> 'CANCELLED' then 'PAID' when o.cancelled_at < w.pay_until then 'SKIPPED' else 'LAPSED' end as outcome
    from box_week w join orders o on o.id = w.order_id
    where w.state = 'ORDERED' and o.state <> 'PENDING_PAY' order by w.pay_until, w.box_id limit ${limit}`.execute(
    db,
  )
  return rows
}

export interface WeekSum {
  week: string
  storeId: string
  state: WeekState | 'PLANNED'
  boxes: number
}
/** Boxes by week, store and what became of them; those of `open` weeks that are not decided are PLANNED. */
export async function sumWeeks(db: Reader, campaignId: string, open: readonly string[]): Promise<WeekSum[]> {
  const { rows } = await sql<WeekSum>`
    select to_char(w.week, 'YYYY-MM-DD') as week, w.store_id as "storeId", w.state, sum(w.quantity)::int as boxes
    from box_week w join box b on b.id = w.box_id where b.campaign_id = ${campaignId} group by 1, 2, 3
    union all select to_char(x.week, 'YYYY-MM-DD'), b.store_id, 'PLANNED', sum(b.quantity)::int
    from unnest(${open}::date[]) x(week) join box b on b.campaign_id = ${campaignId} and b.state = 'RUNNING' and b.from_week <= x.week
    where not exists (select from box_week w where w.box_id = b.id and w.week = x.week) group by 1, 2`.execute(
    db,
  )
  return rows
}

export interface PackedRow {
  orderId: string
  no: string
  state: Static<typeof OrderState>
  memberId: string
  quantity: number
}
const PACKED_AT_MOST = 2000
/** Orders of one week in one store that are paid, or may still be, with the boxes that were not given back before they were collected. */
export async function listPacked(
  db: Reader,
  { campaignId, week, storeId }: { campaignId: string; week: string; storeId: string },
): Promise<PackedRow[]> {
  const { rows } = await sql<PackedRow>`
    select o.id as "orderId", o.no, o.state, b.member_id as "memberId", l.quantity - l.withdrawn_quantity as quantity
    from box_week w join box b on b.id = w.box_id join orders o on o.id = w.order_id join order_line l on l.order_id = o.id
    where b.campaign_id = ${campaignId} and w.week = ${week}::date and w.store_id = ${storeId} and o.state not in ('CANCELLED', 'CLOSED_REFUND')
    order by o.paid_at nulls last, o.id limit ${PACKED_AT_MOST}`.execute(db)
  return rows
}

export interface BoxNews {
  id: number
  verb: 'order' | 'short' | 'lapsed_out'
  at: Date
  boxId: string
  memberId: string
  campaign: string
  week: string | null
  storeId: string
  orderId: string | null
  payUntil: Date | null
}
/** Events in this span that members are told of, with the week that they speak of. */
export async function listNews(
  db: Reader,
  { after, upTo }: { after: number; upTo: number },
): Promise<BoxNews[]> {
  const { rows } = await sql<BoxNews>`
    select e.id, e.verb, e.at, e.box_id as "boxId", b.member_id as "memberId", c.name as campaign, to_char(e.week, 'YYYY-MM-DD') as week,
      coalesce(w.store_id, b.store_id) as "storeId", w.order_id as "orderId", w.pay_until as "payUntil"
    from box_event e join box b on b.id = e.box_id join campaign c on c.id = b.campaign_id
      left join box_week w on w.box_id = e.box_id and w.week = e.week
    where e.id > ${after} and e.id <= ${upTo} and e.verb in ('order', 'short', 'lapsed_out') order by e.id`.execute(
    db,
  )
  return rows
}
