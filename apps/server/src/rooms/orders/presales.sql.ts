import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { Deal } from '#room/campaigns'
import type { OrderState } from './states.ts'

export interface PresaleRow extends Deal {
  orderId: string
  campaignId: string
  arrivedAt: Date | null
  owedFen: number
  owedPaidAt: Date | null
}
/** What was agreed about the goods of an order; undefined where they were in the store. */
export const presaleOf = async (db: Reader, orderId: string): Promise<PresaleRow | undefined> => {
  const { rows } = await sql<PresaleRow>`
    select order_id as "orderId", campaign_id as "campaignId", called, cutoff, balance_from as "balanceFrom", balance_until as "balanceUntil",
      pickup_from as "pickupFrom", promised_by as "promisedBy", arrived_at as "arrivedAt", owed_fen as "owedFen", owed_paid_at as "owedPaidAt"
    from order_presale where order_id = ${orderId}`.execute(db)
  return rows[0]
}

export interface Goods {
  campaignId: string
  storeId: string
  skuId: string
}
export interface GoodsRow extends Goods {
  campaign: string
  ofBox: boolean
  name: string
  unit: string
  pickupFrom: Date
  promisedBy: Date
  balanceOrders: number
  balancePieces: number
  waitingOrders: number
  waitingPieces: number
  arrivedPieces: number
}
/** Goods that somebody waits for, in these stores (null: in all). What an order has was written down when it was placed: one line, its own SKU. */
export async function listGoods(db: Reader, storeIds: readonly string[] | null): Promise<GoodsRow[]> {
  const { rows } = await sql<GoodsRow>`
    select p.campaign_id as "campaignId", p.store_id as "storeId", p.sku_id as "skuId", c.name as campaign, c.kind = 'box' as "ofBox",
      min(l.name) as name, min(l.unit) as unit,
      min(p.pickup_from) as "pickupFrom", min(p.promised_by) as "promisedBy",
      count(*) filter (where o.state = 'WAIT_BALANCE') as "balanceOrders",
      coalesce(sum(l.quantity) filter (where o.state = 'WAIT_BALANCE'), 0)::int as "balancePieces",
      count(*) filter (where o.state = 'WAIT_GOODS') as "waitingOrders",
      coalesce(sum(l.quantity - l.withdrawn_quantity) filter (where o.state = 'WAIT_GOODS'), 0)::int as "waitingPieces",
      coalesce(sum(l.quantity - l.withdrawn_quantity) filter (where p.arrived_at is not null), 0)::int as "arrivedPieces"
    from order_presale p join orders o on o.id = p.order_id join order_line l on l.order_id = p.order_id join campaign c on c.id = p.campaign_id
    where ${storeIds}::text[] is null or p.store_id = any(${storeIds}::text[])
    group by 1, 2, 3, 4, 5 having count(*) filter (where o.state in ('WAIT_BALANCE', 'WAIT_GOODS')) > 0
    order by "promisedBy", "campaignId", "storeId", "skuId"`.execute(db)
  return rows
}

export interface DueRow {
  storeId: string
  orders: number
  pieces: number
  /** Orders whose promised day is over. */
  late: number
  /** When the first of them may come for it. */
  since: Date
}
/** Paid orders whose goods are not there though they may be collected before `soon`, store by store. */
export async function listDue(
  db: Reader,
  storeIds: readonly string[] | null,
  { now, soon }: { now: Date; soon: Date },
): Promise<DueRow[]> {
  const { rows } = await sql<DueRow>`
    select o.store_id as "storeId", count(*) as orders, sum(l.quantity - l.withdrawn_quantity)::int as pieces,
      count(*) filter (where p.promised_by <= ${now}) as late, min(p.pickup_from) as since
    from orders o join order_presale p on p.order_id = o.id join order_line l on l.order_id = o.id
    where o.state = 'WAIT_GOODS' and p.pickup_from <= ${soon} and (${storeIds}::text[] is null or o.store_id = any(${storeIds}::text[]))
    group by 1 order by 1`.execute(db)
  return rows
}

export interface WaitingRow {
  orderId: string
  no: string
  memberId: string
  state: OrderState
  pieces: number
  totalFen: number
  paidFen: number
  paidAt: Date | null
}
/** Who waits for these goods, paid in full first, by the time of that; then those who owe the balance. */
export async function listWaiting(
  db: Reader,
  { campaignId, storeId, skuId }: Goods,
  { states, limit }: { states: readonly OrderState[]; limit: number },
): Promise<WaitingRow[]> {
  const { rows } = await sql<WaitingRow>`
    select o.id as "orderId", o.no, o.member_id as "memberId", o.state, l.quantity - l.withdrawn_quantity as pieces, o.total_fen as "totalFen",
      o.paid_fen as "paidFen", o.paid_at as "paidAt"
    from order_presale p join orders o on o.id = p.order_id join order_line l on l.order_id = p.order_id
    where p.campaign_id = ${campaignId} and p.store_id = ${storeId} and p.sku_id = ${skuId} and o.state = any(${states}::text[])
    order by o.paid_at nulls last, o.id limit ${limit}`.execute(db)
  return rows
}

