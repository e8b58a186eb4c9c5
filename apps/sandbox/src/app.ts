/** Puts the sandbox together: keys, memory, clock, rooms. Nothing listens until the caller says so. */
import Fastify, { LogController } from 'fastify'
import type { FastifyInstance } from 'fastify'
import { alipay } from './alipay/index.ts'
import { createClock } from './clock.ts'
import type { Config } from './config.ts'
import { createFaultBook } from './faults/rules.ts'
import { createJournal } from './journal.ts'
import {
  alipayFile,
  loadKeys,
  merchantFile,
  writeAlipayFile,
  writeMerchantFile,
  writeSmsFile,
} from './keys.ts'
import type { MerchantFile } from './keys.ts'
import { openLedger, readLedger } from './ledger.ts'
import { SimProblem } from './problem.ts'
import type { State } from './records.ts'
import { demoShoppers } from './shoppers.ts'
import { panel } from './panel/index.ts'
import { sim } from './sim/index.ts'
import { retail } from './retail/index.ts'
import { createErp } from './retail/erp/erp.ts'
import type { Erp } from './retail/erp/erp.ts'
import { erpWebhook } from './retail/erp/routes.ts'
import { createStore } from './store.ts'
import { defaultSettings } from './world.ts'
import type { World } from './world.ts'
import { createCodeBook } from './wx/codes.ts'
import { sms } from './sms.ts'
import { wx } from './wx/index.ts'
import { wxpay } from './wxpay/index.ts'
import { resumeNotifications } from './wxpay/notifications.ts'
import { createPoster } from './wxpay/post.ts'
import { resumeRefunds } from './wxpay/refunding.ts'
import { resumeTransfers } from './wxpay/transferring.ts'

export type Sandbox = {
  app: FastifyInstance
  world: World
  /** Listens, writes `merchant.json` and answers what is in it. */
  listen: () => Promise<MerchantFile>
  /** Stops listening and writes the last changes. */
  close: () => Promise<void>
}

/** Creates a sandbox over its data folder. */
export const createSandbox = async (config: Config): Promise<Sandbox> => {
  const app = Fastify({
    logger: { level: config.logLevel },
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 128 },
  })
  const stopping = new AbortController()
  const report = (error: unknown) => app.log.error(error)
  const keys = await loadKeys(config.dataDir)
  const store = createStore()
  const state = await readLedger(config.dataDir, store)
  const world: World = {
    config,
    keys,
    store,
    clock: createClock(state?.clockOffsetMs ?? 0, report),
    journal: createJournal(config.journalSize),
    faults: createFaultBook(),
    settings: defaultSettings(),
    tokens: state?.tokens ?? [],
    poster: createPoster(),
    appointments: new Map(),
    log: app.log,
    stopping: stopping.signal,
  }
  if (state) world.clock.setScale(state.clockScale)
  for (const shopper of demoShoppers()) store.keepShopper(shopper.openid, shopper.name)
  const ledger = await openLedger(config.dataDir, store, () => stateOf(world), report)
  const erp = await createErp({ dataDir: config.dataDir, report })
  await mount(app, world, erp)
  return {
    app,
    world,
    listen: async () => {
      await app.listen({ host: config.host, port: config.port })
      const { apiOrigin, publicOrigin } = originsOf(app, world)
      const file = merchantFile(world.keys, apiOrigin, publicOrigin)
      await writeMerchantFile(config.dataDir, file)
      await writeAlipayFile(config.dataDir, alipayFile(world.keys, { apiOrigin, publicOrigin }))
      await writeSmsFile(config.dataDir, world.keys, apiOrigin)
      resumeNotifications(world)
      resumeRefunds(world)
      resumeTransfers(world)
      erp.start()
      return file
    },
    close: async () => {
      stopping.abort()
      world.clock.stop()
      await app.close()
      await erp.close()
      world.poster.close()
      await ledger.close()
    },
  }
}

const stateOf = (world: World): State => ({
  key: 'state',
  clockOffsetMs: world.clock.offset(),
  clockScale: world.clock.scale(),
  tokens: world.tokens,
})

const mount = async (app: FastifyInstance, world: World, erp: Erp): Promise<void> => {
  const codes = createCodeBook(world.clock)
  app.setErrorHandler(async (error, _request, reply) => {
    if (error instanceof SimProblem)
      return reply.code(error.status).send({ code: error.code, message: error.message })
    const status = statusOf(error)
    if (status >= 500) app.log.error(error)
    return reply
      .code(status)
      .send({ code: 'sim.failed', message: status >= 500 ? 'sandbox failed' : String(error) })
  })
  app.get('/healthz', async () => ({ status: 'ok', sandbox: true }))
  await app.register((scope) => wxpay(scope, world), { prefix: '/wxpay' })
  await app.register((scope) => alipay(scope, world), { prefix: '/alipay' })
  await app.register((scope) => wx(scope, world, codes), { prefix: '/wx' })
  await app.register((scope) => sms(scope, world), { prefix: '/sms' })
  await app.register((scope) => sim(scope, world, codes, erp), { prefix: '/_sim' })
  await app.register((scope) => retail(scope, world), { prefix: '/retail' })
  await app.register((scope) => erpWebhook(scope, erp, world.config.dataDir), { prefix: '/retail/erp' })
  await app.register((scope) => panel(scope, world))
}

const statusOf = (error: unknown): number => {
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500
  return status >= 400 && status < 600 ? status : 500
}

const originsOf = (app: FastifyInstance, world: World): { apiOrigin: string; publicOrigin: string } => {
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : world.config.port
  const apiOrigin = world.config.apiOrigin ?? `http://127.0.0.1:${port}`
  return { apiOrigin, publicOrigin: world.config.publicOrigin ?? apiOrigin }
}
