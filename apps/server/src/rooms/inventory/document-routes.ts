import { consoleStockDocumentRoutes } from '@linli/contract/console-stock-documents'
import { type Http, mount } from '#kernel/http'
import { cancelDocument, countShelf, postCount, startCount, uncount } from './counts.ts'
import { listDocuments, showDocument } from './document-views.ts'
import { receive, writeOff } from './receipts.ts'
import { reverse } from './reversals.ts'
import type { StockRoom } from './room.ts'
import { recall, receiveTransfer, requestTransfer, ship } from './transfers.ts'

export function mountDocuments(http: Http, room: StockRoom): void {
  mount(http, consoleStockDocumentRoutes, {
    'GET /console/v1/stock-documents': ({ actor, query }) => listDocuments(room, actor, query),
    'GET /console/v1/stock-documents/:documentId': ({ actor, params }) =>
      showDocument(room, actor, params.documentId),
    'POST /console/v1/stores/:storeId/receipts': ({ actor, requestId, params, body }) =>
      receive(room, { actor, requestId }, params.storeId, body),
    'POST /console/v1/stores/:storeId/wastes': ({ actor, requestId, params, body }) =>
      writeOff(room, { actor, requestId }, params.storeId, body),
    'POST /console/v1/stores/:storeId/counts': ({ actor, requestId, params, body }) =>
      startCount(room, { actor, requestId }, params.storeId, body),
    'PUT /console/v1/stock-documents/:documentId/counts/:skuId': ({ actor, requestId, params, body }) =>
      countShelf(room, { actor, requestId }, params, body.counted),
    'DELETE /console/v1/stock-documents/:documentId/counts/:skuId': ({ actor, requestId, params }) =>
      uncount(room, { actor, requestId }, params),
    'POST /console/v1/stock-documents/:documentId/posting': ({ actor, requestId, params, body }) =>
      postCount(room, { actor, requestId }, params.documentId, body),
    'POST /console/v1/transfers': ({ actor, requestId, body }) =>
      requestTransfer(room, { actor, requestId }, body),
    'POST /console/v1/stock-documents/:documentId/shipment': ({ actor, requestId, params, body }) =>
      ship(room, { actor, requestId }, params.documentId, body),
    'POST /console/v1/stock-documents/:documentId/arrival': ({ actor, requestId, params, body }) =>
      receiveTransfer(room, { actor, requestId }, params.documentId, body),
    'POST /console/v1/stock-documents/:documentId/recall': ({ actor, requestId, params, body }) =>
      recall(room, { actor, requestId }, params.documentId, body),
    'POST /console/v1/stock-documents/:documentId/cancellation': ({ actor, requestId, params, body }) =>
      cancelDocument(room, { actor, requestId }, params.documentId, body),
    'POST /console/v1/stock-documents/:documentId/reversal': ({ actor, requestId, params, body }) =>
      reverse(room, { actor, requestId }, params.documentId, body),
  })
}
