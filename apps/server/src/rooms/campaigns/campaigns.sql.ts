import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { CampaignKey, CampaignStock } from './claims.ts'
import type { Plan } from './kinds/kind.ts'

export type State = 'DRAFT' | 'SCHEDULED' | 'LIVE' | 'ENDED'
export interface StockRow extends Omit<CampaignKey, 'campaignId'> {
  quota: number
  carved: number
  released: number
  taken: number
  /** Grows with every change of it. */
  turn: number
  parts: { skuId: string; quantity: number }[]
}
/** A campaign as it is kept. */
export interface CampaignRow extends Plan {
  id: string
  state: State
  paused: boolean
  stopReason: string | null
  revision: number
  createdAt: Date
  createdBy: string
  endedAt: Date | null
  stock: StockRow[]
}

const SHAPE = sql`c.id, c.name, c.state, c.starts_at as "startsAt", c.ends_at as "endsAt", c.per_member as "perMember", c.pay_minutes as "payMinutes",
  c.arm_minutes as "armMinutes", c.tiers, c.first_order as "firstOrder", c.funding, c.terms, c.paused, c.stop_reason as "stopReason", c.revision,
  c.created_at as "createdAt", c.created_by as "createdBy", c.ended_at as "endedAt",
  (select coalesce(json_agg(json_build_object('skuId', i.sku_id, 'priceFen', i.price_fen, 'quotas', (
      select json_agg(json_build_object('storeId', s.store_id, 'quota', s.quota) order by s.store_id)
      from campaign_stock s where s.campaign_id = i.campaign_id and s.sku_id = i.sku_id)) order by i.position), '[]')
    from campaign_item i where i.campaign_id = c.id) as items,
  (select coalesce(json_agg(json_build_object('storeId', s.store_id, 'skuId', s.sku_id, 'quota', s.quota, 'carved', s.carved, 'released', s.released,
      'taken', s.taken, 'turn', s.turn, 'parts', s.parts) order by i.position, s.store_id), '[]')
    from campaign_stock s join campaign_item i using (campaign_id, sku_id) where s.campaign_id = c.id) as stock`

/** Campaigns that count: their days are theirs already. */
export async function listOpen(db: Reader): Promise<CampaignRow[]> {
  const { rows } = await sql<CampaignRow>`
    select ${SHAPE} from campaign c where c.state in ('SCHEDULED', 'LIVE') order by c.starts_at, c.id`.execute(
    db,
  )
  return rows
}
export async function findCampaign(db: Reader, id: string): Promise<CampaignRow | undefined> {
  const { rows } = await sql<CampaignRow>`select ${SHAPE} from campaign c where c.id = ${id}`.execute(db)
  return rows[0]
}
/** The campaign with its goods, all locked. */
export async function lockCampaign(tx: Tx, id: string): Promise<CampaignRow | undefined> {
  await sql`select 1 from campaign where id = ${id} for no key update`.execute(tx)
  await sql`select 1 from campaign_stock where campaign_id = ${id} order by campaign_id, store_id collate "C", sku_id for no key update`.execute(
    tx,
  )
  return findCampaign(tx, id)
}

export interface CampaignFilter {
  state: State | undefined
  kind: string | undefined
  from: Date | undefined
  until: Date | undefined
  /** Stores of the reader; null: all. */
  storeIds: readonly string[] | null
}
const matching = ({ kind, from, until, storeIds }: Omit<CampaignFilter, 'state'>) => sql`
  (${kind ?? null}::text is null or c.kind = ${kind ?? null})
  and (${from ?? null}::timestamptz is null or c.ends_at > ${from ?? null})
  and (${until ?? null}::timestamptz is null or c.starts_at < ${until ?? null})
  and (${storeIds}::text[] is null or exists (
    select from campaign_stock s where s.campaign_id = c.id and s.store_id = any(${storeIds}::text[]))
    or c.terms -> 'storeIds' ?| ${storeIds}::text[])`

