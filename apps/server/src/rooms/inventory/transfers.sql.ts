import { sql } from 'kysely'
import type { Tx } from '#kernel/db'
import type { LotPart } from './lots.ts'

export interface ShippedLine {
  skuId: string
  shipped: number
  lots: readonly LotPart[]
}
export async function setShipped(tx: Tx, documentId: string, lines: readonly ShippedLine[]): Promise<number> {
  const { numAffectedRows } = await sql`
    update stock_document_line l set shipped = x.shipped, lots = x.lots
    from unnest(${lines.map(({ skuId }) => skuId)}::uuid[], ${lines.map(({ shipped }) => shipped)}::int[],
      ${lines.map(({ lots }) => JSON.stringify(lots))}::jsonb[]) x(sku_id, shipped, lots)
    where l.document_id = ${documentId} and l.sku_id = x.sku_id and l.shipped is null`.execute(tx)
  return Number(numAffectedRows)
}

export interface ReceivedLine {
  skuId: string
  received: number
}
export async function setReceived(
  tx: Tx,
  documentId: string,
  lines: readonly ReceivedLine[],
): Promise<number> {
  const { numAffectedRows } = await sql`
    update stock_document_line l set received = x.received
    from unnest(${lines.map(({ skuId }) => skuId)}::uuid[], ${lines.map(({ received }) => received)}::int[]) x(sku_id, received)
    where l.document_id = ${documentId} and l.sku_id = x.sku_id and l.received is null`.execute(tx)
  return Number(numAffectedRows)
}
