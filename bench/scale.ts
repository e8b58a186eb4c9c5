// The same questions asked of a chain in its second week and of one with years behind it, in turn: what grows?
import { setTimeout as sleep } from 'node:timers/promises'
import { type Chain, FIRST_PORT, openChain } from './chain.ts'
import { fill, KINDS, PLACES, skusUpTo, STORES } from './data.ts'
import { type History, plantHistory } from './history.ts'
import type { Plan, Result } from './load.ts'
import { CALLERS, measure, median, ratio, say } from './measure.ts'
import type { Book } from './report.ts'

const ORDERS = Number(process.env['BENCH_SCALE_ORDERS'] ?? 1_000_000)
const SKUS = Number(process.env['BENCH_SCALE_SKUS'] ?? 50_000)
const PER_DAY = 1000
const YOUNG: History = { orders: 9 * PER_DAY, perDay: PER_DAY, skus: 150 }
const GROWN: History = { orders: ORDERS, perDay: PER_DAY, skus: SKUS }
const ROUNDS = 3
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 3)
const AT_THE_CONSOLE = 4
const MOST = 1.5
const UNUSUAL_MS = 20

interface Probe {
  what: string
  plan(
    chain: Chain,
    history: History,
  ): Omit<Plan, 'callers' | 'seconds' | 'warmUp' | 'origin'> & Partial<Plan>
}
const atTheConsole =
  (paths: readonly string[]): Probe['plan'] =>
  ({ staffToken }) => ({ kind: 'get', paths, tokens: [staffToken], callers: AT_THE_CONSOLE })

/** Words that find something in both chains: the young one knows products of five places. */
const words = [...KINDS, ...PLACES.slice(0, 5).flatMap((place) => KINDS.map((kind) => place + kind))]
const searchFor = (storeId: string, word: string, limit: number, sort = 'recommended') =>
  `/v1/stores/${storeId}/products?q=${encodeURIComponent(word)}&sort=${sort}&limit=${limit}`
/** As shoppers ask: others asked before them. */
const usual = STORES.flatMap((id) => words.map((word) => searchFor(id, word, 20)))
/** Never twice in the same way, so that no answer is one that was kept. Five at most are shown, so that both chains make pages of one size. */
const unusual = [1, 2, 3, 4, 5].flatMap((limit) =>
  STORES.flatMap((id) =>
    words.flatMap((word) =>
      ['recommended', 'price_up', 'price_down', 'newest'].map((sort) => searchFor(id, word, limit, sort)),
    ),
  ),
)
const PROBES: readonly Probe[] = [
  {
    what: 'product list',
    plan: () => ({
      kind: 'get',
      paths: STORES.flatMap((id) => ['G', 'L'].map((each) => `/v1/stores/${id}/products?categoryId=${each}`)),
    }),
  },
  { what: 'search', plan: () => ({ kind: 'get', paths: usual }) },
  {
    what: 'placement',
    plan: ({ tokens }, { skus }) => ({
      kind: 'place',
      tokens,
      storeIds: STORES,
      skuIds: skusUpTo(skus).slice(1),
    }),
  },
  { what: 'my orders', plan: ({ tokens }) => ({ kind: 'get', paths: ['/v1/orders'], tokens }) },
  { what: 'orders at the console', plan: atTheConsole(['/console/v1/orders']) },
  {
    what: 'an order by its last digits',
    plan: atTheConsole(
      Array.from({ length: 500 }, (_, i) => `/console/v1/orders?q=${String(i * 13 + 1).padStart(6, '0')}`),
    ),
  },
  { what: 'workbench', plan: atTheConsole(['/console/v1/workbench']) },
]

