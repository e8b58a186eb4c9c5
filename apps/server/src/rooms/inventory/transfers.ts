import type { consoleStockDocumentRoutes } from '@linli/contract/console-stock-documents'
import type { Input } from '@linli/contract'
import { inScope } from '#kernel/actor'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import { book } from './booking.ts'
import type { DocumentView } from './document-views.ts'
import { advance, bear, hashOf, requireStocked } from './documents.ts'
import { insertLines, type Line, linesOf } from './documents.sql.ts'
import { levelKey } from './level.ts'
import type { LotPart } from './lots.ts'
import { lineTwice, linesDiffer, moreThanShipped, nothingToShip, sameStore } from './problems.ts'
import { totals } from './receipts.ts'
import type { StockRoom } from './room.ts'
import * as sql from './transfers.sql.ts'

type Request = Input<(typeof consoleStockDocumentRoutes)['POST /console/v1/transfers']>['body']
type Moved = Input<
  (typeof consoleStockDocumentRoutes)['POST /console/v1/stock-documents/:documentId/shipment']
>['body']

/** Asks for goods of another store; nothing moves yet. Either store may ask. */
export function requestTransfer(room: StockRoom, call: AuditedCall, body: Request): Promise<DocumentView> {
  const { fromStoreId, toStoreId, lines } = body
  if (fromStoreId === toStoreId) refuse(sameStore)
  if (!inScope(call.actor, fromStoreId)) room.staff.requireScope(call.actor, toStoreId)
  for (const storeId of [fromStoreId, toStoreId]) room.stores.require(storeId)
  if (new Set(lines.map(({ skuId }) => skuId)).size < lines.length) refuse(lineTwice)
  const birth = {
    kind: 'TRANSFER',
    verb: 'request',
    storeId: fromStoreId,
    toStoreId,
    note: body.note,
    key: body.idempotencyKey,
    bodyHash: hashOf(body, 'transfer'),
  } as const
  return bear(room, call, birth, async (tx, { id }) => {
    for (const storeId of [fromStoreId, toStoreId]) await requireStocked(tx, storeId, lines)
    await insertLines(
      tx,
      { id, kind: 'TRANSFER' },
      lines.map((line) => ({ ...line, storeId: fromStoreId })),
    )
    await room.staff.audit(tx, call, {
      action: 'inventory.transfer_requested',
      subject: `stock_document:${id}`,
      storeId: fromStoreId,
      after: { toStoreId, skus: lines.length },
    })
  })
}

/** One quantity for every line, and for no other: nothing leaves or arrives by omission. */
function quantities(lines: readonly Line[], said: Moved['lines']): Map<string, number> {
  const bySku = new Map(said.map(({ skuId, quantity }) => [skuId, quantity]))
  if (
    bySku.size !== said.length ||
    said.length !== lines.length ||
    !lines.every(({ skuId }) => bySku.has(skuId))
  )
    refuse(linesDiffer, { lines: lines.map(({ skuId }) => ({ skuId })) })
  return bySku
}

/** The goods leave the giving store, their lots with them; never below what its own shoppers have ordered. */
export const ship = (
  room: StockRoom,
  call: AuditedCall,
  documentId: string,
  body: Moved,
): Promise<DocumentView> =>
  advance(
    room,
    call,
    { documentId, kind: 'TRANSFER', verb: 'ship', body },
    {
      requireScope: ({ storeId }) => room.staff.requireScope(call.actor, storeId),
      async work(tx, { document: { storeId, toStoreId }, by, at }) {
        const leaving = quantities(await linesOf(tx, documentId), body.lines)
        const moves = [...leaving].flatMap(([skuId, quantity]) =>
          quantity > 0
            ? [{ storeId, skuId, delta: -quantity, packs: true, note: `→ ${toStoreId ?? ''}` }]
            : [],
        )
        if (moves.length === 0) refuse(nothingToShip)
        const packed = await book(tx, moves, { documentId, reason: 'TRANSFER', by, at, mayRunShort: false })
        const shipped = [...leaving].map(([skuId, quantity]) => ({
          skuId,
          shipped: quantity,
          lots: packed.get(levelKey({ storeId, skuId })) ?? [],
        }))
        await sql.setShipped(tx, documentId, shipped)
        await room.staff.audit(tx, call, {
          action: 'inventory.transfer_shipped',
          subject: `stock_document:${documentId}`,
          storeId,
          after: { toStoreId, ...totals(moves) },
        })
      },
    },
  )

