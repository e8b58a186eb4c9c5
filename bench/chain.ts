import { fork, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../apps/server/src/kernel/clock.ts'
import { migrate } from '../apps/server/src/kernel/migrate.ts'
import { createSecrets } from '../apps/server/src/kernel/secrets.ts'
import { createTokens } from '../apps/server/src/kernel/tokens.ts'
import { startPostgres } from '../apps/server/src/postgres/launcher.ts'
import { NODE_FLAGS } from '../scripts/children.ts'
import { fill, memberIds, STAFF_ID } from './data.ts'

const APPS = path.join(import.meta.dirname, '../apps')
export const FIRST_PORT = Number(process.env['BENCH_PORT'] ?? 4790)

/** A chain to measure on: its own PostgreSQL, sandbox and server processes, all in a temporary folder. */
export interface Chain {
  databaseUrl: string
  origins: readonly string[]
  sandbox: string
  /** Bearer tokens of `memberIds`, in order. */
  tokens: readonly string[]
  /** Head office at the console. */
  staffToken: string
  /** A bearer token of any member that was planted. */
  tokenOf(memberId: string): string
  /** Signs as its servers do. */
  sign(purpose: string, text: string): string
  /** Ends one server as a power cut would, and starts it again. */
  crash(server: number): Promise<void>
  close(): Promise<void>
}

interface Opening {
  servers?: number
  /** The sandbox listens here, the servers above it. */
  port?: number
  /** Fills the migrated database before a server sees it. */
  plant?: (databaseUrl: string) => Promise<void>
}

export async function openChain({
  servers = 1,
  port = FIRST_PORT,
  plant = fill,
}: Opening = {}): Promise<Chain> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'linli-bench-'))
  await chmod(folder, 0o711) // root lends PostgreSQL another account, which must be able to pass
  const given = process.env['DATABASE_URL']
  const postgres = given ? undefined : await startPostgres({ dataDir: path.join(folder, 'postgres') })
  const databaseUrl = given ?? postgres?.connectionString ?? ''
  await migrate(databaseUrl)
  await plant(databaseUrl)
  const secret = randomBytes(32)
  const sandboxPort = port
  const outside = start('sandbox', {
    SANDBOX_PORT: String(sandboxPort),
    DATA_DIR: folder,
    SANDBOX_LOG_LEVEL: 'error',
  })
  const sandbox = `http://127.0.0.1:${sandboxPort}`
  await answering(`${sandbox}/healthz`)
  const wechat = path.join(folder, 'sandbox/merchant.json')
  await readFile(wechat)
  const origins = Array.from({ length: servers }, (_, i) => `http://127.0.0.1:${port + 1 + i}`)
  const startServer = async (i: number): Promise<ChildProcess> => {
    const server = start('server', {
      PORT: String(port + 1 + i),
      DATABASE_URL: databaseUrl,
      SECRET_KEY: secret.toString('base64'),
      WECHAT_FILE: wechat,
      LOG_LEVEL: 'error',
      JOBS: i === 0 ? 'on' : 'off',
    })
    await answering(`${origins[i]}/readyz`)
    return server
  }
  const running: ChildProcess[] = []
  for (const i of origins.keys()) running.push(await startServer(i))
  const secrets = createSecrets(secret)
  const tokens = createTokens(secrets, systemClock)
  const expiresAt = new Date(systemClock.now().getTime() + 86_400_000)
  const tokenOf = (id: string): string =>
    tokens.issue({ face: 'member', sessionId: id, subjectId: id, expiresAt })
  return {
    databaseUrl,
    origins,
    sandbox,
    tokens: memberIds.map(tokenOf),
    tokenOf,
    sign: (purpose, text) => `${text}.${secrets.sign(purpose, text)}`,
    staffToken: tokens.issue({ face: 'console', sessionId: STAFF_ID, subjectId: STAFF_ID, expiresAt }),
    async crash(i) {
      const server = running[i]
      if (!server) throw new Error(`there is no server ${i}`)
      const gone = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGKILL')
      await gone
      running[i] = await startServer(i)
    },
    async close() {
      await Promise.all([outside, ...running].map(stop))
      await postgres?.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function start(app: 'server' | 'sandbox', env: Record<string, string>): ChildProcess {
  const child = fork(path.join(APPS, app, 'src/main.ts'), {
    cwd: path.join(APPS, app),
    execArgv: NODE_FLAGS,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  child.on('exit', (code) => {
    if (code) process.stderr.write(`${app} ended with ${code}\n`)
  })
  return child
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const reply = await fetch(url).catch(() => undefined)
    if (reply?.ok) return
    await sleep(100)
  }
  throw new Error(`${url} does not answer`)
}
