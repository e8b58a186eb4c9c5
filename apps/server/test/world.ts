import type { AllRoutes, Output } from '@linli/contract'
import { type Api, createClient } from '@linli/contract/client'
import { injectTransport } from '@linli/contract/transports'
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { createSandbox, type Sandbox } from '../../sandbox/src/app.ts'
import { defaultConfig } from '../../sandbox/src/config.ts'
import { buildApp, type Linli } from '../src/app.ts'
import { type TestClock, testClock } from '../src/kernel/clock.ts'
import { readConfig } from '../src/kernel/config.ts'
import type { Ctx } from '../src/kernel/ctx.ts'
import { openCtx } from '../src/kernel/start.ts'
import { PASSWORD, plant } from './fixtures.ts'
import { createDatabase } from './postgres-server.ts'
import { until } from './until.ts'

export type LinliApi = Api<AllRoutes>
export interface Shopper {
  token: string
  memberId: string
  api: LinliApi
}

/** A whole Linli in one process: real PostgreSQL, the real sandbox, the small chain of `fixtures.ts`, and a clock that a test may move. */
export interface World {
  ctx: Ctx
  linli: Linli
  sandbox: Sandbox
  clock: TestClock
  origin: string
  /** The client of nobody in particular. */
  api: LinliApi
  as(token: string): LinliApi
  member(shopper: string): Promise<Shopper>
  staffToken(account: string, face: 'console' | 'floor'): Promise<string>
  staff(account: string, face?: 'console' | 'floor'): Promise<LinliApi>
  /** Moves the clocks of the server and of the outside world. */
  advance(seconds: number): Promise<void>
  /** Runs one sweep by name, as the job runner would. */
  sweep(name: string): Promise<void>
  /** What the shopper does on the cashier. */
  cashier(
    prepayId: string,
    outcome: 'success' | 'fail' | 'cancel' | 'success-without-callback' | 'late',
  ): Promise<void>
  /** The sandbox's control API. */
  sim<T = unknown>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T>
  /** A hash over every row of every table: equal before and after means that nothing changed. */
  fingerprint(): Promise<string>
  /** A second server on the same database, as another process would be. */
  another(): Promise<{ linli: Linli; ctx: Ctx; as(token: string): LinliApi; close(): Promise<void> }>
  close(): Promise<void>
}

export interface WorldOptions {
  onHand?: number
  /** Writes what the database begins with, in place of the small chain. */
  fill?: (databaseUrl: string) => Promise<void>
  /** Another PostgreSQL than the embedded one. */
  databaseUrl?: string
  start?: Date
  /** A built console to serve, for tests with a browser. */
  consoleDir?: string
  /** A built shop to serve. */
  shopDir?: string
  /** Lets webhooks go to this machine. */
  webhookInside?: boolean
  /** Where files of feeds are dropped. */
  feedDir?: string
}

const SECRET = randomBytes(32).toString('base64')

// Five RSA keys take longer than the rest of the sandbox: the worlds of a checkout share them.
const KEYS = path.join(import.meta.dirname, '../../../.data/test/sandbox-keys.json')
const keysIn = (folder: string) => path.join(folder, 'sandbox/keys.json')

