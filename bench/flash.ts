// A flash sale that the whole town wants: far more people than pieces, all at once, beside what one row of PostgreSQL can do by itself.
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Claim } from '../apps/server/src/rooms/campaigns/claims.ts'
import type { CrowdResult } from './crowd.ts'
import { type Chain, openChain } from './chain.ts'
import { fill, idOf } from './data.ts'
import { gather } from './generator.ts'
import { CALLERS, measure, ratio, say, SECONDS } from './measure.ts'
import type { Result } from './load.ts'
import { oneRow } from './one-row.ts'
import type { Book } from './report.ts'
import { BATCH_SECONDS, BATCHES, LEAD_SECONDS, openSale, passFor, type Sale, STORE } from './sale.ts'
import { placeNext, unbatched } from './unbatched.ts'

const SHOPPERS = Number(process.env['BENCH_FLASH_SHOPPERS'] ?? 10_000)
const UNITS = SHOPPERS / 10
const TIMES_CAPACITY = 3
const SPIKE = 0.2
const LOOKS_PER_SECOND = 50

/** A plan in which nobody comes. */
const QUIET = {
  tokens: [],
  storeId: STORE,
  campaignId: '',
  skuId: '',
  releases: [],
  perSecond: 1,
  spike: 0,
  bystanders: { perSecond: 0, paths: [] },
}

const shopperIds = Array.from({ length: SHOPPERS }, (_, i) => idOf(`flash:${i}`))
const paths = ['G', 'L'].map((category) => `/v1/stores/${STORE}/products?categoryId=${category}&limit=20`)

async function plant(url: string): Promise<void> {
  await fill(url)
  await query(url, (client) =>
    client.query(
      `insert into member (id, nickname, joined_at) select id, '顾客', now() from unnest($1::uuid[]) id`,
      [shopperIds],
    ),
  )
}
async function query<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Orders of one sale as fast as its row allows, everybody with a pass already: what the desk does behind the gate. */
async function desk(chain: Chain): Promise<{ result: Result; unbatchedOrders: number }> {
  const sale = await openSale(chain, 600, { quota: 100_000, perMember: 20 })
  const passes = Array.from({ length: SHOPPERS * 6 }, (_, i) =>
    passFor(chain, sale, shopperIds[i % SHOPPERS] ?? ''),
  )
  await sleep(Math.max(0, sale.startsAt - Date.now()) + 200)
  const result = await measure('orders of one sale, 64 at once', {
    origin: chain.origins[0] ?? '',
    kind: 'post',
    tokens: shopperIds.map(chain.tokenOf),
    posts: passes.map((pass, i) => ({
      path: '/v1/orders',
      body: {
        idempotencyKey: `at-the-desk-${i}`,
        storeId: STORE,
        fulfilment: { kind: 'pickup' },
        lines: [{ skuId: sale.skuId, quantity: 1 }],
        campaign: { campaignId: sale.campaignId, pass },
      },
    })),
  })
  const unbatchedOrders = await unbatched(chain.databaseUrl, {
    callers: CALLERS,
    seconds: SECONDS,
    next: () => placeNext({ skuIds: [sale.skuId], storeIds: [STORE], campaign: claimOf(sale) }),
  })
  return { result, unbatchedOrders }
}
/** A piece of the sale, as the gate's server would say it to the desk. */
const claimOf = ({ campaignId, skuId }: Sale): Claim => ({
  campaignId,
  storeId: STORE,
  skuId,
  quantity: 1,
  perMember: 20,
  payMinutes: 8,
  releasedBp: 10_000,
  rallyId: null,
  presale: null,
  parts: [{ skuId, quantity: 1 }],
})

interface Sold {
  taken: number
  orders: number
  buyers: number
}
const soldOf = (url: string, campaignId: string): Promise<Sold> =>
  query(url, async (client) => {
    const { rows } = await client.query<Sold>(
      `select (select sum(taken)::int from campaign_stock where campaign_id = $1) as taken, count(*)::int as orders,
         count(distinct member_id)::int as buyers from campaign_claim where campaign_id = $1 and state <> 'RETURNED'`,
      [campaignId],
    )
    return rows[0] ?? { taken: 0, orders: 0, buyers: 0 }
  })

interface Held {
  crowd: CrowdResult
  sold: Sold
  alive: boolean
}
/**
 * One sale of the thousand pieces with the whole town at it; `crash`: this server dies in the middle of the second batch; `shop`: who looks at goods asks
 * these servers.
 */
