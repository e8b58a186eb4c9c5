import type {
  consoleStockDocumentRoutes,
  StockDocument,
  StockDocumentView,
} from '@linli/contract/console-stock-documents'
import type { Input, Output } from '@linli/contract'
import type { Static } from 'typebox'
import type { StaffActor } from '#kernel/actor'
import { refuse } from '#kernel/problem'
import { visible } from './visible.ts'
import * as sql from './document-views.sql.ts'
import { documentMissing } from './problems.ts'
import type { StockRoom } from './room.ts'

type List = (typeof consoleStockDocumentRoutes)['GET /console/v1/stock-documents']
type Shown = Static<typeof StockDocument>
export type DocumentView = Static<typeof StockDocumentView>

// The table's constraints know no other words than the contract.
const shown = ({ at, changedAt, source, wasteReason, ...row }: sql.DocumentRow): Shown => ({
  ...row,
  source: source as Shown['source'],
  wasteReason: wasteReason as Shown['wasteReason'],
  at: at.toISOString(),
  changedAt: changedAt.toISOString(),
})

/** A page of documents that touch the reader's stores, newest first. */
export async function listDocuments(
  { ctx: { db }, staff }: StockRoom,
  actor: StaffActor,
  { storeId, kind, state, page = 1, limit = 20 }: NonNullable<Input<List>['query']>,
): Promise<Output<List>> {
  if (storeId) staff.requireScope(actor, storeId)
  const filter = { storeIds: storeId ? [storeId] : staff.scopeOf(actor), kind, state }
  const [rows, { total }] = await Promise.all([
    sql.listDocuments(db, filter, { limit, offset: (page - 1) * limit }),
    sql.countDocuments(db, filter),
  ])
  return { items: rows.map(shown), total }
}

/** One document whole, for somebody who sees one of its stores. */
export async function showDocument(
  { ctx: { db }, staff }: StockRoom,
  actor: StaffActor,
  id: string,
): Promise<DocumentView> {
  const row = visible((await sql.findDocument(db, id)) ?? refuse(documentMissing), staff.scopeOf(actor))
  const [lines, events] = await Promise.all([sql.listLines(db, id), sql.listDocumentEvents(db, id)])
  return {
    ...shown(row),
    items: lines.map(({ countedAt, ...line }) => ({ ...line, countedAt: countedAt?.toISOString() ?? null })),
    events: events.map(({ at, ...event }) => ({ ...event, at: at.toISOString() })),
  }
}
