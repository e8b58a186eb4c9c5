// What the desk sends is planned once per connection, perhaps while every table is empty, and kept. Every plan must be one of probes by key from
// that first moment on: docs/adr/0005 tells what it cost when two were not.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { before, test } from 'node:test'
import pg from 'pg'
import { DESK_OPTIONS } from '../../src/kernel/db.ts'
import { campaign, campaignOf, flashOrder, goodsOf, orderIn, presaleOf } from '../campaigns.ts'
import { deviceOf, help, neighbour, runBargain, start } from '../rallies.ts'
import { coupon, grantPoints, offered, plantPoints } from '../benefits.ts'
import { APPLE, PEAR, plant } from '../fixtures.ts'
import { cancel, orderOf, paid, pay, place, settleAtCashier } from '../payments/purchase.ts'
import { take } from '../counter.ts'
import { createDatabase } from '../postgres-server.ts'
import { stored } from '../stored-value.ts'
import { refused } from '../refused.ts'
import { order } from '../shopping.ts'
import { ringUp } from '../tills.ts'
import { until } from '../until.ts'
import { openWorld, type Shopper, type World } from '../world.ts'

interface Statement {
  name: string
  text: string
  parameters: number
}
const DESK_CLIENTS = 8
let statements: Statement[]
before(async () => {
  const world = await openWorld({
    fill: async (url) => {
      await plant(url, { onHand: 5 })
      await plantPoints(url)
    },
  })
  try {
    await liveThrough(world)
    statements = await preparedBy(world)
  } finally {
    await world.close()
  }
})

/** Everything that the desk decides, once: placed in a slot, packed, handed over, cancelled by both, sold out, paid too late, refunded. */
async function liveThrough(world: World): Promise<void> {
  const shopper = await world.member('shopper-0001')
  const hq = await world.staff('hq')
  const clerk = await world.staff('clerk01', 'floor')
  const tiers = [{ code: 'green', name: '青柿', atGrowth: 0, pointsTimesBp: 10_000, offBp: 0 }]
  const ladder = {
    growthPerYuan: 1,
    periodMonths: 12,
    exceptCategoryIds: [],
    tiers,
    active: true,
    since: null,
  }
  await hq('POST /console/v1/tier-terms', { body: ladder })
  const { items } = await world.api('GET /v1/stores/:storeId/pickup-slots', { params: { storeId: 'S02' } })
  const fulfilment = { kind: 'pickup' as const, slotStart: items[0]?.startsAt ?? '' }
  const placed = await order(shopper, { storeId: 'S02', fulfilment })
  await hq('POST /console/v1/orders/:orderId/cancellation', {
    params: { orderId: placed.id },
    body: { reason: '缺货' },
  })

  await grantPoints(world, shopper.memberId, 1000)
  await shopper.api('POST /v1/coupon-offers/:templateId/claims', {
    params: { templateId: await offered(world) },
    body: { idempotencyKey: randomUUID() },
  })
  const coded = await offered(world, { way: 'code' })
  const { id: batchId } = await hq('POST /console/v1/coupon-templates/:templateId/code-batches', {
    params: { templateId: coded },
    body: { idempotencyKey: randomUUID(), count: 1 },
  })
  await world.sweep('coupons.codes')
  const printed = await hq('POST /console/v1/coupon-code-batches/:batchId/reveals', {
    params: { batchId },
    body: { after: 0 },
  })
  const [{ code } = { code: '' }] = printed.items
  await shopper.api('POST /v1/coupon-codes', { body: { code, idempotencyKey: randomUUID() } })
  const couponIds = [await coupon(world, shopper)]
  const benefiting = await shopper.api('POST /v1/orders', {
    body: {
      idempotencyKey: randomUUID(),
      storeId: 'S01',
      fulfilment: { kind: 'pickup' },
      lines: [{ skuId: APPLE, quantity: 1 }],
      couponIds,
      usePoints: 100,
    },
  })
  await cancel({ shopper, orderId: benefiting.id, totalFen: benefiting.totalFen })

  const handed = await paid(world, shopper, 2)
  await hq('POST /console/v1/orders/:orderId/refunds', {
    params: handed,
    body: {
      idempotencyKey: randomUUID(),
      lines: [{ lineNo: 1, quantity: 1 }],
      expectFen: handed.totalFen / 2,
      reason: '少给',
    },
  })
  await clerk('POST /staff/v1/orders/:orderId/readiness', { params: handed })
  const { digits } = await shopper.api('GET /v1/orders/:orderId/pickup-code', { params: handed })
  await clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
  await hq('POST /console/v1/orders/:orderId/refunds', {
    params: handed,
    body: { idempotencyKey: randomUUID(), expectFen: handed.totalFen / 2, reason: '坏了' },
  })
  await until(async () => {
    world.clock.advance(61) // WeChat wants a minute between refunds of one payment
    await world.sweep('payments.refunds')
    return (await orderOf(handed)).refundState === 'FULL'
  }, 'refunded')

  const atCounter = await place(shopper)
  await take(clerk, { orderId: atCounter.orderId, dueFen: atCounter.totalFen })

  await stored(world, shopper, 100_000)
  const ahead = await order(shopper, { useStoredValue: 1 })
  await cancel({ shopper, orderId: ahead.id, totalFen: ahead.totalFen })
  const { dueFen } = await shopper.api('POST /v1/quotes', {
    body: { storeId: 'S01', fulfilment: { kind: 'pickup' }, lines: [{ skuId: APPLE, quantity: 1 }] },
  })
  const covered = await order(shopper, { useStoredValue: dueFen })
  await hq('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId: covered.id },
    body: { idempotencyKey: randomUUID(), expectFen: dueFen, reason: '不要了' },
  })

  await inCampaign(world, await world.member('new-here'))
  await inBargain(world, shopper)
  await inPresale(world, shopper)
  await paidTooLate(world, shopper)
  await ringUp(world, shopper)

  await order(shopper, { lines: [{ skuId: PEAR, quantity: 5 }] })
  for (let i = 0; i < 2; i++)
    await refused(order(shopper, { lines: [{ skuId: PEAR, quantity: 1 }] }), 'inventory.stock_short')
}

