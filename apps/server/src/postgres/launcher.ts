import {
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { type Binaries, executable, findBinaries } from './binaries.ts'
import { DATABASE, type Home, openHome, prepareData, ROLE } from './home.ts'
import { forgetPostmaster, isPostmaster, type Postmaster, readPostmaster } from './postmaster.ts'
import { withStartLock } from './start-lock.ts'
import { type Hold, spawnGuarded, takeHold } from './watchdog.ts'
import { freePort, spawnOnWindows, windowsGuest, windowsPassword } from './windows.ts'

export type StartOptions = {
  /** The folder that holds the data, the log and what processes agree by. Made when missing. */
  dataDir: string
  /** PostgreSQL settings on top of ours, by the names of postgresql.conf. They count when this call starts the server. */
  settings?: Record<string, string>
  /** The folder of an installed PostgreSQL's programs, instead of the npm package's. */
  binDir?: string
  /** Gets a line when something takes long or is not as usual. */
  log?: (line: string) => void
}

export type RunningPostgres = {
  /** Of the database `linli`, in the form that `pg`, psql and `new URL` all read. */
  connectionString: string
  pid: number
  /** The major version, 18 for the binaries that come with us. */
  major: number
  /** Whether this call started the server or found it running. */
  mode: 'started' | 'attached'
  /** What making the data folder took; 0 on every start but the first. */
  initMs: number
  totalMs: number
  /**
   * Ends this process's claim on the server. The server stops with its last claim, and then this waits until it has:
   * neither the process that started it nor one that attached can take it from another.
   */
  stop(): Promise<void>
}

const SETTINGS = { max_connections: '100', shared_buffers: '128MB' }
const LOG_BYTES_MAX = 16 * 1024 * 1024
const STOP_MS_MAX = 60_000
const ORPHANS_MS_MAX = 60_000
const PATIENCE_MS = 5_000
const POLL_MS = 10

/**
 * Starts PostgreSQL on `dataDir`, or attaches to the one already running there. No TCP port is opened, the server dies
 * with the last process that called this (watchdog.ts), and it never keeps a process from ending. Call it as often and
 * in as many processes at once as you like: one starts the server, the others attach.
 *
 * Linux is what the tests run on. macOS takes the same path without /proc; Windows has its own file.
 */
export async function startPostgres(options: StartOptions): Promise<RunningPostgres> {
  const began = performance.now()
  const log = options.log ?? (() => {})
  const home = openHome(options.dataDir, log)
  const binaries = findBinaries({ binDir: options.binDir, home: home.folder, account: home.account, log })
  return withStartLock(home.folder, async () => {
    const beforeData = performance.now()
    const isFirst = !existsSync(home.data)
    if (isFirst) log(`making a PostgreSQL ${binaries.version} data folder in ${home.data}`)
    if (process.platform === 'win32') windowsPassword(home)
    prepareData(home, binaries)
    const initMs = isFirst ? performance.now() - beforeData : 0

    const found = await attach(home, log)
    const running = found ?? (await start(home, binaries, options.settings ?? {}, log))
    const connectionString = await openDatabase(home, running.postmaster).catch(async (error: unknown) => {
      await running.hold.release()
      throw error
    })
    let stopping: Promise<void> | undefined
    return {
      connectionString,
      pid: running.postmaster.pid,
      major: binaries.major,
      mode: found ? 'attached' : 'started',
      initMs,
      totalMs: performance.now() - began,
      stop: () => (stopping ??= stop(home, running)),
    }
  })
}

type Running = { postmaster: Postmaster; hold: Hold }

/** Joins the server that runs on this data. Clears up after one that is gone, and waits for one that is going. */
async function attach(home: Home, log: (line: string) => void): Promise<Running | undefined> {
  const postmaster = readPostmaster(home)
  if (!postmaster) return undefined
  if (!isPostmaster(home, postmaster.pid)) {
    forgetPostmaster(home)
    return undefined
  }
  const hold = process.platform === 'win32' ? windowsGuest : await takeHold(home)
  if (!hold) {
    // Nobody guards it any more: it is stopping, or it would run for ever, for only its guard would stop it.
    log(`waiting for the PostgreSQL before us (pid ${postmaster.pid}) to stop`)
    askToStop(postmaster.pid)
    await untilGone(home, postmaster.pid)
    return undefined
  }
  try {
    return { postmaster: await untilReady(home, log, () => !isPostmaster(home, postmaster.pid)), hold }
  } catch {
    await hold.release()
    return attach(home, log)
  }
}

function askToStop(pid: number): void {
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    // It has stopped by itself since.
  }
}

