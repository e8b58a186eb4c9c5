import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { finished } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { Client, escapeIdentifier } from 'pg'
import { migrate } from '../apps/server/src/kernel/migrate.ts'
import { copyIn, copyOut } from './copy.ts'
import { type LineReader, readLines } from './lines.ts'

/*
 * A backup is gzipped text: a line of JSON that says what it is; for every table a line of JSON with its name and
 * columns, its rows in COPY's text form, and a line `\.`; and a last line of JSON with the row counts and sequences. It
 * needs no client tools, goes between PostgreSQL versions, and zcat shows it.
 */
const FORMAT = 'linli-backup-1'
const END_OF_TABLE = '\\.'
const COPY_OPTIONS = `(format text, encoding 'UTF8')`

type Header = { format: string; takenAt: string; migrations: Migration[] }
type Migration = { name: string; sha256: string }
type Table = { table: string; columns: string[] }
type Ending = { rows: Record<string, number>; sequences: Record<string, number> }

/** How many rows of how many tables. */
export type Summary = { tables: number; rows: number; takenAt: string }

/** Writes every row of every table, as of one moment, to a file that appears only when it is complete. */
export async function writeBackup(url: string, file: string, takenAt: Date): Promise<Summary> {
  const unfinished = `${file}.unfinished`
  const gzip = createGzip()
  const written = finished(gzip.pipe(createWriteStream(unfinished, { mode: 0o600, flags: 'wx' })))
  try {
    const summary = await withClient(url, (client) => dump(client, gzip, takenAt.toISOString()))
    gzip.end()
    await written
    await rename(unfinished, file)
    return summary
  } catch (error) {
    gzip.destroy()
    await written.catch(() => {})
    await rm(unfinished, { force: true })
    throw error
  }
}

async function dump(client: Client, out: ReturnType<typeof createGzip>, takenAt: string): Promise<Summary> {
  const tell = async (line: Header | Table | Ending) => {
    if (!out.write(`${JSON.stringify(line)}\n`)) await once(out, 'drain')
  }
  await client.query('begin isolation level repeatable read read only')
  const tables = await tablesOf(client)
  await tell({ format: FORMAT, takenAt, migrations: await migrationsOf(client) })
  const rows: Record<string, number> = {}
  for (const table of tables) {
    await tell(table)
    rows[table.table] = await copyOut(client, `copy ${target(table)} to stdout ${COPY_OPTIONS}`, out)
    out.write(`${END_OF_TABLE}\n`)
  }
  await tell({ rows, sequences: await sequencesOf(client) })
  await client.query('commit')
  return { tables: tables.length, rows: sum(rows), takenAt }
}

/**
 * Fills an empty database from a backup: all of it or, when anything is wrong, nothing. The tables are made as they were
 * when the backup was taken, and brought up to date afterwards: so data moves to a newer version.
 */
