import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { businessDay, dayAfter, instantOf } from '../apps/server/src/kernel/clock.ts'
import { type Child, startChild } from '../scripts/children.ts'
import { type Front, openFront } from './front.ts'
import type { Postgres } from './postgres.ts'
import type { ServerAnswer, ServerOrder } from './server.ts'

const SANDBOX = path.join(import.meta.dirname, '../apps/sandbox/src/main.ts')
const SERVER = path.join(import.meta.dirname, 'server.ts')
const SERVERS = 2
const REFUND_DELAY_MS = 200
const SWEEP_WITHIN_MS = 120_000

/** A time in which something was dead on purpose, by performance.now(). */
export interface Down {
  what: string
  from: number
  to: number
}

/** The whole product in processes of its own: PostgreSQL, the sandbox, two servers behind one address. Time passes as told. */
export interface Chain {
  databaseUrl: string
  /** One by one, for callers; undefined while that server is dead. */
  origins(): (string | undefined)[]
  front: string
  downs: readonly Down[]
  /** What sweeps said when they failed while nothing was down, and servers that ended though nobody killed them. */
  faults: readonly string[]
  now(): Date
  /** Moves the clocks of WeChat and of the servers. */
  jump(seconds: number): Promise<void>
  /** Every sweep, in every server at the same time. */
  sweep(): Promise<void>
  killServer(index: number): Promise<void>
  startServer(index: number): Promise<void>
  killPostgres(): Promise<void>
  killSession(): Promise<void>
  startPostgres(): Promise<void>
  /** The control interface of the sandbox. */
  sim<T>(method: 'GET' | 'POST' | 'DELETE', url: string, body?: unknown): Promise<T>
  close(): Promise<void>
}

interface Seat {
  child: Child
  origin: string
}

export async function openChain(postgres: Postgres, folder: string, name: string): Promise<Chain> {
  mkdirSync(folder, { recursive: true })
  const databaseUrl = await postgres.createDatabase(name)
  const downs: Down[] = []
  const faults: string[] = []
  const began = (what: string): Down => {
    const down = { what, from: performance.now(), to: Infinity }
    downs.push(down)
    return down
  }
  const { sandbox, sim } = await openSandbox(folder)
  // It begins tomorrow at nine: always the same time of day, and never before what the sandbox has seen.
  let ahead = instantOf(dayAfter(businessDay(new Date()), 1), '09:00').getTime() - Date.now()
  // What people go by: a moment that every server has reached.
  let reached = ahead
  await sim('POST', '/_sim/settings', { tellsTime: 'virtual', refundGapSeconds: 60 })
  await sim('POST', '/_sim/clock', { advanceSeconds: Math.round(ahead / 1000) })

  const seats: (Seat | undefined)[] = []
  const there = () => seats.filter((seat) => seat !== undefined)
  const front = await openFront(() => there().map(({ origin }) => Number(new URL(origin).port)))
  const env = serverEnvironment(folder, databaseUrl, front)
  // As whoever keeps servers alive does: one that found no database at its start is started again.
  const bringUp = async (index: number): Promise<Seat> => {
    const from = performance.now()
    try {
      return await startSeat(index, { ...env, TORTURE_AHEAD_MS: String(ahead) }, folder)
    } catch (error) {
      if (!downs.some(({ to }) => to >= from)) throw error
      return bringUp(index)
    }
  }
  const coming: (Promise<void> | undefined)[] = []
  let isClosing = false
  const sit = async (index: number, seat: Seat): Promise<void> => {
    // Time may have passed while it came up.
    for (let told: number | undefined; told !== ahead;) await setClock(seat.child, (told = ahead))
    seats[index] = seat
    void seat.child.ended.then((why) => {
      if (seats[index] !== seat) return
      seats[index] = coming[index] = undefined
      if (!isClosing) faults.push(`${why}, and nobody killed it: ${seat.child.lastWords()}`)
    })
  }
  const startServer = (index: number): Promise<void> =>
    (coming[index] ??= bringUp(index).then((seat) => sit(index, seat)))
  await Promise.all(Array.from({ length: SERVERS }, (_, index) => startServer(index)))

  return {
    databaseUrl,
    origins: () => Array.from({ length: SERVERS }, (_, index) => seats[index]?.origin),
    front: front.origin,
    downs,
    faults,
    now: () => new Date(Date.now() + reached),
    async jump(seconds) {
      ahead += seconds * 1000
      await Promise.all(there().map(({ child }) => setClock(child, ahead)))
      reached = ahead
      await sim('POST', '/_sim/clock', { advanceSeconds: seconds })
    },
    async sweep() {
      const from = performance.now()
      const found = await Promise.all(there().map(({ child }) => sweepIn(child)))
      if (!downs.some(({ to }) => to >= from)) faults.push(...found.flat())
    },
    async killServer(index) {
      await coming[index]
      const seat = seats[index]
      seats[index] = coming[index] = undefined
      await seat?.child.kill()
    },
    startServer,
    async killPostgres() {
      began('PostgreSQL')
      await postgres.kill()
    },
    async killSession() {
      const down = began('a session of PostgreSQL')
      await postgres.killSession(databaseUrl)
      await untilReady(there())
      down.to = performance.now()
    },
    async startPostgres() {
      await postgres.start()
      await untilReady(there())
      for (const down of downs) if (down.to === Infinity) down.to = performance.now()
    },
    sim,
    async close() {
      isClosing = true
      await Promise.all([...there().map(({ child }) => child.stop()), sandbox.stop()])
      front.close()
    },
  }
}

