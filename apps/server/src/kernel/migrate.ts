import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'

const FOLDER = new URL('../../db/migrations/', import.meta.url)
const LOCK = 7_164_220 // any constant; two starts at once take turns

export interface Migration {
  name: string
  sql: string
}

export async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => /^\d{4}_[a-z_]+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => ({ name, sql: await readFile(new URL(name, FOLDER), 'utf8') })),
  )
}

/** A fingerprint of all migrations: equal fingerprints mean equal schemas. */
export const fingerprint = (migrations: readonly Migration[]): string =>
  createHash('sha256')
    .update(migrations.map(({ name, sql }) => `${name}\n${sql}\n`).join(''))
    .digest('hex')
    .slice(0, 16)

/**
 * Brings a database up to date: forward only, each file in its own transaction, in order. Refuses a database whose applied files were edited
 * since, or that knows files we do not have. Returns the names applied now. With `last` it stops after that file: a backup of an older version
 * is restored into the tables it was taken from.
 */
export async function migrate(url: string, last?: string): Promise<string[]> {
  const migrations = await readMigrations()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query(
      'create table if not exists schema_migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
    )
    const { rows } = await client.query<{ name: string; sha256: string }>(
      'select name, sha256 from schema_migration',
    )
    const applied = new Map(rows.map((row) => [row.name, row.sha256]))
    const foreign = [...applied.keys()].filter((name) => !migrations.some((each) => each.name === name))
    if (foreign.length > 0)
      throw new Error(`the database knows migrations that this version does not have: ${foreign.join(', ')}`)
    const done: string[] = []
    for (const migration of migrations.filter(({ name }) => last === undefined || name <= last))
      if (await applyOne(client, migration, applied.get(migration.name))) done.push(migration.name)
    await runMigrations({ connectionString: url })
    return done
  } finally {
    await client.end()
  }
}

async function applyOne(
  client: pg.Client,
  { name, sql }: Migration,
  known: string | undefined,
): Promise<boolean> {
  const sha256 = createHash('sha256').update(sql).digest('hex')
  if (known === sha256) return false
  if (known !== undefined)
    throw new Error(`${name} was edited after it was applied: write a new migration instead`)
  try {
    await client.query(`begin; set local lock_timeout = '5s'; ${sql}`)
    await client.query('insert into schema_migration (name, sha256) values ($1, $2)', [name, sha256])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
  return true
}
