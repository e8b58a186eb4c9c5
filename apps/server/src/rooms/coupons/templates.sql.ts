import type { COUPON_WAYS } from '@linli/contract/coupons'
import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { CouponState } from './coupons.ts'
import type { Terms } from './terms.ts'

export interface TemplateRow extends Omit<Terms, 'templateId'> {
  id: string
  validDays: number
  most: number
  mostEach: number
  mostPerDay: number | null
  budgetFen: number | null
  budgetOn: 'granted' | 'used' | null
  worthFen: number | null
  way: (typeof COUPON_WAYS)[number]
  word: string | null
  pricePoints: number | null
  payFromFen: number | null
  needsPhone: boolean
  opensAt: Date | null
  closesAt: Date | null
  granted: number
  /** The last day on which any were granted, and how many then. */
  grantedDay: string | null
  grantedToday: number
  /** What those that were used took off, as last added up. */
  usedFen: number
  createdAt: Date
  createdBy: string
  endedAt: Date | null
  endedBy: string | null
}
const COLUMNS = [
  'id',
  'label',
  sql<TemplateRow['kind']>`kind`.as('kind'),
  sql<TemplateRow['steps']>`steps`.as('steps'),
  'to_fen as toFen',
  'times_bp as timesBp',
  'max_off_fen as maxOffFen',
  'stack_group as stackGroup',
  'exclusive_with as exclusiveWith',
  sql<TemplateRow['funding']>`funding`.as('funding'),
  'store_ids as storeIds',
  sql<TemplateRow['fulfilments']>`fulfilments`.as('fulfilments'),
  sql<TemplateRow['channels']>`channels`.as('channels'),
  'tiers',
  'first_order as firstOrder',
  'category_ids as categoryIds',
  'sku_ids as skuIds',
  'except_category_ids as exceptCategoryIds',
  'except_sku_ids as exceptSkuIds',
  'valid_days as validDays',
  'most',
  'most_each as mostEach',
  'most_per_day as mostPerDay',
  'budget_fen as budgetFen',
  sql<TemplateRow['budgetOn']>`budget_on`.as('budgetOn'),
  'worth_fen as worthFen',
  sql<TemplateRow['way']>`way`.as('way'),
  'needs_phone as needsPhone',
  'word',
  'price_points as pricePoints',
  'pay_from_fen as payFromFen',
  'opens_at as opensAt',
  'closes_at as closesAt',
  'granted',
  sql<string | null>`granted_day::text`.as('grantedDay'),
  'granted_today as grantedToday',
  'used_fen as usedFen',
  'created_at as createdAt',
  'created_by as createdBy',
  'ended_at as endedAt',
  'ended_by as endedBy',
] as const

export interface TemplateFilter {
  /** What touches these stores; null: everything. */
  storeIds: readonly string[] | null
  kind: TemplateRow['kind'] | undefined
  q: string | undefined
}
const seen = (db: Reader, { storeIds, kind, q }: TemplateFilter) =>
  db
    .selectFrom('coupon_template')
    .$if(storeIds !== null, (query) =>
      query.where(sql<boolean>`(store_ids is null or store_ids && ${[...(storeIds ?? [])]}::text[])`),
    )
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
    .$if(q !== undefined, (query) => query.where(sql<boolean>`strpos(lower(label), lower(${q ?? ''})) > 0`))

/** Newest first. */
export const listTemplates = (
  db: Reader,
  filter: TemplateFilter,
  { state, limit, offset }: { state: 'open' | 'over' | undefined; limit: number; offset: number },
): Promise<TemplateRow[]> =>
  seen(db, filter)
    .select(COLUMNS)
    .$if(state !== undefined, (query) => query.where('ended_at', state === 'over' ? 'is not' : 'is', null))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
export const countTemplates = (db: Reader, filter: TemplateFilter): Promise<{ open: number; over: number }> =>
  seen(db, filter)
    .select([
      sql<number>`count(*) filter (where ended_at is null)::int`.as('open'),
      sql<number>`count(*) filter (where ended_at is not null)::int`.as('over'),
    ])
    .executeTakeFirstOrThrow()
export const findTemplate = (db: Reader, id: string): Promise<TemplateRow | undefined> =>
  db.selectFrom('coupon_template').select(COLUMNS).where('id', '=', id).executeTakeFirst()

/** What a till of this store can tell by itself: steps over all goods, for everybody. */
export const listTillOffers = (db: Reader, storeId: string): Promise<TemplateRow[]> =>
  db
    .selectFrom('coupon_template')
    .select(COLUMNS)
    .where('kind', '=', 'steps')
    .where(
      sql<boolean>`(fulfilments is null or 'pickup' = any(fulfilments)) and (channels is null or 'till' = any(channels))`,
    )
    .where('tiers', 'is', null)
    .where('first_order', '=', false)
    .where(sql<boolean>`(store_ids is null or ${storeId} = any(store_ids))`)
    .where(
      sql<boolean>`category_ids = '{}' and sku_ids = '{}' and except_category_ids = '{}' and except_sku_ids = '{}'`,
    )
    .where('granted', '>', 0)
    .orderBy('id')
    .execute()

