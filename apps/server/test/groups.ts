import assert from 'node:assert/strict'
import { secondsAfter } from '../src/kernel/clock.ts'
import { campaign, type CampaignInput, campaignOf, type Goods } from './campaigns.ts'
import { order, type PlaceBody } from './shopping.ts'
import type { LinliApi, Shopper, World } from './world.ts'

type Terms = Extract<CampaignInput['terms'], { kind: 'group' }>

/** Three people, two hours, nobody in the last quarter of an hour. */
export const TERMS: Terms = {
  kind: 'group',
  size: 3,
  hours: 2,
  quietMinutes: 15,
  latePayer: 'refund',
  newOnly: false,
}
/** Two make it, three and five make it cheaper for all of them: by 10 and by 25 fen. */
export const ladderOf = ({ priceFen }: Pick<Goods, 'priceFen'>): Pick<Terms, 'size' | 'steps'> => ({
  size: 2,
  steps: [
    { size: 3, priceFen: priceFen - 60 },
    { size: 5, priceFen: priceFen - 75 },
  ],
})
export const groupCampaign = (
  world: Pick<World, 'clock' | 'sweep'>,
  hq: LinliApi,
  goods: Goods,
  { terms = {}, ...over }: Omit<Partial<CampaignInput>, 'terms'> & { terms?: Partial<Terms> } = {},
): Promise<string> =>
  campaign(
    world,
    hq,
    campaignOf(world, goods, {
      name: '邻里拼团',
      items: [{ skuId: goods.skuId, priceFen: goods.priceFen - 50, quotas: [{ storeId: 'S01', quota: 20 }] }],
      endsAt: secondsAfter(world.clock.now(), 3 * 86_400).toISOString(),
      terms: { ...TERMS, ...terms },
      ...over,
    }),
  )

/** An order that opens a group, or joins one. */
export const sit = (
  { api }: Pick<Shopper, 'api'>,
  campaignId: string,
  { skuId }: Pick<Goods, 'skuId'>,
  groupId?: string,
  over: Partial<PlaceBody> = {},
) =>
  order(
    { api },
    {
      lines: [{ skuId, quantity: 1 }],
      campaign: { campaignId, ...(groupId === undefined ? {} : { groupId }) },
      ...over,
    },
  )

/** Pays an order on the sandbox's cashier; answers the prepay id. */
export async function payFor(world: World, { api }: Pick<Shopper, 'api'>, orderId: string): Promise<string> {
  const params = { orderId }
  const opened = await api('POST /v1/orders/:orderId/payments', { params, body: { provider: 'wechat' } })
  assert.ok(opened.provider === 'wechat')
  await world.cashier(opened.prepayId, 'success-without-callback')
  const { state } = await api('GET /v1/orders/:orderId/payment', { params })
  assert.equal(state, 'PAID')
  return opened.prepayId
}

/** The newest group that somebody sits in. */
export async function groupOf({ api }: Pick<Shopper, 'api'>) {
  const { items } = await api('GET /v1/groups', { query: {} })
  return items[0] ?? assert.fail('in no group')
}
