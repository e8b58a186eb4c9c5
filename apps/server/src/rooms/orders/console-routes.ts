import { consoleWorkbenchRoutes } from '@linli/contract/console-workbench'
import { consoleOrderRoutes } from '@linli/contract/console-orders'
import { type Http, mount } from '#kernel/http'
import { cancelForShopper } from './cancelling.ts'
import { weigh } from './collecting.ts'
import { listOrders, search, showOrder } from './console.ts'
import type { LiveOrders } from './live.ts'
import { quoteRefund, refundOrder } from './refunding.ts'
import type { Room } from './room.ts'
import { openWorkbench } from './workbench.ts'

export function mountConsole(http: Http, room: Room, live: LiveOrders): void {
  mount(http, consoleOrderRoutes, {
    'GET /console/v1/orders': ({ actor, query }) => listOrders(room, actor, query),
    'GET /console/v1/orders/:orderId': ({ actor, params }) => showOrder(room, actor, params.orderId),
    'POST /console/v1/orders/:orderId/cancellation': async ({ actor, requestId, params, body }) => {
      await cancelForShopper(room, { actor, requestId }, params.orderId, body.reason)
      return showOrder(room, actor, params.orderId)
    },
    'POST /console/v1/orders/:orderId/refund-quotes': ({ actor, params, body }) =>
      quoteRefund(room, actor, params.orderId, body),
    'POST /console/v1/orders/:orderId/refunds': async ({ actor, requestId, params, body }) => {
      await refundOrder(room, { actor, requestId }, params.orderId, body)
      return showOrder(room, actor, params.orderId)
    },
    'POST /console/v1/orders/:orderId/weights': async ({ actor, params, body }) => {
      await weigh(room, actor, params.orderId, body.lines)
      return showOrder(room, actor, params.orderId)
    },
    'GET /console/v1/orders-live': ({ actor, headers, reply }) =>
      live.open(actor, String(headers['authorization']).replace('Bearer ', ''), reply),
  })
  mount(http, consoleWorkbenchRoutes, {
    'GET /console/v1/workbench': ({ actor, query }) => openWorkbench(room, actor, query.storeId),
    'GET /console/v1/search': ({ actor, query }) => search(room, actor, query.q),
  })
}
