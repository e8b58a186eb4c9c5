import { sql } from 'kysely'
import type { Reader } from '#kernel/db'

export interface Figures {
  shares: number
  opens: number
  members: number
  joined: number
  orders: number
  paidFen: number
  backFen: number
}
export interface Asked {
  from: Date
  until: Date
  /** Null: all. */
  storeIds: readonly string[] | null
}

/** Everything that happened to shares in a span, one row each, as ones that can be added up. An order counts once it is paid. */
const happened = ({ from, until }: Pick<Asked, 'from' | 'until'>) => sql`
  select id as share_id, made_at as at, 1 as shares, 0 as opens, 0 as members, 0 as joined, 0 as orders, 0::bigint as paid, 0::bigint as back
    from share where made_at >= ${from} and made_at < ${until}
  union all select share_id, opened_at, 0, counts::int, (counts and member_id is not null)::int, joined::int, 0, 0, 0
    from share_open where opened_at >= ${from} and opened_at < ${until} and (counts or joined)
  union all select l.share_id, l.placed_at, 0, 0, 0, 0, 1, o.paid_fen, o.refunded_fen
    from share_order l join orders o on o.id = l.order_id
    where l.placed_at >= ${from} and l.placed_at < ${until} and o.pay_state = 'PAID' and o.state <> 'CANCELLED'`
const sums = sql`
  coalesce(sum(e.shares), 0)::bigint as shares, coalesce(sum(e.opens), 0)::bigint as opens, coalesce(sum(e.members), 0)::bigint as members,
  coalesce(sum(e.joined), 0)::bigint as joined, coalesce(sum(e.orders), 0)::bigint as orders, coalesce(sum(e.paid), 0)::bigint as "paidFen",
  coalesce(sum(e.back), 0)::bigint as "backFen"`
const seen = (storeIds: readonly string[] | null) =>
  sql`(${storeIds}::text[] is null or s.store_id = any(${storeIds}::text[]))`

export interface GroupRow extends Figures {
  day: string | null
  kind: string | null
  subjectId: string | null
  storeId: string | null
  memberId: string | null
}
const NOTHING = sql`null::text as kind, null::text as "subjectId", null::text as "storeId"`
const GROUPS = {
  day: sql`(e.at at time zone 'Asia/Shanghai')::date as day, ${NOTHING}, null::uuid as "memberId"`,
  subject: sql`null::date as day, s.subject_kind as kind, s.subject_id as "subjectId", s.store_id as "storeId", null::uuid as "memberId"`,
  sharer: sql`null::date as day, ${NOTHING}, s.member_id as "memberId"`,
} as const
export type Group = keyof typeof GROUPS

/** What shares brought in a span, by day (all of them, the first one first), by subject or by sharer (those with most orders first). */
export async function listFigures(
  db: Reader,
  group: Group,
  asked: Asked,
  limit: number,
): Promise<GroupRow[]> {
  const order = group === 'day' ? sql`day` : sql`orders desc, opens desc, shares desc`
  const { rows } = await sql<GroupRow>`
    select ${GROUPS[group]}, ${sums} from (${happened(asked)}) e join share s on s.id = e.share_id
    where ${seen(asked.storeIds)} group by 1, 2, 3, 4, 5 order by ${order}, 1, 2, 3, 4, 5 limit ${limit}`.execute(
    db,
  )
  return rows
}

export async function sumFigures(db: Reader, asked: Asked): Promise<Figures | undefined> {
  const { rows } = await sql<Figures>`
    select ${sums} from (${happened(asked)}) e join share s on s.id = e.share_id where ${seen(asked.storeIds)}`.execute(
    db,
  )
  return rows[0]
}

export interface ListedShare extends Omit<Figures, 'shares'> {
  id: string
  key: string
  kind: string
  subjectId: string
  storeId: string
  memberId: string
  depth: number
  parentId: string | null
  madeAt: Date
}
const LISTED = sql`
  s.id, s.key, s.subject_kind as kind, s.subject_id as "subjectId", s.store_id as "storeId", s.member_id as "memberId", s.depth,
  s.parent_id as "parentId", s.made_at as "madeAt"`

