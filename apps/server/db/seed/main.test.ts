import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { verify } from '@node-rs/argon2'
import pg from 'pg'
import { createDatabase, type TestDatabase } from '../../test/postgres-server.ts'
import { GIFT_POINTS, GIFTED, TEMPLATES } from './benefits.ts'
import { CAMPAIGNS } from './campaigns.ts'
import { BUNDLES } from './bundles.ts'
import { GOODS } from './goods.ts'
import { seedDemo } from './main.ts'
import { OLD_CARDS } from './membership.ts'
import { RULES } from './rules.ts'
import { MEMBERS } from './shoppers.ts'

// Pictures are kept between runs of the tests: drawing them is tested in pictures.test.ts.
const CACHE = path.join(import.meta.dirname, '../../../../.data/test-pictures')
const OPTIONS = { cacheFolder: CACHE, environment: 'test' }

let database: TestDatabase
let client: pg.Client
const lines: string[] = []

before(async () => {
  database = await createDatabase()
  // Two starts at once: one plants, the other waits and finds it done.
  await Promise.all([1, 2].map(() => seedDemo(database.url, (line) => lines.push(line), OPTIONS)))
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})
after(async () => {
  await client.end()
  await database.drop()
})

const count = async (query: string): Promise<number> =>
  Number((await client.query<{ n: string }>(`select count(*) as n from ${query}`)).rows[0]?.n)

async function fingerprint(): Promise<string> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  )
  const sums: string[] = []
  for (const { name } of tables) {
    const { rows } = await client.query<{ sum: string | null }>(
      `select md5(string_agg(t::text, '|' order by t::text)) as sum from "${name}" t`,
    )
    sums.push(`${name} ${rows[0]?.sum ?? ''}`)
  }
  return sums.join('\n')
}

test('the chain is whole, and nothing in it is made up about trade', async () => {
  assert.equal(await count('store'), 6)
  assert.equal(await count('staff'), 19)
  assert.equal(await count('member'), MEMBERS.length)
  assert.equal(await count('product'), GOODS.length + BUNDLES.length)
  assert.equal(await count('listing'), (GOODS.length + BUNDLES.length) * 6)
  assert.equal(await count('stock_level'), GOODS.length * 6, 'bundles have no stock of their own')
  assert.equal(await count('bundle_component'), 11)
  assert.equal(await count('listing where online_price_fen is not null'), 8 * 6)
  assert.equal(await count('category where picture_id is not null'), 10)
  assert.equal(await count('picture_file'), 160 * 3)
  assert.equal(await count('banner where product_id is not null or category_id is not null'), 3)
  assert.equal(await count(`price_rule where ended_at is null and stack_group = 'step'`), RULES.length)
  assert.equal(await count('orders'), 0)
})

test('the ledger explains every unit on every shelf', async () => {
  const unexplained = await count(
    `stock_level l where on_hand <> (select coalesce(sum(on_hand_delta), 0) from stock_ledger where store_id = l.store_id and sku_id = l.sku_id)`,
  )
  assert.equal(unexplained, 0)
})

test('the first shoppers hold one of each coupon that staff grant, and some points, as their events and postings say', async () => {
  assert.equal(await count('points_terms where active'), 1)
  const granted = TEMPLATES.filter(({ way }) => way === undefined)
  assert.equal(
    await count(`coupon_template where ended_at is null and way = 'grant' and granted = ${GIFTED.length}`),
    granted.length,
  )
  assert.equal(
    await count(`coupon_template where ended_at is null and way <> 'grant' and granted = 0`),
    TEMPLATES.length - granted.length,
  )
  assert.equal(
    await count(`member_coupon c join coupon_event e on e.coupon_id = c.id and e.verb = 'grant' and e.expires_at = c.expires_at
      where c.state = 'UNUSED' and c.expires_at > now() + interval '28 days'`),
    GIFTED.length * granted.length,
  )
  assert.equal(
    await count(`points_account a where available = ${GIFT_POINTS}
      and available = (select sum(available) from point_posting p where p.member_id = a.member_id)`),
    GIFTED.length,
  )
})

test('one campaign is due, one is to come, and nothing of any is kept off the shelves or sold before a server says so', async () => {
  assert.equal(await count('campaign'), CAMPAIGNS.length)
  assert.equal(
    await count(`campaign c where state = 'SCHEDULED' and starts_at <= now() and ends_at > now() + interval '8 hours'
      and (select sum(quota) from campaign_stock where campaign_id = c.id and open) = 100
      and jsonb_array_length(terms -> 'batches') = 4`),
    1,
  )
  assert.equal(await count(`campaign_stock where carved + released + taken > 0`), 0)
  assert.equal(
    await count(
      `campaign_stock s join campaign c on c.id = s.campaign_id where s.open <> (c.state = 'SCHEDULED')`,
    ),
    0,
  )
  assert.equal(await count(`stock_level where activity_locked <> 0`), 0)
})

test('tiers, old cards, and two members whose cards made them more, as their postings say', async () => {
  assert.equal(await count('tier_terms where active'), 1)
  assert.equal(
    await count('plastic_card where name_cipher is null and phone_cipher is null'),
    OLD_CARDS.length,
  )
  assert.equal(
    await count(`growth_account a join card_binding b using (member_id)
      where a.growth = b.growth and a.growth = (select sum(growth) from growth_posting p where p.member_id = a.member_id)
        and a.tier = (select rung ->> 'code' from tier_terms t, jsonb_array_elements(t.tiers) rung where (rung ->> 'atGrowth')::int <= a.growth
          order by (rung ->> 'atGrowth')::int desc limit 1)`),
    2,
  )
})

test('the price history tells the base price before the online price', async () => {
  const { rows } = await client.query<{ online: string | null }>(
    `select c.online_price_fen as online from price_change c join sku s on s.id = c.sku_id
     where s.barcode = '6999917000071' and c.store_id = 'S01' order by c.at, c.id`,
  )
  assert.deepEqual(
    rows.map(({ online }) => (online === null ? null : Number(online))),
    [null, 2090],
  )
})

test('every demo account opens with the demo password and is marked as demo', async () => {
  const { rows } = await client.query<{ hash: string; demo: boolean }>(
    `select password_hash as hash, demo from staff where account in ('hq', 's01', 'clerk01', 'picker06')`,
  )
  assert.equal(rows.length, 4)
  for (const { hash, demo } of rows) {
    assert.equal(demo, true)
    assert.equal(await verify(hash, 'linli-demo'), true)
  }
  assert.equal(await count(`staff where not demo`), 0)
  assert.equal(await count(`staff_store join staff on staff.id = staff_id where role = 'hq'`), 0)
})

test('two starts planted once, and a third changes nothing, at once', async () => {
  assert.equal(lines.filter((line) => line.startsWith('demo data planted')).length, 1)
  assert.equal(lines.filter((line) => line === 'demo data is in place').length, 1)
  const before = await fingerprint()
  const started = performance.now()
  await seedDemo(database.url, () => undefined, OPTIONS)
  assert.ok(performance.now() - started < 1000)
  assert.equal(await fingerprint(), before)
})

test('production is refused before anything is touched', async () => {
  await assert.rejects(
    seedDemo('postgres://nobody@127.0.0.1:1/none', () => undefined, {
      ...OPTIONS,
      environment: 'production',
    }),
    /never runs in production/,
  )
})