async function openSandbox(folder: string): Promise<{ sandbox: Child; sim: Chain['sim'] }> {
  const sandbox = startChild({
    name: 'the sandbox',
    script: SANDBOX,
    env: {
      PATH: process.env['PATH'],
      SANDBOX_PORT: '0',
      DATA_DIR: folder,
      SANDBOX_REFUND_DELAY_MS: String(REFUND_DELAY_MS),
      SANDBOX_LOG_LEVEL: 'warn',
    },
    logFile: path.join(folder, 'sandbox.log'),
  })
  const file = merchantFile(folder)
  while (!existsSync(file) || !existsSync(alipayFile(folder))) {
    if (sandbox.hasEnded()) throw new Error(`${await sandbox.ended}:\n${sandbox.lastWords()}`)
    await sleep(20)
  }
  const { wxpayBaseUrl } = JSON.parse(readFileSync(file, 'utf8')) as { wxpayBaseUrl: string }
  return { sandbox, sim: simOf(new URL(wxpayBaseUrl).origin) }
}

const merchantFile = (folder: string) => path.join(folder, 'sandbox/merchant.json')
const alipayFile = (folder: string) => path.join(folder, 'sandbox/alipay.json')

/** A refusal of the sandbox: the cashier is closed, the refund has ended. */
export class SimRefusal extends Error {
  override readonly name = 'SimRefusal'
}

const simOf =
  (origin: string): Chain['sim'] =>
  async <T>(method: string, url: string, body?: unknown): Promise<T> => {
    const init: RequestInit = { method, signal: AbortSignal.timeout(120_000) }
    if (body !== undefined)
      Object.assign(init, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
    const reply = await fetch(origin + url, init)
    const text = await reply.text()
    if (reply.status >= 500) throw new Error(`sandbox ${method} ${url}: ${reply.status} ${text}`)
    if (!reply.ok) throw new SimRefusal(`${method} ${url}: ${text}`)
    return JSON.parse(text || 'null') as T
  }

const serverEnvironment = (folder: string, databaseUrl: string, front: Front) => ({
  PATH: process.env['PATH'],
  NODE_ENV: 'test',
  PORT: '0',
  DATABASE_URL: databaseUrl,
  SECRET_KEY: randomBytes(32).toString('base64'),
  WECHAT_FILE: merchantFile(folder),
  ALIPAY_FILE: alipayFile(folder),
  PUBLIC_ORIGIN: front.origin,
  LOG_LEVEL: 'warn',
  WEBHOOK_INSIDE: 'on',
})

async function startSeat(index: number, env: NodeJS.ProcessEnv, folder: string): Promise<Seat> {
  const name = `server ${index + 1}`
  const child = startChild({
    name,
    script: SERVER,
    env,
    logFile: path.join(folder, `server-${index + 1}.log`),
  })
  const [answer] = (await Promise.race([
    once(child.process, 'message'),
    child.ended.then((why) => Promise.reject(new Error(`${why}:\n${child.lastWords()}`))),
  ])) as [ServerAnswer]
  if (!('listening' in answer)) throw new Error(`${name} said ${JSON.stringify(answer)} first`)
  return { child, origin: answer.listening }
}

/** What is said to a process that was killed this moment is lost with it. */
function tell({ process: child }: Child, order: ServerOrder): void {
  if (child.connected) child.send(order, () => {})
}

/** Settles when that server goes by the new time, or is dead. */
async function setClock(child: Child, ahead: number): Promise<void> {
  const set = Promise.withResolvers<void>()
  const hear = (answer: ServerAnswer) => {
    if ('ahead' in answer && answer.ahead === ahead) set.resolve()
  }
  child.process.on('message', hear)
  tell(child, { ahead })
  await Promise.race([set.promise, child.ended])
  child.process.off('message', hear)
}

let sweeps = 0

/** Answers what failed. A server that is killed meanwhile has nothing to say. */
async function sweepIn(child: Child): Promise<string[]> {
  const number = (sweeps += 1)
  const answered = Promise.withResolvers<string[]>()
  const hear = (answer: ServerAnswer) => {
    if ('swept' in answer && answer.swept === number) answered.resolve(answer.faults)
  }
  child.process.on('message', hear)
  tell(child, { sweep: number })
  const late = sleep(SWEEP_WITHIN_MS, [`${child.name} did not finish its sweeps`], { ref: false })
  const faults = await Promise.race([answered.promise, child.ended.then(() => []), late])
  child.process.off('message', hear)
  return faults
}

async function untilReady(seats: readonly Seat[]): Promise<void> {
  for (const { child, origin } of seats)
    for (;;) {
      const reply = await fetch(`${origin}/readyz`).catch(() => undefined)
      await reply?.body?.cancel()
      if (reply?.ok || child.hasEnded()) break
      await sleep(50)
    }
}