/** How the coupons of these templates stand. */
export const countCoupons = (
  db: Reader,
  templateIds: readonly string[],
): Promise<{ templateId: string; state: CouponState; count: number }[]> =>
  db
    .selectFrom('member_coupon')
    .select([
      'template_id as templateId',
      sql<CouponState>`state`.as('state'),
      sql<number>`count(*)::int`.as('count'),
    ])
    .where(sql<boolean>`template_id = any(${templateIds}::uuid[])`)
    .groupBy(['template_id', 'state'])
    .execute()

/** Locked until the transaction ends: grants of one template take turns, so that its limits hold. */
export const lockTemplate = (tx: Tx, id: string): Promise<TemplateRow | undefined> =>
  tx.selectFrom('coupon_template').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()

export async function insertTemplate(tx: Tx, row: TemplateRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('coupon_template')
    .values({
      id: row.id,
      label: row.label,
      kind: row.kind,
      steps: JSON.stringify(row.steps),
      to_fen: row.toFen,
      times_bp: row.timesBp,
      max_off_fen: row.maxOffFen,
      stack_group: row.stackGroup,
      exclusive_with: row.exclusiveWith,
      funding: row.funding,
      store_ids: row.storeIds,
      fulfilments: row.fulfilments,
      channels: row.channels,
      tiers: row.tiers,
      first_order: row.firstOrder,
      category_ids: row.categoryIds,
      sku_ids: row.skuIds,
      except_category_ids: row.exceptCategoryIds,
      except_sku_ids: row.exceptSkuIds,
      valid_days: row.validDays,
      most: row.most,
      most_each: row.mostEach,
      most_per_day: row.mostPerDay,
      budget_fen: row.budgetFen,
      budget_on: row.budgetOn,
      worth_fen: row.worthFen,
      way: row.way,
      needs_phone: row.needsPhone,
      word: row.word,
      price_points: row.pricePoints,
      pay_from_fen: row.payFromFen,
      opens_at: row.opensAt,
      closes_at: row.closesAt,
      created_at: row.createdAt,
      created_by: row.createdBy,
    })
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** False when it was over already. */
export async function endTemplate(
  tx: Tx,
  id: string,
  { at, by }: { at: Date; by: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('coupon_template')
    .set({ ended_at: at, ended_by: by })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface Grantee {
  memberId: string
  /** Keyed hash of their phone, in hex. */
  phone: string | null
}
export interface Holder {
  memberId: string
  /** Coupons of this template that were ever theirs, or of somebody with their phone, and were not withdrawn. */
  had: number
  /** Granted to them under this key before. */
  again: boolean
}
const grantees = (rows: readonly Grantee[]) =>
  [rows.map(({ memberId }) => memberId), rows.map(({ phone }) => phone)] as const

/** What these members have of a template already. Ask with the template locked. */
export async function listHolders(
  tx: Tx,
  templateId: string,
  members: readonly Grantee[],
  key: string,
): Promise<Holder[]> {
  const [ids, phones] = grantees(members)
  const { rows } = await sql<Holder>`
    select k.id as "memberId", count(*) filter (where c.state <> 'VOID')::int as had, bool_or(c.member_id = k.id and c.grant_key = ${key}) as again
    from unnest(${ids}::uuid[], ${phones}::text[]) k(id, phone)
    join member_coupon c on c.template_id = ${templateId} and (c.member_id = k.id or c.phone_hash = decode(k.phone, 'hex'))
    group by k.id`.execute(tx)
  return rows
}

/** Puts coupons into members' hands, with their first event, and counts them; all or none. */
export async function grantCoupons(
  tx: Tx,
  grant: {
    templateId: string
    key: string
    rows: readonly (Grantee & { id: string })[]
    today: string
    expiresAt: Date
    by: string
    at: Date
  },
): Promise<number> {
  const { templateId, key, rows, today, expiresAt, by, at } = grant
  const [ids, phones] = grantees(rows)
  const { rows: made } = await sql`
    with counted as (
      update coupon_template set granted = granted + ${rows.length}, granted_day = ${today}::date,
        granted_today = ${rows.length} + case when granted_day = ${today}::date then granted_today else 0 end
      where id = ${templateId} returning id, first_order),
    made as (
      insert into member_coupon (id, template_id, member_id, state, granted_at, starts_at, expires_at, grant_key, phone_hash, first_order)
      select x.id, counted.id, x.member_id, 'UNUSED', ${at}, ${at}, ${expiresAt}, ${key}, decode(x.phone, 'hex'), counted.first_order
      from counted, unnest(${rows.map(({ id }) => id)}::uuid[], ${ids}::uuid[], ${phones}::text[]) x(id, member_id, phone)
      returning id, expires_at)
    insert into coupon_event (coupon_id, round, verb, to_state, expires_at, by, at)
    select id, 0, 'grant', 'UNUSED', expires_at, ${by}, ${at} from made returning 1`.execute(tx)
  return made.length
}

/** Who has which coupon under this key, in the order they were asked for. */
export async function listGranted(
  tx: Tx,
  { templateId, key, memberIds }: { templateId: string; key: string; memberIds: readonly string[] },
): Promise<{ memberId: string; couponId: string }[]> {
  const { rows } = await sql<{ memberId: string; couponId: string }>`
    select c.member_id as "memberId", c.id as "couponId" from unnest(${memberIds}::uuid[]) with ordinality k(id, n)
    join member_coupon c on c.template_id = ${templateId} and c.grant_key = ${key} and c.member_id = k.id order by k.n`.execute(
    tx,
  )
  return rows
}
