import type { FloorRoutes, Output } from '@linli/contract'
import type { Answers } from '../contract-server.ts'
import { goods, idOf } from './goods.ts'

type Awaited = Output<FloorRoutes['GET /staff/v1/stores/:storeId/awaited-goods']>['items'][number]

/** Three pieces that two orders wait for, long promised; two of them lie in the store. */
export const AWAITED: Awaited = {
  campaignId: idOf(920),
  storeId: 'S01',
  skuId: goods(1).skuId,
  campaign: '内丘苹果产地预售',
  ofBox: false,
  name: goods(1).name,
  unit: '份',
  pickupFrom: '2026-11-23T02:00:00.000Z',
  promisedBy: '2026-11-24T02:00:00.000Z',
  balanceOrders: 1,
  balancePieces: 1,
  waitingOrders: 2,
  waitingPieces: 3,
  arrivedPieces: 0,
  freePieces: 2,
}

/** Goods that are awaited until they are said to have come. */
export function arrivalAnswers(): Answers {
  const box = { ...AWAITED, campaignId: idOf(921), ofBox: true, campaign: '一周菜箱', name: '一周蔬菜箱' }
  let items = [AWAITED, { ...box, freePieces: 0 }]
  return {
    'GET /staff/v1/stores/:storeId/awaited-goods': () => ({ items }),
    'POST /staff/v1/stores/:storeId/arrivals': ({ body }) => {
      const of = items.find(({ campaignId }) => campaignId === body.campaignId) ?? AWAITED
      const served = Math.min(body.pieces, of.freePieces, of.waitingPieces)
      items = items.filter((each) => each !== of)
      return {
        servedOrders: served === 0 ? 0 : 1,
        servedPieces: served,
        shortOrders: served === of.waitingPieces ? 0 : 1,
        shortPieces: of.waitingPieces - served,
      }
    },
  }
}