async function hold(
  chain: Chain,
  at: number,
  perSecond: number,
  { crash, shop = chain }: { crash?: number; shop?: Chain } = {},
): Promise<Held> {
  const sale = await openSale(chain, at, { quota: UNITS, perMember: 1 })
  const dying =
    crash === undefined
      ? undefined
      : sleep(sale.releases[1]! + 100 - Date.now()).then(() => chain.crash(crash))
  const selling = LEAD_SECONDS + BATCHES * BATCH_SECONDS
  const plan = { ...QUIET, origins: chain.origins, ...sale, perSecond, spike: SPIKE }
  const [crowd, { bystanders }] = await Promise.all([
    gather({ ...plan, tokens: shopperIds.map(chain.tokenOf), seconds: selling + 60 }),
    look(shop, selling),
  ])
  await dying
  const alive = await Promise.all(
    chain.origins.map((origin) => fetch(`${origin}/readyz`).then(({ ok }) => ok)),
  )
  return {
    crowd: { ...crowd, bystanders },
    sold: await soldOf(chain.databaseUrl, sale.campaignId),
    alive: alive.every(Boolean),
  }
}

function report(book: Book, name: string, { crowd, sold, alive }: Held, idle: number, limit: number): void {
  say(`  ${name}: ${JSON.stringify(crowd)}`)
  const exact = sold.taken === UNITS && sold.orders === UNITS && sold.buyers === UNITS
  if (!exact) throw new Error(`${name}: sold ${JSON.stringify(sold)} of ${UNITS}`)
  const slower = ratio(crowd.bystanders.p99, Math.max(1, idle))
  book.rows.push(
    {
      what: `${name}: sold, one per member`,
      figure: `${sold.taken} of ${UNITS} to ${sold.buyers} members`,
      beside: `${SHOPPERS} shoppers, ${BATCHES} batches; servers ${alive ? 'alive' : 'DEAD'}`,
      aim: 'exactly',
      met: exact && alive,
    },
    {
      what: `${name}: answers`,
      figure: `${crowd.perSecond} in the busiest second, p99 ${crowd.p99} ms`,
      beside: `${crowd.unnamed} refusals without a name; one row by itself ${limit}/s → × ${ratio(crowd.perSecond, limit)}`,
      aim: 'p99 < 500 ms, all named',
      met: crowd.p99 < 500 && crowd.unnamed === 0,
    },
    {
      what: `${name}: bystanders at the catalogue`,
      figure: `p99 ${crowd.bystanders.p99} ms`,
      beside: `idle ${idle} ms → × ${slower}`,
      aim: '< 2 ×',
      met: slower < 2,
    },
  )
}

/** People who look at goods, from a process of their own: they wait for the server alone, not for whoever plays the crowd. */
const look = ({ origins }: Chain, seconds: number): Promise<CrowdResult> =>
  gather({ ...QUIET, origins, bystanders: { perSecond: LOOKS_PER_SECOND, paths }, seconds })

/** A sale with one server, with two, and with two of which one is killed in the middle. */
export async function flash(book: Book): Promise<void> {
  const chain = await openChain({ servers: 2, plant })
  try {
    const alone = { ...chain, origins: chain.origins.slice(0, 1) }
    const limit = await oneRow(chain.databaseUrl)
    const { result, unbatchedOrders } = await desk(alone)
    const placed = result.okPerSecond
    const perSecond = placed * TIMES_CAPACITY
    const idle = (await look(alone, SECONDS)).bystanders.p99
    say(
      `  one row by itself ${limit}/s; orders of a sale ${placed}/s; idle p99 ${idle} ms; ${perSecond} arrive in a second`,
    )
    Object.assign(book.figures, { oneRow: limit, flashOrders: result, unbatchedOrders, idleP99: idle })
    const orders = { figure: `${placed}/s, p99 ${result.p99} ms`, aim: '≥ 5 ×' }
    book.rows.push(
      {
        ...orders,
        what: 'orders of one flash sale, through HTTP',
        beside: `the same statements unbatched, no HTTP ${unbatchedOrders}/s → × ${ratio(placed, unbatchedOrders)}`,
        met: placed >= 5 * unbatchedOrders,
      },
      {
        ...orders,
        what: 'the same',
        beside: `one bare update of one row, no order, no HTTP ${limit}/s → × ${ratio(placed, limit)}`,
        met: placed >= 5 * limit,
      },
    )
    const held = {
      'one server': await hold(alone, 700, perSecond),
      'two servers': await hold(chain, 701, perSecond),
      'two servers, one killed': await hold(chain, 702, perSecond, { crash: 1 }),
      'a server of its own for the sale': await hold(
        { ...chain, origins: chain.origins.slice(1) },
        703,
        perSecond,
        { shop: alone },
      ),
    }
    for (const [name, each] of Object.entries(held)) {
      report(book, `flash, ${name}`, each, idle, limit)
      book.figures[`flash, ${name}: answers/s`] = each.crowd.perSecond
      book.figures[`flash, ${name}: p99 ms`] = each.crowd.p99
    }
  } finally {
    await chain.close()
  }
}