/** The first pieces of the lots that travelled: what is missing is presumed to be of the last. */
export function partsOf(lots: readonly LotPart[], pieces: number): LotPart[] {
  let open = pieces
  return lots.flatMap((lot) => {
    const quantity = Math.min(open, lot.quantity)
    open -= quantity
    return quantity > 0 ? [{ ...lot, quantity }] : []
  })
}

/** The goods arrive. What was shipped and did not arrive stays on the document as its difference; it is in neither store. */
export const receiveTransfer = (
  room: StockRoom,
  call: AuditedCall,
  documentId: string,
  body: Moved,
): Promise<DocumentView> =>
  advance(
    room,
    call,
    { documentId, kind: 'TRANSFER', verb: 'receive', body },
    {
      requireScope: ({ toStoreId }) => room.staff.requireScope(call.actor, toStoreId ?? ''),
      async work(tx, { document: { storeId: from, toStoreId }, by, at }) {
        const storeId = toStoreId ?? ''
        const lines = await linesOf(tx, documentId)
        const arrived = quantities(lines, body.lines)
        const over = lines.filter(({ skuId, shipped }) => (arrived.get(skuId) ?? 0) > (shipped ?? 0))
        if (over.length > 0)
          refuse(moreThanShipped, { lines: over.map(({ skuId, shipped }) => ({ skuId, shipped })) })
        const moves = lines.flatMap(({ skuId, lots }) => {
          const delta = arrived.get(skuId) ?? 0
          return delta > 0
            ? [{ storeId, skuId, delta, brings: partsOf(lots ?? [], delta), note: `← ${from}` }]
            : []
        })
        await book(tx, moves, { documentId, reason: 'TRANSFER', by, at, mayRunShort: false })
        await sql.setReceived(
          tx,
          documentId,
          [...arrived].map(([skuId, received]) => ({ skuId, received })),
        )
        const sent = lines.reduce((sum, { shipped }) => sum + (shipped ?? 0), 0)
        const { pieces } = totals(moves)
        await room.staff.audit(tx, call, {
          action: 'inventory.transfer_received',
          subject: `stock_document:${documentId}`,
          storeId,
          after: { from, pieces, missing: sent - pieces },
        })
      },
    },
  )

/** Goods under way go back into the store they left: it alone knows that they never arrived. */
export const recall = (
  room: StockRoom,
  call: AuditedCall,
  documentId: string,
  body: { idempotencyKey: string },
): Promise<DocumentView> =>
  advance(
    room,
    call,
    { documentId, kind: 'TRANSFER', verb: 'recall', body },
    {
      requireScope: ({ storeId }) => room.staff.requireScope(call.actor, storeId),
      async work(tx, { document: { storeId, toStoreId }, by, at }) {
        const moves = (await linesOf(tx, documentId)).flatMap(({ skuId, shipped, lots }) =>
          shipped
            ? [{ storeId, skuId, delta: shipped, brings: lots ?? [], note: `← ${toStoreId ?? ''}` }]
            : [],
        )
        await book(tx, moves, { documentId, reason: 'TRANSFER', by, at, mayRunShort: false })
        await room.staff.audit(tx, call, {
          action: 'inventory.transfer_recalled',
          subject: `stock_document:${documentId}`,
          storeId,
          after: totals(moves),
        })
      },
    },
  )
