// The first evening of the demo's campaigns: neighbours open groups, help to bargain, pay deposits and promote. Every order is placed in the shop, paid
// at the sandbox's cashier and decided by the server, like anybody's.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AllRoutes, Input } from '@linli/contract'
import { type Api, createClient } from '@linli/contract/client'
import { fetchTransport } from '@linli/contract/transports'
import { DEMO_PASSWORD } from '../apps/server/db/seed/staff.ts'
import {
  APPLES,
  type DemoCampaigns,
  MILK,
  PROMOTING,
  RICE,
  runCampaigns,
  STRAWBERRIES,
} from './demo-campaigns.ts'
import { asOffice, type Demo, type Office } from './demo-partners.ts'
import { askSandbox } from './demo-story.ts'

type Shop = Api<AllRoutes>
interface Neighbour {
  api: Shop
  device: string
}
type Order = Input<AllRoutes['POST /v1/orders']>['body']

const STORE = 'S01'
const LOOKS = 60
const BETWEEN_MS = 250

async function signIn({ origin, sandboxOrigin }: Demo, no: number): Promise<Neighbour> {
  const shopper = `shopper-${String(no).padStart(4, '0')}`
  const { code } = await askSandbox(sandboxOrigin, 'login', { shopper })
  let token: string | undefined
  const api = createClient<AllRoutes>({ transport: fetchTransport(origin), token: () => token })
  token = (await api('POST /v1/sessions', { body: { code: String(code) } })).token
  return { api, device: `demo${String(no).padStart(28, '0')}` }
}

/** Asks until it is so: the server starts campaigns and hears of money by itself. */
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    if (await isSo()) return
    await sleep(BETWEEN_MS)
  }
  throw new Error(`${what}: not within ${(LOOKS * BETWEEN_MS) / 1000} s`)
}

const untilLive = (api: Shop, campaignIds: readonly string[]): Promise<void> =>
  until('campaigns begin', async () => {
    const all = await Promise.all(
      campaignIds.map((campaignId) =>
        api('GET /v1/campaigns/:campaignId', { params: { campaignId }, query: { storeId: STORE } }),
      ),
    )
    return all.every(({ state }) => state === 'LIVE')
  })

/** The first slot that has room; orders of these campaigns are collected at any time. */
async function nextSlot(api: Shop): Promise<Order['fulfilment']> {
  const { items } = await api('GET /v1/stores/:storeId/pickup-slots', { params: { storeId: STORE } })
  const free = items.find(({ left }) => left > 0)
  return { kind: 'pickup', ...(free && { slotStart: free.startsAt }) }
}

/** Orders one piece and pays what is due first; answers the order. */
async function buy(
  demo: Demo,
  { api }: Neighbour,
  skuId: string,
  over: Partial<Order> = {},
): Promise<string> {
  const { id: orderId } = await api('POST /v1/orders', {
    body: {
      idempotencyKey: randomUUID(),
      storeId: STORE,
      fulfilment: over.campaign ? { kind: 'pickup' } : await nextSlot(api),
      lines: [{ skuId, quantity: 1 }],
      ...over,
    },
  })
  const params = { orderId }
  const opened = await api('POST /v1/orders/:orderId/payments', { params, body: { provider: 'wechat' } })
  if (opened.provider !== 'wechat') throw new Error('not paid by WeChat')
  await askSandbox(demo.sandboxOrigin, 'pay', { prepayId: opened.prepayId, outcome: 'success' })
  await until('money is heard of', async () => {
    const { state } = await api('GET /v1/orders/:orderId', { params })
    return state !== 'PENDING_PAY'
  })
  return orderId
}

/** Of each of these groups the first opens it, and the others join. */
async function buyTogether(
  demo: Demo,
  { campaignId, skuId }: { campaignId: string; skuId: string },
  groups: readonly (readonly Neighbour[])[],
): Promise<void> {
  const sit = (who: Neighbour, groupId?: string) =>
    buy(demo, who, skuId, { campaign: { campaignId, ...(groupId === undefined ? {} : { groupId }) } })
  for (const [leader, ...others] of groups) {
    if (!leader) throw new Error('nobody leads')
    await sit(leader)
    const { items } = await leader.api('GET /v1/groups', { query: {} })
    const groupId = items.find((seat) => seat.campaignId === campaignId)?.id
    for (const other of others) await sit(other, groupId)
  }
}

/** Starts one and has so many friends help. */
async function gather(campaignId: string, owner: Neighbour, helpers: readonly Neighbour[]): Promise<void> {
  const { id: rallyId } = await owner.api('POST /v1/rallies', {
    body: { campaignId, storeId: STORE, device: owner.device },
  })
  const params = { rallyId }
  for (const { api, device } of helpers) {
    const { seen } = await api('GET /v1/rallies/:rallyId', { params })
    if (seen) await api('POST /v1/rallies/:rallyId/helps', { params, body: { seen, device } })
  }
}

