import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test, type TestContext } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { Client } from 'pg'
import { migrate } from '../apps/server/src/kernel/migrate.ts'
import { plant } from '../apps/server/test/fixtures.ts'
import { createDatabase, testServer } from '../apps/server/test/postgres-server.ts'
import { restoreBackup, writeBackup } from './archive.ts'

const AT = new Date('2026-11-22T08:00:00Z')
const NASTY = [
  '\\.',
  'tab\there',
  'line\nbreak',
  'return\rhere',
  'back\\slash\\N',
  '"quoted" \'too\'',
  '内丘苹果 🍎',
  '\\N',
  '',
]

test('a restored database has every row, value and sequence of the one that was backed up', async (t) => {
  const { url, folder } = await shopWithNastyWords(t)
  const file = path.join(folder, 'shop.gz')
  const summary = await writeBackup(url, file, AT)
  assert.ok(summary.tables > 20 && summary.rows > 50, JSON.stringify(summary))
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.equal(existsSync(`${file}.unfinished`), false)

  const empty = await emptyDatabase(t)
  assert.deepEqual(await restoreBackup(empty, file), summary)
  assert.deepEqual(await contentOf(empty), await contentOf(url))
  const names = await query(empty, `select subject from audit_event where action = 'test' order by id`)
  assert.deepEqual(
    names.map((row) => row['subject']),
    NASTY,
  )
  // Triggers that write rows must not have written them a second time, and numbers must go on where they were.
  assert.deepEqual(await nextNumber(empty), await nextNumber(url))
})

test('more than fits into any buffer goes through', async (t) => {
  const { url, folder } = await shopWithNastyWords(t)
  const many = `insert into audit_event (id, at, actor, action, subject, request_id, before)
                select gen_random_uuid(), now(), 'test', 'many', repeat('内丘', 2000), 'r', to_jsonb(n)
                from generate_series(1, 3000) n`
  await query(url, many)
  const file = path.join(folder, 'shop.gz')
  const warnings: Error[] = []
  const warn = (warning: Error) => void warnings.push(warning)
  process.on('warning', warn)
  t.after(() => process.off('warning', warn))
  await writeBackup(url, file, AT)
  const empty = await emptyDatabase(t)
  await restoreBackup(empty, file)
  assert.deepEqual(await contentOf(empty), await contentOf(url))
  assert.deepEqual(warnings, [])
})

test('a database that is not empty is refused and left as it was', async (t) => {
  const { url, folder } = await shopWithNastyWords(t)
  const file = path.join(folder, 'shop.gz')
  await writeBackup(url, file, AT)
  const before = await contentOf(url)
  await assert.rejects(
    restoreBackup(url, file),
    /nothing was restored: the database is not empty: public\.\w+ has rows/,
  )
  assert.deepEqual(await contentOf(url), before)
})

test('a backup of an older version is restored and brought up to date', async (t) => {
  const folder = makeFolder(t)
  const old = await bareDatabase(t)
  await migrate(old, '0002_staff.sql')
  await query(old, `insert into chain (name) values ('邻里超市')`)
  const file = path.join(folder, 'old.gz')
  assert.equal((await writeBackup(old, file, AT)).rows, 1)

  const url = await bareDatabase(t)
  await restoreBackup(url, file)
  assert.deepEqual(await query(url, 'select name from chain'), [{ name: '邻里超市' }])
  assert.deepEqual(await migrate(url), [], 'something was left to migrate')
  assert.equal((await query(url, 'select from orders')).length, 0)

  await assert.rejects(
    restoreBackup(await emptyDatabase(t), file),
    /do not have the same migrations \(0003_members\.sql\)/,
  )
})

test('a backup of a version that is not known here is refused', async (t) => {
  const { url, folder } = await shopWithNastyWords(t)
  await query(url, `insert into schema_migration (name, sha256) values ('9999_future.sql', 'x')`)
  const file = path.join(folder, 'shop.gz')
  await writeBackup(url, file, AT)
  await assert.rejects(
    restoreBackup(await emptyDatabase(t), file),
    /the same migrations \(9999_future\.sql\)/,
  )
})

test('a backup that is cut off, short of rows, or no backup restores nothing', async (t) => {
  const { url, folder } = await shopWithNastyWords(t)
  const file = path.join(folder, 'shop.gz')
  await writeBackup(url, file, AT)
  const packed = readFileSync(file)
  const text = gunzipSync(packed).toString('utf8')
  const lines = text.trimEnd().split('\n')
  const store = lines.findIndex((line) => line.startsWith('{"table":"public.store"'))
  const harmed: [string, Buffer, RegExp][] = [
    ['half of the file', packed.subarray(0, packed.length / 2), /unexpected end of file/],
    ['no last line', gzipSync(lines.slice(0, -1).join('\n') + '\n'), /cut off/],
    ['the end of a table', gzipSync(lines.slice(0, store + 2).join('\n') + '\n'), /in the middle of a table/],
    [
      'a row less',
      gzipSync(lines.toSpliced(store + 1, 1).join('\n') + '\n'),
      /public\.store has 1 rows and should have 2/,
    ],
    ['something else', gzipSync('hello\n'), /JSON/],
    ['another format', gzipSync('{"format":"other"}\n'), /not a backup of Linli/],
  ]
  const empty = await emptyDatabase(t)
  const before = await contentOf(empty)
  for (const [name, bytes, reason] of harmed) {
    const broken = path.join(folder, 'broken.gz')
    writeFileSync(broken, bytes)
    await assert.rejects(restoreBackup(empty, broken), reason, name)
    assert.deepEqual(await contentOf(empty), before, name)
  }
  await restoreBackup(empty, file)
})

async function shopWithNastyWords(t: TestContext): Promise<{ url: string; folder: string }> {
  const folder = makeFolder(t)
  const url = await emptyDatabase(t)
  await plant(url, { onHand: 10 })
  for (const [index, word] of NASTY.entries()) {
    await query(
      url,
      `insert into audit_event (id, at, actor, action, subject, request_id, before)
       values ($1, now(), 'test', 'test', $2, 'r', $3)`,
      [`01900000-0000-7000-8000-00000000000${index}`, word, JSON.stringify({ word })],
    )
  }
  return { url, folder }
}

function makeFolder(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'linli-backup-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

/** A database that no migration has seen. */
async function bareDatabase(t: TestContext): Promise<string> {
  const server = await testServer()
  const name = `linli_test_${process.pid}_bare_${randomBytes(4).toString('hex')}`
  await query(server, `create database ${name}`)
  t.after(() => query(server, `drop database ${name} with (force)`))
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

async function emptyDatabase(t: TestContext): Promise<string> {
  const database = await createDatabase()
  t.after(database.drop)
  return database.url
}

async function query(
  url: string,
  statement: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement, values)).rows
  } finally {
    await client.end()
  }
}

/** A hash over the rows of every table. */
async function contentOf(url: string): Promise<Record<string, unknown>> {
  const tables = await query(
    url,
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  )
  const content: Record<string, unknown> = {}
  for (const { name } of tables) {
    const [row] = await query(
      url,
      `select count(*), md5(string_agg(r::text, ';' order by r::text)) from ${String(name)} r`,
    )
    content[String(name)] = row
  }
  return content
}

const nextNumber = (url: string) => query(url, `select nextval(pg_get_serial_sequence('price_change', 'id'))`)
