// Following a book: each entry once, in order, whoever is late, however many follow, whatever dies in between.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { systemClock } from '../../src/kernel/clock.ts'
import { type Database, openDatabase, type Tx } from '../../src/kernel/db.ts'
import { follow, type Following, moved, settledTo } from '../../src/kernel/following.ts'
import { createLog } from '../../src/kernel/log.ts'
import { createMetrics } from '../../src/kernel/metrics.ts'
import { createDatabase, type TestDatabase } from '../postgres-server.ts'
import { until } from '../until.ts'

let clone: TestDatabase
let database: Database
const writers: pg.Client[] = []
/** Somebody who writes into the book; the orders that it speaks of are nobody's business here. */
async function writer(): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: clone.url,
    options: '-c session_replication_role=replica',
  })
  await client.connect()
  writers.push(client)
  return client
}
const write = async (client: pg.Client, entries = 1): Promise<unknown> =>
  client.query(
    `insert into order_event (order_id, verb, to_state, by, at) select gen_random_uuid(), 'x', 'x', 'x', now() from generate_series(1, $1)`,
    [entries],
  )
before(async () => {
  clone = await createDatabase()
  database = openDatabase(clone.url, { log: createLog('silent') })
  await sql`create table heard (n bigint generated always as identity, id bigint)`.execute(database.db)
})
beforeEach(async () => {
  const client = await writer()
  await client.query(
    'truncate heard restart identity; truncate order_event, webhook_cursor restart identity cascade',
  )
})
after(async () => {
  await Promise.all(writers.map((client) => client.end()))
  await database.close()
  await clone.drop()
})

const hear: Following['take'] = (tx: Tx, { after: from, upTo }) =>
  sql`insert into heard (id) select id from order_event where id > ${from} and id <= ${upTo} order by id`.execute(
    tx,
  )
const follower = (take = hear) => {
  const metrics = createMetrics()
  const following = follow(
    { db: database.db, clock: systemClock, metrics },
    { name: 'test', book: 'order_event', cursors: 'webhook_cursor', take },
  )
  /** To the end of the book, whatever other tests write on the same PostgreSQL. */
  const toTheEnd = () =>
    until(
      async () => {
        await following.run()
        return following.behind() === 0
      },
      'the book is through',
      2,
    )
  return { ...following, toTheEnd, metrics }
}
const heard = async (): Promise<number[]> =>
  (await database.pool.query<{ id: number }>('select id from heard order by n')).rows.map(({ id }) => id)
const numbers = (upTo: number) => Array.from({ length: upTo }, (_, i) => i + 1)

test('more than one handful, each once and in order; what was heard is not heard again', async () => {
  await write(await writer(), 2500)
  const { toTheEnd } = follower()
  await toTheEnd()
  await toTheEnd()
  assert.deepEqual(await heard(), numbers(2500))
})

test('an entry that is committed after a higher one waits for nobody, and the higher one waits for it', async () => {
  const [early, late] = [await writer(), await writer()]
  await late.query('begin')
  await write(late)
  await write(early)
  const { run, behind, toTheEnd, metrics } = follower()
  await run()
  await run()
  assert.deepEqual([await heard(), behind()], [[], 2])
  assert.match(await metrics.registry.metrics(), /follower_entries_behind\{follower="test"\} 2/)
  await late.query('commit')
  await toTheEnd()
  assert.deepEqual(await heard(), [1, 2])
  assert.match(await metrics.registry.metrics(), /follower_entries_behind\{follower="test"\} 0/)
})

test('so it is where the late one began after everybody who has ended', async () => {
  const [early, late] = [await writer(), await writer()]
  await early.query('begin')
  await early.query('select pg_current_xact_id()')
  await late.query('begin')
  await write(late)
  await write(early)
  await early.query('commit')
  const { run, toTheEnd } = follower()
  await run()
  await write(early)
  await run()
  assert.deepEqual(await heard(), [])
  await late.query('commit')
  await toTheEnd()
  assert.deepEqual(await heard(), [1, 2, 3])
})

test('a number that was drawn in vain is missed by nobody', async () => {
  const [one, other] = [await writer(), await writer()]
  await one.query('begin')
  await write(one)
  await write(other)
  await one.query('rollback')
  await follower().toTheEnd()
  assert.deepEqual(await heard(), [2])
})

test('race: four followers and a writer, each entry heard once', async () => {
  const client = await writer()
  const all = [1, 2, 3, 4].map(() => follower())
  const writing = (async () => {
    for (let i = 0; i < 40; i++) await write(client, 5)
  })()
  await Promise.all([writing, ...all.map(async ({ run }) => run().then(run))])
  await Promise.all(all.map(({ toTheEnd }) => toTheEnd()))
  assert.deepEqual(await heard(), numbers(200))
})

test('who dies between the effect and the cursor has done neither', async () => {
  await write(await writer(), 3)
  const dying = follower(async (tx, span) => {
    await hear(tx, span)
    throw new Error('killed')
  })
  await assert.rejects(dying.toTheEnd(), /killed/)
  assert.deepEqual(await heard(), [])
  await follower().toTheEnd()
  assert.deepEqual(await heard(), [1, 2, 3])
})

test('in a backup that another installation took over, the fence of the first one is none', async () => {
  await write(await writer(), 3)
  await database.pool.query(
    `insert into webhook_cursor (book, passed, mark, fence) values ('order_event', 1, 2, ${2 ** 50})`,
  )
  await follower().toTheEnd()
  assert.deepEqual(await heard(), [2, 3])
})

test('what is settled: the mark, once all below its fence have ended; a mark moves on when it is reached', () => {
  const cursor = { passed: 5, mark: 9, fence: 100 }
  assert.equal(settledTo(cursor, { oldest: 99 }), 5)
  assert.equal(settledTo(cursor, { oldest: 100 }), 9)
  assert.equal(settledTo({ ...cursor, passed: 12 }, { oldest: 100 }), 12, 'never back')
  const look = { top: 20, oldest: 100, fence: 130 }
  assert.deepEqual(moved(cursor, 7, look), { passed: 7, mark: 9, fence: 100 })
  assert.deepEqual(moved(cursor, 9, look), { passed: 9, mark: 20, fence: 130 })
  assert.deepEqual(moved({ ...cursor, fence: 131 }, 5, look), { passed: 5, mark: 20, fence: 130 })
})