/** One of a campaign that is given back unpaid, and one that is paid at the counter. */
async function inCampaign(world: World, shopper: Shopper): Promise<void> {
  const hq = await world.staff('hq')
  const apple = (await goodsOf(world)).find(({ skuId }) => skuId === APPLE) ?? assert.fail()
  const campaignId = await campaign(world, hq, campaignOf(world, apple, { firstOrder: true }))
  const back = await flashOrder(world, shopper, campaignId, apple)
  await cancel({ shopper, orderId: back.id, totalFen: back.totalFen })
  const kept = await flashOrder(world, shopper, campaignId, apple)
  await take(await world.staff('clerk01', 'floor'), { orderId: kept.id, dueFen: kept.totalFen })
  await hq('POST /console/v1/campaigns/:campaignId/stop', {
    params: { campaignId },
    body: { reason: '完了' },
  })
}

/** Reached by a friend, ordered, and given back unpaid. */
async function inBargain(world: World, shopper: Shopper): Promise<void> {
  const hq = await world.staff('hq')
  const apple = (await goodsOf(world)).find(({ skuId }) => skuId === APPLE) ?? assert.fail()
  const campaignId = await runBargain(world, hq, apple, { friends: 1 })
  const { id: rallyId } = await start({ ...shopper, device: deviceOf('owner') }, campaignId)
  await help(await neighbour(world, 'friend'), rallyId)
  const back = await orderIn(shopper, campaignId, apple, { campaign: { campaignId, rallyId } })
  await cancel({ shopper, orderId: back.id, totalFen: back.totalFen })
  await hq('POST /console/v1/campaigns/:campaignId/stop', {
    params: { campaignId },
    body: { reason: '完了' },
  })
  await world.sweep('rallies.end')
}

