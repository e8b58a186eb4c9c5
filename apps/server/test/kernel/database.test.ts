// Connections that the server loses: what was under way fails, the process lives, and the next question gets a new connection.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { type Database, inTx, openDatabase } from '../../src/kernel/db.ts'
import { createLog } from '../../src/kernel/log.ts'
import { createDatabase, type TestDatabase } from '../postgres-server.ts'

let clone: TestDatabase
let database: Database
before(async () => {
  clone = await createDatabase()
  database = openDatabase(clone.url, { log: createLog('silent') })
})
after(async () => {
  await database.close()
  await clone.drop()
})

/** As a restart of PostgreSQL or a failover does. */
async function breakConnections(): Promise<void> {
  const person = new pg.Client({ connectionString: clone.url })
  await person.connect()
  await person.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  )
  await person.end()
  await new Promise((resolve) => setTimeout(resolve, 100))
}

test('in the middle of a transaction', async () => {
  await assert.rejects(
    inTx(database.db, async (tx) => {
      await sql`select 1`.execute(tx)
      await breakConnections()
      await sql`select 1`.execute(tx)
    }),
  )
  await sql`select 1`.execute(database.db)
})

test('with a client of the desk in hand, idle and in the middle of a question', async () => {
  const idle = await database.deskPool.connect()
  const busy = await database.deskPool.connect()
  const asked = assert.rejects(busy.query('select pg_sleep(5)'))
  await new Promise((resolve) => setTimeout(resolve, 50))
  await breakConnections()
  await asked
  await assert.rejects(idle.query('select 1'))
  for (const client of [idle, busy]) client.release(true)
  const next = await database.deskPool.connect()
  assert.equal((await next.query('select 1')).rowCount, 1)
  next.release()
})