/** Passed on, and opened by two; what counts is what they buy, and that is theirs to do. */
async function passOn(campaignId: string, owner: Neighbour, readers: readonly Neighbour[]): Promise<void> {
  const { id: inviteId } = await owner.api('POST /v1/invites', {
    body: { campaignId, storeId: STORE, device: owner.device },
  })
  const params = { inviteId }
  for (const { api, device } of readers) {
    const { seen } = await api('GET /v1/invites/:inviteId', { params })
    if (seen) await api('POST /v1/invites/:inviteId/openings', { params, body: { seen, device } })
  }
}

/** One promoter with an order that is collected and one that is not; another waits for an answer. */
async function promote(demo: Demo, office: Office, people: readonly Neighbour[]): Promise<void> {
  const [promoter, applicant, buyer] = people
  if (!promoter || !applicant || !buyer) throw new Error('too few people')
  await office('POST /console/v1/commission-terms', { body: PROMOTING })
  await promoter.api('POST /v1/promoter-applications', { body: { words: '住旗舰店楼上，楼群里四百多户' } })
  const { items } = await office('GET /console/v1/promoter-applications', { query: { state: 'APPLIED' } })
  for (const { id: applicationId } of items)
    await office('POST /console/v1/promoter-applications/:applicationId/approval', {
      params: { applicationId },
      body: { level: 'new' },
    })
  await applicant.api('POST /v1/promoter-applications', { body: { words: '在小区门口开打印店，认识人多' } })
  const { me } = await promoter.api('GET /v1/promoter')
  if (!me) throw new Error('no promoter')
  await buyer.api('POST /v1/promoter-bindings', { body: { key: me.key } })
  const collected = await buy(demo, buyer, MILK)
  await collect(demo, buyer, collected)
  await buy(demo, buyer, MILK)
}

/** Packed and handed over at the counter. */
async function collect({ origin }: Demo, { api }: Neighbour, orderId: string): Promise<void> {
  let token: string | undefined
  const floor = createClient<AllRoutes>({ transport: fetchTransport(origin), token: () => token })
  token = (await floor('POST /staff/v1/sessions', { body: { account: 'clerk01', password: DEMO_PASSWORD } }))
    .token
  const params = { orderId }
  await floor('POST /staff/v1/orders/:orderId/readiness', { params })
  const { digits } = await api('GET /v1/orders/:orderId/pickup-code', { params })
  await floor('POST /staff/v1/handovers', { body: { storeId: STORE, code: digits } })
  await floor('DELETE /staff/v1/sessions/current')
}

const FIRST = 31
const PEOPLE = 16
/** Plays it where no group was ever formed; answers in words what it did. A demo without it is a demo all the same. */
export async function playCampaigns(demo: Demo): Promise<string> {
  try {
    return await asOffice(demo.origin, async (office) => {
      const { total } = await office('GET /console/v1/campaigns', { query: { kind: 'group', limit: 1 } })
      if (total > 0) return 'campaigns, in place'
      await playAll(demo, office)
      return 'campaigns, with their first neighbours'
    })
  } catch (error) {
    return `campaigns not played: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** The shoppers are not among the first, whom people are asked to play. */
async function playAll(demo: Demo, office: Office): Promise<void> {
  const campaigns: DemoCampaigns = await runCampaigns(office)
  const people: Neighbour[] = []
  for (let no = FIRST; no < FIRST + PEOPLE; no++) people.push(await signIn(demo, no))
  const some = (from: number, count: number) => people.slice(from, from + count)
  await promote(demo, office, some(0, 3))
  const [someone] = people
  if (!someone) throw new Error('nobody is there')
  await untilLive(someone.api, Object.values(campaigns))
  await Promise.all([
    // One is full, one waits for its third.
    buyTogether(demo, { campaignId: campaigns.group, skuId: MILK }, [some(3, 3), some(6, 2)]),
    // Enough for the first price of the ladder, and one short of the second.
    buyTogether(demo, { campaignId: campaigns.ladder, skuId: RICE }, [some(12, 3)]),
    ...some(8, 1).map((owner) => gather(campaigns.bargain, owner, some(9, 5))),
    ...some(0, 1).map((owner) => gather(campaigns.assist, owner, some(1, 2))),
    ...some(1, 1).map((owner) => passOn(campaigns.share, owner, some(14, 2))),
    ...some(9, 3).map((who) => buy(demo, who, APPLES, { campaign: { campaignId: campaigns.apples } })),
    ...some(5, 3).map(({ api }) =>
      api('POST /v1/boxes', { body: { campaignId: campaigns.boxes, storeId: STORE, quantity: 1 } }),
    ),
    ...some(12, 2).map((who) =>
      buy(demo, who, STRAWBERRIES, { campaign: { campaignId: campaigns.strawberries } }),
    ),
  ])
}
