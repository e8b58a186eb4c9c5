import type { AllRoutes, Input } from '@linli/contract'
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { secondsAfter } from '../src/kernel/clock.ts'
import { createPasses } from '../src/rooms/campaigns/passes.ts'
import { type PlacedOrder, order, type PlaceBody } from './shopping.ts'
import type { LinliApi, Shopper, World } from './world.ts'

export type CampaignInput = Input<AllRoutes['POST /console/v1/campaigns']>['body']
export interface Goods {
  skuId: string
  priceFen: number
}

/** What the first store sells, to make campaigns of. */
export async function goodsOf(world: Pick<World, 'api'>): Promise<Goods[]> {
  const { items } = await world.api('GET /v1/stores/:storeId/products', {
    params: { storeId: 'S01' },
    query: { limit: 20 },
  })
  return items.map(({ skuId, priceFen }) => ({ skuId, priceFen }))
}

/** A flash sale of one SKU in the first store that starts now: four pieces, one each, 50 fen off. */
export const campaignOf = (
  { clock }: Pick<World, 'clock'>,
  { skuId, priceFen }: Goods,
  over: Partial<CampaignInput> = {},
): CampaignInput => ({
  name: '限时秒杀',
  items: [{ skuId, priceFen: priceFen - 50, quotas: [{ storeId: 'S01', quota: 4 }] }],
  perMember: 1,
  payMinutes: 8,
  armMinutes: 60,
  tiers: null,
  firstOrder: false,
  funding: 'hq',
  startsAt: clock.now().toISOString(),
  endsAt: secondsAfter(clock.now(), 3600).toISOString(),
  terms: { kind: 'flash', batches: [] },
  ...over,
})

/** A presale of one SKU in the first store that is paid at once: its goods are promised for tomorrow. */
export function presaleOf(
  world: Pick<World, 'clock'>,
  goods: Goods,
  over: Partial<CampaignInput> = {},
): CampaignInput {
  const at = (seconds: number): string => secondsAfter(world.clock.now(), seconds).toISOString()
  const dates = { cutoff: at(1800), pickupFrom: at(3600), promisedBy: at(86_400) }
  return campaignOf(world, goods, {
    name: '预售',
    terms: { kind: 'presale', deposit: null, ...dates },
    ...over,
  })
}

/** The same, scheduled; and begun, if its time has come. Answers its id. */
export async function campaign(
  world: Pick<World, 'clock' | 'sweep'>,
  hq: LinliApi,
  body: CampaignInput,
): Promise<string> {
  const { id, revision } = await hq('POST /console/v1/campaigns', { body })
  await hq('POST /console/v1/campaigns/:campaignId/schedule', {
    params: { campaignId: id },
    body: { revision },
  })
  await world.sweep('campaigns.turn')
  return id
}

/** An order of one piece at its price. */
export const orderIn = (
  shopper: Pick<Shopper, 'api'>,
  campaignId: string,
  { skuId }: Pick<Goods, 'skuId'>,
  over: Partial<PlaceBody> = {},
): Promise<PlacedOrder> =>
  order(shopper, { lines: [{ skuId, quantity: 1 }], campaign: { campaignId }, ...over })

/** A pass as the gate of any process gives it, for tests that speak of the desk behind it. */
export const passFor = (
  { ctx, clock }: Pick<World, 'ctx' | 'clock'>,
  { campaignId, memberId, session }: { campaignId: string; memberId: string; session: Date },
): string =>
  createPasses(ctx.secrets, clock).issue({
    campaignId,
    memberId,
    session,
    nonce: randomBytes(9).toString('base64url'),
  }).pass

/** An order of one piece of a flash sale, with a pass for the session that it is in. */
export async function flashOrder(
  world: Pick<World, 'ctx' | 'clock' | 'api'>,
  shopper: Pick<Shopper, 'api' | 'memberId'>,
  campaignId: string,
  goods: Pick<Goods, 'skuId'>,
  over: Partial<PlaceBody> = {},
): Promise<PlacedOrder> {
  const { startsAt, terms } = await world.api('GET /v1/campaigns/:campaignId', {
    params: { campaignId },
    query: { storeId: over.storeId ?? 'S01' },
  })
  const sessions = terms.kind === 'flash' ? (terms.sessions ?? []) : []
  const session = sessions.findLast(({ from }) => new Date(from) <= world.clock.now())?.from ?? startsAt
  const pass = passFor(world, { campaignId, memberId: shopper.memberId, session: new Date(session) })
  return orderIn(shopper, campaignId, goods, { campaign: { campaignId, pass }, ...over })
}

export const only = <T>(items: readonly T[], at = 0): T => items[at] ?? assert.fail('nothing there')
