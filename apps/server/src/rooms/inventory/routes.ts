import { consoleStockRoutes } from '@linli/contract/console-stock'
import { type Http, mount } from '#kernel/http'
import type { StockRoom } from './levels.ts'

export function mountInventory(http: Http, stock: StockRoom): void {
  mount(http, consoleStockRoutes, {
    'GET /console/v1/stock-levels': ({ actor, query }) => stock.list(actor, query),
    'GET /console/v1/stores/:storeId/stock-levels/:skuId/entries': ({ actor, params, query }) =>
      stock.entries(actor, params, query),
    'POST /console/v1/stores/:storeId/stock-levels/:skuId/adjustments': ({
      actor,
      requestId,
      params,
      body,
    }) => stock.adjust({ actor, requestId }, params, body),
    'PUT /console/v1/stores/:storeId/stock-levels/:skuId/safety': ({ actor, requestId, params, body }) =>
      stock.setSafety({ actor, requestId }, params, body.safety),
  })
}
