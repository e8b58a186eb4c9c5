import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDatabase, installedPostgres } from '../postgres-server.ts'
import { query } from './starter.ts'

const COUNT_TABLES = `select count(*)::int as tables from pg_tables where schemaname = 'public'`

test('every test file gets a migrated database of its own, and drops it', async (t) => {
  const began = performance.now()
  const [first, second] = await Promise.all([createDatabase(), createDatabase()])
  t.diagnostic(`two databases in ${Math.round(performance.now() - began)} ms`)
  assert.notEqual(first.url, second.url)
  const { tables } = await query(first.url, COUNT_TABLES)
  assert.ok(Number(tables) > 10, `only ${String(tables)} tables`)
  await query(first.url, 'create table mine as select 1')
  assert.deepEqual(await query(second.url, COUNT_TABLES), { tables })
  for (const database of [first, second]) {
    await database.drop()
    await assert.rejects(query(database.url, 'select 1'), /does not exist/)
  }
})

test('an installed PostgreSQL takes the same migrations', async (t) => {
  const installed = await installedPostgres()
  if ('missing' in installed) return t.skip(installed.missing)
  t.after(() => installed.stop())
  const { version } = await query(
    installed.url,
    `select current_setting('server_version_num')::int / 10000 as version`,
  )
  assert.equal(version, installed.major)
  const database = await createDatabase(installed.url)
  const { tables } = await query(database.url, COUNT_TABLES)
  assert.ok(Number(tables) > 10, `only ${String(tables)} tables`)
  await database.drop()
})
