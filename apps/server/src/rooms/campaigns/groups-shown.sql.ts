import { sql } from 'kysely'
import type { Reader } from '#kernel/db'
import type { Span } from '#kernel/following'
import type { Rung } from './kinds/group/group.ts'
import type { GroupState, SeatState } from './kinds/group/states.ts'

export interface ShownGroup {
  id: string
  campaignId: string
  storeId: string
  skuId: string
  state: GroupState
  size: number
  most: number
  seated: number
  paid: number
  /** By size, the first makes it. */
  rungs: readonly Rung[]
  /** What it came to; null while it is open, and of one that failed. */
  priceFen: number | null
  /** The nickname of who leads. */
  leader: string | null
  leaderId: string | null
  quietMinutes: number
  expiresAt: Date
  endedAt: Date | null
}
const SHAPE = sql`g.id, g.campaign_id as "campaignId", g.store_id as "storeId", g.sku_id as "skuId", g.state, g.size, g.most, g.seated, g.paid, g.rungs, g.price_fen as "priceFen",
  g.leader_id as "leaderId", g.quiet_minutes as "quietMinutes", g.expires_at as "expiresAt", g.ended_at as "endedAt",
  (select m.nickname from member m where m.id = g.leader_id and g.paid > 0) as leader`

export async function findGroup(db: Reader, id: string): Promise<ShownGroup | undefined> {
  const { rows } = await sql<ShownGroup>`select ${SHAPE} from buy_group g where g.id = ${id}`.execute(db)
  return rows[0]
}

export interface ShownSeat {
  no: number
  name: string
  memberId: string
  state: SeatState
}
/** Who sits in a group, in the order of the seats. */
export async function listSeats(db: Reader, groupId: string): Promise<ShownSeat[]> {
  const { rows } = await sql<ShownSeat>`
    select s.seat_no as no, m.nickname as name, s.member_id as "memberId", s.state from group_seat s join member m on m.id = s.member_id
    where s.group_id = ${groupId} and s.state in ('SEATED', 'PAID', 'SUCCESS') order by s.seat_no`.execute(db)
  return rows
}

/** Groups that somebody could join now, fewest missing first; `total` counts those beyond the limit too. */
export async function listJoinable(
  db: Reader,
  { campaignId, storeId, now, limit }: { campaignId: string; storeId: string; now: Date; limit: number },
): Promise<(ShownGroup & { total: number })[]> {
  const { rows } = await sql<ShownGroup & { total: number }>`
    select ${SHAPE}, count(*) over () as total from buy_group g
    where g.campaign_id = ${campaignId} and g.store_id = ${storeId} and g.state = 'OPEN' and g.paid > 0 and g.seated < g.most
      and g.expires_at - make_interval(mins => g.quiet_minutes) > ${now}
    order by g.size - g.paid, g.expires_at, g.id limit ${limit}`.execute(db)
  return rows
}

export interface MySeat extends ShownGroup {
  seat: SeatState
  orderId: string
  takenAt: Date
}
export async function listMine(
  db: Reader,
  memberId: string,
  { after, limit }: { after: { at: Date; id: string } | undefined; limit: number },
): Promise<MySeat[]> {
  const { rows } = await sql<MySeat>`
    select ${SHAPE}, s.state as seat, s.order_id as "orderId", s.taken_at as "takenAt" from group_seat s join buy_group g on g.id = s.group_id
    where s.member_id = ${memberId}
      and (${after?.at ?? null}::timestamptz is null or (s.taken_at, s.order_id) < (${after?.at ?? null}, ${after?.id ?? null}::uuid))
    order by s.taken_at desc, s.order_id desc limit ${limit}`.execute(db)
  return rows
}

export interface DeskFilter {
  campaignId: string
  /** Null: all. */
  storeIds: readonly string[] | null
}
export interface DeskGroup extends ShownGroup {
  /** Whose it is or was, by nickname. */
  leaderName: string | null
  leaderTail: string | null
  /** Who ever paid: of one that failed nobody is in it any more. */
  everPaid: number
  openedAt: Date
}
const inStores = ({ campaignId, storeIds }: DeskFilter) =>
  sql`g.campaign_id = ${campaignId} and (${storeIds}::text[] is null or g.store_id = any(${storeIds}::text[]))`
