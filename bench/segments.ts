// How long a rule over a whole chain's members takes to count, beside a bare count of the lines in the same run.
import type { AudienceRule } from '@linli/contract/audience-rules'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { openDatabase } from '../apps/server/src/kernel/db.ts'
import { inTx } from '../apps/server/src/kernel/db.ts'
import { createLog } from '../apps/server/src/kernel/log.ts'
import { migrate } from '../apps/server/src/kernel/migrate.ts'
import { startPostgres } from '../apps/server/src/postgres/launcher.ts'
import { boundReading, count } from '../apps/server/src/rooms/audiences/counting.sql.ts'
import { median, ratio, say } from './measure.ts'
import type { Book } from './report.ts'

const MEMBERS = Number(process.env['BENCH_MEMBERS'] ?? 1_000_000)
const PURCHASES = MEMBERS * 4
const LINES_EACH = 5
const SKUS = 5000
const CATEGORIES = 20
const ROUNDS = 5
const TODAY = '2026-11-24'
const NOW = new Date('2026-11-24T04:00:00Z')

const TABLES = ['member', 'purchase', 'purchase_line', 'member_day', 'message', 'message_consent']
const id = (n: string) => `('00000000-0000-4000-8000-' || lpad((${n})::text, 12, '0'))::uuid`
/** Between 0 and 1, the same for the same row and salt. */
const part = (salt: number) => `((hashint8extended(i, ${salt}) & 1048575)::float8 / 1048576)`
/** A tenth of the members make a third of the purchases. */
const MEMBER = `floor(${MEMBERS} * power(${part(1)}, 1.5))::int`
const DAY = `'${TODAY}'::date - floor(365 * ${part(2)})::int`
const STORE = `'S0' || (1 + floor(6 * ${part(3)}))::int`
/** Goods that sell well and goods that do not, in every category. */
const SKU = (line: string) =>
  `floor(${SKUS} * power((hashint8extended(i * 8 + ${line}, 4) & 1048575)::float8 / 1048576, 2))::int`
const QUANTITY = (line: string) => `(1 + (hashint8extended(i * 8 + ${line}, 5) & 3))::int`
const UNIT_FEN = (line: string) => `(300 + (hashint8extended(i * 8 + ${line}, 6) & 2047))::int`

