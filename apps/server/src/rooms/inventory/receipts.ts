import type { consoleStockDocumentRoutes } from '@linli/contract/console-stock-documents'
import type { Input } from '@linli/contract'
import { businessDay, instantOf } from '#kernel/clock'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import { book, type Move } from './booking.ts'
import type { DocumentView } from './document-views.ts'
import { bear, hashOf, requireStocked } from './documents.ts'
import { insertLines } from './documents.sql.ts'
import type { LotPart } from './lots.ts'
import { alreadyExpired, dayInvalid } from './problems.ts'
import { requireStore, type StockRoom } from './room.ts'

type Body = Input<(typeof consoleStockDocumentRoutes)['POST /console/v1/stores/:storeId/receipts']>['body']
type Line = Body['lines'][number]
type WasteBody = Input<(typeof consoleStockDocumentRoutes)['POST /console/v1/stores/:storeId/wastes']>['body']

const exists = (day: string): boolean => {
  try {
    return instantOf(day) !== undefined
  } catch {
    return false
  }
}

/** Days that exist, in order, and goods that may still be sold. */
function checkDays({ skuId, madeOn, expiresOn }: Line, today: string): void {
  for (const day of [madeOn, expiresOn]) if (day && !exists(day)) refuse(dayInvalid, { skuId, day })
  if (madeOn && (madeOn > today || (expiresOn && madeOn > expiresOn)))
    refuse(dayInvalid, { skuId, day: madeOn })
  if (expiresOn && expiresOn < today) refuse(alreadyExpired, { skuId, expiresOn })
}

const partOf = ({ batchNo, madeOn, expiresOn, quantity }: Line): LotPart[] =>
  batchNo || expiresOn
    ? [{ batchNo: batchNo ?? null, madeOn: madeOn ?? null, expiresOn: expiresOn ?? null, quantity }]
    : []

/** One move per SKU: a delivery may bring two batches of the same goods. */
function movesOf<L extends { skuId: string; quantity: number }>(
  storeId: string,
  lines: readonly L[],
  rest: (lines: readonly L[]) => Omit<Move, 'storeId' | 'skuId' | 'delta'>,
  sign: 1 | -1,
): Move[] {
  return [...Map.groupBy(lines, ({ skuId }) => skuId)].map(([skuId, same]) => ({
    storeId,
    skuId,
    delta: sign * same.reduce((sum, { quantity }) => sum + quantity, 0),
    ...rest(same),
  }))
}

/** Goods arrive: on hand grows at once, and what has a date or a batch becomes a lot. */
export function receive(
  room: StockRoom,
  call: AuditedCall,
  storeId: string,
  body: Body,
): Promise<DocumentView> {
  requireStore(room, call.actor, storeId)
  const today = businessDay(room.ctx.clock.now())
  for (const line of body.lines) checkDays(line, today)
  const birth = {
    kind: 'RECEIVE',
    verb: 'post',
    storeId,
    source: body.source,
    supplier: body.supplier?.trim(),
    note: body.note,
    key: body.idempotencyKey,
    bodyHash: hashOf(body, 'receive', storeId),
  } as const
  return bear(room, call, birth, async (tx, { id, by, at }) => {
    await requireStocked(tx, storeId, body.lines)
    await insertLines(
      tx,
      { id, kind: 'RECEIVE' },
      body.lines.map((line) => ({ ...line, storeId })),
    )
    const moves = movesOf(storeId, body.lines, (same) => ({ brings: same.flatMap(partOf) }), 1)
    await book(tx, moves, { documentId: id, reason: 'RECEIVE', by, at, mayRunShort: false })
    await room.staff.audit(tx, call, {
      action: 'inventory.received',
      subject: `stock_document:${id}`,
      storeId,
      after: { source: body.source, supplier: body.supplier ?? null, ...totals(moves) },
    })
  })
}

export const totals = (moves: readonly Move[]): { skus: number; pieces: number } => ({
  skus: moves.length,
  pieces: moves.reduce((sum, { delta }) => sum + delta, 0),
})

/** Goods are gone. Below what shoppers have ordered only when the caller says that this is so. */
export function writeOff(
  room: StockRoom,
  call: AuditedCall,
  storeId: string,
  body: WasteBody,
): Promise<DocumentView> {
  requireStore(room, call.actor, storeId)
  const birth = {
    kind: 'WASTE',
    verb: 'post',
    storeId,
    wasteReason: body.reason,
    note: body.note,
    key: body.idempotencyKey,
    bodyHash: hashOf(body, 'waste', storeId),
  } as const
  return bear(room, call, birth, async (tx, { id, by, at }) => {
    await requireStocked(tx, storeId, body.lines)
    const moves = movesOf(
      storeId,
      body.lines,
      (same) => ({
        takes: same.flatMap(({ lotId, quantity }) => (lotId ? [{ lotId, quantity }] : [])),
        note: body.reason,
      }),
      -1,
    )
    await book(tx, moves, {
      documentId: id,
      reason: 'WASTE',
      by,
      at,
      mayRunShort: body.shortAccepted === true,
    })
    await insertLines(
      tx,
      { id, kind: 'WASTE' },
      body.lines.map((line) => ({ ...line, storeId })),
    )
    await room.staff.audit(tx, call, {
      action: 'inventory.wasted',
      subject: `stock_document:${id}`,
      storeId,
      after: { reason: body.reason, ...totals(moves) },
    })
  })
}