export interface Filter {
  kind: string | null
  subjectId: string | null
  memberId: string | null
}
/** Shares to which something happened in a span, those with most orders first. */
export async function listShares(
  db: Reader,
  asked: Asked & Filter,
  { limit, offset }: { limit: number; offset: number },
): Promise<(ListedShare & { total: number })[]> {
  const { rows } = await sql<ListedShare & { total: number }>`
    select ${LISTED}, ${sums}, count(*) over () as total from (${happened(asked)}) e join share s on s.id = e.share_id
    where ${seen(asked.storeIds)} and (${asked.kind}::text is null or s.subject_kind = ${asked.kind}::text)
      and (${asked.subjectId}::text is null or s.subject_id = ${asked.subjectId}::text)
      and (${asked.memberId}::uuid is null or s.member_id = ${asked.memberId}::uuid)
    group by s.id order by orders desc, opens desc, s.made_at desc, s.id limit ${limit} offset ${offset}`.execute(
    db,
  )
  return rows
}

/** Everything that ever came of these shares. */
export async function sharesById(db: Reader, ids: readonly string[]): Promise<ListedShare[]> {
  const { rows } = await sql<ListedShare>`
    select ${LISTED}, opened.*, ordered.* from share s
    cross join lateral (
      select count(*) filter (where counts) as opens, count(*) filter (where counts and member_id is not null) as members,
        count(*) filter (where joined) as joined
      from share_open where share_id = s.id) opened
    cross join lateral (
      select count(*) as orders, coalesce(sum(o.paid_fen), 0)::bigint as "paidFen", coalesce(sum(o.refunded_fen), 0)::bigint as "backFen"
      from share_order l join orders o on o.id = l.order_id
      where l.share_id = s.id and o.pay_state = 'PAID' and o.state <> 'CANCELLED') ordered
    where s.id = any(${ids}::uuid[]) order by s.depth, s.made_at, s.id`.execute(db)
  return rows
}

export interface Kin {
  id: string
  way: 'self' | 'from' | 'next'
}
/** A share, all that it came from, and what came from it at once. */
export async function kinOf(db: Reader, id: string, most: number): Promise<Kin[]> {
  const { rows } = await sql<Kin>`
    with recursive up as (
      select id, parent_id, 0 as step from share where id = ${id}
      union all select s.id, s.parent_id, up.step + 1 from up join share s on s.id = up.parent_id where up.step < 60)
    select id, case when step = 0 then 'self' else 'from' end as way from up
    union all (select id, 'next' from share where parent_id = ${id} order by made_at, id limit ${most})`.execute(
    db,
  )
  return rows
}

export interface OpenRow {
  memberId: string | null
  openedAt: Date
  knownAt: Date | null
  joined: boolean
}
/** Who opened a share, each once, the latest first. */
export const listOpens = (db: Reader, shareId: string, limit: number): Promise<OpenRow[]> =>
  db
    .selectFrom('share_open')
    .select(['member_id as memberId', 'opened_at as openedAt', 'known_at as knownAt', 'joined'])
    .where('share_id', '=', shareId)
    .where((is) => is.or([is('counts', '=', true), is('joined', '=', true)]))
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export interface OrderRow {
  orderId: string
  orderNo: string
  storeId: string
  memberId: string
  openedAt: Date
  placedAt: Date
  state: string
  paidFen: number
  backFen: number
}
/** What was ordered from a share, paid or not, the latest first. */
export const listOrders = (db: Reader, shareId: string, limit: number): Promise<OrderRow[]> =>
  db
    .selectFrom('share_order as l')
    .innerJoin('orders as o', 'o.id', 'l.order_id')
    .select([
      'l.order_id as orderId',
      'o.no as orderNo',
      'l.store_id as storeId',
      'l.member_id as memberId',
      'l.opened_at as openedAt',
      'l.placed_at as placedAt',
      'o.state',
      'o.paid_fen as paidFen',
      'o.refunded_fen as backFen',
    ])
    .where('l.share_id', '=', shareId)
    .orderBy('l.placed_at', 'desc')
    .orderBy('l.order_id', 'desc')
    .limit(limit)
    .execute()
