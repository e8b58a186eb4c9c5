// A full list of a chain's stock comes in while shoppers buy: how fast it is, and what they notice.
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Chain, FIRST_PORT, openChain } from './chain.ts'
import { fill, skusUpTo, STORES } from './data.ts'
import type { Result } from './load.ts'
import { measure, median, ratio, say, SECONDS } from './measure.ts'
import type { Book } from './report.ts'

const ROWS = Number(process.env['BENCH_FEED_ROWS'] ?? 100_000)
const SKUS = Math.ceil(ROWS / STORES.length)
const ROUNDS = 3
/** Shoppers who place at once: a busy evening, not the end of the machine. */
const SHOPPERS = 4
const PATIENCE_SECONDS = 300

const api = async <T>(
  chain: Chain,
  method: string,
  path: string,
  body: unknown,
  type: string,
): Promise<T> => {
  const reply = await fetch(`${chain.origins[0]}${path}`, {
    method,
    headers: { authorization: `Bearer ${chain.staffToken}`, 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`)
  return (await reply.json()) as T
}

async function openSource(chain: Chain): Promise<void> {
  const terms = { staleMinutes: 60, stopMinutes: 240, widen: 'pieces', widenBy: 1, fastPerDay: 10 }
  const source = {
    code: 'erp',
    name: '量具 ERP',
    kind: 'erp',
    active: true,
    partnerCode: null,
    priceUnit: 'fen',
  }
  const body = { ...source, ...terms, topics: ['stock'], byBarcode: true, productFacts: [] }
  await api(chain, 'POST', '/console/v1/feed-sources', body, 'application/json')
  const items = STORES.map((storeId) => ({ code: storeId, storeId }))
  await api(chain, 'PUT', '/console/v1/feed-sources/erp/stores', { items }, 'application/json')
}

/** Every level once, each with another count than in the round before. */
const csvOf = (barcodes: readonly string[], round: number): string =>
  [
    '门店,商品编码,数量',
    ...barcodes.flatMap((barcode, i) =>
      STORES.map((store) => `${store},${barcode},${1_000_000 + round * 7 + (i % 5)}`),
    ),
  ].join('\n')

interface Taken {
  rows: number
  /** From the first byte of the file to the last level. */
  perSecond: number
  /** Levels changed, while they were. */
  appliedPerSecond: number
}
async function takeIn(chain: Chain, csv: string, done: () => void): Promise<Taken> {
  const query = new URLSearchParams({
    topic: 'stock',
    asOf: new Date().toISOString(),
    name: 'stock.csv',
  }).toString()
  const begun = performance.now()
  try {
    const { id } = await api<{ id: string }>(
      chain,
      'POST',
      `/console/v1/feed-sources/erp/files?${query}`,
      csv,
      'text/csv',
    )
    for (const patience = performance.now() + PATIENCE_SECONDS * 1000; performance.now() < patience;) {
      const run = await api<Run>(chain, 'GET', `/console/v1/feed-runs/${id}`, undefined, 'application/json')
      if (run.state === 'FAILED' || run.refused > 0) throw new Error(`wrong result: ${JSON.stringify(run)}`)
      if (run.state === 'DONE') {
        const seconds = (performance.now() - begun) / 1000
        const working = (Date.parse(run.endedAt) - Date.parse(run.closedAt)) / 1000
        const rate = (over: number) => Math.round(run.rows / over)
        return { rows: run.rows, perSecond: rate(seconds), appliedPerSecond: rate(working) }
      }
      await sleep(100)
    }
    throw new Error('the list was not taken in in time')
  } finally {
    done()
  }
}
interface Run {
  state: string
  rows: number
  refused: number
  closedAt: string
  endedAt: string
}

/** And it must be what the last list said, worked out here once more: nobody took anything home meanwhile. */
async function levelsAreListed(url: string, barcodes: readonly string[], round: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ right: number }>(
    `select count(*)::int as right from unnest($1::text[]) with ordinality b(barcode, n) join sku s using (barcode)
       join stock_level l on l.sku_id = s.id where l.on_hand = $2 + (b.n - 1) % 5`,
    [barcodes, 1_000_000 + round * 7],
  )
  await client.end()
  const levels = barcodes.length * STORES.length
  if (rows[0]?.right !== levels)
    throw new Error(`${rows[0]?.right} of ${levels} levels are what the list said`)
  say('  every level is what the last list said')
}

/** What was written must also be true: every level is its ledger. */
async function sumsAgree(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ wrong: number }>(
    `select count(*)::int as wrong from stock_level l join (
       select store_id, sku_id, sum(on_hand_delta) as n from stock_ledger group by 1, 2) e using (store_id, sku_id) where l.on_hand <> e.n`,
  )
  await client.end()
  if (rows[0]?.wrong !== 0) throw new Error(`${rows[0]?.wrong} levels are not the sum of their ledger`)
  say('  books agree: every level is the sum of its ledger')
}

async function barcodesOf(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ barcode: string }>('select barcode from sku order by barcode')
  await client.end()
  return rows.map(({ barcode }) => barcode)
}

/** Placements alone, and placements for as long as a list is taken in. */
export async function feeds(book: Book): Promise<void> {
  const chain = await openChain({ port: FIRST_PORT + 20, plant: (url) => fill(url, SKUS) })
  try {
    await openSource(chain)
    const barcodes = await barcodesOf(chain.databaseUrl)
    const buying = {
      origin: chain.origins[0] ?? '',
      kind: 'place',
      tokens: chain.tokens,
      storeIds: STORES,
      skuIds: skusUpTo(SKUS),
      callers: SHOPPERS,
      // As long as a list takes: its reading and its writing are both in it.
      seconds: 3 * SECONDS,
    } as const
    const rounds: { idle: Result; busy: Result; taken: Taken; alone: Taken }[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const alone = await takeIn(chain, csvOf(barcodes, round * 2), () => undefined)
      say(`  full list alone: ${alone.perSecond} rows/s, applied ${alone.appliedPerSecond}/s`)
      const idle = await measure('placement, nothing comes in', buying)
      const taking = takeIn(chain, csvOf(barcodes, round * 2 + 1), () => undefined)
      const busy = await measure('placement while a full list comes in', buying)
      const taken = await taking
      say(`  the list meanwhile: ${taken.perSecond} rows/s, applied ${taken.appliedPerSecond}/s`)
      rounds.push({ idle, busy, taken, alone })
    }
    await sumsAgree(chain.databaseUrl)
    await levelsAreListed(chain.databaseUrl, barcodes, ROUNDS * 2 - 1)
    const { alone } = median(rounds, (each) => each.alone.perSecond)
    const { idle, busy, taken } = median(rounds, (each) => each.busy.p99 / each.idle.p99)
    const times = ratio(busy.p99, idle.p99)
    Object.assign(book.figures, {
      placeIdle: idle,
      placeDuringFeed: busy,
      feedRowsPerSecond: alone.perSecond,
    })
    book.rows.push(
      {
        what: `full list of ${alone.rows.toLocaleString('en-US')} levels, every one another count`,
        figure: `${alone.perSecond.toLocaleString('en-US')} rows/s from the file's first byte`,
        beside: `levels alone ${alone.appliedPerSecond.toLocaleString('en-US')}/s; while shoppers buy ${taken.perSecond.toLocaleString('en-US')}/s`,
        aim: '≥ 5,000 rows/s',
        met: alone.perSecond >= 5000,
      },
      {
        what: 'placement p99 while it comes in',
        figure: `${busy.p99} ms`,
        beside: `without ${idle.p99} ms → × ${times}; ${busy.okPerSecond}/s beside ${idle.okPerSecond}/s`,
        aim: '≤ 2 ×',
        met: times <= 2,
      },
    )
  } finally {
    await chain.close()
  }
}
