// npm run bench: how fast, beside what the machine could do at all, measured in the same run.
import { fork } from 'node:child_process'
import { generateKeyPair, sign } from 'node:crypto'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { bills } from './bills.ts'
import { chooser } from './coupons.ts'
import { NODE_FLAGS } from '../scripts/children.ts'
import { openChain, type Chain, FIRST_PORT } from './chain.ts'
import { freshCoupons, skuIds, SOLD_OUT_SKU, STORES } from './data.ts'
import type { Result } from './load.ts'
import { CALLERS, measure, median, ratio, say, SECONDS } from './measure.ts'
import { feeds } from './feeds.ts'
import { flash } from './flash.ts'
import { soldOut } from './sold-out.ts'
import { refunds } from './refunds.ts'
import { type Book, newBook, publish } from './report.ts'
import { rules } from './rules.ts'
import { scale } from './scale.ts'
import { segments } from './segments.ts'
import { realMembers } from './shoppers.ts'
import { placeNext, unbatched } from './unbatched.ts'

const ROUNDS = 3
const BARE_PORT = FIRST_PORT + 9

async function list(chain: Chain, book: Book): Promise<void> {
  const origin = chain.origins[0] ?? ''
  const paths = STORES.flatMap((id) =>
    ['G', 'L'].map((category) => `/v1/stores/${id}/products?categoryId=${category}&limit=20`),
  )
  const bytes = (await (await fetch(origin + paths[0])).text()).length
  const bare = fork(path.join(import.meta.dirname, 'bare.ts'), { execArgv: NODE_FLAGS })
  bare.send({ port: BARE_PORT, bytes })
  await new Promise((resolve) => bare.once('message', resolve))
  const pairs: { ours: Result; limit: Result }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    pairs.push({
      limit: await measure('bare Fastify, constant buffer', {
        origin: `http://127.0.0.1:${BARE_PORT}`,
        kind: 'get',
        paths,
      }),
      ours: await measure('product list', { origin, kind: 'get', paths }),
    })
  }
  bare.disconnect()
  const { ours, limit } = median(pairs, (pair) => pair.ours.perSecond / pair.limit.perSecond)
  const share = ratio(ours.perSecond, limit.perSecond)
  book.figures['list'] = ours
  book.figures['bareFastify'] = limit
  book.rows.push({
    what: `product list (${bytes} bytes)`,
    figure: `${ours.perSecond}/s, p99 ${ours.p99} ms`,
    beside: `bare Fastify ${limit.perSecond}/s → ${share}`,
    aim: '≥ 0.85',
    met: share >= 0.85,
  })
}

