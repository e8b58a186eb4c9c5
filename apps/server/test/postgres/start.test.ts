import assert from 'node:assert/strict'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { startPostgres } from '../../src/postgres/launcher.ts'
import { makeFolder, query, startIn, starters, untilGone } from './starter.ts'

const socketFolderOf = (connectionString: string) => new URL(connectionString).searchParams.get('host') ?? ''

for (const starter of starters) {
  const { skip, name } = starter

  test(`${name} · first start and second start`, { skip }, async (t) => {
    const dataDir = path.join(makeFolder(t, starter), 'postgres')
    const first = await startIn(starter, { dataDir })
    const { connectionString, pid } = first.started
    assert.equal(first.started.mode, 'started')
    assert.ok(first.started.initMs > 0)

    const made = await query(
      connectionString,
      `select current_database() as database, current_setting('listen_addresses') as addresses,
              current_setting('fsync') as fsync, 'a' < 'B' as is_linguistic, upper('ä') as upper,
              (select datcollate from pg_database where datname = current_database()) as locale`,
    )
    const expected = { database: 'linli', addresses: '', fsync: 'on', is_linguistic: false, upper: 'Ä' }
    assert.deepEqual({ ...made, locale: undefined }, { ...expected, locale: undefined })
    if (process.platform === 'linux') assert.equal(made['locale'], 'C.UTF-8')
    assert.equal(statSync(path.join(dataDir, 'data')).mode & 0o777, 0o700)
    assert.equal(statSync(socketFolderOf(connectionString)).mode & 0o777, 0o700)
    assert.equal(existsSync(path.join(dataDir, 'data.unfinished')), false)

    await query(connectionString, 'create table kept as select 42 as answer')
    await first.stop()
    await untilGone(pid)
    await untilRemoved(socketFolderOf(connectionString))

    const second = await startIn(starter, { dataDir })
    assert.equal(second.started.mode, 'started')
    assert.equal(second.started.initMs, 0)
    assert.deepEqual(await query(second.started.connectionString, 'select answer from kept'), { answer: 42 })
    await second.stop()
    t.diagnostic(
      `first start ${Math.round(first.started.totalMs)} ms, second ${Math.round(second.started.totalMs)} ms`,
    )
  })

  test(
    `${name} · a process that forgets to stop ends all the same, and the server with it`,
    { skip },
    async (t) => {
      const dataDir = path.join(makeFolder(t, starter), 'postgres')
      const child = await startIn(starter, { dataDir }, { leave: true })
      await untilGone(child.pid)
      await untilGone(child.started.pid)
    },
  )

  test(`${name} · a long folder for temporary files does not break the socket`, { skip }, async (t) => {
    const folder = makeFolder(t, starter)
    const long = path.join(folder, 'x'.repeat(90))
    mkdirSync(long, { mode: 0o777 })
    chmodSync(long, 0o777)
    const child = await startIn(
      starter,
      { dataDir: path.join(folder, 'postgres') },
      { env: { TMPDIR: long } },
    )
    assert.deepEqual(await query(child.started.connectionString, 'select 1 as one'), { one: 1 })
    await child.stop()
  })

  test(`${name} · data of another major version is refused and left alone`, { skip }, async (t) => {
    const dataDir = path.join(makeFolder(t, starter), 'postgres')
    await (await startIn(starter, { dataDir })).stop()
    const version = path.join(dataDir, 'data/PG_VERSION')
    writeFileSync(version, '15\n')
    const before = readdirSync(path.join(dataDir, 'data')).sort()
    await assert.rejects(startIn(starter, { dataDir }), /written by PostgreSQL 15, and this is PostgreSQL 18/)
    assert.deepEqual(readdirSync(path.join(dataDir, 'data')).sort(), before)
    assert.equal(readFileSync(version, 'utf8'), '15\n')
  })

  test(`${name} · a first start that was killed half-way is made anew`, { skip }, async (t) => {
    const dataDir = path.join(makeFolder(t, starter), 'postgres')
    await (await startIn(starter, { dataDir })).stop()
    rmSync(path.join(dataDir, 'data'), { recursive: true })
    const unfinished = path.join(dataDir, 'data.unfinished')
    mkdirSync(unfinished)
    writeFileSync(path.join(unfinished, 'PG_VERSION'), '18\n')
    if (starter.account) chownSync(unfinished, starter.account.uid, starter.account.gid)
    const child = await startIn(starter, { dataDir })
    assert.deepEqual(await query(child.started.connectionString, 'select 1 as one'), { one: 1 })
    await child.stop()
  })
}

test('settings reach the server, and a wrong one is told with the words of PostgreSQL', async (t) => {
  const dataDir = makeFolder(t, { name: 'self' })
  const running = await startPostgres({ dataDir, settings: { work_mem: '9MB' } })
  assert.deepEqual(await query(running.connectionString, 'show work_mem'), { work_mem: '9MB' })
  await running.stop()
  await assert.rejects(
    startPostgres({ dataDir, settings: { work_mem: 'plenty' } }),
    /invalid value for parameter "work_mem"/,
  )
})

const [root] = starters
test(
  "root · data moves when the server's account may not enter the folder",
  { skip: root?.skip },
  async (t) => {
    const folder = makeFolder(t, { name: 'root' })
    chmodSync(folder, 0o700)
    const lines: string[] = []
    const running = await startPostgres({
      dataDir: path.join(folder, 'postgres'),
      log: (line) => lines.push(line),
    })
    const { data_directory: data } = await query(running.connectionString, 'show data_directory')
    assert.match(String(data), /^\/var\/lib\/linli\/postgres-[0-9a-f]{10}\/data$/)
    assert.match(lines.join('\n'), /its data lives in \/var\/lib\/linli/)
    t.after(() => rmSync(path.dirname(String(data)), { recursive: true, force: true }))
    await query(running.connectionString, 'create table kept as select 42 as answer')
    await running.stop()
    const again = await startPostgres({ dataDir: path.join(folder, 'postgres') })
    assert.deepEqual(await query(again.connectionString, 'select answer from kept'), { answer: 42 })
    await again.stop()
  },
)

test(
  "a normal user · another account's data is refused with a clear word",
  { skip: root?.skip },
  async (t) => {
    const normal = starters[1]
    if (!normal?.account) return t.skip('no second account to play')
    const dataDir = path.join(makeFolder(t, { name: 'root' }), 'postgres')
    chmodSync(path.dirname(dataDir), 0o755)
    await (await startPostgres({ dataDir })).stop()
    await assert.rejects(startIn(normal, { dataDir }), /belongs to another account/)
  },
)

async function untilRemoved(folder: string): Promise<void> {
  const deadline = performance.now() + 10_000
  while (existsSync(folder)) {
    assert.ok(performance.now() < deadline, `${folder} is still there`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
