import { randomBytes } from 'node:crypto'
import { existsSync, globSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { fingerprint, migrate, readMigrations } from '../src/kernel/migrate.ts'
import { type RunningPostgres, startPostgres } from '../src/postgres/launcher.ts'

/*
 * PostgreSQL for tests. All test files of a checkout share one embedded server (.data/test/postgres): the first starts it, the
 * others attach, the last one out stops it. Migrations run once per set of migrations, into a template; a test file
 * gets a clone of it. TEST_DATABASE_URL names another server to use instead, with a role that may create databases.
 */
const FOLDER = path.join(import.meta.dirname, '../../../.data/test/postgres')
// A commit need not reach the disk here. Otherwise this is the server that customers get, with room for many pools.
const SETTINGS = { max_connections: '400', synchronous_commit: 'off' }
const TEMPLATE = 'linli_template_'
const CLONE = 'linli_test_'
const LOCK = 7_164_221 // any constant; test files make the template one at a time

export interface TestDatabase {
  url: string
  /** Drops the database, whoever is still connected. */
  drop(): Promise<void>
}

/** A new, migrated, empty database on the test server, or on the server given. */
export async function createDatabase(serverUrl?: string): Promise<TestDatabase> {
  const server = serverUrl ?? (await testServer())
  const name = `${CLONE}${process.pid}_${randomBytes(4).toString('hex')}`
  await withClient(server, async (client) => {
    const template = await ensureTemplate(client, server)
    await client.query(`create database ${name} template ${template}`)
  })
  const drop = () =>
    withClient(server, (client) => client.query(`drop database if exists ${name} with (force)`))
  return { url: databaseOn(server, name), drop: async () => void (await drop()) }
}

let embedded: Promise<RunningPostgres> | undefined

/** The address of the server that tests run on. Held until this process ends, which need not call anything. */
export async function testServer(): Promise<string> {
  const other = process.env['TEST_DATABASE_URL']
  if (other) return other
  embedded ??= startPostgres({ dataDir: FOLDER, settings: SETTINGS })
  return (await embedded).connectionString
}

export type InstalledPostgres = { url: string; major: number; stop(): Promise<void> } | { missing: string }

/** Starts the newest PostgreSQL ≥ 15 that this machine has installed, on a temporary folder; or says why not. */
export async function installedPostgres(): Promise<InstalledPostgres> {
  const found = globSync([
    '/usr/lib/postgresql/*/bin',
    '/usr/pgsql-*/bin',
    '/opt/homebrew/opt/postgresql@*/bin',
  ])
    .map((binDir) => ({ binDir, major: Number(/(\d+)\/bin$/.exec(binDir)?.[1]) }))
    .filter(({ binDir, major }) => major >= 15 && existsSync(path.join(binDir, 'initdb')))
    .sort((a, b) => b.major - a.major)[0]
  if (!found) return { missing: 'no PostgreSQL 15 or newer is installed on this machine' }
  const folder = await mkdtemp(path.join(tmpdir(), 'linli-installed-'))
  await chmod(folder, 0o711) // root lends PostgreSQL another account, which must be able to pass
  const running = await startPostgres({
    dataDir: path.join(folder, 'postgres'),
    binDir: found.binDir,
    settings: SETTINGS,
  })
  return {
    url: running.connectionString,
    major: running.major,
    async stop() {
      await running.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Answers the name of the migrated template, making it when these migrations have none yet. */
async function ensureTemplate(client: Client, server: string): Promise<string> {
  const name = TEMPLATE + fingerprint(await readMigrations())
  await client.query('select pg_advisory_lock($1)', [LOCK])
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 0) await makeTemplate(client, server, name)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK])
  }
  return name
}

async function makeTemplate(client: Client, server: string, name: string): Promise<void> {
  await dropLeftovers(client)
  const unfinished = `${name}_unfinished`
  await client.query(`drop database if exists ${unfinished} with (force)`)
  await client.query(`create database ${unfinished}`)
  await migrate(databaseOn(server, unfinished))
  await client.query(`alter database ${unfinished} rename to ${name}`)
}

/** Templates of other migrations, and clones whose process was killed before it could drop them. */
async function dropLeftovers(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select datname as name from pg_database d
     where starts_with(datname, $1) or starts_with(datname, $2)
       and not exists (select from pg_stat_activity a where a.datname = d.datname)`,
    [TEMPLATE, CLONE],
  )
  const dead = rows.filter(({ name }) => !name.startsWith(CLONE) || !isRunning(Number(name.split('_')[2])))
  for (const { name } of dead) await client.query(`drop database if exists ${name}`)
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function databaseOn(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