/** Months of trade, made where they are kept; tables are filled without their indexes, which are made as they were. */
async function fill(client: pg.Client): Promise<void> {
  const step = async (what: string, ...statements: string[]) => {
    const begun = performance.now()
    for (const text of statements) await client.query(text)
    say(`  ${what}: ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  }
  await client.query(
    `set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '1GB'; set work_mem = '256MB'`,
  )
  const { rows: indexes } = await client.query<{
    name: string
    def: string
    owner: string | null
    con: string | null
    table: string
  }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as def, c.conname as owner, pg_get_constraintdef(c.oid) as con, i.indrelid::regclass::text as table
     from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u')
     where i.indrelid::regclass::text = any($1) and i.indrelid::regclass::text <> 'member'`,
    [TABLES],
  )
  for (const { name, owner, table } of indexes)
    await client.query(owner ? `alter table ${table} drop constraint ${owner} cascade` : `drop index ${name}`)
  await client.query(`insert into store (id, name, district, district_code, town, address, lng, lat, opens_at, closes_at, zones, floor_plan)
    select 'S0' || i, 'S' || i, '', '130502', '', '', 114, 37, '08:00', '22:00', '[]', '{}' from generate_series(1, 6) i on conflict do nothing`)
  await client.query(
    `insert into category (id, name, zone) select 'C' || i, 'C' || i, 'A' from generate_series(0, ${CATEGORIES - 1}) i`,
  )
  await client.query(
    `insert into product (id, name, category_id, unit) select ${id('i')}, 'P' || i, 'C' || (i % ${CATEGORIES}), '份' from generate_series(0, ${SKUS - 1}) i`,
  )
  await client.query(
    `insert into sku (id, product_id, barcode) select ${id('i')}, ${id('i')}, lpad(i::text, 13, '0') from generate_series(0, ${SKUS - 1}) i`,
  )
  await step(
    `${MEMBERS} members`,
    `insert into member (id, nickname, joined_at) select ${id('i')}, '会员', '2024-01-01' from generate_series(0, ${MEMBERS - 1}) i`,
  )
  await step(
    `${PURCHASES} purchases`,
    `insert into purchase (id, source, store_id, member_id, channel, bought_at, day, goods_fen, pay_fen, pieces)
     select ${id('i')}, 'history', ${STORE}, ${id(MEMBER)}, case when ${part(7)} < 0.7 then 'till' else 'pickup' end, (${DAY})::timestamptz + interval '4 hours', ${DAY}, x.fen, x.fen, x.pieces
     from generate_series(1, ${PURCHASES}) i cross join lateral (select sum(${QUANTITY('n')} * ${UNIT_FEN('n')})::bigint as fen, sum(${QUANTITY('n')})::int as pieces
       from generate_series(1, ${LINES_EACH}) n) x`,
  )
  await step(
    `${PURCHASES * LINES_EACH} lines`,
    `insert into purchase_line (purchase_id, line_no, sku_id, store_id, member_id, day, quantity, pay_fen)
     select ${id('i')}, n, ${id(SKU('n'))}, ${STORE}, ${id(MEMBER)}, ${DAY}, ${QUANTITY('n')}, ${QUANTITY('n')} * ${UNIT_FEN('n')}
     from generate_series(1, ${PURCHASES}) i cross join generate_series(1, ${LINES_EACH}) n`,
  )
  await step(
    'sums by member and day',
    `insert into member_day (member_id, day, store_id, purchases, pay_fen, refunded_fen, pieces, most_pieces)
     select member_id, day, store_id, count(*), sum(pay_fen), sum(refunded_fen), sum(pieces), max(pieces) from purchase group by 1, 2, 3`,
  )
  await step(
    'messages and consents',
    `insert into message (id, member_id, kind, ref, marketing, title, body, fields, page, told_at)
     select ${id('i')}, ${id(MEMBER)}, 'coupon.due', i::text, true, '提醒', '', '{}', 'coupons', '${NOW.toISOString()}'::timestamptz - 180 * ${part(8)} * interval '1 day'
     from generate_series(1, ${MEMBERS * 2}) i`,
    `insert into message_consent (member_id, topic, agreed, wording, via, at) select ${id('i')}, 'marketing', ${part(9)} < 0.8, 1, 'shop', '2026-01-01' from generate_series(0, ${MEMBERS - 1}) i where ${part(10)} < 0.6`,
  )
  await step(
    'indexes and statistics',
    ...indexes.map(({ owner, con, def, table }) =>
      owner ? `alter table ${table} add constraint ${owner} ${con ?? ''}` : def,
    ),
    'vacuum analyze',
  )
}

const weekend = { fact: 'purchases', op: 'at_least', value: 2, lastDays: 90, weekdays: [6, 7] } as const
const spends = { fact: 'average_fen', op: 'at_least', value: 10_000, lastDays: 90 } as const
const families = {
  how: 'any',
  parts: [
    { fact: 'goods_times', op: 'at_least', value: 1, lastDays: 90, categoryIds: ['C3'] },
    { fact: 'most_pieces', op: 'at_least', value: 15, lastDays: 90 },
  ],
} as const
const told = { fact: 'marketing_messages', op: 'at_least', value: 2, lastDays: 30, not: true } as const
const recent = { fact: 'days_since_last', op: 'at_most', value: 45 } as const
/** The first is what head office writes. The second begins with what leaves most, so that every step after it has more to look through. */
const RULES: readonly { what: string; rule: AudienceRule; mostMs: number | null }[] = [
  {
    what: 'five conditions, as a sentence',
    mostMs: 2000,
    rule: {
      rows: [weekend, spends, { ...families, parts: [...families.parts] }, told],
    } as unknown as AudienceRule,
  },
  {
    what: 'five conditions, the widest first',
    mostMs: null,
    rule: {
      rows: [
        { fact: 'goods_times', op: 'at_least', value: 1, lastDays: 90, categoryIds: ['C3'] },
        recent,
        spends,
        weekend,
        told,
      ],
    } as unknown as AudienceRule,
  },
]

/** Counts rules over generated members; says what they took, and what a bare count of the lines takes. */
export async function segments(book: Book): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'linli-segments-'))
  await chmod(folder, 0o711)
  const postgres = await startPostgres({ dataDir: path.join(folder, 'postgres') })
  const url = postgres.connectionString
  try {
    await migrate(url)
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const begun = performance.now()
    await fill(client)
    const made = Math.round((performance.now() - begun) / 1000)
    say(`  made in ${made} s`)
    book.figures['secondsToMake'] = made
    const timed = async (work: () => Promise<unknown>): Promise<number> => {
      const from = performance.now()
      await work()
      return Math.round(performance.now() - from)
    }
    const database = openDatabase(url, { size: 2, log: createLog('error') })
    const bare: number[] = []
    const took = RULES.map((): number[] => [])
    const members: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(await timed(() => client.query('select count(*), sum(quantity) from purchase_line')))
      for (const [i, { rule }] of RULES.entries()) {
        const asked = async () => {
          const counts = await inTx(database.db, async (tx) => {
            await boundReading(tx, 60_000)
            return count(tx, rule.rows, { day: TODAY, now: NOW })
          })
          members[i] = counts.members
        }
        took[i]?.push(await timed(asked))
      }
    }
    await database.close()
    await client.end()
    const reference = median(bare, (ms) => ms)
    book.figures['bareCountMs'] = reference
    for (const [i, { what, mostMs }] of RULES.entries()) {
      const ms = median(took[i] ?? [], (each) => each)
      book.figures[`${what}, ms`] = ms
      book.rows.push({
        what: `audience of ${what}: ${members[i]} of ${MEMBERS} members, ${PURCHASES * LINES_EACH} lines`,
        figure: `${ms} ms`,
        beside: `bare count of the lines ${reference} ms → × ${ratio(ms, reference)}`,
        aim: mostMs === null ? '' : `< ${mostMs} ms`,
        met: mostMs === null ? null : ms < mostMs,
      })
    }
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
