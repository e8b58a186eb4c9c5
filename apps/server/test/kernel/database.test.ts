// Connections that the server loses: what was under way fails, the process lives, and the next question gets a new connection.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { type Database, inTx, openDatabase } from '../../src/kernel/db.ts'
import { startJobs, wake } from '../../src/kernel/jobs.ts'
import { createLog } from '../../src/kernel/log.ts'
import { createDatabase, type TestDatabase } from '../postgres-server.ts'
import { until } from '../until.ts'

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

test('while a job is said to be done: the process lives, and the next job is worked', async () => {
  let times = 0
  const person = new pg.Client({ connectionString: clone.url })
  await person.connect()
  const work = async () => {
    times += 1
    if (times > 1) return
    await person.query('begin')
    await person.query('select from graphile_worker._private_jobs for update')
  }
  const runner = await startJobs(clone.url, { probe: work }, [], createLog('silent'))
  try {
    for (const expected of [1, 2]) {
      const client = await database.pool.connect()
      await wake(client, 'probe').finally(() => client.release())
      await until(async () => times === expected, `job ${expected}`, 10)
      if (expected === 2) continue
      const broken = async () =>
        (
          await person.query(
            `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          )
        ).rows.length > 0
      await until(broken, 'a session died in the middle of it')
      await person.query('rollback')
    }
  } finally {
    await person.end()
    await runner.stop()
  }
})
