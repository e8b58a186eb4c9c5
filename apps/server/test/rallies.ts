import type { AllRoutes, Output } from '@linli/contract'
import { createHash } from 'node:crypto'
import { secondsAfter } from '../src/kernel/clock.ts'
import { campaign, type CampaignInput, campaignOf, type Goods } from './campaigns.ts'
import type { LinliApi, Shopper, World } from './world.ts'

export type Rally = Output<AllRoutes['GET /v1/rallies/:rallyId']>
type Bargain = Extract<CampaignInput['terms'], { kind: 'bargain' }>
type Assist = Extract<CampaignInput['terms'], { kind: 'assist' }>

/** What an app made for itself on somebody's telephone. */
export const deviceOf = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 32)

const HOURS = 24
/** A bargain of one SKU in the first store: so many friends, 10 fen each, half an hour to order, two pieces. */
export function bargainOf(
  world: Pick<World, 'clock'>,
  goods: Goods,
  { friends = 3, quota = 2, ...over }: Partial<Bargain> & { friends?: number; quota?: number } = {},
  head: Partial<CampaignInput> = {},
): CampaignInput {
  return campaignOf(world, goods, {
    name: '邻居帮砍',
    items: [
      { skuId: goods.skuId, priceFen: goods.priceFen - 10 * friends, quotas: [{ storeId: 'S01', quota }] },
    ],
    endsAt: secondsAfter(world.clock.now(), 3 * HOURS * 3600).toISOString(),
    terms: {
      kind: 'bargain',
      startFen: goods.priceFen,
      cuts: Array.from({ length: friends }, () => 10),
      hours: HOURS,
      holdMinutes: 30,
      helpsEach: 5,
      helpsPerDay: 3,
      helperTemplateId: null,
      ...over,
    },
    ...head,
  })
}
/** Two friends, and whoever asked has a coupon of this template. */
export const assistOf = (
  world: Pick<World, 'clock'>,
  templateId: string,
  over: Partial<Assist> = {},
  head: Partial<CampaignInput> = {},
): CampaignInput =>
  campaignOf(
    world,
    { skuId: '', priceFen: 0 },
    {
      name: '邻居助力',
      items: [],
      endsAt: secondsAfter(world.clock.now(), 3 * HOURS * 3600).toISOString(),
      terms: {
        kind: 'assist',
        storeIds: ['S01'],
        helpers: 2,
        templateId,
        hours: HOURS,
        helpsEach: 5,
        helpsPerDay: 3,
        helperTemplateId: null,
        ...over,
      },
      ...head,
    },
  )

export const runBargain = (
  world: World,
  hq: LinliApi,
  goods: Goods,
  terms: Parameters<typeof bargainOf>[2] = {},
): Promise<string> => campaign(world, hq, bargainOf(world, goods, terms))

/** Somebody with a telephone of their own. */
export interface Neighbour extends Shopper {
  device: string
}
export const neighbour = async (world: Pick<World, 'member'>, name: string): Promise<Neighbour> => ({
  ...(await world.member(name)),
  device: deviceOf(name),
})
export const start = (
  { api, device }: Pick<Neighbour, 'api' | 'device'>,
  campaignId: string,
): Promise<Rally> => api('POST /v1/rallies', { body: { campaignId, storeId: 'S01', device } })
export const look = ({ api }: Pick<Neighbour, 'api'>, rallyId: string): Promise<Rally> =>
  api('GET /v1/rallies/:rallyId', { params: { rallyId } })
/** Looks, then taps: what a friend does. */
export async function help(
  friend: Pick<Neighbour, 'api' | 'device'>,
  rallyId: string,
): Promise<Output<AllRoutes['POST /v1/rallies/:rallyId/helps']>> {
  const { seen } = await look(friend, rallyId)
  return friend.api('POST /v1/rallies/:rallyId/helps', {
    params: { rallyId },
    body: { seen: seen ?? 'nothing.was.shown.to.me', device: friend.device },
  })
}
