import { createHash, randomUUID } from 'node:crypto'
import pg from 'pg'

export const STORES = ['S01', 'S02', 'S03', 'S04', 'S05', 'S06'] as const
export const SKUS_PER_STORE = 1000
export const MEMBERS = 256
const DEEP_STOCK = 100_000_000

/** A stable id from a name, shaped like UUIDv7. */
export const idOf = (name: string): string => {
  const hex = createHash('sha256').update(name).digest('hex')
  return `01900000-0000-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`
}
export const skuIds = Array.from({ length: SKUS_PER_STORE }, (_, i) => idOf(`sku:${i}`))
export const memberIds = Array.from({ length: MEMBERS }, (_, i) => idOf(`member:${i}`))
/** On the shelf with nothing to sell. */
export const SOLD_OUT_SKU = idOf('sku:0')

const barcode = (i: number): string => {
  const digits = `29${String(i).padStart(10, '0')}`
  const sum = Array.from(digits).reduce(
    (total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3),
    0,
  )
  return digits + String((10 - (sum % 10)) % 10)
}

/** Fills a migrated, empty database with a chain to measure on: 6 stores × 1,000 SKUs, 256 members. */
export async function fill(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('begin')
    await client.query(`insert into chain (name) values ('量具超市')`)
    await client.query(
      `insert into store (id, name, district, district_code, town, address, lng, lat, opens_at, closes_at, zones, floor_plan)
       select id, id || ' 店', '量区', '130000', '量镇', '量路', 114.5, 37, '00:00', '23:59', '[]', '{"width":343,"height":214,"shelves":[],"marks":[]}'
       from unnest($1::text[]) id`,
      [STORES],
    )
    await client.query(
      `insert into store_feature (store_id, feature) select id, 'pickup' from unnest($1::text[]) id`,
      [STORES],
    )
    await client.query(`insert into category (id, name, zone) values ('G', '水果', 'G'), ('L', '粮油', 'L')`)
    await client.query(
      `insert into product (id, name, category_id, unit, rank) select id, '商品' || n, case when n % 2 = 0 then 'G' else 'L' end, '份', n
       from unnest($1::uuid[], $2::int[]) x(id, n)`,
      [skuIds.map((_, i) => idOf(`product:${i}`)), skuIds.map((_, i) => i)],
    )
    await client.query(
      `insert into sku (id, product_id, barcode) select * from unnest($1::uuid[], $2::uuid[], $3::text[])`,
      [skuIds, skuIds.map((_, i) => idOf(`product:${i}`)), skuIds.map((_, i) => barcode(i))],
    )
    await client.query(
      `insert into listing (store_id, sku_id, price_fen, updated_by) select s, k.id, 100 + k.n, 'bench' from unnest($1::text[]) s, unnest($2::uuid[], $3::int[]) k(id, n)`,
      [STORES, skuIds, skuIds.map((_, i) => i)],
    )
    await client.query('update stock_level set on_hand = $1::int where sku_id <> $2::uuid', [
      DEEP_STOCK,
      SOLD_OUT_SKU,
    ])
    await client.query(
      `insert into member (id, nickname, joined_at) select id, '量具', now() from unnest($1::uuid[]) id`,
      [memberIds],
    )
    await plantPoints(client)
    await client.query('commit')
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
}

const TEMPLATE = idOf('coupon template')

/** A chain that gives points, and members who have more of them than they can spend here. */
async function plantPoints(client: pg.Client): Promise<void> {
  await client.query(
    `insert into points_terms (points_per_yuan, cap_bp, min_order_fen, fen_per_point, frozen_days, valid_months, since, by)
     values (100, 5000, 0, 100, 7, 12, now(), 'bench')`,
  )
  await client.query(
    `insert into point_posting (member_id, reason, last_day, available, by, at)
     select id, 'grant', d, 1000000, 'bench', now() from unnest($1::uuid[]) id, unnest(array['2098-11-30', '2098-12-31']::date[]) d`,
    [memberIds],
  )
  await client.query(
    `insert into coupon_template (id, label, kind, steps, stack_group, funding, valid_days, most, most_each, created_at, created_by)
     values ($1, '减五角', 'steps', '[{"atFen":0,"atPieces":0,"offFen":50,"offBp":0}]', 'coupon', 'hq', 30, 10000000, 100, now(), 'bench')`,
    [TEMPLATE],
  )
}

/** So many coupons that nobody has used, member after member in turn. */
export async function freshCoupons(url: string, count: number): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const ids = Array.from({ length: count }, () => randomUUID())
  await client.query(
    `insert into member_coupon (id, template_id, member_id, state, granted_at, starts_at, expires_at, grant_key)
     select c.id, $1, m.id, 'UNUSED', now(), now(), now() + interval '30 days', c.id::text
     from unnest($2::uuid[]) with ordinality c(id, n) join unnest($3::uuid[]) with ordinality m(id, n) on m.n = (c.n - 1) % $4 + 1`,
    [TEMPLATE, ids, memberIds, MEMBERS],
  )
  await client.query('update coupon_template set granted = granted + $2 where id = $1', [TEMPLATE, count])
  await client.query('vacuum analyze member_coupon')
  await client.end()
  return ids
}