export interface Arrival extends Goods {
  id: string
  pieces: number
  key: string
  by: string
  at: Date
}
/** Notes that goods came, once for each key. False where it was noted before. */
export async function insertArrival(tx: Tx, arrival: Arrival): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('presale_arrival')
    .values({
      id: arrival.id,
      campaign_id: arrival.campaignId,
      store_id: arrival.storeId,
      sku_id: arrival.skuId,
      pieces: arrival.pieces,
      idem_key: arrival.key,
      by: arrival.by,
      at: arrival.at,
    })
    .onConflict((on) => on.columns(['campaign_id', 'idem_key']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
export const arrivalBy = (
  db: Reader,
  { campaignId, key }: Pick<Arrival, 'campaignId' | 'key'>,
): Promise<(Goods & { id: string; pieces: number }) | undefined> =>
  db
    .selectFrom('presale_arrival')
    .select(['id', 'campaign_id as campaignId', 'store_id as storeId', 'sku_id as skuId', 'pieces'])
    .where('campaign_id', '=', campaignId)
    .where('idem_key', '=', key)
    .executeTakeFirst()

/** Weaker than what a served order asks of it, so that the order desk may go on naming it. */
export const lockArrival = (tx: Tx, id: string): Promise<unknown> =>
  sql`select from presale_arrival where id = ${id} for no key update`.execute(tx)

/** Whom this arrival served already. */
export async function servedBy(
  db: Reader,
  { campaignId, storeId, skuId }: Goods,
  arrivalId: string,
): Promise<{ orders: number; pieces: number }> {
  const { rows } = await sql<{ orders: number; pieces: number }>`
    select count(*) as orders, coalesce(sum(l.quantity - l.withdrawn_quantity), 0)::int as pieces
    from order_presale p join order_line l on l.order_id = p.order_id
    where p.campaign_id = ${campaignId} and p.store_id = ${storeId} and p.sku_id = ${skuId} and p.arrival_id = ${arrivalId}`.execute(
    db,
  )
  return rows[0] ?? { orders: 0, pieces: 0 }
}

/** Is there such a thing in this presale? */
export const inPresale = async (db: Reader, { campaignId, storeId, skuId }: Goods): Promise<boolean> =>
  (await db
    .selectFrom('order_presale')
    .select('order_id')
    .where('campaign_id', '=', campaignId)
    .where('store_id', '=', storeId)
    .where('sku_id', '=', skuId)
    .limit(1)
    .executeTakeFirst()) !== undefined

export interface DebtRow {
  orderId: string
  no: string
  storeId: string
  memberId: string
  owedFen: number
}
export async function listDebts(db: Reader, storeIds: readonly string[] | null): Promise<DebtRow[]> {
  const { rows } = await sql<DebtRow>`
    select o.id as "orderId", o.no, o.store_id as "storeId", o.member_id as "memberId", p.owed_fen as "owedFen"
    from order_presale p join orders o on o.id = p.order_id
    where p.owed_fen > 0 and p.owed_paid_at is null and (${storeIds}::text[] is null or p.store_id = any(${storeIds}::text[]))
    order by o.id limit 500`.execute(db)
  return rows
}
/** Undefined where nothing is owed, or it was paid before. */
export const payDebt = (
  tx: Tx,
  orderId: string,
  { at, by, note }: { at: Date; by: string; note: string },
): Promise<{ owedFen: number } | undefined> =>
  tx
    .updateTable('order_presale')
    .set({ owed_paid_at: at, owed_paid_by: by, owed_note: note })
    .where('order_id', '=', orderId)
    .where('owed_fen', '>', 0)
    .where('owed_paid_at', 'is', null)
    .returning('owed_fen as owedFen')
    .executeTakeFirst()

/** Writes down whose balance may be paid now, and whose time for it ends soon; each once. */
export async function remindBalances(tx: Tx, now: Date, endingBy: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into presale_reminder (order_id, kind, at)
    select o.id, k.kind, ${now}
    from order_presale p join orders o on o.id = p.order_id
      cross join lateral (values ('balance_open', p.balance_from), ('balance_ending', p.balance_until - (${endingBy}::timestamptz - ${now}::timestamptz))) k(kind, due)
    where p.balance_from is not null and p.balance_from <= ${now} and o.state = 'WAIT_BALANCE' and k.due <= ${now} and p.balance_until > ${now}
      and not exists (select from presale_reminder r where r.order_id = o.id and r.kind = k.kind)
    limit ${limit} on conflict (order_id, kind) do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0n)
}

export interface ReminderRow {
  id: number
  kind: 'balance_open' | 'balance_ending'
  at: Date
  orderId: string
  orderNo: string
  memberId: string
  dueFen: number
  balanceUntil: Date
}
/** Reminders in this span whose orders still wait for their balance. */
export async function listReminders(
  db: Reader,
  { after, upTo }: { after: number; upTo: number },
): Promise<ReminderRow[]> {
  const { rows } = await sql<ReminderRow>`
    select r.id, r.kind, r.at, o.id as "orderId", o.no as "orderNo", o.member_id as "memberId", o.total_fen - o.paid_fen as "dueFen",
      p.balance_until as "balanceUntil"
    from presale_reminder r join orders o on o.id = r.order_id join order_presale p on p.order_id = r.order_id
    where r.id > ${after} and r.id <= ${upTo} and o.state = 'WAIT_BALANCE' order by r.id`.execute(db)
  return rows
}
