import { consoleStockRoutes } from '@linli/contract/console-stock'
import { consoleStockWatchRoutes } from '@linli/contract/console-stock-watch'
import { restockRoutes } from '@linli/contract/restock'
import { type Http, mount } from '#kernel/http'
import { mountDocuments } from './document-routes.ts'
import { listEntries, listEveryEntry } from './entries.ts'
import { listLots } from './expiry.ts'
import { adjust, listLevels } from './levels.ts'
import { askForNotice, dropNotice, listNotices, listWaits } from './restock.ts'
import type { StockRoom } from './room.ts'
import { setSafety } from './safety.ts'
import type { SumCheck } from './sum-check.ts'

export function mountInventory(http: Http, room: StockRoom, sums: SumCheck): void {
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
      setSafety(room, { actor, requestId }, params, body),
  })
  mount(http, consoleStockWatchRoutes, {
    'GET /console/v1/stock-entries': ({ actor, query }) => listEveryEntry(room, actor, query),
    'GET /console/v1/stock-lots': ({ actor, query }) => listLots(room, actor, query),
    'GET /console/v1/stock-checks': ({ actor }) => sums.list(actor),
    'POST /console/v1/stock-checks': ({ actor }) => sums.run(actor),
    'GET /console/v1/restock-waits': ({ actor, query }) => listWaits(room, actor, query),
  })
  mount(http, restockRoutes, {
    'GET /v1/restock-notices': ({ actor }) => listNotices(room.ctx, actor),
    'PUT /v1/stores/:storeId/restock-notices/:skuId': ({ actor, params }) =>
      askForNotice(room.ctx, actor, params),
    'DELETE /v1/stores/:storeId/restock-notices/:skuId': ({ actor, params }) =>
      dropNotice(room.ctx, actor, params),
  })
  mountDocuments(http, room)
}
