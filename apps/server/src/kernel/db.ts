import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { DB } from '#db/schema'
import type { Log } from './log.ts'

export type Db = Kysely<DB>
/** Writers require a transaction; it is always visible in the signature. */
export type Tx = Transaction<DB>
/** Readers take either. */
export type Reader = Pick<Db, 'selectFrom' | 'with' | 'fn' | 'getExecutor'>

// Sums and counts come as int8; nothing we keep reaches 2^53, and if it did we would rather stop than round.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 beyond safe integers: ${text}`)
  return value
})
// A date is a day, not an instant: keep its text.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

export interface Database {
  db: Db
  pool: pg.Pool
  /** Pool of the order desk: pipelined, and without plans made for empty tables (docs/adr/0005). */
  deskPool: pg.Pool
  url: string
  close(): Promise<void>
}

/**
 * Named statements keep the plan they got first, perhaps on an empty table: only look-ups by key may be chosen (docs/adr/0005). And nobody who keeps a
 * row locked, a person at a prompt perhaps, may stop every store.
 */
export const DESK_OPTIONS =
  '-c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off -c lock_timeout=5s'

export function openDatabase(url: string, { size = 16, log }: { size?: number; log: Log }): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 10_000,
  })
  const deskPool = new pg.Pool({
    connectionString: url,
    max: 8, // the two desks and the six readers who ask together have one question each under way
    pipeline: true,
    options: DESK_OPTIONS,
    connectionTimeoutMillis: 10_000,
  })
  // Without a listener a client that loses its server (a restart, a failover) ends the process. The pool listens while a client is idle, we while it
  // is in somebody's hands. The error carries the whole client: only its message is worth a line.
  const lost = (error: Error): void => log.warn({ reason: error.message }, 'database connection lost')
  for (const each of [pool, deskPool]) {
    each.on('error', () => {})
    each.on('connect', (client) => client.on('error', lost))
  }
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  return {
    db,
    pool,
    deskPool,
    url,
    async close() {
      await Promise.all([db.destroy(), deskPool.end()])
    },
  }
}

const RETRYABLE = new Set(['40001', '40P01'])
const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined

/** Opens a transaction: the only place that does. Runs `work` again (up to three times) after a deadlock or serialisation failure, so `work` does database work only. */
export async function inTx<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      if (attempt >= 3 || !RETRYABLE.has(codeOf(error) ?? '')) throw error
    }
  }
}

/**
 * For a write of exactly one statement, which is a transaction by itself: saves the two round trips of opening one. `write` must not send a second
 * statement: that would be a second transaction.
 */
export const inOneStatement = <T>(db: Db, write: (tx: Tx) => Promise<T>): Promise<T> =>
  write(db as unknown as Tx)

/** Did this statement meet that unique index (or constraint)? */
export const violates = (error: unknown, constraint: string): boolean =>
  codeOf(error) !== undefined && (error as { constraint?: string }).constraint === constraint