async function start(
  home: Home,
  binaries: Binaries,
  settings: Record<string, string>,
  log: (line: string) => void,
): Promise<Running> {
  keepLogShort(home)
  const deadline = performance.now() + ORPHANS_MS_MAX
  for (;;) {
    const logStart = statSync(home.log, { throwIfNoEntry: false })?.size ?? 0
    const { child, hold } = await spawnServer(home, binaries, settings)
    const isOver = () => child.pid === undefined || child.exitCode !== null || child.signalCode !== null
    try {
      return { postmaster: await untilReady(home, log, isOver), hold }
    } catch (error) {
      await hold.release()
      const said = existsSync(home.log) ? readFileSync(home.log, 'utf8').slice(logStart).trim() : ''
      // After a kill -9 of the server, sessions of its may live on until their statement ends.
      const isWaiting = /is still in use/.test(said) && performance.now() < deadline
      if (!isWaiting) throw new Error(`PostgreSQL did not start:\n${said}`, { cause: error })
      log('waiting for sessions of a PostgreSQL that was killed')
      await sleep(500)
    }
  }
}

async function spawnServer(home: Home, binaries: Binaries, settings: Record<string, string>) {
  const isWindows = process.platform === 'win32'
  const port = isWindows ? await freePort() : 5432
  const socketFolder = isWindows ? '' : makeSocketFolder(home)
  const own = {
    listen_addresses: isWindows ? '127.0.0.1' : '',
    unix_socket_directories: socketFolder,
    port: String(port),
  }
  const flags = Object.entries({ ...SETTINGS, ...settings, ...own }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const command = [path.join(binaries.folder, executable('postgres')), '-D', home.data, ...flags]
  return isWindows ? spawnOnWindows(home, binaries, command) : spawnGuarded(home, socketFolder, command)
}

const SOCKET_PREFIX = 'linli-pg-'
const SOCKET_PATH_BYTES_MAX = 103

/** A private folder with a short name, for the system allows a socket's path about a hundred bytes. */
function makeSocketFolder(home: Home): string {
  // The watchdog removes it with the server, unless both were killed.
  if (existsSync(home.socket)) rmSync(readFileSync(home.socket, 'utf8'), { recursive: true, force: true })
  const isShort =
    Buffer.byteLength(path.join(tmpdir(), `${SOCKET_PREFIX}XXXXXX/.s.PGSQL.5432`)) <= SOCKET_PATH_BYTES_MAX
  const folder = mkdtempSync(path.join(isShort ? tmpdir() : '/tmp', SOCKET_PREFIX))
  writeFileSync(home.socket, folder)
  if (home.account) chownSync(folder, home.account.uid, home.account.gid)
  return folder
}

/** Waits while the server starts; after a crash it first replays its log, which may take minutes. */
async function untilReady(
  home: Home,
  log: (line: string) => void,
  isOver: () => boolean,
): Promise<Postmaster> {
  let patience = performance.now() + PATIENCE_MS
  for (;;) {
    const postmaster = readPostmaster(home)
    if (postmaster?.ready && isPostmaster(home, postmaster.pid)) return postmaster
    if (isOver()) throw new Error('the server exited')
    if (performance.now() > patience) {
      log('PostgreSQL is still starting')
      patience += PATIENCE_MS
    }
    await sleep(POLL_MS)
  }
}

async function untilGone(home: Home, pid: number): Promise<void> {
  const deadline = performance.now() + STOP_MS_MAX
  while (isPostmaster(home, pid)) {
    if (performance.now() > deadline)
      throw new Error(`PostgreSQL (pid ${pid}) does not stop; see ${home.log}`)
    await sleep(POLL_MS)
  }
}

async function stop(home: Home, running: Running): Promise<void> {
  if (await running.hold.release()) await untilGone(home, running.postmaster.pid)
}

/** Makes the database on the first start, and proves on every start that the server answers. */
async function openDatabase(home: Home, postmaster: Postmaster): Promise<string> {
  const client = new Client({ connectionString: address(home, postmaster, 'postgres') })
  client.on('error', () => {})
  await client.connect()
  try {
    const found = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
  return address(home, postmaster, DATABASE)
}

function address(home: Home, { socketFolder, port }: Postmaster, database: string): string {
  const url = new URL(`postgresql://${ROLE}@localhost/${database}`)
  if (process.platform === 'win32') {
    url.hostname = '127.0.0.1'
    url.password = windowsPassword(home)
  } else {
    url.searchParams.set('host', socketFolder)
  }
  url.searchParams.set('port', String(port))
  return url.href
}

function keepLogShort(home: Home): void {
  const size = statSync(home.log, { throwIfNoEntry: false })?.size ?? 0
  if (size > LOG_BYTES_MAX) renameSync(home.log, `${home.log}.1`)
}
