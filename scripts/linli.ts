import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { seedDemo } from '../apps/server/db/seed/main.ts'
import { readConfig } from '../apps/server/src/kernel/config.ts'
import { createSecrets } from '../apps/server/src/kernel/secrets.ts'
import { migrate } from '../apps/server/src/kernel/migrate.ts'
import { startPostgres } from '../apps/server/src/postgres/launcher.ts'
import { buildWhenStale, consoleWeb, shopH5 } from './builds.ts'
import { type Child, startChild, untilAnswering } from './children.ts'
import { playCampaigns } from './demo-neighbours.ts'
import { connectPartners } from './demo-partners.ts'
import { say, step } from './progress.ts'
import { demoSecretKey, feedFolder, ROOT, type Settings } from './settings.ts'

const SERVER = path.join(ROOT, 'apps/server/src/main.ts')
const SANDBOX = path.join(ROOT, 'apps/sandbox/src/main.ts')

/** A running shop: PostgreSQL, the sandbox that plays the outside world, and the server. */
export type Linli = {
  origin: string
  sandboxOrigin: string | undefined
  /** Ends the server, starts it anew and waits until it answers: for those who change it. */
  restartServer(): Promise<void>
  /** Settle, with the reason in words, when the process ended without being asked to. */
  serverEnded: Promise<string>
  sandboxEnded: Promise<string>
  stop(): Promise<void>
}

/**
 * Starts everything that a shop needs, as far as possible at the same time. When a part fails, the caller should end
 * the process: what was started ends with it, and `signal` ends what is being built.
 */
export async function startLinli(settings: Settings, signal: AbortSignal): Promise<Linli> {
  const closers: (() => Promise<void>)[] = []
  const stop = async () => {
    for (let close = closers.pop(); close; close = closers.pop()) await close()
  }
  if (settings.isProduction) refuseFaults(settings)
  await refuseTakenPorts(settings)
  mkdirSync(settings.dataDir, { recursive: true })
  const [databaseUrl, sandbox] = await Promise.all([
    openDatabase(settings, closers),
    settings.isProduction ? undefined : startSandbox(settings, closers),
    step('shop', 'building', () => buildWhenStale(shopH5, signal), tellBuild),
    step('console', 'building', () => buildWhenStale(consoleWeb, signal), tellBuild),
  ])
  const server = await serverKeeper(settings, databaseUrl, closers)
  const origin = originOf(settings, settings.port)
  const sandboxOrigin = sandbox && originOf(settings, settings.sandboxPort)
  if (sandboxOrigin !== undefined)
    await step(
      'partners',
      'letting a till and an ERP in',
      () => connectPartners({ origin, sandboxOrigin, dataDir: settings.dataDir }),
      (done) => done,
    )
  if (sandboxOrigin !== undefined)
    await step(
      'neighbours',
      'opening groups and placing their first orders',
      () => playCampaigns({ origin, sandboxOrigin, dataDir: settings.dataDir }),
      (done) => done,
    )
  return {
    origin,
    sandboxOrigin,
    restartServer: server.restart,
    serverEnded: server.ended,
    sandboxEnded: sandbox?.ended ?? Promise.withResolvers<string>().promise,
    stop,
  }
}

const tellBuild = (result: 'built' | 'fresh') =>
  result === 'built' ? 'built' : 'built before, nothing changed'

/** PostgreSQL, migrated, and outside production filled with the demo chain. */
async function openDatabase(settings: Settings, closers: (() => Promise<void>)[]): Promise<string> {
  const url = settings.databaseUrl ?? (await startOwnDatabase(settings, closers))
  await step(
    'migrations',
    'migrating',
    () => migrate(url),
    (done) => (done.length > 0 ? `applied ${done.length}` : 'all applied before'),
  )
  if (!settings.isProduction)
    await step(
      'demo',
      'planting the demo chain',
      () => seedDemo(url, (line) => say(`  …  ${line}`), { secrets: secretsOf(settings, url) }),
      () => 'the chain and its goods',
    )
  return url
}

/** As the server will have them: what the seed seals, it opens. */
const secretsOf = (settings: Settings, databaseUrl: string) =>
  createSecrets(readConfig(serverEnvironment(settings, databaseUrl)).secretKey)

