import { sql } from 'kysely'
import type { Tx } from '#kernel/db'
import type { LevelKey } from './level.ts'

export interface CountLine extends LevelKey {
  documentId: string
  counted: number
  by: string
  at: Date
}
/**
 * Writes what was counted beside what the book says at this very moment, in one statement; counting again replaces both. False: the store keeps no
 * such SKU. Meets `stock_document_line_counting` when another open count has it.
 */
export async function countLine(
  tx: Tx,
  { documentId, storeId, skuId, counted, by, at }: CountLine,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into stock_document_line (document_id, line_no, kind, store_id, sku_id, counted, on_hand_then, ledger_then, counted_by, counted_at, open)
    select ${documentId}, 1 + coalesce((select max(line_no) from stock_document_line where document_id = ${documentId}), 0), 'COUNT',
      l.store_id, l.sku_id, ${counted}, l.on_hand,
      coalesce((select max(e.id) from stock_ledger e where e.store_id = l.store_id and e.sku_id = l.sku_id), 0), ${by}, ${at}, true
    from stock_level l where l.store_id = ${storeId} and l.sku_id = ${skuId}
    on conflict (document_id, sku_id) where kind in ('COUNT', 'TRANSFER') do update set counted = excluded.counted,
      on_hand_then = excluded.on_hand_then, ledger_then = excluded.ledger_then, counted_by = excluded.counted_by, counted_at = excluded.counted_at`.execute(
    tx,
  )
  return numAffectedRows === 1n
}

export async function dropLine(tx: Tx, documentId: string, skuId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('stock_document_line')
    .where('document_id', '=', documentId)
    .where('sku_id', '=', skuId)
    .where('open', '=', true)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** Lines of an ended count no longer keep their SKU from being counted. */
export async function closeLines(tx: Tx, documentId: string): Promise<bigint> {
  const { numUpdatedRows } = await tx
    .updateTable('stock_document_line')
    .set({ open: false })
    .where('document_id', '=', documentId)
    .where('open', '=', true)
    .executeTakeFirst()
  return numUpdatedRows
}

/** SKUs whose level somebody corrected after the line was counted: the difference would be corrected twice. */
export async function correctedSince(tx: Tx, documentId: string): Promise<{ skuId: string }[]> {
  const { rows } = await sql<{ skuId: string }>`
    select l.sku_id as "skuId" from stock_document_line l where l.document_id = ${documentId} and exists (
      select from stock_ledger e where e.store_id = l.store_id and e.sku_id = l.sku_id and e.id > l.ledger_then
        and e.reason in ('ADJUST', 'SYNC') and e.document_id is distinct from l.document_id)`.execute(tx)
  return rows
}

/** The lines of a counter-document: what was counted and what the book said change places. */
export async function copyCounts(tx: Tx, { from, to }: { from: string; to: string }): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into stock_document_line (document_id, line_no, kind, store_id, sku_id, counted, on_hand_then, ledger_then, counted_by, counted_at)
    select ${to}, line_no, kind, store_id, sku_id, on_hand_then, counted, ledger_then, counted_by, counted_at
    from stock_document_line where document_id = ${from}`.execute(tx)
  return Number(numAffectedRows)
}