async function borrowKeys(folder: string): Promise<void> {
  await mkdir(path.dirname(keysIn(folder)), { recursive: true })
  await copyFile(KEYS, keysIn(folder)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}

async function lendKeys(folder: string): Promise<void> {
  if (existsSync(KEYS)) return
  const draft = `${KEYS}.${process.pid}`
  await mkdir(path.dirname(KEYS), { recursive: true })
  await copyFile(keysIn(folder), draft)
  await rename(draft, KEYS)
}

/** Opens a world; close it in `after`. */
export async function openWorld({
  onHand = 100,
  fill = (url) => plant(url, { onHand }),
  databaseUrl,
  start,
  consoleDir,
  shopDir,
  feedDir,
  webhookInside,
}: WorldOptions = {}): Promise<World> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'linli-world-'))
  const database = await createDatabase(databaseUrl)
  await fill(database.url)
  await borrowKeys(folder)
  const sandbox = await createSandbox({
    ...defaultConfig(),
    port: 0,
    dataDir: folder,
    logLevel: 'silent',
    refundDelayMs: 0,
  })
  await lendKeys(folder)
  const merchant = await sandbox.listen()
  const clock = testClock(start ?? new Date())
  const open = async (port: number) => {
    const config = readConfig({
      NODE_ENV: 'test',
      PORT: String(port),
      DATABASE_URL: database.url,
      LOG_LEVEL: 'silent',
      SECRET_KEY: SECRET,
      WECHAT_FILE: path.join(folder, 'sandbox/merchant.json'),
      ALIPAY_FILE: path.join(folder, 'sandbox/alipay.json'),
      SMS_FILE: path.join(folder, 'sandbox/sms.json'),
      JOBS: 'off',
      CONSOLE_DIR: consoleDir,
      SHOP_DIR: shopDir,
      FEED_DIR: feedDir,
      WEBHOOK_INSIDE: webhookInside ? 'on' : 'off',
    })
    const { ctx, close } = await openCtx(config, { clock })
    const linli = await buildApp(ctx)
    return {
      ctx,
      linli,
      async close() {
        await linli.close()
        await close()
      },
    }
  }
  const { port, ctx, linli, close } = await listenSomewhere(open)
  const clientOf = (which: Linli) => (token: string) =>
    createClient<AllRoutes>({
      transport: injectTransport((wire) => which.http.app.inject(wire)),
      token: () => token,
    })
  const as = clientOf(linli)
  const sim = simOf(new URL(merchant.wxBaseUrl).origin)
  const api = as('')

  const world: World = {
    ctx,
    linli,
    sandbox,
    clock,
    origin: `http://127.0.0.1:${port}`,
    api,
    as,
    sim,
    async member(shopper) {
      const { code } = await sim<{ code: string }>('POST', '/_sim/login', { shopper })
      const { token, member } = await api('POST /v1/sessions', { body: { code } })
      return { token, memberId: member.id, api: as(token) }
    },
    async staffToken(account, face) {
      const body = { account, password: PASSWORD }
      const session: Output<AllRoutes['POST /console/v1/sessions']> =
        face === 'console'
          ? await api('POST /console/v1/sessions', { body })
          : await api('POST /staff/v1/sessions', { body })
      return session.token
    },
    staff: async (account, face = 'console') => as(await world.staffToken(account, face)),
    async advance(seconds) {
      clock.advance(seconds)
      await sim('POST', '/_sim/clock', { advanceSeconds: seconds })
    },
    async sweep(name) {
      const sweep = linli.sweeps.find((each) => each.name === name)
      assert.ok(sweep, `no sweep called ${name}: ${linli.sweeps.map((each) => each.name).join(', ')}`)
      // What follows a book waits for whoever writes anywhere on this PostgreSQL, another test too.
      const isThrough = async (): Promise<boolean> => {
        await sweep.run()
        return (sweep.behind?.() ?? 0) === 0
      }
      await until(isThrough, `${name} is through its book`, 30)
    },
    async cashier(prepayId, outcome) {
      await sim('POST', '/_sim/pay', { prepayId, outcome })
    },
    fingerprint: () => fingerprint(ctx),
    async another() {
      const second = await open(port)
      return { ...second, as: clientOf(second.linli) }
    },
    async close() {
      await close()
      await sandbox.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return world
}

const simOf =
  (origin: string) =>
  async <T>(method: 'GET' | 'POST', url: string, body?: unknown): Promise<T> => {
    const init: RequestInit = { method }
    if (body !== undefined)
      Object.assign(init, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
    const reply = await fetch(origin + url, init)
    const text = await reply.text()
    assert.ok(reply.ok, `sandbox ${method} ${url}: ${reply.status} ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as T
  }

/**
 * A server is built with the origin that it will have, so its port is chosen before it listens. Whoever takes the port in between, another process or an
 * outgoing connection, only makes us choose again.
 */
async function listenSomewhere<Server extends { linli: Linli; close(): Promise<void> }>(
  open: (port: number) => Promise<Server>,
): Promise<Server & { port: number }> {
  for (;;) {
    const port = await freePort()
    const server = await open(port)
    try {
      await server.linli.http.app.listen({ host: '127.0.0.1', port })
      return { ...server, port }
    } catch (error) {
      await server.close()
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  assert.ok(typeof address === 'object' && address !== null)
  return address.port
}

// What changes by itself and says nothing about trade: tries to sign in, calls of partners and who stands at a gate are counted on purpose.
const RESTLESS = new Set([
  'schema_migration',
  'search_count',
  'staff_login_guard',
  'provider_token',
  'partner_nonce',
  'partner_minute',
  'partner_call',
  'campaign_minute',
  'campaign_visit',
])

async function fingerprint({ database }: Ctx): Promise<string> {
  const { rows } = await database.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  )
  const digest = createHash('sha256')
  for (const { name } of rows) {
    if (RESTLESS.has(name)) continue
    const answer = await database.pool.query<{ sum: string | null }>(
      `select md5(string_agg(t::text, '|' order by t::text)) as sum from "${name}" t`,
    )
    digest.update(`${name}=${answer.rows[0]?.sum ?? ''}\n`)
  }
  return digest.digest('hex')
}
