// The demo chain lets a till and an ERP in, as head office does at the console, and hands their keys to the sandbox, which plays both. Nothing is
// planted behind anybody's back: what the desks 开放平台, 数据同步, 消息推送 and 收银冲突 show afterwards was really asked, told and answered.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { AllRoutes, Input } from '@linli/contract'
import { type Api, ApiProblem, createClient } from '@linli/contract/client'
import { fetchTransport } from '@linli/contract/transports'
import { createPartnerClient, type PartnerKey } from '@linli/partner-client'
import { DEMO_PASSWORD } from '../apps/server/db/seed/staff.ts'
import { tellDemoStory, tellErp } from './demo-story.ts'
import { feedFolder } from './settings.ts'

export type Office = Api<AllRoutes>
export type Demo = { origin: string; sandboxOrigin: string; dataDir: string }
type Secret = { keyId: string; secret: string }
/** What the sandbox reads: the keys of those whom it plays. */
export type Partners = {
  origin: string
  sandboxOrigin: string
  till: Secret
  erp: Secret & { source: string; webhookSecret: string }
}

const TILL = {
  code: 'demo-till',
  name: '演示收银系统',
  scopes: ['till:members', 'till:benefits', 'till:sales', 'till:offline'],
  storeIds: null,
  perMinute: 600,
} as const
const ERP = {
  code: 'demo-erp',
  name: '演示 ERP',
  scopes: ['feed:write', 'webhook:events'],
  storeIds: ['S01', 'S02', 'S03'],
  perMinute: 600,
} as const
const MOST_KEYS = 2
const KEY_DAYS = 365
const ENDPOINT = '演示 ERP（沙盒）'

type Source = Input<AllRoutes['POST /console/v1/feed-sources']>['body']
const terms = {
  active: true,
  byBarcode: true,
  priceUnit: 'yuan',
  productFacts: ['name', 'unit'],
  staleMinutes: 10,
  stopMinutes: 30,
  widen: 'pieces',
  widenBy: 3,
  fastPerDay: 20,
} satisfies Partial<Source>
const ERP_SOURCE: Source = {
  ...terms,
  code: 'erp',
  name: '演示 ERP',
  kind: 'erp',
  partnerCode: ERP.code,
  topics: ['stock', 'prices', 'products'],
}
const FOLDER_SOURCE: Source = {
  ...terms,
  code: 'hq-csv',
  name: '总部表格',
  kind: 'folder',
  partnerCode: null,
  topics: ['prices'],
}

/** Connects both, once for a data folder; answers in words what it did. A demo that cannot be connected is a demo all the same. */
export async function connectPartners(demo: Demo): Promise<string> {
  const known = readPartners(demo.dataDir)
  try {
    if (known && (await isCurrent(known, demo))) {
      await tellErp(demo, 'beat')
      return 'a till and an ERP, in place'
    }
    const partners = await letIn(demo, known)
    writePartners(demo.dataDir, partners)
    await tellErp(demo, 'beat')
    if (!known) await tellDemoStory(demo, partners)
    return known ? 'a till and an ERP, connected anew' : 'a till and an ERP, with their first calls'
  } catch (error) {
    return `not connected: ${error instanceof Error ? error.message : String(error)}`
  }
}

const fileOf = (dataDir: string): string => path.join(dataDir, 'sandbox/partners.json')
const readPartners = (dataDir: string): Partners | undefined =>
  existsSync(fileOf(dataDir)) ? (JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as Partners) : undefined
function writePartners(dataDir: string, partners: Partners): void {
  mkdirSync(path.dirname(fileOf(dataDir)), { recursive: true, mode: 0o700 })
  writeFileSync(fileOf(dataDir), `${JSON.stringify(partners, null, 2)}\n`, { mode: 0o600 })
}

/** Same addresses, and keys that still open: the database may be another one than yesterday's. */
const isCurrent = async (known: Partners, { origin, sandboxOrigin }: Demo): Promise<boolean> =>
  known.origin === origin &&
  known.sandboxOrigin === sandboxOrigin &&
  (await isLive(origin, known.till)) &&
  (await isLive(origin, known.erp))

const isLive = async (origin: string, { keyId, secret }: Secret): Promise<boolean> => {
  const key: PartnerKey = { keyId, secret }
  try {
    await createPartnerClient({ origin, key, tries: 1 })('GET /partner/v1/me')
    return true
  } catch (error) {
    if (error instanceof ApiProblem) return false
    throw error
  }
}

