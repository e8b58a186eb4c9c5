import { rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { type RunningPostgres, startPostgres } from '../apps/server/src/postgres/launcher.ts'
import { migrate } from '../apps/server/src/kernel/migrate.ts'
import { plant } from '../apps/server/test/fixtures.ts'

/** Few enough that shoppers fight for the last piece, enough that not every order is refused. */
const ON_HAND = 60

/** 100 points are worth a yuan, one is earned for each ten fen, usable from the next day on. */
const POINTS_TERMS = `insert into points_terms (points_per_yuan, cap_bp, min_order_fen, fen_per_point, frozen_days, valid_months, since, by)
  values (100, 5000, 0, 10, 1, 12, now(), 'torture')`

/** The embedded PostgreSQL of a run: it may be killed, and comes back under the same address. */
export interface Postgres {
  /** A new database with the small chain of the stories in it. */
  createDatabase(name: string): Promise<string>
  /** kill -9 of the postmaster. */
  kill(): Promise<void>
  /** kill -9 of one of its sessions: the postmaster throws everybody out and recovers by itself. */
  killSession(databaseUrl: string): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

/** PostgreSQL listens in a folder of a new name after each start; a link of ours stays. Windows has no such folder, and keeps its PostgreSQL. */
export const mayKillPostgres = process.platform !== 'win32'

export async function openPostgres(folder: string): Promise<Postgres> {
  const dataDir = path.join(folder, 'postgres')
  const link = path.join(folder, 's')
  let running: RunningPostgres

  const start = async () => {
    running = await startPostgres({ dataDir })
    if (!mayKillPostgres) return
    rmSync(link, { force: true })
    symlinkSync(new URL(running.connectionString).searchParams.get('host') ?? '', link)
  }
  const address = (database: string): string => {
    const url = new URL(running.connectionString)
    url.pathname = `/${database}`
    if (mayKillPostgres) url.searchParams.set('host', link)
    return url.href
  }
  await start()
  await migrate(address('linli'))
  await plant(address('linli'), { onHand: ON_HAND })
  await withClient(address('linli'), (client) => client.query(POINTS_TERMS))

  return {
    async createDatabase(name) {
      await withClient(address('postgres'), async (client) => {
        await client.query(`create database ${name} template linli`)
        // Otherwise every recovery after a kill copies the template anew.
        await client.query('checkpoint')
      })
      return address(name)
    },
    async kill() {
      process.kill(running.pid, 'SIGKILL')
      await untilGone(running.pid)
      await running.stop()
    },
    async killSession(databaseUrl) {
      await withClient(databaseUrl, (witness) =>
        withClient(databaseUrl, async (victim) => {
          const { rows } = await victim.query<{ pid: number }>('select pg_backend_pid() as pid')
          if (rows[0]) process.kill(rows[0].pid, 'SIGKILL')
          // The victim is gone at once, the others when the postmaster has noticed: only then does it recover.
          await witness.query('select pg_sleep(60)').catch(() => {})
        }),
      )
      await untilAnswering(databaseUrl)
    },
    start,
    stop: () => running.stop(),
  }
}

async function untilGone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await sleep(5)
  }
}

/** While it recovers it lets nobody in. */
async function untilAnswering(url: string): Promise<void> {
  for (let isBack = false; !isBack; await sleep(20))
    isBack = await withClient(url, (client) => client.query('select')).then(
      () => true,
      () => false,
    )
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