/** One whose goods are yet to come, and then do. */
async function inPresale(world: World, shopper: Shopper): Promise<void> {
  const hq = await world.staff('hq')
  const apple = (await goodsOf(world)).find(({ skuId }) => skuId === APPLE) ?? assert.fail()
  const campaignId = await campaign(world, hq, presaleOf(world, apple))
  const ahead = await orderIn(shopper, campaignId, apple)
  await take(await world.staff('clerk01', 'floor'), { orderId: ahead.id, dueFen: ahead.totalFen })
  await hq('POST /console/v1/presale-arrivals', {
    body: { campaignId, storeId: 'S01', skuId: APPLE, pieces: 1, idempotencyKey: randomUUID() },
  })
  await hq('POST /console/v1/campaigns/:campaignId/stop', {
    params: { campaignId },
    body: { reason: '完了' },
  })
}

/** Our book says that the trade is closed, WeChat's does not. */
async function paidTooLate(world: World, shopper: Shopper): Promise<void> {
  const purchase = await place(shopper)
  const { prepayId } = await pay(purchase)
  const { orderId } = purchase
  await world.ctx.database.pool.query(`update payment_attempt set state = 'CLOSED' where order_id = $1`, [
    orderId,
  ])
  await cancel(purchase)
  await settleAtCashier(world, prepayId)
  await until(async () => (await orderOf(purchase)).payState === 'PAID', 'late money seen')
}

/** What the connections of the desk have prepared, asked of PostgreSQL itself. */
async function preparedBy({ ctx }: World): Promise<Statement[]> {
  const clients = await Promise.all(
    Array.from({ length: DESK_CLIENTS }, () => ctx.database.deskPool.connect()),
  )
  const found = new Map<string, Statement>()
  for (const client of clients) {
    const { rows } = await client.query<Statement>(
      'select name, statement as text, cardinality(parameter_types) as parameters from pg_prepared_statements',
    )
    for (const row of rows) found.set(row.name, row)
    client.release()
  }
  return [...found.values()]
}

interface Node {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  Plans?: Node[]
}
const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

interface Index {
  unique: boolean
  /** Its columns (or expressions), in order. */
  keys: string[]
}
async function indexesOf(client: pg.Client): Promise<Map<string, Index>> {
  const { rows } = await client.query<Index & { name: string }>(
    `select c.relname as name, i.indisunique as "unique",
       array(select pg_get_indexdef(i.indexrelid, k, true) from generate_series(1, i.indnkeyatts) k) as keys
     from pg_index i join pg_class c on c.oid = i.indexrelid`,
  )
  return new Map(rows.map((row) => [row.name, row]))
}

/** Rows that belong to one order, one sale at a till or one refund are few, whatever happens. Of nothing else may a plan read more than one row for a key. */
const FEW = ['order_id', 'purchase_id', 'refund_id', 'return_of', 'till_id']
/**
 * And of a member's points there is one lot for each day on which some of them end: months, not orders. Of one template a person has as many coupons as
 * one may have; of one campaign, twenty pieces at most. Whether somebody has bought before is known at the first order that is found.
 */
const FEW_ROWS = [
  'point_lot_pkey',
  'campaign_take_pkey',
  'member_coupon_holder',
  'member_coupon_phone',
  'orders_member',
]

/** What is wrong with one step of a plan; undefined when it probes by key. */
function trespass(node: Node, indexes: ReadonlyMap<string, Index>): string | undefined {
  const kind = node['Node Type']
  const where = node['Index Name'] ?? node['Relation Name'] ?? ''
  if (/Hash|Merge|Seq Scan|Bitmap/.test(kind)) return `${kind} ${where}`.trim()
  if (!kind.startsWith('Index')) return undefined
  const index = indexes.get(where)
  // PostgreSQL writes `(member_id)::text` where the index says `member_id::text`.
  const asked = (node['Index Cond'] ?? '').replaceAll(/\((\w+)\)::/g, '$1::')
  const isAsked = (key: string) =>
    new RegExp(`[(.\\s]${key.replaceAll(/[():]/g, '\\$&').replace(/^\\\(|\\\)$/g, '')}\\)? = `).test(asked)
  if (!index || !isAsked(index.keys[0] ?? '')) return `${kind} ${where} without its first column: ${asked}`
  const one = index.unique && index.keys.every(isAsked)
  return one || FEW.includes(index.keys[0] ?? '') || FEW_ROWS.includes(where)
    ? undefined
    : `${kind} ${where} may read many rows for a key: ${asked}`
}