/** Does something as head office, and signs out. */
export async function asOffice<T>(origin: string, work: (office: Office) => Promise<T>): Promise<T> {
  let token: string | undefined
  const office: Office = createClient<AllRoutes>({
    transport: fetchTransport(origin),
    token: () => token,
  })
  token = (await office('POST /console/v1/sessions', { body: { account: 'hq', password: DEMO_PASSWORD } }))
    .token
  try {
    return await work(office)
  } finally {
    await office('DELETE /console/v1/sessions/current')
  }
}

const letIn = ({ origin, sandboxOrigin, dataDir }: Demo, known: Partners | undefined): Promise<Partners> =>
  asOffice(origin, async (office) => {
    const till = await keyOf(office, origin, TILL, known?.till)
    const erp = await keyOf(office, origin, ERP, known?.erp)
    await addSources(office, dataDir)
    const webhookSecret = await endpointOf(
      office,
      `${sandboxOrigin}/retail/erp/webhooks`,
      known?.erp.webhookSecret,
    )
    return { origin, sandboxOrigin, till, erp: { ...erp, source: ERP_SOURCE.code, webhookSecret } }
  })

/** A live key of this partner: the one that is known, or a new one, for which the older of two makes room. */
async function keyOf(
  office: Office,
  origin: string,
  wish: typeof TILL | typeof ERP,
  known: Secret | undefined,
): Promise<Secret> {
  const { items } = await office('GET /console/v1/partners')
  const { id: partnerId, keys } =
    items.find(({ code }) => code === wish.code) ??
    (await office('POST /console/v1/partners', {
      body: { ...wish, scopes: [...wish.scopes], storeIds: wish.storeIds && [...wish.storeIds] },
    }))
  if (known && (await isLive(origin, known))) return { keyId: known.keyId, secret: known.secret }
  const live = keys
    .filter(({ state }) => state === 'live')
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
  const [oldest] = live
  if (oldest && live.length >= MOST_KEYS)
    await office('POST /console/v1/partners/:partnerId/keys/:keyId/revocation', {
      params: { partnerId, keyId: oldest.id },
    })
  const { keyId, secret } = await office('POST /console/v1/partners/:partnerId/keys', {
    params: { partnerId },
    body: { algorithm: 'hmac-sha256', validDays: KEY_DAYS },
  })
  return { keyId, secret: secret ?? '' }
}

/** What the chain calls the codes of the ERP, and of the tables that head office saves by hand. */
async function addSources(office: Office, dataDir: string): Promise<void> {
  const { items } = await office('GET /console/v1/feed-sources')
  const isThere = (source: Source) => items.some(({ code }) => code === source.code)
  const add = async (source: Source, stores: readonly string[]) => {
    const params = { sourceCode: source.code }
    await office('POST /console/v1/feed-sources', { body: source })
    await office('PUT /console/v1/feed-sources/:sourceCode/stores', {
      params,
      body: { items: stores.map((storeId) => ({ code: storeId.slice(1), storeId })) },
    })
  }
  if (!isThere(ERP_SOURCE)) {
    await add(ERP_SOURCE, ERP.storeIds)
    await office('PUT /console/v1/feed-sources/:sourceCode/categories', {
      params: { sourceCode: ERP_SOURCE.code },
      body: { items: [{ code: '水果', categoryId: 'G' }] },
    })
  }
  if (!isThere(FOLDER_SOURCE)) await add(FOLDER_SOURCE, ['S05', 'S06'])
  layOutSample(dataDir)
}

const SAMPLE =
  '\uFEFF门店,商品编码,价格\r\n05,6999911000015,12.50\r\n06,6999911000015,12.60\r\n05,6999910000016,2.80\r\n'

/** A table to try the drop folder with: copy it into the folder of the source. */
function layOutSample(dataDir: string): void {
  const folder = path.join(feedFolder(dataDir), 'sample')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, '价格-样例.csv'), SAMPLE)
}

/** Where the ERP hears of orders, sales and stock; answers its secret. */
async function endpointOf(office: Office, url: string, known: string | undefined): Promise<string> {
  const { items } = await office('GET /console/v1/webhook-endpoints')
  const there = items.find(({ name }) => name === ENDPOINT)
  const storeIds = [...ERP.storeIds]
  if (!there) {
    const body = {
      name: ENDPOINT,
      url,
      topics: ['orders' as const, 'sales' as const, 'stock' as const],
      storeIds,
    }
    return (await office('POST /console/v1/webhook-endpoints', { body })).secret
  }
  const params = { endpointId: there.id }
  const { name, topics, active } = there
  if (there.url !== url)
    await office('PUT /console/v1/webhook-endpoints/:endpointId', {
      params,
      body: { name, url, topics, active, storeIds: there.storeIds },
    })
  return known ?? (await office('POST /console/v1/webhook-endpoints/:endpointId/secrets', { params })).secret
}
