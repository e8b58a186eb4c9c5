import type { Output, ShopperRoutes } from '@linli/contract'
import { refusal, type Answers } from '../contract-server.ts'
import { goods, idOf } from './goods.ts'

type Box = Output<ShopperRoutes['GET /v1/boxes/:boxId']>
type Offer = Output<ShopperRoutes['GET /v1/campaigns/:campaignId/box-offer']>

export const BOX_ID = idOf(910)
export const BOX_CAMPAIGN_ID = idOf(911)
const NOW = '2026-11-24T02:00:00.000Z'
const product = goods(5)
const GOODS: NonNullable<Box['goods']> = {
  skuId: product.skuId,
  productId: product.id,
  name: '一周蔬菜箱',
  unit: '箱',
  picture: product.picture,
  priceFen: 5900,
  contents: [{ skuId: goods(1).skuId, name: goods(1).name, unit: goods(1).unit, quantity: 2 }],
}
const WEEKS = [
  { week: '2026-11-28', ordersAt: '2026-11-25T01:00:00.000Z', payUntil: '2026-11-27T12:00:00.000Z' },
  { week: '2026-12-05', ordersAt: '2026-12-02T01:00:00.000Z', payUntil: '2026-12-04T12:00:00.000Z' },
]
const STORES = [
  { id: 'S01', name: '襄都旗舰店' },
  { id: 'S02', name: '桥西店' },
]
export const BOX: Box = {
  id: BOX_ID,
  campaignId: BOX_CAMPAIGN_ID,
  name: '一周蔬菜箱',
  storeId: 'S01',
  storeName: '襄都旗舰店',
  stores: STORES,
  state: 'RUNNING',
  pausedBy: null,
  quantity: 1,
  most: 2,
  lapses: 0,
  startedAt: '2026-11-23T02:00:00.000Z',
  goods: GOODS,
  weeks: WEEKS.map((week) => ({ ...week, state: 'PLANNED', storeId: 'S01', quantity: 1, orderId: null })),
  now: NOW,
}
const OFFER: Offer = {
  campaignId: BOX_CAMPAIGN_ID,
  name: '一周蔬菜箱',
  storeId: 'S01',
  goods: GOODS,
  most: 2,
  placesLeft: 7,
  weeks: WEEKS,
  rules: [{ title: '没付款', words: '这一周作废，不收任何费用' }],
  now: NOW,
}

/** One subscription that remembers what was done to it. */
export function boxAnswers(): Answers {
  let box = BOX
  const put = (over: Partial<Box>): Box => (box = { ...box, ...over })
  const week = (day: string, state: 'SKIPPED' | 'PLANNED') =>
    put({ weeks: box.weeks.map((each) => (each.week === day ? { ...each, state } : each)) })
  return {
    'GET /v1/campaigns/:campaignId/box-offer': () => OFFER,
    'POST /v1/boxes': ({ body }) => put({ quantity: body.quantity, storeId: body.storeId }),
    'GET /v1/boxes': () => ({ items: [box] }),
    'GET /v1/boxes/:boxId': ({ params }) => (params.boxId === BOX_ID ? box : refusal('boxes.missing', 404)),
    'PUT /v1/boxes/:boxId/skips/:week': ({ params }) => week(params.week, 'SKIPPED'),
    'DELETE /v1/boxes/:boxId/skips/:week': ({ params }) => week(params.week, 'PLANNED'),
    'POST /v1/boxes/:boxId/pause': () => put({ state: 'PAUSED', pausedBy: 'member' }),
    'POST /v1/boxes/:boxId/resume': () => put({ state: 'RUNNING', pausedBy: null }),
    'PUT /v1/boxes/:boxId/quantity': ({ body }) => put({ quantity: body.quantity }),
    'PUT /v1/boxes/:boxId/store': ({ body }) =>
      put({
        storeId: body.storeId,
        storeName: STORES.find(({ id }) => id === body.storeId)?.name ?? body.storeId,
      }),
    'POST /v1/boxes/:boxId/end': () => put({ state: 'ENDED', weeks: [] }),
  }
}
