import type pg from 'pg'
import { sql } from 'kysely'
import { arrayOf } from '#kernel/array'
import type { Reader } from '#kernel/db'
import type { Claim, ClaimView, ClaimWrites, DeskTemplate } from './claims.ts'
import { claimKey, personKey } from './claims.ts'
import type { Terms } from './terms.ts'

// Statements of claims: sent together within one transaction, planned once.
const LOCK_TEMPLATES = `select t.* from unnest($1::uuid[]) k(id) cross join lateral (
  select id, way, valid_days as "validDays", most, most_each as "mostEach", most_per_day as "mostPerDay", budget_fen as "budgetFen",
    budget_on as "budgetOn", worth_fen as "worthFen", needs_phone as "needsPhone", first_order as "firstOrder", opens_at as "opensAt",
    closes_at as "closesAt", ended_at as "endedAt", granted, granted_day::text as "grantedDay", granted_today as "grantedToday"
  from coupon_template p where p.id = k.id for no key update) t`
const COUNT_HAD = `select k.template as "templateId", k.member as "memberId", mine.had + others.had as had
  from unnest($1::uuid[], $2::uuid[], $3::text[]) k(template, member, phone)
  cross join lateral (select count(*)::int as had from member_coupon p
    where p.template_id = k.template and p.member_id = k.member and p.state <> 'VOID') mine
  cross join lateral (select count(*)::int as had from member_coupon p
    where p.template_id = k.template and p.phone_hash = decode(k.phone, 'hex') and p.member_id <> k.member and p.state <> 'VOID') others`
const READ_KEYS = `select k.template as "templateId", k.member as "memberId", k.key, c.id
  from unnest($1::uuid[], $2::uuid[], $3::text[]) k(template, member, key) cross join lateral (
    select id from member_coupon p
    where p.grant_key = k.key and p.template_id::text = k.template::text and p.member_id::text = k.member::text offset 0) c`
const COUNT_TEMPLATES = `update coupon_template t set granted = x.granted, granted_day = x.day, granted_today = x.today
  from unnest($1::uuid[], $2::int[], $3::date[], $4::int[]) x(id, granted, day, today) where t.id = x.id`
const INSERT_COUPONS = `with made as (
    insert into member_coupon (id, template_id, member_id, state, granted_at, starts_at, expires_at, grant_key, phone_hash, first_order)
    select x.id, x.template, x.member, 'UNUSED', x.at, x.at, x.expires_at, x.key, decode(x.phone, 'hex'), x.first_order
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::text[], $8::bool[])
      x(id, template, member, at, expires_at, key, phone, first_order))
  insert into coupon_event (coupon_id, round, verb, to_state, expires_at, by, at)
  select id, 0, 'grant', 'UNUSED', expires_at, by, at
  from unnest($1::uuid[], $5::timestamptz[], $9::text[], $4::timestamptz[]) x(id, expires_at, by, at)`

/** Locks the templates in the order of their ids, then counts and reads what was claimed before. */
export async function loadClaims(client: pg.ClientBase, claims: readonly Claim[]): Promise<ClaimView> {
  const ids = [...new Set(claims.map(({ templateId }) => templateId))].sort()
  const columns = [arrayOf(claims, (each) => each.templateId), arrayOf(claims, (each) => each.memberId)]
  const [templates, had, keys] = await Promise.all([
    client.query<DeskTemplate>({
      name: 'coupons-lock-templates',
      text: LOCK_TEMPLATES,
      values: [arrayOf(ids, (id) => id)],
    }),
    client.query<{ templateId: string; memberId: string; had: number }>({
      name: 'coupons-count-had',
      text: COUNT_HAD,
      values: [...columns, arrayOf(claims, (each) => each.phone)],
    }),
    client.query<{ templateId: string; memberId: string; key: string; id: string }>({
      name: 'coupons-read-claims',
      text: READ_KEYS,
      values: [...columns, claims.map((each) => each.key)],
    }),
  ])
  return {
    templates: new Map(templates.rows.map((each) => [each.id, each])),
    had: new Map(had.rows.map((each) => [personKey(each), each.had])),
    keys: new Map(keys.rows.map((each) => [claimKey(each), each.id])),
  }
}

/** Counts the templates and puts the coupons into members' hands, each with its first event. */
export function writeClaims(client: pg.ClientBase, { templates, made }: ClaimWrites): Promise<unknown>[] {
  const counted = [...templates.values()]
  return [
    client.query({
      name: 'coupons-count-templates',
      text: COUNT_TEMPLATES,
      values: [
        arrayOf(counted, (each) => each.id),
        arrayOf(counted, (each) => each.granted),
        arrayOf(counted, (each) => each.grantedDay),
        arrayOf(counted, (each) => each.grantedToday),
      ],
    }),
    client.query({
      name: 'coupons-insert',
      text: INSERT_COUPONS,
      values: [
        arrayOf(made, (each) => each.couponId),
        arrayOf(made, (each) => each.templateId),
        arrayOf(made, (each) => each.memberId),
        arrayOf(made, (each) => each.at),
        arrayOf(made, (each) => each.expiresAt),
        made.map((each) => each.key),
        arrayOf(made, (each) => each.phone),
        arrayOf(made, (each) => String(each.firstOrder)),
        arrayOf(made, (each) => each.by),
      ],
    }),
  ]
}

export interface OfferRow extends Terms, Omit<DeskTemplate, 'id' | 'firstOrder'> {
  /** Of this member, or of somebody with their phone. */
  had: number
}
/** What members may claim now for use in this store, newest first; for a first order only what this member could use. */
export async function listOffers(
  db: Reader,
  {
    memberId,
    phone,
    storeId,
    at,
    limit,
  }: { memberId: string; phone: string | null; storeId: string; at: Date; limit: number },
): Promise<OfferRow[]> {
  const { rows } = await sql<OfferRow>`
    select t.id as "templateId", t.label, t.kind, t.steps, t.to_fen as "toFen", t.times_bp as "timesBp", t.max_off_fen as "maxOffFen",
      t.stack_group as "stackGroup", t.exclusive_with as "exclusiveWith", t.funding, t.store_ids as "storeIds", t.fulfilments, t.channels, t.tiers,
      t.first_order as "firstOrder", t.category_ids as "categoryIds", t.sku_ids as "skuIds", t.except_category_ids as "exceptCategoryIds",
      t.except_sku_ids as "exceptSkuIds", t.way, t.valid_days as "validDays", t.most, t.most_each as "mostEach", t.most_per_day as "mostPerDay",
      t.budget_fen as "budgetFen", t.budget_on as "budgetOn", t.worth_fen as "worthFen", t.needs_phone as "needsPhone", t.opens_at as "opensAt",
      t.closes_at as "closesAt", t.ended_at as "endedAt", t.granted, t.granted_day::text as "grantedDay", t.granted_today as "grantedToday", h.had
    from coupon_template t cross join lateral (
      select count(*)::int as had from member_coupon c where c.template_id = t.id and c.state <> 'VOID'
        and (c.member_id = ${memberId} or c.phone_hash = decode(${phone}, 'hex'))) h
    where t.ended_at is null and t.way = 'claim' and (t.opens_at is null or t.opens_at <= ${at}) and (t.closes_at is null or t.closes_at > ${at})
      and (t.store_ids is null or ${storeId} = any(t.store_ids))
      and (not t.first_order or not exists (select from orders o where o.member_id = ${memberId} and o.state <> 'CANCELLED'))
    order by t.created_at desc, t.id desc limit ${limit}`.execute(db)
  return rows
}
