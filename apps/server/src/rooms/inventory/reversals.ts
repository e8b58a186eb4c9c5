import { signature } from '#kernel/actor'
import { type Tx, violates } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import { book, type Booking, type Move, settleLots } from './booking.ts'
import type { DocumentView } from './document-views.ts'
import { copyCounts } from './counts.sql.ts'
import { bear, type Born, hashOf } from './documents.ts'
import * as sql from './documents.sql.ts'
import { levelKey } from './level.ts'
import { lotsBroughtBy } from './lots.sql.ts'
import { documentMissing, documentState } from './problems.ts'
import { totals } from './receipts.ts'
import type { StockRoom } from './room.ts'
import { visible } from './visible.ts'

const REASON = { RECEIVE: 'RECEIVE', WASTE: 'WASTE', COUNT: 'ADJUST', TRANSFER: 'TRANSFER' } as const

/**
 * Takes a posted receipt, waste or count back by a document that says the opposite; the first stays as it was. Goods that shoppers have ordered
 * since cannot be taken back.
 */
export async function reverse(
  room: StockRoom,
  call: AuditedCall,
  documentId: string,
  body: { idempotencyKey: string; note: string },
): Promise<DocumentView> {
  const found = (await sql.readDocument(room.ctx.db, documentId)) ?? refuse(documentMissing)
  const first = visible(found, room.staff.scopeOf(call.actor))
  room.staff.requireScope(call.actor, first.storeId)
  const birth = {
    kind: first.kind,
    verb: 'post',
    storeId: first.storeId,
    ...(first.source === null ? {} : { source: first.source }),
    ...(first.wasteReason === null ? {} : { wasteReason: first.wasteReason }),
    note: body.note,
    key: body.idempotencyKey,
    bodyHash: hashOf(body, 'reverse', documentId),
  } as const
  const mayBe = first.kind !== 'TRANSFER' && first.state === 'POSTED' && first.reverses === null
  if (!mayBe) refuse(documentState, { state: first.state })
  const done = await sql.findReversal(room.ctx.db, documentId)
  // A repeat meets its own key below; anybody else comes too late.
  if (done && !(done.by === signature(call.actor) && done.key === body.idempotencyKey))
    refuse(documentState, { state: first.state, reversed: true })
  try {
    return await bear(room, call, { ...birth, reverses: documentId }, (tx, born) =>
      bookOpposite(tx, room, call, { first, born, note: body.note }),
    )
  } catch (error) {
    // Two at once: the constraint lets one document be taken back once, and whoever comes second now sees by whom: itself, or another.
    if (violates(error, 'stock_document_reverses_key')) return reverse(room, call, documentId, body)
    throw error
  }
}

interface Opposite {
  first: sql.Document
  born: Born
  note: string
}
async function bookOpposite(
  tx: Tx,
  room: StockRoom,
  call: AuditedCall,
  { first, born: { id, by, at }, note }: Opposite,
): Promise<void> {
  const { kind, storeId } = first
  const lines = await sql.linesOf(tx, first.id)
  if (kind === 'RECEIVE') await settleLots(tx, distinct(lines), at)
  const brought = Map.groupBy(kind === 'RECEIVE' ? await lotsBroughtBy(tx, first.id) : [], levelKey)
  const moves = [...Map.groupBy(lines, levelKey).values()].flatMap((same): Move[] => {
    const [line] = same
    const moved = same.reduce((sum, each) => sum + movedBy(kind, each), 0)
    if (!line || moved === 0) return []
    const back = kind === 'WASTE' ? same.flatMap(putBack) : (brought.get(levelKey(line)) ?? [])
    return [{ storeId, skuId: line.skuId, delta: -moved, takes: back }]
  })
  const booking: Booking = { documentId: id, reason: REASON[kind], by, at, mayRunShort: false }
  await book(tx, moves, booking)
  if (kind === 'COUNT') await copyCounts(tx, { from: first.id, to: id })
  else
    await sql.insertLines(
      tx,
      { id, kind },
      lines.map((line) => ({ ...line, quantity: -(line.quantity ?? 0) })),
    )
  const event = { documentId: first.id, verb: 'reverse', from: first.state, to: first.state } as const
  await sql.insertEvent(tx, { ...event, key: id, bodyHash: id, by, at })
  await room.staff.audit(tx, call, {
    action: 'inventory.reversed',
    subject: `stock_document:${first.id}`,
    storeId,
    after: { by: id, note, ...totals(moves) },
  })
}

const distinct = (lines: readonly sql.Line[]) => [
  ...new Map(lines.map((line) => [levelKey(line), line])).values(),
]
const putBack = ({ lotId, quantity }: sql.Line) => (lotId ? [{ lotId, quantity: -(quantity ?? 0) }] : [])
const movedBy = (kind: sql.Document['kind'], line: sql.Line): number =>
  kind === 'COUNT'
    ? (line.counted ?? 0) - (line.onHandThen ?? 0)
    : (kind === 'WASTE' ? -1 : 1) * (line.quantity ?? 0)