async function placements(chain: Chain, book: Book): Promise<void> {
  const origin = chain.origins[0] ?? ''
  const common = { origin, kind: 'place', tokens: chain.tokens, storeIds: STORES } as const
  const hotSku = skuIds[500] ?? ''
  const spreadSkus = skuIds.slice(1)
  const rounds: { spread: Result; hot: Result; slowSpread: number; slowHot: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({
      spread: await measure('placement, spread', { ...common, skuIds: spreadSkus }),
      slowSpread: await unbatched(chain.databaseUrl, {
        callers: CALLERS,
        seconds: SECONDS,
        next: () => placeNext({ skuIds: spreadSkus, storeIds: STORES }),
      }),
      hot: await measure('placement, one hot SKU', { ...common, storeIds: ['S01'], skuIds: [hotSku] }),
      slowHot: await unbatched(chain.databaseUrl, {
        callers: CALLERS,
        seconds: SECONDS,
        next: () => placeNext({ skuIds: [hotSku], storeIds: ['S01'] }),
      }),
    })
  }
  const spread = median(rounds, (each) => each.spread.okPerSecond)
  const hot = median(rounds, (each) => each.hot.okPerSecond)
  const timesSpread = ratio(spread.spread.okPerSecond, spread.slowSpread)
  const timesHot = ratio(hot.hot.okPerSecond, hot.slowHot)
  const hotToSpread = ratio(hot.hot.okPerSecond, spread.spread.okPerSecond)
  Object.assign(book.figures, {
    placeSpread: spread.spread,
    placeHot: hot.hot,
    unbatchedSpread: spread.slowSpread,
    unbatchedHot: hot.slowHot,
  })
  book.rows.push(
    {
      what: 'placement, spread over 5,994 rows',
      figure: `${spread.spread.okPerSecond}/s`,
      beside: `unbatched, no HTTP ${spread.slowSpread}/s → × ${timesSpread}`,
      aim: '≥ 4,000/s, ≥ 5 ×',
      met: spread.spread.okPerSecond >= 4000 && timesSpread >= 5,
    },
    {
      what: 'placement, one hot SKU',
      figure: `${hot.hot.okPerSecond}/s`,
      beside: `unbatched, no HTTP ${hot.slowHot}/s → × ${timesHot}`,
      aim: '≥ 4,000/s, ≥ 10 ×',
      met: hot.hot.okPerSecond >= 4000 && timesHot >= 10,
    },
    { what: 'hot to spread', figure: String(hotToSpread), beside: '', aim: '≥ 0.9', met: hotToSpread >= 0.9 },
    {
      what: 'placement p99 at 64 callers',
      figure: `${spread.spread.p99} / ${hot.hot.p99} ms`,
      beside: 'spread / hot',
      aim: '≤ 50 ms',
      met: Math.max(spread.spread.p99, hot.hot.p99) <= 50,
    },
  )
  const refused = await measure('refusals after sold out', {
    ...common,
    storeIds: ['S01'],
    skuIds: [SOLD_OUT_SKU],
  })
  book.figures['refusals'] = refused
  book.rows.push({
    what: 'refusals after sold out',
    figure: `${refused.codes['inventory.stock_short'] ? refused.perSecond : 0}/s`,
    beside: '',
    aim: '≥ 10,000/s',
    met: refused.perSecond >= 10_000,
  })
}

/** More than can be placed in a round. */
const COUPONS_PER_SECOND = 6000

// Three lines with a coupon and points, beside three lines without: what benefits cost.
async function benefits(chain: Chain, book: Book): Promise<void> {
  const plain = {
    origin: chain.origins[0] ?? '',
    kind: 'place',
    tokens: chain.tokens,
    storeIds: STORES,
    skuIds: skuIds.slice(1),
    linesPerOrder: 3,
  } as const
  const rounds: { plain: Result; rich: Result }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const coupons = await freshCoupons(chain.databaseUrl, COUPONS_PER_SECOND * (SECONDS + 2))
    rounds.push({
      plain: await measure('placement, three lines', plain),
      rich: await measure('placement, three lines, coupon, points', { ...plain, coupons, usePoints: 20 }),
    })
  }
  const { plain: three, rich } = median(rounds, (each) => each.rich.okPerSecond)
  Object.assign(book.figures, { placeThreeLines: three, placeWithBenefits: rich })
  book.rows.push({
    what: 'placement with a coupon, points and three lines',
    figure: `${rich.okPerSecond}/s, p99 ${rich.p99} ms`,
    beside: `three lines alone ${three.okPerSecond}/s → ${ratio(rich.okPerSecond, three.okPerSecond)}`,
    aim: '≥ 2,500/s',
    met: rich.okPerSecond >= 2500,
  })
}

async function signatures(): Promise<number> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  const text = Buffer.alloc(500, 'x')
  const end = performance.now() + 2000
  let count = 0
  while (performance.now() < end) {
    sign('sha256', text, privateKey)
    count++
  }
  return Math.round(count / 2)
}

async function purchases(chain: Chain, book: Book): Promise<void> {
  const perSecond = await signatures()
  const tokens = await realMembers(chain, CALLERS)
  const result = await measure('full paid purchases', {
    origin: chain.origins[0] ?? '',
    sandbox: chain.sandbox,
    kind: 'purchase',
    tokens,
    storeIds: STORES,
    skuIds: skuIds.slice(1),
    warmUp: 3,
  })
  Object.assign(book.figures, { rsaSignatures: perSecond, purchases: result })
  book.rows.push({
    what: 'full paid purchases, real signatures',
    figure: `${result.okPerSecond}/s, p99 ${result.p99} ms`,
    beside: `RSA-2048 signatures ${perSecond}/s on one core`,
    aim: '≥ 200/s',
    met: result.okPerSecond >= 200,
  })
}