/** A page of the groups of a campaign in these stores: open ones first, by their end; then those that are over, newest first. */
export async function listForDesk(
  db: Reader,
  { state, ...of }: DeskFilter & { state: GroupState | null },
  { limit, offset }: { limit: number; offset: number },
): Promise<DeskGroup[]> {
  const { rows } = await sql<DeskGroup>`
    select ${SHAPE}, g.opened_at as "openedAt", m.nickname as "leaderName", m.phone_tail as "leaderTail",
      (select count(*) from group_seat s where s.group_id = g.id and s.paid_at is not null) as "everPaid"
    from buy_group g left join member m on m.id = g.leader_id where ${inStores(of)} and (${state}::text is null or g.state = ${state})
    order by (g.state = 'OPEN') desc, case when g.state = 'OPEN' then g.expires_at end, g.opened_at desc, g.id
    limit ${limit} offset ${offset}`.execute(db)
  return rows
}
/** How many of them there are in each state. */
export async function countForDesk(db: Reader, of: DeskFilter): Promise<Record<GroupState, number>> {
  const { rows } = await sql<{ state: GroupState; groups: number }>`
    select g.state, count(*) as groups from buy_group g where ${inStores(of)} group by g.state`.execute(db)
  const counts = { OPEN: 0, SUCCESS: 0, FAILED: 0 }
  for (const { state, groups } of rows) counts[state] = groups
  return counts
}

export interface DeskSeat {
  orderId: string
  orderNo: string
  memberId: string
  name: string
  phoneTail: string | null
  state: SeatState
  takenAt: Date
  paidAt: Date | null
  paidFen: number
  refundedFen: number
}
/** Who sat down in a group, in that order, with what became of the order of each. */
export async function listDeskSeats(db: Reader, groupId: string): Promise<DeskSeat[]> {
  const { rows } = await sql<DeskSeat>`
    select s.order_id as "orderId", o.no as "orderNo", s.member_id as "memberId", m.nickname as name, m.phone_tail as "phoneTail", s.state,
      s.taken_at as "takenAt", s.paid_at as "paidAt", o.paid_fen as "paidFen", o.refunded_fen as "refundedFen"
    from group_seat s join orders o on o.id = s.order_id join member m on m.id = s.member_id
    where s.group_id = ${groupId} order by s.taken_at, s.order_id`.execute(db)
  return rows
}

export interface GroupSums {
  open: number
  succeeded: number
  failed: number
  waiting: number
  refunding: number
  refunded: number
  refundedFen: number
  /** Those that gathered, by the price that each came to; the dearest first. */
  reached: { size: number; priceFen: number; groups: number }[]
}
/** How the groups of a campaign fare. */
export async function sumGroups(db: Reader, campaignId: string): Promise<GroupSums> {
  const { rows } = await sql<GroupSums>`
    select g.*, s.*, r.reached from (
      select count(*) filter (where state = 'OPEN') as open, count(*) filter (where state = 'SUCCESS') as succeeded,
        count(*) filter (where state = 'FAILED') as failed, coalesce(sum(paid) filter (where state = 'OPEN'), 0)::int as waiting
      from buy_group where campaign_id = ${campaignId}) g,
    (select count(*) filter (where s.state = 'REFUNDING') as refunding, count(*) filter (where s.state = 'REFUNDED') as refunded,
        coalesce(sum(o.refunded_fen) filter (where s.state in ('REFUNDING', 'REFUNDED')), 0)::bigint as "refundedFen"
      from buy_group b join group_seat s on s.group_id = b.id join orders o on o.id = s.order_id
      where b.campaign_id = ${campaignId}) s,
    (select coalesce(json_agg(json_build_object('size', size, 'priceFen', price_fen, 'groups', groups) order by price_fen desc), '[]') as reached from (
      select b.price_fen, min((e ->> 'size')::int) as size, count(*)::int as groups from buy_group b, jsonb_array_elements(b.rungs) e
      where b.campaign_id = ${campaignId} and b.state = 'SUCCESS' and (e ->> 'priceFen')::bigint = b.price_fen group by b.price_fen) x) r`.execute(
    db,
  )
  const [row] = rows
  if (!row) throw new Error(`no sums of campaign ${campaignId}`)
  return row
}

export interface ToldStep {
  id: number
  verb: 'pay' | 'gather' | 'expire' | 'stop'
  at: Date
  groupId: string
  skuId: string
  storeId: string
  left: number
  expiresAt: Date
  memberId: string
  orderId: string
}
/**
 * What people in a group are told of, one row for each of them: that one is missing (who just paid knows), that it is full, that it failed. Only those
 * who have paid; of an end, those who sat in it then.
 */
export async function listTold(db: Reader, { after, upTo }: Span): Promise<ToldStep[]> {
  const { rows } = await sql<ToldStep>`
    select e.id, e.verb, e.at, g.id as "groupId", g.sku_id as "skuId", g.store_id as "storeId", g.size - e.paid as left, g.expires_at as "expiresAt",
      s.member_id as "memberId", s.order_id as "orderId"
    from group_event e join buy_group g on g.id = e.group_id
      join group_seat s on s.group_id = g.id and s.paid_at <= e.at and s.order_id is distinct from e.order_id
    where e.id > ${after} and e.id <= ${upTo} and (e.verb in ('gather', 'expire', 'stop') or (e.verb = 'pay' and g.state = 'OPEN' and g.size - e.paid = 1))
      and not exists (select from group_event b where b.order_id = s.order_id and b.verb = 'give_back' and b.id < e.id)
    order by e.id, s.seat_no`.execute(db)
  return rows
}
