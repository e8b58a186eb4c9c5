import type { Output, ShopperRoutes } from '@linli/contract'
import { goods, idOf } from './goods.ts'
import { STORE } from './shop.ts'

type Campaign = Output<ShopperRoutes['GET /v1/campaigns/:campaignId']>
type Group = Output<ShopperRoutes['GET /v1/groups/:groupId']>

export const CAMPAIGN_ID = idOf(901)
export const GROUP_ID = idOf(900)
const NOW = '2026-11-24T02:00:00.000Z'
const product = goods(7)

/** A group buying of three neighbours that runs; five make it cheaper. */
export const GROUP_CAMPAIGN: Campaign = {
  id: CAMPAIGN_ID,
  kind: 'group',
  name: '邻里拼团',
  storeId: STORE.id,
  state: 'LIVE',
  paused: false,
  startsAt: '2026-11-23T00:00:00.000Z',
  endsAt: '2026-11-30T00:00:00.000Z',
  now: NOW,
  perMember: 1,
  payMinutes: 10,
  terms: {
    kind: 'group',
    size: 3,
    hours: 24,
    quietMinutes: 15,
    latePayer: 'refund',
    newOnly: false,
    steps: [{ size: 5, priceFen: product.priceFen - 300 }],
  },
  items: [
    {
      skuId: product.skuId,
      productId: product.id,
      name: product.name,
      unit: product.unit,
      picture: product.picture,
      priceFen: product.priceFen - 200,
      aloneFen: product.priceFen,
      quota: 60,
      released: 60,
      left: 37,
    },
  ],
  rules: [{ title: '没拼成', words: '到点自动关团，付的钱按原路全额退回' }],
}
/** Two of the three seats that it needs are paid. */
export const GROUP: Group = {
  id: GROUP_ID,
  campaignId: CAMPAIGN_ID,
  storeId: STORE.id,
  state: 'OPEN',
  size: 3,
  paid: 2,
  free: 3,
  rungs: [
    { size: 3, priceFen: product.priceFen - 200 },
    { size: 5, priceFen: product.priceFen - 300 },
  ],
  priceFen: null,
  leader: '王*',
  expiresAt: '2026-11-24T13:06:00.000Z',
  joinsUntil: '2026-11-24T12:51:00.000Z',
  now: NOW,
  endedAt: null,
  goods: {
    skuId: product.skuId,
    productId: product.id,
    name: product.name,
    unit: product.unit,
    picture: product.picture,
  },
  seats: [
    { no: 1, name: '王*', leader: true, state: 'IN' },
    { no: 2, name: '赵*', leader: false, state: 'IN' },
  ],
}
