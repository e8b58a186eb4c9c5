import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { packageFolder } from '../../src/postgres/binaries.ts'
import {
  beginIn,
  type Child,
  isRunning,
  makeFolder,
  query,
  type Starter,
  startIn,
  serverProcessesOn,
  starters,
  untilGone,
} from './starter.ts'

for (const starter of starters) {
  const { skip, name } = starter

  test(`${name} · kill -9 of Node stops the server and loses nothing`, { skip }, async (t) => {
    const { dataDir, child } = await startWithRow(t, starter)
    await child.kill()
    const ms = await untilGone(child.started.pid)
    t.diagnostic(`the server was gone ${Math.round(ms)} ms after Node`)
    assert.ok(ms < 2_000)
    await rowIsKept(starter, dataDir)
  })

  test(
    `${name} · kill -9 of Node in the first moments of the server leaves no server`,
    {
      skip: skip ?? (existsSync('/proc') ? false : 'this machine has no /proc to count processes in'),
    },
    async (t) => {
      const dataDir = path.join(makeFolder(t, starter), 'postgres')
      const env = { TMPDIR: makeFolder(t, starter) }
      chmodSync(env.TMPDIR, 0o777)
      await (await startIn(starter, { dataDir }, { env })).stop()
      for (const delayMs of [0, 1, 2, 4, 8, 16]) {
        const made = () =>
          statSync(path.join(dataDir, 'holders'), { throwIfNoEntry: false })?.ctimeMs ?? before
        const before = performance.timeOrigin + performance.now()
        const { started, kill } = beginIn(starter, { dataDir }, { env })
        started.catch(() => {})
        // The FIFO is made anew just before the server is spawned.
        while (made() <= before) await sleep(1)
        await sleep(delayMs)
        await kill()
        await untilNoServer(path.join(dataDir, 'data'))
      }
      await (await startIn(starter, { dataDir }, { env })).stop()
      await untilEmpty(env.TMPDIR)
    },
  )

  test(`${name} · kill -9 of the server: the next start recovers`, { skip }, async (t) => {
    const { dataDir, child } = await startWithRow(t, starter)
    process.kill(child.started.pid, 'SIGKILL')
    await untilGone(child.started.pid)
    await rowIsKept(starter, dataDir)
    await child.stop()
  })

  test(
    `${name} · kill -9 of the server while it works for a session: the next start waits for that`,
    { skip },
    async (t) => {
      const { dataDir, child } = await startWithRow(t, starter)
      const busy = new Client({ connectionString: child.started.connectionString })
      busy.on('error', () => {})
      await busy.connect()
      // A session that computes does not notice that its server is gone until it has finished.
      busy.query('select sum(n) from generate_series(1, 12000000) n').catch(() => {})
      await sleep(200)
      process.kill(child.started.pid, 'SIGKILL')
      const next = await startIn(starter, { dataDir })
      assert.match(
        next.lines.join(),
        /waiting for sessions/,
        'the session ended too soon for this test to tell',
      )
      assert.deepEqual(await query(next.started.connectionString, 'select answer from kept'), { answer: 42 })
      await next.stop()
      await busy.end().catch(() => {})
      await child.stop()
    },
  )

  test(`${name} · kill -9 of both: the next start recovers`, { skip }, async (t) => {
    const { dataDir, child } = await startWithRow(t, starter)
    process.kill(child.started.pid, 'SIGKILL')
    await child.kill()
    await untilGone(child.started.pid)
    await rowIsKept(starter, dataDir)
  })

  test(`${name} · a pid that a stranger has got since is not taken for the server`, { skip }, async (t) => {
    const { dataDir, child } = await startWithRow(t, starter)
    const data = path.join(dataDir, 'data')
    const pidFile = path.join(data, 'postmaster.pid')
    const left = readFileSync(pidFile, 'utf8')
    await child.stop()
    const { uid, gid } = statSync(data)
    const stranger = spawn('sleep', ['60'], { uid, gid, cwd: '/', stdio: 'ignore' })
    t.after(() => stranger.kill('SIGKILL'))
    await once(stranger, 'spawn')
    writeFileSync(pidFile, left.replace(/^\d+/, String(stranger.pid)))

    // PostgreSQL itself is fooled, or else this test would prove nothing.
    const postgres = path.join(packageFolder(), 'bin/postgres')
    const own = spawnSync(postgres, ['-D', data], { uid, gid, cwd: '/', encoding: 'utf8' })
    assert.match(own.stderr, /lock file "postmaster.pid" already exists/)

    await rowIsKept(starter, dataDir)
    assert.ok(isRunning(stranger.pid ?? 0), 'the stranger is left in peace')
  })
}

async function startWithRow(t: TestContext, starter: Starter) {
  const dataDir = path.join(makeFolder(t, starter), 'postgres')
  const child = await startIn(starter, { dataDir })
  await query(child.started.connectionString, 'create table kept as select 42 as answer')
  return { dataDir, child }
}

async function rowIsKept(starter: Starter, dataDir: string): Promise<void> {
  const next: Child = await startIn(starter, { dataDir })
  assert.equal(next.started.mode, 'started')
  assert.deepEqual(await query(next.started.connectionString, 'select answer from kept'), { answer: 42 })
  await next.stop()
}

async function untilNoServer(data: string): Promise<void> {
  const deadline = performance.now() + 5_000
  // A start that was killed early may not have spawned its server yet: look twice.
  for (let quiet = 0; quiet < 2;) {
    quiet = serverProcessesOn(data) === 0 ? quiet + 1 : 0
    assert.ok(performance.now() < deadline, 'a server outlived its starter')
    await sleep(100)
  }
}

/** The watchdog clears up just after the server has gone. */
async function untilEmpty(folder: string): Promise<void> {
  const deadline = performance.now() + 10_000
  while (readdirSync(folder).length > 0) {
    assert.ok(performance.now() < deadline, `left behind: ${readdirSync(folder).join(', ')}`)
    await sleep(10)
  }
}