interface Side {
  chain: Chain
  history: History
}
async function open(history: History, port: number): Promise<Side> {
  const begun = performance.now()
  const chain = await openChain({
    port,
    plant: async (url) => {
      await fill(url, history.skus)
      await plantHistory(url, history)
    },
  })
  const seconds = Math.round((performance.now() - begun) / 100) / 10
  say(
    `  ${history.orders} orders, ${history.skus} SKUs in each of ${STORES.length} stores: ready in ${seconds} s`,
  )
  return { chain, history }
}

const ask = (name: string, { plan }: Probe, { chain, history }: Side): Promise<Result> =>
  measure(name, {
    origin: chain.origins[0] ?? '',
    callers: CALLERS,
    seconds: SECONDS,
    ...plan(chain, history),
  })

async function compare(probe: Probe, young: Side, grown: Side, book: Book): Promise<void> {
  const pairs: { young: Result; grown: Result }[] = []
  for (let round = 0; round < ROUNDS; round++)
    pairs.push({
      young: await ask(`${probe.what}, young`, probe, young),
      grown: await ask(`${probe.what}, grown`, probe, grown),
    })
  // Nothing answered in the time there was: that is no latency of zero.
  const times = (pair: (typeof pairs)[number]) =>
    pair.grown.perSecond === 0 ? Infinity : ratio(pair.grown.p50, pair.young.p50)
  const middle = median(pairs, times)
  book.figures[`${probe.what}, young`] = middle.young
  book.figures[`${probe.what}, grown`] = middle.grown
  book.rows.push({
    what: probe.what,
    figure: `${middle.grown.p50} ms, p99 ${middle.grown.p99} ms, ${middle.grown.perSecond}/s`,
    beside: `young ${middle.young.p50} ms, p99 ${middle.young.p99} ms, ${middle.young.perSecond}/s → × ${times(middle)}`,
    aim: `≤ ${MOST} × p50`,
    met: times(middle) <= MOST,
  })
}

/** What nobody asked before is looked for: an answer that the young chain hardly has to look for. */
async function searchUnusual(young: Side, grown: Side, book: Book): Promise<void> {
  const probe: Probe = {
    what: 'search, never asked before',
    plan: () => ({ kind: 'get', paths: unusual, callers: 1 }),
  }
  const [before, now] = [
    await ask(`${probe.what}, young`, probe, young),
    await ask(`${probe.what}, grown`, probe, grown),
  ]
  Object.assign(book.figures, { searchUnusualYoung: before, searchUnusual: now })
  book.rows.push({
    what: `${probe.what}, up to ${Math.round(SKUS / KINDS.length)} found`,
    figure: `${now.p50} ms, p99 ${now.p99} ms`,
    beside: `young ${before.p50} ms, up to 5 found`,
    aim: `p99 ≤ ${UNUSUAL_MS} ms`,
    met: now.p99 <= UNUSUAL_MS,
  })
}

async function sumCheck({ chain }: Side): Promise<number> {
  const begun = performance.now()
  const reply = await fetch(`${chain.origins[0]}/console/v1/stock-checks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${chain.staffToken}` },
  })
  const { faults } = (await reply.json()) as { faults?: unknown[] }
  if (!reply.ok || faults?.length !== 0)
    throw new Error(`the sum check: ${reply.status}, ${faults?.length} faults`)
  return Math.round(performance.now() - begun) / 1000
}

/** Both chains are open at once and asked in turn, so that both have the same machine. */
export async function scale(book: Book): Promise<void> {
  const young = await open(YOUNG, FIRST_PORT + 20)
  const grown = await open(GROWN, FIRST_PORT + 30)
  try {
    await sleep(2000)
    for (const probe of PROBES) await compare(probe, young, grown, book)
    await searchUnusual(young, grown, book)
    const seconds = await sumCheck(grown)
    book.rows.push({
      what: 'nightly sum check',
      figure: `${seconds} s`,
      beside: `young ${await sumCheck(young)} s`,
      aim: '≤ 60 s',
      met: seconds <= 60,
    })
  } finally {
    await young.chain.close()
    await grown.chain.close()
  }
}
