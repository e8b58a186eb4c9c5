// News between processes: heard on every channel, and again after the connection was lost.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type Listener, openListener } from '../../src/kernel/listen.ts'
import { createLog } from '../../src/kernel/log.ts'
import { createDatabase, type TestDatabase } from '../postgres-server.ts'
import { until } from '../until.ts'

const CHANNELS = ['a', 'b', 'c', 'd', 'e', 'f']
let database: TestDatabase
let speaker: pg.Client
let listener: Listener
before(async () => {
  database = await createDatabase()
  speaker = new pg.Client({ connectionString: database.url })
  await speaker.connect()
  listener = await openListener(database.url, createLog('silent'))
})
after(async () => {
  await listener.close()
  await speaker.end()
  await database.drop()
})

const heard: string[] = []
async function say(word: string): Promise<void> {
  for (const channel of CHANNELS) await speaker.query('select pg_notify($1, $2)', [channel, word])
}
const everybodyHeard = (word: string) =>
  until(async () => heard.filter((each) => each.endsWith(` ${word}`)).length === CHANNELS.length, word)

test('many channels at once: one question at a time, and all are heard', async () => {
  const warnings: string[] = []
  const note = ({ message }: Error) => warnings.push(message)
  process.on('warning', note)
  await Promise.all(
    CHANNELS.map((channel) => listener.on(channel, (payload) => heard.push(`${channel} ${payload}`))),
  )
  await say('first')
  await everybodyHeard('first')
  process.off('warning', note)
  assert.deepEqual(warnings, [])
})

test('a connection that was lost comes back by itself, on every channel, and says that something may be missing', async () => {
  let again = 0
  listener.onReconnect(() => again++)
  await speaker.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  )
  await until(async () => again === 1, 'connected again', 10)
  await say('second')
  await everybodyHeard('second')
})
