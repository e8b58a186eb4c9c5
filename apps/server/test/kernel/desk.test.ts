// What the desk does when the database does not: nobody waits for long, and nothing is decided by halves.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { createDesk, type Desk } from '../../src/kernel/desk.ts'
import { Problem } from '../../src/kernel/problem.ts'
import { createDatabase, type TestDatabase } from '../postgres-server.ts'

let database: TestDatabase
let pool: pg.Pool
before(async () => {
  database = await createDatabase()
  pool = new pg.Pool({
    connectionString: database.url,
    max: 1,
    pipeline: true,
    options: '-c lock_timeout=200ms',
  })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  await pool.query('create table counter (id int primary key, value int not null)')
  await pool.query('insert into counter values (1, 0)')
})
after(async () => {
  await pool.end()
  await database.drop()
})

/** Adds what it is given; 13 is a command that breaks the statement it is written with. */
const adding = (on: pg.Pool): Desk<number, number> =>
  createDesk<number, { value: number }, number, number>(on, {
    async load(client) {
      const { rows } = await client.query<{ value: number }>('select value from counter for update')
      return rows[0] ?? assert.fail()
    },
    decide(view, commands) {
      const answers = commands.map((each) => (view.value += each))
      return { answers, writes: commands.includes(13) ? Number.NaN : view.value }
    },
    write: (client, value) => [client.query('update counter set value = $1::int', [String(value)])],
  })
const valueNow = async () => (await pool.query<{ value: number }>('select value from counter')).rows[0]?.value
const outcome = (call: Promise<number>) =>
  call.catch((error: unknown) => (error instanceof Problem ? error.code : 'fault'))

test('a poisoned command harms only itself', async () => {
  const desk = adding(pool)
  const before = (await valueNow()) ?? 0
  const answers = await Promise.all([1, 13, 2].map((each) => outcome(desk.submit(each))))
  assert.deepEqual(answers, [before + 1, 'fault', before + 3])
  assert.equal(await valueNow(), before + 3)
})

test('a row that stays locked: everybody is sent away at once, and taken again once it is free', async () => {
  const desk = adding(pool)
  const before = (await valueNow()) ?? 0
  const person = new pg.Client({ connectionString: database.url })
  await person.connect()
  await person.query('begin; select from counter for update')
  const started = performance.now()
  const answers = await Promise.all(Array.from({ length: 50 }, () => outcome(desk.submit(1))))
  assert.deepEqual([...new Set(answers)], ['server.overloaded'])
  assert.ok(performance.now() - started < 2000, 'each waited for itself')
  await person.query('rollback')
  await person.end()
  assert.equal(await outcome(desk.submit(1)), before + 1)
})

test('a database that is away: everybody is sent away at once', async () => {
  const nowhere = new pg.Pool({ host: '127.0.0.1', port: 1, connectionTimeoutMillis: 300, pipeline: true })
  const desk = adding(nowhere)
  const answers = await Promise.all(Array.from({ length: 50 }, () => outcome(desk.submit(1))))
  assert.deepEqual([...new Set(answers)], ['server.overloaded'])
  await nowhere.end()
})

test('the connection breaks in the middle of a batch: answered, by a new one', async () => {
  const desk = adding(pool)
  const before = (await valueNow()) ?? 0
  const person = new pg.Client({ connectionString: database.url })
  await person.connect()
  await person.query('begin; select from counter for update')
  const answers = Promise.all([1, 1].map((each) => outcome(desk.submit(each))))
  await new Promise((resolve) => setTimeout(resolve, 50))
  await person.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  )
  await person.query('rollback')
  await person.end()
  assert.deepEqual(await answers, [before + 1, before + 2])
})
