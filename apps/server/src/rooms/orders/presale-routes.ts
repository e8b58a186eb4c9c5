import { consolePresaleRoutes } from '@linli/contract/console-presales'
import { staffArrivalRoutes } from '@linli/contract/staff-arrivals'
import { type Http, mount } from '#kernel/http'
import {
  arriveGoods,
  listDebts,
  listPresaleOrders,
  listPresales,
  payDebt,
  tryArrival,
} from './presale-arrivals.ts'
import type { Room } from './room.ts'

export function mountPresales(http: Http, room: Room): void {
  mount(http, staffArrivalRoutes, {
    'GET /staff/v1/stores/:storeId/awaited-goods': ({ actor, params }) =>
      listPresales(room, actor, params.storeId),
    'POST /staff/v1/stores/:storeId/arrivals': ({ actor, requestId, params, body }) =>
      arriveGoods(room, { actor, requestId }, { ...body, ...params }),
  })
  mount(http, consolePresaleRoutes, {
    'GET /console/v1/presales': ({ actor }) => listPresales(room, actor),
    'GET /console/v1/presale-orders': ({ actor, query }) => listPresaleOrders(room, actor, query),
    'POST /console/v1/presale-arrival-trials': ({ actor, body }) => tryArrival(room, actor, body),
    'POST /console/v1/presale-arrivals': ({ actor, requestId, body }) =>
      arriveGoods(room, { actor, requestId }, body),
    'GET /console/v1/presale-debts': ({ actor }) => listDebts(room, actor),
    'POST /console/v1/orders/:orderId/presale-debt': ({ actor, requestId, params, body }) =>
      payDebt(room, { actor, requestId }, params.orderId, body.note),
  })
}
