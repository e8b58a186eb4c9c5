import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db'
import type { ProviderName } from '#room/payments'

export type View = 'open' | 'mine' | 'closed' | 'resolved'
export interface DifferenceFilter {
  provider: ProviderName | undefined
  day: string | undefined
  view: View | undefined
  kind: string | undefined
  source: string | undefined
  staffId: string
}

export interface DifferenceRow {
  id: string
  provider: ProviderName
  day: string
  seq: number
  source: 'payment' | 'refund' | 'transfer' | 'funds'
  number: string
  kind: 'local_only' | 'remote_only' | 'amount_diff' | 'status_diff' | 'funds_diff'
  state: 'WAITING' | 'OPEN' | 'CLOSED' | 'RESOLVED'
  ourNo: string | null
  attemptId: string | null
  refundId: string | null
  orderId: string | null
  /** Read along for the console; both belong to `orders`. */
  orderNo: string | null
  storeId: string | null
  oursFen: number | null
  theirsFen: number | null
  oursState: string | null
  theirsState: string | null
  happenedAt: Date
  foundAt: Date
  endedAt: Date | null
  resolution: string | null
  note: string | null
  ownerId: string | null
  ownerAccount: string | null
  ownerName: string | null
}

const ROWS = sql`
  select b.id, b.provider, b.day, b.seq, b.source, b.number, b.kind, b.state, b.our_no as "ourNo", b.attempt_id as "attemptId", b.refund_id as "refundId",
    b.order_id as "orderId", o.no as "orderNo", o.store_id as "storeId", b.ours_fen as "oursFen", b.theirs_fen as "theirsFen",
    b.ours_state as "oursState", b.theirs_state as "theirsState", b.happened_at as "happenedAt", b.found_at as "foundAt",
    b.ended_at as "endedAt", b.resolution, b.note, b.owner_id as "ownerId", s.account as "ownerAccount", s.name as "ownerName"
  from bill_difference b left join orders o on o.id = b.order_id left join staff s on s.id = b.owner_id`

const matching = ({ provider, day, kind, source }: DifferenceFilter) => sql`
  (${provider ?? null}::text is null or b.provider = ${provider ?? null}) and
  (${day ?? null}::date is null or b.day = ${day ?? null}::date) and (${kind ?? null}::text is null or b.kind = ${kind ?? null})
  and (${source ?? null}::text is null or b.source = ${source ?? null})`
const OPEN = sql`b.state in ('WAITING', 'OPEN')`
const inView = ({ view, staffId }: DifferenceFilter) => {
  if (view === 'open') return OPEN
  if (view === 'mine') return sql`${OPEN} and b.owner_id = ${staffId}::uuid`
  if (view === 'closed') return sql`b.state = 'CLOSED'`
  return view === 'resolved' ? sql`b.state = 'RESOLVED'` : sql`true`
}

