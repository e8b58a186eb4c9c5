import { createHash, randomUUID } from 'node:crypto'
import pg from 'pg'

export const STORES = ['S01', 'S02', 'S03', 'S04', 'S05', 'S06'] as const
export const SKUS_PER_STORE = 1000
export const MEMBERS = 256
const DEEP_STOCK = 100_000_000

/** A stable id from a name: `md5(name)::uuid` in SQL. */
export const idOf = (name: string): string => {
  const hex = createHash('md5').update(name).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
export const skusUpTo = (count: number): string[] => Array.from({ length: count }, (_, i) => idOf(`sku:${i}`))
export const skuIds = skusUpTo(SKUS_PER_STORE)
export const memberIds = Array.from({ length: MEMBERS }, (_, i) => idOf(`member:${i}`))
/** On the shelf with nothing to sell. */
export const SOLD_OUT_SKU = idOf('sku:0')
/** Head office. */
export const STAFF_ID = idOf('staff:bench')

const places =
  '内丘 威县 宁晋 沙河 南和 任泽 临城 柏乡 隆尧 巨鹿 新河 广宗 平乡 清河 临西 信都 襄都 太行 漳河 滏阳'
const kinds =
  '苹果 鸭梨 西瓜 葡萄 板栗 红枣 核桃 小米 绿豆 面粉 大米 挂面 花生油 大豆油 酱油 陈醋 芝麻酱 豆瓣酱 纯牛奶 酸奶 豆腐 馒头 饼干 薯片 瓜子 果汁 绿茶 啤酒 洗衣液 毛巾'
export const PLACES = places.split(' ')
export const KINDS = kinds.split(' ')
export type Step = [text: string, values?: unknown[]]

const chain = (): Step[] => [
  [`insert into chain (name) values ('量具超市')`],
  [
    `insert into store (id, name, district, district_code, town, address, lng, lat, opens_at, closes_at, zones, floor_plan)
     select id, id || ' 店', '量区', '130000', '量镇', '量路', 114.5, 37, '00:00', '23:59', '[]', '{"width":343,"height":214,"shelves":[],"marks":[]}'
     from unnest($1::text[]) id`,
    [STORES],
  ],
  [`insert into store_feature (store_id, feature) select id, 'pickup' from unnest($1::text[]) id`, [STORES]],
  [`insert into category (id, name, zone) values ('G', '水果', 'G'), ('L', '粮油', 'L')`],
  [
    `insert into staff (id, account, name, role, password_hash) values ($1, 'bench', '量具', 'hq', '-')`,
    [STAFF_ID],
  ],
  [
    `insert into member (id, nickname, joined_at) select id, '量具', now() - interval '10 years' from unnest($1::uuid[]) id`,
    [memberIds],
  ],
]

const goods = (skus: number): Step[] => [
  [
    `create function pg_temp.barcode_of(n int) returns text language sql immutable as $$
       select d || (10 - sum(substr(d, at, 1)::int * case when at % 2 = 1 then 1 else 3 end) % 10) % 10
       from (select '29' || lpad(n::text, 10, '0') as d) x, generate_series(1, 12) at group by d $$`,
  ],
  // The triggers of these tables tell servers that do not run yet of each row; what else they do is done here.
  ['set local session_replication_role = replica'],
  [
    `insert into product (id, name, category_id, unit, rank)
     select md5('product:' || n)::uuid, ($2::text[])[1 + n / cardinality($3::text[]) % cardinality($2)] || ($3::text[])[1 + n % cardinality($3)] || ' ' || n || '号',
       case when n % 2 = 0 then 'G' else 'L' end, '份', n
     from generate_series(0, $1::int - 1) n`,
    [skus, PLACES, KINDS],
  ],
  [
    `insert into sku (id, product_id, barcode)
     select md5('sku:' || n)::uuid, md5('product:' || n)::uuid, pg_temp.barcode_of(n) from generate_series(0, $1::int - 1) n`,
    [skus],
  ],
  [
    `insert into listing (store_id, sku_id, price_fen, shelf, updated_by)
     select s, md5('sku:' || n)::uuid, 100 + n % 5000, 'G' || lpad((1 + n % 99)::text, 2, '0') || '-1-1', 'bench'
     from generate_series(0, $1::int - 1) n, unnest($2::text[]) s`,
    [skus, STORES],
  ],
  [
    `insert into price_change (store_id, sku_id, price_fen, at, by) select store_id, sku_id, price_fen, updated_at, updated_by from listing`,
  ],
  [
    `insert into stock_level (store_id, sku_id, on_hand) select store_id, sku_id, case when sku_id = $1 then 0 else $2::int end from listing`,
    [SOLD_OUT_SKU, DEEP_STOCK],
  ],
  [
    `insert into stock_ledger (store_id, sku_id, reason, on_hand_delta, reserved_delta, on_hand_after, reserved_after, by, at)
     select store_id, sku_id, 'OPENING', on_hand, 0, on_hand, 0, 'bench', now() - interval '10 years' from stock_level where on_hand > 0`,
  ],
]

/** Fills a migrated, empty database with a chain to measure on: 6 stores, 256 members, as many SKUs as asked for in each store. */
export async function fill(url: string, skus = SKUS_PER_STORE): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('begin')
    for (const [text, values] of chain()) await client.query(text, values)
    await plantPoints(client)
    for (const [text, values] of goods(skus)) await client.query(text, values)
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
