import { consoleStockRoutes } from '@linli/contract/console-stock'
import { type Http, mount } from '#kernel/http'
import { adjust, listEntries, listLevels, setSafety, type StockRoom } from './levels.ts'

export function mountInventory(http: Http, room: StockRoom): void {
  mount(http, consoleStockRoutes, {
    'GET /console/v1/stock-levels': ({ actor, query }) => listLevels(room, actor, query),
    'GET /console/v1/stores/:storeId/stock-levels/:skuId/entries': ({ actor, params, query }) =>
      listEntries(room, actor, params, query),
    'POST /console/v1/stores/:storeId/stock-levels/:skuId/adjustments': ({
      actor,
      requestId,
      params,
      body,
    }) => adjust(room, { actor, requestId }, params, body),
    'PUT /console/v1/stores/:storeId/stock-levels/:skuId/safety': ({ actor, requestId, params, body }) =>
      setSafety(room, { actor, requestId }, params, body.safety),
  })
}