// What was measured must also be true: nothing oversold, every reservation belongs to an order.
async function sumsAgree(chain: Chain): Promise<void> {
  const client = new pg.Client({ connectionString: chain.databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ wrong: number }>(
    `select count(*)::int as wrong from stock_level l left join (
       select o.store_id, i.sku_id, sum(i.quantity - i.withdrawn_quantity) as n from orders o join order_line i on i.order_id = o.id
       where o.state in ('PENDING_PAY', 'WAIT_GROUP', 'PAID', 'READY') group by 1, 2) w using (store_id, sku_id)
     where l.reserved <> coalesce(w.n, 0)`,
  )
  await client.end()
  if (rows[0]?.wrong !== 0) throw new Error(`${rows[0]?.wrong} stock levels do not agree with the orders`)
  say('  books agree: every reserved piece belongs to an order')
}

async function measureAll(only: string | undefined): Promise<Map<string, Book>> {
  const chain = await openChain()
  const parts = { list, placements, benefits, purchases, refunds, bills }
  const books = new Map<string, Book>()
  try {
    for (const [name, part] of Object.entries(parts)) {
      if (only && only !== name) continue
      say(name)
      const book = newBook()
      await part(chain, book)
      books.set(name, book)
    }
    await sumsAgree(chain)
  } finally {
    await chain.close()
  }
  return books
}

// Arithmetic alone needs no chain.
async function measureRules(): Promise<Map<string, Book>> {
  say('rules')
  const book = newBook()
  rules(book)
  return new Map([['rules', book]])
}

async function measureCoupons(): Promise<Map<string, Book>> {
  say('coupons')
  const book = newBook()
  await chooser(book)
  return new Map([['coupons', book]])
}

// Years of trade take minutes to make: this part runs only when it is asked for.
async function measureScale(): Promise<Map<string, Book>> {
  say('scale')
  const book = newBook()
  await scale(book)
  return new Map([['scale', book]])
}

// A chain of its own: as many levels as a list of a hundred thousand rows needs.
async function measureFeeds(): Promise<Map<string, Book>> {
  say('feeds')
  const book = newBook()
  await feeds(book)
  return new Map([['feeds', book]])
}

// Its own chain too: two servers, and ten thousand shoppers more.
async function measureFlash(): Promise<Map<string, Book>> {
  say('flash')
  const book = newBook()
  await flash(book)
  return new Map([['flash', book]])
}
// A million members and twenty million lines take minutes to make: only when it is asked for.
async function measureSegments(): Promise<Map<string, Book>> {
  say('segments')
  const book = newBook()
  await segments(book)
  return new Map([['segments', book]])
}

async function measureSoldOut(): Promise<Map<string, Book>> {
  say('sold-out')
  const book = newBook()
  await soldOut(book)
  return new Map([['sold-out', book]])
}

const APART = {
  scale: measureScale,
  segments: measureSegments,
  coupons: measureCoupons,
  feeds: measureFeeds,
  rules: measureRules,
  flash: measureFlash,
  'sold-out': measureSoldOut,
}
const isApart = (name: string | undefined): name is keyof typeof APART => name !== undefined && name in APART
async function measureWanted(only: string | undefined): Promise<Map<string, Book>> {
  if (isApart(only)) return APART[only]()
  const all = await measureAll(only)
  return only === undefined
    ? new Map([
        ...all,
        ...(await measureCoupons()),
        ...(await measureRules()),
        ...(await measureFeeds()),
        ...(await measureFlash()),
        ...(await measureSoldOut()),
      ])
    : all
}

const books = await measureWanted(process.argv[2])
say('')
await publish(books)