export async function listCampaigns(
  db: Reader,
  { state, ...filter }: CampaignFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<CampaignRow[]> {
  const { rows } = await sql<CampaignRow>`
    select ${SHAPE} from campaign c where ${matching(filter)} and (${state ?? null}::text is null or c.state = ${state ?? null})
    order by c.starts_at desc, c.id desc limit ${limit} offset ${offset}`.execute(db)
  return rows
}
export async function countCampaigns(
  db: Reader,
  filter: Omit<CampaignFilter, 'state'>,
): Promise<Partial<Record<State, number>>> {
  const { rows } = await sql<{ state: State; count: number }>`
    select c.state, count(*) from campaign c where ${matching(filter)} group by 1`.execute(db)
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}

export interface NewCampaign extends Plan {
  id: string
  createdAt: Date
  createdBy: string
}
export async function insertCampaign(tx: Tx, row: NewCampaign): Promise<void> {
  await sql`insert into campaign (id, kind, name, state, starts_at, ends_at, per_member, pay_minutes, arm_minutes, tiers, first_order, funding, terms,
      created_at, created_by)
    values (${row.id}, ${row.terms.kind}, ${row.name}, 'DRAFT', ${row.startsAt}, ${row.endsAt}, ${row.perMember}, ${row.payMinutes}, ${row.armMinutes},
      ${row.tiers}::text[], ${row.firstOrder}, ${row.funding}, ${JSON.stringify(row.terms)}::jsonb, ${row.createdAt}, ${row.createdBy})`.execute(
    tx,
  )
  await insertGoods(tx, row)
}
/** False: somebody else has edited it since. */
export async function updateDraft(tx: Tx, id: string, revision: number, plan: Plan): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update campaign set kind = ${plan.terms.kind}, name = ${plan.name}, starts_at = ${plan.startsAt}, ends_at = ${plan.endsAt},
      per_member = ${plan.perMember}, pay_minutes = ${plan.payMinutes}, arm_minutes = ${plan.armMinutes}, tiers = ${plan.tiers}::text[],
      first_order = ${plan.firstOrder}, funding = ${plan.funding}, terms = ${JSON.stringify(plan.terms)}::jsonb, revision = revision + 1
    where id = ${id} and revision = ${revision} and state = 'DRAFT'`.execute(tx)
  if (numAffectedRows !== 1n) return false
  await sql`delete from campaign_item where campaign_id = ${id}`.execute(tx)
  await insertGoods(tx, { id, ...plan })
  return true
}
async function insertGoods(tx: Tx, { id, items, startsAt, endsAt }: Plan & { id: string }): Promise<void> {
  await sql`insert into campaign_item (campaign_id, sku_id, position, price_fen)
    select ${id}, * from unnest(${items.map(({ skuId }) => skuId)}::uuid[], ${items.map((_, i) => i + 1)}::smallint[],
      ${items.map(({ priceFen }) => priceFen)}::bigint[])`.execute(tx)
  const quotas = items.flatMap(({ skuId, quotas: each }) => each.map((quota) => ({ skuId, ...quota })))
  await sql`insert into campaign_stock (campaign_id, sku_id, store_id, quota, during)
    select ${id}, x.sku, x.store, x.quota, tstzrange(${startsAt}, ${endsAt}) from unnest(${quotas.map(({ skuId }) => skuId)}::uuid[],
      ${quotas.map(({ storeId }) => storeId)}::text[], ${quotas.map(({ quota }) => quota)}::int[]) x(sku, store, quota)`.execute(
    tx,
  )
}
export const deleteDraft = (tx: Tx, id: string): Promise<unknown> =>
  tx.deleteFrom('campaign').where('id', '=', id).where('state', '=', 'DRAFT').executeTakeFirst()

/**
 * Campaigns are scheduled one after another: two that want each other's goods would wait for one another at the constraint until the database kills one.
 */
export const scheduleAlone = (tx: Tx): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended('campaigns.schedule', 0))`.execute(tx)

/** From now on its days are its own: the table refuses another campaign with the same goods there. */
export async function openStock(tx: Tx, id: string, stock: readonly StockRow[]): Promise<void> {
  await sql`update campaign_stock s set open = true, parts = x.parts
    from unnest(${stock.map(({ storeId }) => storeId)}::text[], ${stock.map(({ skuId }) => skuId)}::uuid[],
      ${stock.map(({ parts }) => JSON.stringify(parts))}::jsonb[]) x(store, sku, parts)
    where s.campaign_id = ${id} and s.store_id = x.store and s.sku_id = x.sku`.execute(tx)
}
export async function setCarved(
  tx: Tx,
  id: string,
  rows: readonly (Omit<CampaignKey, 'campaignId'> & { carved: number })[],
): Promise<void> {
  await sql`update campaign_stock s set carved = x.carved
    from unnest(${rows.map(({ storeId }) => storeId)}::text[], ${rows.map(({ skuId }) => skuId)}::uuid[], ${rows.map(({ carved }) => carved)}::int[])
      x(store, sku, carved)
    where s.campaign_id = ${id} and s.store_id = x.store and s.sku_id = x.sku`.execute(tx)
}
/** What is not taken is not the campaign's any more. */
export const closeStock = (tx: Tx, id: string): Promise<unknown> =>
  sql`update campaign_stock set carved = taken, released = taken, open = false, paused = false where campaign_id = ${id}`.execute(
    tx,
  )
export const pauseStock = (tx: Tx, id: string, paused: boolean): Promise<unknown> =>
  sql`update campaign_stock set paused = ${paused} where campaign_id = ${id}`.execute(tx)

export async function moveCampaign(
  tx: Tx,
  id: string,
  to: Partial<Pick<CampaignRow, 'state' | 'paused' | 'stopReason' | 'endedAt'>>,
): Promise<void> {
  await tx
    .updateTable('campaign')
    .set({
      ...(to.state === undefined ? {} : { state: to.state }),
      ...(to.paused === undefined ? {} : { paused: to.paused }),
      ...(to.stopReason === undefined ? {} : { stop_reason: to.stopReason }),
      ...(to.endedAt === undefined ? {} : { ended_at: to.endedAt }),
    })
    .where('id', '=', id)
    .executeTakeFirst()
}

export interface EventRow {
  verb: 'draft' | 'edit' | 'discard' | 'schedule' | 'arm' | 'start' | 'pause' | 'resume' | 'stop' | 'end'
  words: string
  by: string
  at: Date
}
export const insertEvent = (tx: Tx, id: string, event: EventRow): Promise<unknown> =>
  tx
    .insertInto('campaign_event')
    .values({ campaign_id: id, ...event })
    .executeTakeFirst()
export const listEvents = (db: Reader, id: string): Promise<EventRow[]> =>
  db
    .selectFrom('campaign_event')
    .select([sql<EventRow['verb']>`verb`.as('verb'), 'words', 'by', 'at'])
    .where('campaign_id', '=', id)
    .orderBy('id', 'desc')
    .limit(200)
    .execute()

/** Campaigns with something to be done now: an end, a start, and then goods to be set aside, which may not be there for long. */
export async function listDue(
  db: Reader,
  now: Date,
): Promise<{ id: string; due: 'arm' | 'start' | 'end' }[]> {
  const { rows } = await sql<{ id: string; due: 'arm' | 'start' | 'end' }>`
    select id, due from (select id, starts_at, case when ends_at <= ${now} then 'end' when state = 'SCHEDULED' and starts_at <= ${now} then 'start'
      else 'arm' end as due from campaign c where state in ('SCHEDULED', 'LIVE') and (ends_at <= ${now} or (state = 'SCHEDULED' and starts_at <= ${now})
      or (starts_at - make_interval(mins => arm_minutes) <= ${now} and exists (
        select from campaign_stock s where s.campaign_id = c.id and s.carved < s.quota)))) x
    order by due = 'arm', starts_at limit 1000`.execute(db)
  return rows
}

/** Open campaigns that have some of these goods in these stores at that time. */
export async function overlapping(
  db: Reader,
  { startsAt, endsAt }: Pick<Plan, 'startsAt' | 'endsAt'>,
  keys: readonly Omit<CampaignKey, 'campaignId'>[],
  except: string | null,
): Promise<(CampaignKey & { name: string })[]> {
  const { rows } = await sql<CampaignKey & { name: string }>`
    select s.campaign_id as "campaignId", s.store_id as "storeId", s.sku_id as "skuId", c.name
    from unnest(${keys.map(({ storeId }) => storeId)}::text[], ${keys.map(({ skuId }) => skuId)}::uuid[]) k(store, sku)
    join campaign_stock s on s.store_id = k.store and s.sku_id = k.sku and s.open and s.during && tstzrange(${startsAt}, ${endsAt})
    join campaign c on c.id = s.campaign_id where s.campaign_id is distinct from ${except}::uuid order by s.store_id, s.sku_id limit 20`.execute(
    db,
  )
  return rows
}

/** Has the member an order that was not cancelled? */
export async function hasBought(db: Reader, memberId: string): Promise<boolean> {
  const { rows } = await sql<{ bought: boolean }>`
    select exists (select from orders where member_id = ${memberId} and state <> 'CANCELLED') as bought`.execute(
    db,
  )
  return rows[0]?.bought === true
}

/** How a campaign stands; it cannot be paused or stopped before this transaction ends. */
export async function holdStanding(
  tx: Tx,
  id: string,
): Promise<Pick<CampaignRow, 'state' | 'paused'> | undefined> {
  const { rows } = await sql<Pick<CampaignRow, 'state' | 'paused'>>`
    select state, paused from campaign where id = ${id} for share`.execute(tx)
  return rows[0]
}

/** The goods of a campaign in one store, locked. */
export async function lockGoods(
  tx: Tx,
  { campaignId, storeId, skuId }: CampaignKey,
): Promise<(CampaignStock & Pick<StockRow, 'parts'>) | undefined> {
  const { rows } = await sql<CampaignStock & Pick<StockRow, 'parts'>>`
    select campaign_id as "campaignId", store_id as "storeId", sku_id as "skuId", quota, carved, released, taken, lower(during) as "from",
      upper(during) as until, open, paused, parts
    from campaign_stock where campaign_id = ${campaignId} and store_id = ${storeId} and sku_id = ${skuId} for no key update`.execute(
    tx,
  )
  return rows[0]
}
export const setGoods = (
  tx: Tx,
  { campaignId, storeId, skuId }: CampaignKey,
  to: Pick<StockRow, 'carved' | 'released' | 'taken'>,
): Promise<unknown> =>
  tx
    .updateTable('campaign_stock')
    .set(to)
    .where('campaign_id', '=', campaignId)
    .where('store_id', '=', storeId)
    .where('sku_id', '=', skuId)
    .executeTakeFirst()
