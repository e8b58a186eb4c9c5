// A day of a million payments: its bill comes from the sandbox over HTTP, is proved, read, loaded and compared by the server as on any morning.
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { businessDay, dayAfter, instantOf, timeOfDay } from '../apps/server/src/kernel/clock.ts'
import type { Chain } from './chain.ts'
import { idOf, memberIds } from './data.ts'
import type { Book } from './report.ts'

const ROWS = Number(process.env['BENCH_BILL_ROWS'] ?? 1_000_000)
/** Payments in the bill that we never heard of, with another amount here, and here but in no bill. */
const UNHEARD = Math.ceil(ROWS / 1000)
const AMOUNT_OFF = Math.ceil(ROWS / 10_000)
const UNSEEN = Math.ceil(ROWS / 2000)
const PATIENCE_SECONDS = 600
const MIB = 2 ** 20

/** The sandbox's invented rows have numbers and amounts that follow from their place: we book the same. */
const ATTEMPTS = `insert into payment_attempt (id, order_id, store_id, provider, out_trade_no, payer, amount_fen, state, transaction_id, created_at, paid_at)
  select gen_random_uuid(), $1, 'S01', 'wechat', $2::text || lpad(i::text, 10, '0'), 'o', 4680 + i % 1000 + case when i < $3 then 1 else 0 end, 'PAID',
    $4::text || lpad(i::text, 10, '0'), $5, $5
  from generate_series($6::int, $7::int) i`

async function plant(client: pg.Client, day: string): Promise<void> {
  const order = idOf('order:bills')
  const paidAt = instantOf(day, '12:00')
  const digits = day.replaceAll('-', '')
  await client.query('begin')
  await client.query(
    `insert into orders (id, no, store_id, member_id, idem_key, body_hash, state, fulfilment, goods_fen, total_fen, placed_at)
     values ($1, 'BENCH-BILLS', 'S01', $2, 'bench-bills', '\\x00', 'CANCELLED', 'pickup', 1, 1, $3)`,
    [order, memberIds[0], paidAt],
  )
  const numbers = [`SANDBOX${digits}`, AMOUNT_OFF, `4200999999${digits}`, paidAt]
  await client.query(ATTEMPTS, [order, ...numbers, 0, ROWS - UNHEARD - 1])
  await client.query(ATTEMPTS, [order, ...numbers, ROWS, ROWS + UNSEEN - 1])
  await client.query('commit')
  await client.query('vacuum analyze payment_attempt')
}

interface Standing {
  state: string
  tries: number
  rows: number
  trouble: string | null
  open: number
  waiting: number
}
const standingOf = async (client: pg.Client, day: string): Promise<Standing | undefined> => {
  const { rows } = await client.query<Standing>(
    `select d.state, d.tries, d.bill_rows as rows, d.trouble, count(*) filter (where b.state = 'OPEN')::int as open,
       count(*) filter (where b.state = 'WAITING')::int as waiting
     from bill_day d left join bill_difference b on b.provider = d.provider and b.day = d.day where d.provider = 'wechat' and d.day = $1 group by d.provider, d.day`,
    [day],
  )
  return rows[0]
}

async function residentMiB(origin: string): Promise<number> {
  const text = await (await fetch(`${origin}/metrics`)).text()
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1] ?? 0) / MIB
}

/** Fetches and compares a bill of a million rows; the sweep starts by itself. */
export async function bills(chain: Chain, book: Book): Promise<void> {
  const origin = chain.origins[0] ?? ''
  const now = new Date()
  const day = dayAfter(businessDay(now), timeOfDay(now) >= '10:05' ? -1 : -2)
  await fetch(`${chain.sandbox}/_sim/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      rules: [{ match: { route: 'tradebill' }, action: { kind: 'bill-large', rows: ROWS } }],
    }),
  })
  const client = new pg.Client({ connectionString: chain.databaseUrl })
  await client.connect()
  try {
    await plant(client, day)
    const before = await residentMiB(origin)
    const { seconds, peak, end } = await follow(client, origin, day)
    if (end.rows !== ROWS || end.open !== UNHEARD + AMOUNT_OFF || end.waiting !== UNSEEN)
      throw new Error(`wrong result: ${JSON.stringify(end)}`)
    const more = peak - Math.round(before)
    Object.assign(book.figures, { billSeconds: seconds, billMoreMiB: more, billPeakMiB: peak })
    book.rows.push(
      {
        what: `bill of ${ROWS.toLocaleString('en-US')} rows: fetched, proved, compared`,
        figure: `${seconds} s`,
        beside: `${Math.round(ROWS / seconds).toLocaleString('en-US')} rows/s, the sandbox making the bill on the same cores`,
        aim: '≤ 60 s',
        met: seconds <= 60,
      },
      {
        what: 'memory that takes',
        figure: `${more} MiB more`,
        beside: `server ${Math.round(before)} MiB before, ${peak} MiB at most`,
        aim: '≤ 300 MiB',
        met: more <= 300,
      },
    )
  } finally {
    await client.end()
  }
}

async function follow(
  client: pg.Client,
  origin: string,
  day: string,
): Promise<{ seconds: number; peak: number; end: Standing }> {
  let begun = 0
  let peak = 0
  for (const patience = performance.now() + PATIENCE_SECONDS * 1000; performance.now() < patience;) {
    const standing = await standingOf(client, day)
    if (standing && begun === 0) begun = performance.now()
    peak = Math.max(peak, Math.round(await residentMiB(origin)))
    if (standing?.state === 'FAILED') throw new Error(`the day failed: ${standing.trouble}`)
    if (standing?.state === 'DONE')
      return { seconds: Math.round((performance.now() - begun) / 100) / 10, peak, end: standing }
    await sleep(100)
  }
  throw new Error('the day was not compared in time')
}