async function startOwnDatabase(settings: Settings, closers: (() => Promise<void>)[]): Promise<string> {
  const dataDir = path.join(settings.dataDir, 'postgres')
  const tell = ({ major, mode }: { major: number; mode: string }) => `PostgreSQL ${major} ${mode}`
  const postgres = await step(
    'database',
    'starting',
    () => startPostgres({ dataDir, log: (line) => say(`  …  ${line}`) }),
    tell,
  )
  closers.push(postgres.stop)
  return postgres.connectionString
}

async function startSandbox(settings: Settings, closers: (() => Promise<void>)[]): Promise<Child> {
  const sandbox = startChild({
    name: 'the sandbox',
    script: SANDBOX,
    env: {
      ...process.env,
      PORT: String(settings.port),
      SANDBOX_PORT: String(settings.sandboxPort),
      DATA_DIR: settings.dataDir,
    },
    logFile: path.join(settings.dataDir, 'log/sandbox.log'),
  })
  closers.push(sandbox.stop)
  const health = `${originOf(settings, settings.sandboxPort)}/healthz`
  await step(
    'sandbox',
    'starting',
    () => untilAnswering(health, sandbox),
    () => 'plays WeChat, WeChat Pay and Alipay',
  )
  return sandbox
}

/** Keeps one server running, and lets it be replaced without that being taken for a breakdown. */
async function serverKeeper(settings: Settings, databaseUrl: string, closers: (() => Promise<void>)[]) {
  let server: Child | undefined
  const { promise: ended, resolve: tellEnded } = Promise.withResolvers<string>()
  const start = async () => {
    const current = startChild({
      name: 'the server',
      script: SERVER,
      env: serverEnvironment(settings, databaseUrl),
      logFile: settings.isProduction ? undefined : path.join(settings.dataDir, 'log/server.log'),
    })
    server = current
    void current.ended.then((reason) => {
      if (server === current) tellEnded(`${reason}\n${current.lastWords()}`)
    })
    await untilAnswering(`${originOf(settings, settings.port)}/readyz`, current)
  }
  closers.push(async () => server?.stop())
  await step('server', 'starting', start, () => 'answers')
  const restart = async () => {
    const old = server
    server = undefined
    await old?.stop()
    await start()
  }
  return { restart, ended }
}

/** Throws what the server would, before anybody waits for a build. */
function refuseFaults(settings: Settings): void {
  // A database of our own has no address yet, and will have a good one.
  readConfig(serverEnvironment(settings, settings.databaseUrl ?? 'postgres://own'))
}

/** What the demo does not leave to the environment; production is given all of it (docs/operations.md). */
function serverEnvironment(settings: Settings, databaseUrl: string): NodeJS.ProcessEnv {
  const { dataDir, host, port, isProduction } = settings
  const demo = isProduction
    ? {}
    : {
        NODE_ENV: 'demo',
        SECRET_KEY: demoSecretKey(dataDir),
        WECHAT_FILE: path.join(dataDir, 'sandbox/merchant.json'),
        ALIPAY_FILE: path.join(dataDir, 'sandbox/alipay.json'),
        SMS_FILE: path.join(dataDir, 'sandbox/sms.json'),
        FEED_DIR: feedFolder(dataDir),
        // The ERP that hears webhooks is the sandbox on this machine.
        WEBHOOK_INSIDE: 'on',
      }
  return {
    SHOP_DIR: path.join(ROOT, 'apps/shop/dist/h5'),
    CONSOLE_DIR: path.join(ROOT, 'apps/console/dist'),
    ...demo,
    ...givenOnes(process.env),
    ...(isProduction ? {} : { NODE_ENV: 'demo' }),
    HOST: host,
    PORT: String(port),
    DATABASE_URL: databaseUrl,
  }
}

/** An empty variable counts as none, as it does for the server. */
const givenOnes = (env: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))

/** Where a browser or a probe on this machine reaches the port. */
const originOf = ({ host }: Settings, port: number) =>
  `http://${['0.0.0.0', '::', '127.0.0.1'].includes(host) ? '127.0.0.1' : host}:${port}`

async function refuseTakenPorts({ host, port, sandboxPort, isProduction }: Settings): Promise<void> {
  for (const wanted of isProduction ? [port] : [port, sandboxPort]) {
    const isFree = await new Promise<boolean>((resolve) => {
      const probe = createServer()
      probe.once('error', () => resolve(false))
      probe.listen(wanted, host, () => probe.close(() => resolve(true)))
    })
    if (!isFree) throw new Error(`port ${wanted} is taken: choose another, as in PORT=4100 npm start`)
  }
}
