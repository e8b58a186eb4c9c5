import { signature } from '#kernel/actor'
import { inTx, type Tx, violates } from '#kernel/db'
import { Problem, refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import { book } from './booking.ts'
import * as sql from './counts.sql.ts'
import { type DocumentView, showDocument } from './document-views.ts'
import { advance, bear, hashOf, lockVisible, type Stepped } from './documents.ts'
import { type Document, linesOf } from './documents.sql.ts'
import {
  countedElsewhere,
  countEmpty,
  countFull,
  countStale,
  documentState,
  levelMissing,
  notOnHand,
} from './problems.ts'
import { totals } from './receipts.ts'
import { requireStore, type StockRoom } from './room.ts'

const LINES_MAX = 500

/** Begins a count. The store keeps selling: each line is compared with the level at the moment it was counted. */
export function startCount(
  room: StockRoom,
  call: AuditedCall,
  storeId: string,
  body: { idempotencyKey: string; note?: string },
): Promise<DocumentView> {
  requireStore(room, call.actor, storeId)
  const birth = {
    kind: 'COUNT',
    verb: 'start',
    storeId,
    note: body.note,
    key: body.idempotencyKey,
    bodyHash: hashOf(body, 'count', storeId),
  } as const
  return bear(room, call, birth, (tx, { id }) =>
    room.staff.audit(tx, call, {
      action: 'inventory.count_started',
      subject: `stock_document:${id}`,
      storeId,
    }),
  )
}

interface LineOf {
  documentId: string
  skuId: string
}

/** Notes what was counted; counting again replaces the line and looks at the level anew. */
export async function countShelf(
  room: StockRoom,
  call: AuditedCall,
  { documentId, skuId }: LineOf,
  counted: number,
): Promise<DocumentView> {
  try {
    await inTx(room.ctx.db, async (tx) => {
      const { storeId } = await openCount(tx, room, call, documentId)
      const lines = await linesOf(tx, documentId)
      if (lines.length >= LINES_MAX && !lines.some((line) => line.skuId === skuId)) refuse(countFull)
      const [by, at] = [signature(call.actor), room.ctx.clock.now()]
      if (!(await sql.countLine(tx, { documentId, storeId, skuId, counted, by, at }))) refuse(levelMissing)
    })
  } catch (error) {
    if (violates(error, 'stock_document_line_counting')) refuse(countedElsewhere, { skuId })
    throw error
  }
  return showDocument(room, call.actor, documentId)
}

/** Takes a line out; what was not counted is not corrected. */
export async function uncount(
  room: StockRoom,
  call: AuditedCall,
  { documentId, skuId }: LineOf,
): Promise<DocumentView> {
  await inTx(room.ctx.db, async (tx) => {
    await openCount(tx, room, call, documentId)
    await sql.dropLine(tx, documentId, skuId)
  })
  return showDocument(room, call.actor, documentId)
}

async function openCount(tx: Tx, room: StockRoom, call: AuditedCall, documentId: string): Promise<Document> {
  const document = await lockVisible(tx, room, call, documentId)
  room.staff.requireScope(call.actor, document.storeId)
  if (document.kind !== 'COUNT' || document.state !== 'COUNTING')
    refuse(documentState, { state: document.state })
  return document
}

/** Books every difference, all or none. A count below what shoppers have ordered is the truth too: the store goes on the short list. */
export const postCount = (
  room: StockRoom,
  call: AuditedCall,
  documentId: string,
  body: { idempotencyKey: string },
): Promise<DocumentView> =>
  advance(
    room,
    call,
    { documentId, kind: 'COUNT', verb: 'post', body },
    {
      requireScope: ({ storeId }) => room.staff.requireScope(call.actor, storeId),
      work: (tx, step) => bookDifferences(tx, room, call, step),
    },
  )

async function bookDifferences(
  tx: Tx,
  room: StockRoom,
  call: AuditedCall,
  { id, document: { storeId }, by, at }: Stepped,
): Promise<void> {
  const lines = await linesOf(tx, id)
  if (lines.length === 0) refuse(countEmpty)
  const moves = lines.flatMap(({ skuId, counted, onHandThen }) => {
    const delta = (counted ?? 0) - (onHandThen ?? 0)
    return delta === 0 ? [] : [{ storeId, skuId, delta }]
  })
  try {
    await book(tx, moves, { documentId: id, reason: 'ADJUST', by, at, mayRunShort: true })
  } catch (error) {
    // More was handed over since than the difference leaves: one of the two numbers is wrong, so somebody must look again.
    if (error instanceof Problem && error.code === notOnHand.code) refuse(countStale, error.data)
    throw error
  }
  // After the levels are locked, so that no correction can slip between the question and the booking.
  const stale = await sql.correctedSince(tx, id)
  if (stale.length > 0) refuse(countStale, { lines: stale })
  await sql.closeLines(tx, id)
  await room.staff.audit(tx, call, {
    action: 'inventory.counted',
    subject: `stock_document:${id}`,
    storeId,
    after: { lines: lines.length, ...totals(moves) },
  })
}

/** Gives up a count or a transfer that moved nothing yet. */
export const cancelDocument = (
  room: StockRoom,
  call: AuditedCall,
  documentId: string,
  body: { idempotencyKey: string },
): Promise<DocumentView> =>
  advance(
    room,
    call,
    { documentId, kind: null, verb: 'cancel', body },
    {
      // Either side of a transfer may call it off; lockVisible saw to it that the caller is on one.
      requireScope: () => undefined,
      async work(tx, { document }) {
        await sql.closeLines(tx, documentId)
        await room.staff.audit(tx, call, {
          action: 'inventory.document_cancelled',
          subject: `stock_document:${documentId}`,
          storeId: document.storeId,
        })
      },
    },
  )