export async function restoreBackup(url: string, file: string): Promise<Summary> {
  // What goes wrong with the file is met by whoever reads from it.
  const gunzip = pipeline(createReadStream(file), createGunzip(), () => {})
  try {
    const lines = readLines(gunzip)
    const header = await readHeader(lines)
    await migrate(url, header.migrations.at(-1)?.name)
    const summary = await withClient(url, (client) => load(client, lines, header))
    await migrate(url)
    return summary
  } catch (cause) {
    throw new Error(`nothing was restored: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    })
  } finally {
    gunzip.destroy()
  }
}

async function load(client: Client, lines: LineReader, header: Header): Promise<Summary> {
  await client.query('begin')
  await refuseUnlessFit(client, header)
  // Triggers have done their work when the rows were first written; foreign keys held in the database that was copied.
  await client.query('set local session_replication_role = replica')
  const ending = await loadTables(client, lines)
  await compareCounts(client, ending.rows)
  for (const [name, value] of Object.entries(ending.sequences))
    await client.query('select setval($1, $2)', [name, value])
  await releaseJobs(client)
  await client.query('commit')
  return { tables: Object.keys(ending.rows).length, rows: sum(ending.rows), takenAt: header.takenAt }
}

async function readHeader(lines: LineReader): Promise<Header> {
  const header: Partial<Header> = parse(await lines.next())
  if (header.format !== FORMAT) throw new Error('the file is not a backup of Linli')
  return { format: FORMAT, takenAt: header.takenAt ?? '', migrations: header.migrations ?? [] }
}

async function refuseUnlessFit(client: Client, { migrations }: Header): Promise<void> {
  const own = await migrationsOf(client)
  const theirs = new Map(migrations.map(({ name, sha256 }) => [name, sha256]))
  const differing =
    own.find(({ name, sha256 }) => theirs.get(name) !== sha256)?.name ?? migrations[own.length]?.name
  if (differing) {
    throw new Error(
      `the backup and this database do not have the same migrations (${differing}): ` +
        'restore into a new database, with the version of Linli that took the backup or a newer one',
    )
  }
  for (const table of await tablesOf(client)) {
    const { rowCount } = await client.query(`select from ${qualified(table.table)} limit 1`)
    if (rowCount) throw new Error(`the database is not empty: ${table.table} has rows`)
  }
}

async function loadTables(client: Client, lines: LineReader): Promise<Ending> {
  for (;;) {
    const line: Table | Ending = parse(await lines.next())
    if ('rows' in line) return line
    await copyIn(client, `copy ${target(line)} from stdin ${COPY_OPTIONS}`, lines.until(END_OF_TABLE))
  }
}

function parse(line: Buffer | undefined) {
  if (!line) throw new Error('the file is cut off')
  return JSON.parse(line.toString('utf8'))
}

async function compareCounts(client: Client, expected: Record<string, number>): Promise<void> {
  for (const table of await tablesOf(client)) {
    const { rows } = await client.query<{ count: string }>(`select count(*) from ${qualified(table.table)}`)
    const [found, wanted] = [Number(rows[0]?.count), expected[table.table] ?? 0]
    if (found !== wanted) throw new Error(`${table.table} has ${found} rows and should have ${wanted}`)
  }
}

/** Jobs that were running when the backup was taken have no worker here. */
async function releaseJobs(client: Client): Promise<void> {
  for (const table of ['_private_jobs', '_private_job_queues']) {
    await client.query(
      `update graphile_worker.${table} set locked_at = null, locked_by = null where locked_at is not null`,
    )
  }
}

const SCHEMAS = `nspname in ('public', 'graphile_worker')`

/** Every table with the columns that can be written, except the two that record migrations. */
async function tablesOf(client: Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select nspname || '.' || relname as table, array_agg(attname::text order by attnum) as columns
     from pg_class join pg_namespace n on n.oid = relnamespace join pg_attribute on attrelid = pg_class.oid
     where ${SCHEMAS} and relkind = 'r' and attnum > 0 and not attisdropped and attgenerated = ''
       and (nspname, relname) not in (('public', 'schema_migration'), ('graphile_worker', 'migrations'))
     group by 1 order by 1`,
  )
  return rows
}

async function migrationsOf(client: Client): Promise<Migration[]> {
  const { rows } = await client.query<Migration>('select name, sha256 from schema_migration order by name')
  return rows
}

async function sequencesOf(client: Client): Promise<Record<string, number>> {
  const { rows } = await client.query<{ name: string; value: string }>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value as value from pg_sequences
     where schemaname in ('public', 'graphile_worker') and last_value is not null`,
  )
  return Object.fromEntries(rows.map(({ name, value }) => [name, Number(value)]))
}

const qualified = (table: string) => table.split('.').map(escapeIdentifier).join('.')
const target = ({ table, columns }: Table) =>
  `${qualified(table)} (${columns.map(escapeIdentifier).join(', ')})`
const sum = (rows: Record<string, number>) => Object.values(rows).reduce((total, each) => total + each, 0)

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