type Where = (statement: Statement) => boolean
/** Plans statements as a connection of the desk would for ever after, on an empty database with `change` made to it; answers what is wrong. */
async function trespasses(options: string, change = 'select', which: Where = () => true): Promise<string[]> {
  const empty = await createDatabase()
  const client = new pg.Client({ connectionString: empty.url, options })
  await client.connect()
  try {
    await client.query(change)
    await client.query('set plan_cache_mode = force_generic_plan')
    const indexes = await indexesOf(client)
    const wrong: string[] = []
    for (const statement of statements.filter(which)) {
      const steps = await planOf(client, statement)
      assert.ok(steps.length > 0)
      const found = steps.flatMap((step) => trespass(step, indexes) ?? [])
      wrong.push(...found.map((what) => `${statement.name}: ${what}`))
    }
    return wrong
  } finally {
    await client.end()
    await empty.drop()
  }
}

async function planOf(client: pg.Client, { name, text, parameters }: Statement): Promise<Node[]> {
  await client.query(`prepare "${name}" as ${text}`)
  const nothing = parameters > 0 ? `(${Array.from({ length: parameters }, () => 'null').join()})` : ''
  const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Node }[] }>(
    `explain (format json) execute "${name}"${nothing}`,
  )
  return rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => nodesOf(Plan)))
}

test('every statement that the desk can send was seen', () => {
  const src = path.join(import.meta.dirname, '../../src')
  const written = globSync(['rooms/*/*.sql.ts', 'kernel/jobs.ts'], { cwd: src }).flatMap((file) => {
    const room = /^rooms\/(\w+)/.exec(file)?.[1] ?? 'jobs'
    return (
      readFileSync(path.join(src, file), 'utf8').match(new RegExp(`(?<=')${room}-[a-z-]+(?=')`, 'g')) ?? []
    )
  })
  assert.ok(written.length > 20)
  assert.deepEqual(statements.map(({ name }) => name).sort(), written.sort())
})

test('on an empty database every one of them is planned as probes by key', async () => {
  assert.deepEqual(await trespasses(DESK_OPTIONS), [])
})

// Then PostgreSQL believes in one row, and scanning that looks as good as anything. Only what reads can be planned so: an update follows rows that
// were found, and a table with a page is no longer believed to be empty.
const reads: Where = ({ text }) => text.startsWith('select')
test('on a database that was analyzed while it was empty, what reads is planned so too', async () => {
  assert.deepEqual(await trespasses(DESK_OPTIONS, 'analyze', reads), [])
})

const without = (option: string): string => {
  assert.ok(DESK_OPTIONS.includes(option))
  return DESK_OPTIONS.replace(option, '')
}
const BAD: readonly [what: string, options: string, change: string, wrong: RegExp][] = [
  [
    'an index with the id as a later column, made last',
    DESK_OPTIONS,
    'create index later on orders (placed_at, id); analyze',
    /^orders-lock: Index Scan later without its first column/m,
  ],
  [
    'an index that finds more than one order for a key',
    DESK_OPTIONS,
    'drop index orders_idem; create index loose on orders (idem_key, placed_at)',
    /^orders-keys: Index Scan loose may read many rows/m,
  ],
  [
    'an index too few',
    DESK_OPTIONS,
    'drop index refund_order',
    /^payments-lock-refunds: Index Scan refund_pkey without its first column/m,
  ],
  ['sequential scans allowed', without('-c enable_seqscan=off'), 'analyze', /Seq Scan/],
  ['hash joins allowed', without('-c enable_hashjoin=off'), 'select', /Hash Join/],
]
for (const [what, options, change, wrong] of BAD)
  test(`the rule can fail · ${what}`, async () => {
    assert.match((await trespasses(options, change)).join('\n'), wrong)
  })
