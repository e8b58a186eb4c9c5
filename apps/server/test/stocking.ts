import type { AllRoutes, Input, Output } from '@linli/contract'
import { randomUUID } from 'node:crypto'
import { APPLE } from './fixtures.ts'
import type { LinliApi } from './world.ts'

export type StockDocument = Output<AllRoutes['GET /console/v1/stock-documents/:documentId']>
type ReceiptBody = Input<AllRoutes['POST /console/v1/stores/:storeId/receipts']>['body']
type WasteBody = Input<AllRoutes['POST /console/v1/stores/:storeId/wastes']>['body']

/** Ten apples from a supplier to S01, unless something else is asked for. */
export const receive = (
  who: LinliApi,
  over: Partial<ReceiptBody> = {},
  storeId = 'S01',
): Promise<StockDocument> =>
  who('POST /console/v1/stores/:storeId/receipts', {
    params: { storeId },
    body: {
      idempotencyKey: randomUUID(),
      source: 'SUPPLIER',
      lines: [{ skuId: APPLE, quantity: 10 }],
      ...over,
    },
  })

/** One broken apple in S01. */
export const waste = (
  who: LinliApi,
  over: Partial<WasteBody> = {},
  storeId = 'S01',
): Promise<StockDocument> =>
  who('POST /console/v1/stores/:storeId/wastes', {
    params: { storeId },
    body: { idempotencyKey: randomUUID(), reason: 'BROKEN', lines: [{ skuId: APPLE, quantity: 1 }], ...over },
  })

/** So many more on the shelf than the books say; below zero: fewer. */
export const correct = (who: LinliApi, skuId: string, delta: number, storeId = 'S01') =>
  who('POST /console/v1/stores/:storeId/stock-levels/:skuId/adjustments', {
    params: { storeId, skuId },
    body: { idempotencyKey: randomUUID(), delta, reason: 'ADJUST', note: '点过了' },
  })

export const startCount = (who: LinliApi, storeId = 'S01'): Promise<StockDocument> =>
  who('POST /console/v1/stores/:storeId/counts', {
    params: { storeId },
    body: { idempotencyKey: randomUUID() },
  })
export const count = (
  who: LinliApi,
  { id }: Pick<StockDocument, 'id'>,
  counted: number,
  skuId = APPLE,
): Promise<StockDocument> =>
  who('PUT /console/v1/stock-documents/:documentId/counts/:skuId', {
    params: { documentId: id, skuId },
    body: { counted },
  })

/** S01 gives S02 four apples. */
export const request = (
  who: LinliApi,
  lines = [{ skuId: APPLE, quantity: 4 }],
  { fromStoreId = 'S01', toStoreId = 'S02', idempotencyKey = randomUUID() } = {},
): Promise<StockDocument> =>
  who('POST /console/v1/transfers', { body: { idempotencyKey, fromStoreId, toStoreId, lines } })

type Deed = 'posting' | 'recall' | 'cancellation'
export const deed = (
  who: LinliApi,
  what: Deed,
  { id }: Pick<StockDocument, 'id'>,
  idempotencyKey = randomUUID() as string,
): Promise<StockDocument> =>
  who(`POST /console/v1/stock-documents/:documentId/${what}`, {
    params: { documentId: id },
    body: { idempotencyKey },
  })
export const carry = (
  who: LinliApi,
  what: 'shipment' | 'arrival',
  { id }: Pick<StockDocument, 'id'>,
  lines = [{ skuId: APPLE, quantity: 4 }],
  idempotencyKey = randomUUID() as string,
): Promise<StockDocument> =>
  who(`POST /console/v1/stock-documents/:documentId/${what}`, {
    params: { documentId: id },
    body: { idempotencyKey, lines },
  })
export const takeBack = (
  who: LinliApi,
  { id }: Pick<StockDocument, 'id'>,
  idempotencyKey = randomUUID() as string,
): Promise<StockDocument> =>
  who('POST /console/v1/stock-documents/:documentId/reversal', {
    params: { documentId: id },
    body: { idempotencyKey, note: '录错了' },
  })