/** Open ones first, then by day and number. */
export async function listDifferences(
  db: Db,
  filter: DifferenceFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<DifferenceRow[]> {
  const { rows } = await sql<DifferenceRow>`${ROWS} where ${matching(filter)} and ${inView(filter)}
    order by (${OPEN}) desc, b.day desc, b.seq limit ${limit} offset ${offset}`.execute(db)
  return rows
}

export interface DifferenceCounts {
  total: number
  deltaFen: number
  all: number
  open: number
  mine: number
  closed: number
  resolved: number
}
export async function countDifferences(db: Db, filter: DifferenceFilter): Promise<DifferenceCounts> {
  const { rows } = await sql<DifferenceCounts>`
    select count(*) filter (where ${inView(filter)}) as total, count(*) as all, count(*) filter (where ${OPEN}) as open,
      coalesce(sum(coalesce(theirs_fen, 0) - coalesce(ours_fen, 0)) filter (where ${inView(filter)} and b.state <> 'CLOSED'), 0)::bigint as "deltaFen",
      count(*) filter (where ${OPEN} and b.owner_id = ${filter.staffId}::uuid) as mine,
      count(*) filter (where b.state = 'CLOSED') as closed, count(*) filter (where b.state = 'RESOLVED') as resolved
    from bill_difference b where ${matching(filter)}`.execute(db)
  return rows[0] ?? { total: 0, deltaFen: 0, all: 0, open: 0, mine: 0, closed: 0, resolved: 0 }
}

export async function findDifference(db: Db, id: string): Promise<DifferenceRow | undefined> {
  const { rows } = await sql<DifferenceRow>`${ROWS} where b.id = ${id}::uuid`.execute(db)
  return rows[0]
}

/** The same, held against others until the transaction ends. */
export async function lockDifference(tx: Tx, id: string): Promise<DifferenceRow | undefined> {
  const { rows } = await sql<DifferenceRow>`${ROWS} where b.id = ${id}::uuid for update of b`.execute(tx)
  return rows[0]
}

export async function setOwner(tx: Tx, id: string, ownerId: string | null): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('bill_difference')
    .set({ owner_id: ownerId })
    .where('id', '=', id)
    .where('state', 'in', ['WAITING', 'OPEN'])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface Resolved {
  at: Date
  ownerId: string
  resolution: string
  note: string
}
export async function setResolved(
  tx: Tx,
  id: string,
  { at, ownerId, resolution, note }: Resolved,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('bill_difference')
    .set({ state: 'RESOLVED', ended_at: at, owner_id: ownerId, resolution, note })
    .where('id', '=', id)
    .where('state', 'in', ['WAITING', 'OPEN'])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function setReopened(tx: Tx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('bill_difference')
    .set({ state: 'OPEN', ended_at: null, resolution: null, note: null })
    .where('id', '=', id)
    .where('state', 'in', ['CLOSED', 'RESOLVED'])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface Event {
  verb: string
  by: string
  at: Date
  note: string | null
}
export async function insertEvent(tx: Tx, differenceId: string, event: Event): Promise<number> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('bill_difference_event')
    .values({ difference_id: differenceId, ...event })
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0n)
}

/** The history of a difference, oldest first; of a very long one, its end. */
export async function listEvents(
  db: Db,
  differenceId: string,
): Promise<(Event & { byName: string | null })[]> {
  const { rows } = await sql<Event & { byName: string | null }>`
    select e.verb, e.by, s.name as "byName", e.at, e.note
    from bill_difference_event e left join staff s on e.by = 'staff:' || s.account
    where e.difference_id = ${differenceId}::uuid order by e.id desc limit 200`.execute(db)
  return rows.toReversed()
}

export interface OurSide {
  number: string | null
  state: string
  amountFen: number
  at: Date | null
  reason: string | null
}
/** What our books say of it now. */
export async function findOurs(
  db: Db,
  { source, ourNo, attemptId, refundId }: DifferenceRow,
): Promise<OurSide | undefined> {
  if (source === 'transfer' && ourNo !== null)
    return db
      .selectFrom('commission_withdrawal')
      .select([
        'transfer_bill_no as number',
        'state',
        'net_fen as amountFen',
        'done_at as at',
        'trouble as reason',
      ])
      .where('out_bill_no', '=', ourNo)
      .executeTakeFirst()
  if (refundId !== null)
    return db
      .selectFrom('refund')
      .select(['refund_id as number', 'state', 'amount_fen as amountFen', 'created_at as at', 'reason'])
      .where('id', '=', refundId)
      .executeTakeFirst()
  if (attemptId === null) return undefined
  const row = await db
    .selectFrom('payment_attempt')
    .select(['transaction_id as number', 'state', 'amount_fen as amountFen', 'paid_at as at'])
    .where('id', '=', attemptId)
    .executeTakeFirst()
  return row && { ...row, reason: null }
}

export interface TheirSide {
  day: string
  state: string
  amountFen: number
  settleFen: number
  couponFen: number
  feeMilliFen: number
  rate: string
  at: Date
  outTradeNo: string
}
/** What the bill says of it. */
export const findTheirs = (
  db: Db,
  { provider, source, number }: DifferenceRow,
): Promise<TheirSide | undefined> =>
  db
    .selectFrom('bill_line')
    .select([
      'day',
      'state',
      'amount_fen as amountFen',
      'settle_fen as settleFen',
      'coupon_fen as couponFen',
      'fee_millifen as feeMilliFen',
      'rate',
      'at',
      'out_trade_no as outTradeNo',
    ])
    .where('provider', '=', provider)
    .where('source', '=', source)
    .where('number', '=', number)
    .executeTakeFirst()
