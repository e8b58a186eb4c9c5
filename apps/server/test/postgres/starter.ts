import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import type { RunningPostgres, StartOptions } from '../../src/postgres/launcher.ts'

/** An account to start PostgreSQL from, with its word for the test's name. */
export type Starter = { name: string; account?: { uid: number; gid: number }; skip?: string }

const isRoot = process.getuid?.() === 0
const NOBODY = { uid: 65534, gid: 65534 }
const canNobodyRunNode = () =>
  spawnSync(process.execPath, ['--version'], { ...NOBODY, cwd: '/' }).status === 0

/** Root and a normal user, as far as this process may play them. */
export const starters: Starter[] = isRoot
  ? [
      { name: 'root' },
      canNobodyRunNode()
        ? { name: 'a normal user', account: NOBODY }
        : { name: 'a normal user', skip: 'other accounts may not read this checkout' },
    ]
  : [{ name: 'root', skip: 'the tests do not run as root' }, { name: 'a normal user' }]

/** A process that runs startPostgres, once it has. */
export type Child = {
  pid: number
  started: Omit<RunningPostgres, 'stop'>
  /** What the launcher logged. */
  lines: string[]
  /** Calls stop() in the child and waits until the child has ended. */
  stop(): Promise<void>
  /** kill -9, and waits until the process is gone. */
  kill(): Promise<void>
}

type Message = { line?: string; started?: Child['started']; failed?: string }
type Flags = { leave?: boolean; env?: Record<string, string> }

/** Runs startPostgres in a process of its own, as the starter. Rejects with what the launcher threw. */
export const startIn = (starter: Starter, options: StartOptions, flags?: Flags): Promise<Child> =>
  beginIn(starter, options, flags).started

/** The same without waiting for it. */
export function beginIn(starter: Starter, options: StartOptions, flags: Flags = {}) {
  const script = fileURLToPath(new URL('child.ts', import.meta.url))
  const child = spawn(process.execPath, [script, JSON.stringify(options), flags.leave ? 'leave' : 'stay'], {
    ...starter.account,
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', ...flags.env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  const lines: string[] = []
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  const entry = { dataDir: options.dataDir, kill }
  living.add(entry)
  child.once('exit', () => living.delete(entry))
  const stop = async () => {
    child.send('stop')
    await ended
  }
  const started = new Promise<Child>((resolve, reject) => {
    child.on('message', ({ line, started, failed }: Message) => {
      if (line) lines.push(line)
      if (started) resolve({ pid: child.pid ?? 0, started, lines, stop, kill })
      if (failed) reject(new Error(failed))
    })
    ended.then(() => reject(new Error('the child ended without a word')), reject)
  })
  return { started, kill }
}

/** A new folder that the starter may write to, gone after the test with every child that works in it. */
export function makeFolder(t: TestContext, starter: Starter): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'linli-test-'))
  if (isRoot) chmodSync(folder, 0o755)
  if (starter.account) chownSync(folder, starter.account.uid, starter.account.gid)
  t.after(async () => {
    const left = [...living].filter(({ dataDir }) => dataDir.startsWith(folder))
    await Promise.all(left.map(({ kill }) => kill()))
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
  })
  return folder
}

const living = new Set<{ dataDir: string; kill: () => Promise<void> }>()

/** Runs one statement and answers its first row. */
export async function query(connectionString: string, statement: string): Promise<Record<string, unknown>> {
  const client = new Client({ connectionString })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement)
    return rows[0] ?? {}
  } finally {
    await client.end()
  }
}

/** Whether the process runs; one that has ended and was not waited for (a zombie) does not. */
export function isRunning(pid: number): boolean {
  const status = `/proc/${pid}/stat`
  if (existsSync('/proc/self/stat')) return existsSync(status) && !/\) Z /.test(readFileSync(status, 'utf8'))
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Waits until the process is gone and answers how long that took; fails after five seconds. */
export async function untilGone(pid: number): Promise<number> {
  const began = performance.now()
  while (isRunning(pid)) {
    if (performance.now() - began > 5_000) throw new Error(`process ${pid} still runs after 5 s`)
    await sleep(10)
  }
  return performance.now() - began
}

/** How many processes of PostgreSQL work on this data folder, as /proc tells. */
export function serverProcessesOn(data: string): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === data
    } catch {
      return false
    }
  }).length
}
