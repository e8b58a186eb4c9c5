import type { AllRoutes, Output } from '@linli/contract'
import assert from 'node:assert/strict'
import { businessDay, secondsAfter } from '../src/kernel/clock.ts'
import { type CampaignInput, campaign, campaignOf, type Goods } from './campaigns.ts'
import type { LinliApi, Shopper, World } from './world.ts'

export type Box = Output<AllRoutes['GET /v1/boxes/:boxId']>
export const DAY = 86_400

/**
 * Boxes of one SKU that are ordered tomorrow at nine for three days later, three weeks long: two each week in the first store, one in the second, two for
 * each member.
 */
export function boxCampaignOf(
  { clock }: Pick<World, 'clock'>,
  goods: Goods,
  over: Partial<CampaignInput> = {},
): CampaignInput {
  const day = businessDay(secondsAfter(clock.now(), 4 * DAY))
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7
  const quotas = [
    { storeId: 'S01', quota: 6 },
    { storeId: 'S02', quota: 6 },
  ]
  return campaignOf({ clock }, goods, {
    name: '一周水果箱',
    items: [{ skuId: goods.skuId, priceFen: goods.priceFen - 50, quotas }],
    perMember: 6,
    endsAt: secondsAfter(clock.now(), 21 * DAY).toISOString(),
    terms: { kind: 'box', weekday, ordersDaysBefore: 3, payUntilHour: 20 },
    ...over,
  })
}
export const runBoxes = (
  world: World,
  hq: LinliApi,
  goods: Goods,
  over: Partial<CampaignInput> = {},
): Promise<string> => campaign(world, hq, boxCampaignOf(world, goods, over))

export const subscribe = (
  { api }: Pick<Shopper, 'api'>,
  campaignId: string,
  { storeId = 'S01', quantity = 1 }: { storeId?: string; quantity?: number } = {},
): Promise<Box> => api('POST /v1/boxes', { body: { campaignId, storeId, quantity } })
export const look = ({ api }: Pick<Shopper, 'api'>, boxId: string): Promise<Box> =>
  api('GET /v1/boxes/:boxId', { params: { boxId } })
export const weekOf = ({ weeks }: Box, at = 0): Box['weeks'][number] =>
  weeks[at] ?? assert.fail('no such week')
/** The clock of the world, moved on to this instant. */
export const moveTo = (world: World, at: string): Promise<void> =>
  world.advance((Date.parse(at) - world.clock.now().getTime()) / 1000)
/** The hour has come: orders of this week are placed. */
export async function placeWeek(world: World, week: Box['weeks'][number]): Promise<void> {
  await moveTo(world, week.ordersAt)
  await world.sweep('boxes.turn')
}
/** The hour for paying is over: orders that nobody paid close, and their boxes hear of it. */
export async function closeWeek(world: World, week: Box['weeks'][number]): Promise<void> {
  await moveTo(world, week.payUntil)
  await world.sweep('orders.timeouts')
  await world.sweep('boxes.turn')
}
