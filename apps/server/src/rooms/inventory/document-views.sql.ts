import { sql } from 'kysely'
import type { Reader } from '#kernel/db'
import type { DocumentKind, DocumentState, DocumentVerb } from './document-states.ts'
import { numberOf } from './documents.sql.ts'

export interface DocumentFilter {
  storeIds: readonly string[] | null
  kind: DocumentKind | undefined
  state: DocumentState | undefined
}
export interface DocumentRow {
  id: string
  no: string
  kind: DocumentKind
  state: DocumentState
  storeId: string
  toStoreId: string | null
  source: string | null
  supplier: string | null
  wasteReason: string | null
  note: string
  by: string
  at: Date
  changedAt: Date
  lines: number
  pieces: number
  missing: number
  reverses: string | null
  reversedBy: string | null
}
const documents = (db: Reader) =>
  db.selectFrom('stock_document as d').select([
    'd.id',
    numberOf('d').as('no'),
    sql<DocumentKind>`d.kind`.as('kind'),
    sql<DocumentState>`d.state`.as('state'),
    'd.store_id as storeId',
    'd.to_store_id as toStoreId',
    'd.source',
    'd.supplier',
    'd.waste_reason as wasteReason',
    'd.note',
    'd.by',
    'd.at',
    'd.changed_at as changedAt',
    sql<number>`(select count(*) from stock_document_line l where l.document_id = d.id)`.as('lines'),
    sql<number>`(select coalesce(sum(coalesce(l.received, l.shipped, l.quantity, l.counted - l.on_hand_then)), 0) from stock_document_line l
      where l.document_id = d.id)`.as('pieces'),
    sql<number>`(select coalesce(sum(l.shipped - l.received), 0) from stock_document_line l where l.document_id = d.id)`.as(
      'missing',
    ),
    sql<string | null>`(select ${numberOf('o')} from stock_document o where o.id = d.reverses)`.as(
      'reverses',
    ),
    sql<string | null>`(select ${numberOf('o')} from stock_document o where o.reverses = d.id)`.as(
      'reversedBy',
    ),
  ])
const within = ({ storeIds, kind, state }: DocumentFilter) => {
  const clauses = [sql<boolean>`true`]
  if (storeIds)
    clauses.push(
      sql<boolean>`(d.store_id = any(${storeIds}::text[]) or d.to_store_id = any(${storeIds}::text[]))`,
    )
  if (kind) clauses.push(sql<boolean>`d.kind = ${kind}`)
  if (state) clauses.push(sql<boolean>`d.state = ${state}`)
  return sql<boolean>`${sql.join(clauses, sql` and `)}`
}

export const listDocuments = (
  db: Reader,
  filter: DocumentFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<DocumentRow[]> =>
  documents(db)
    .where(within(filter))
    .orderBy('d.at', 'desc')
    .orderBy('d.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
export const countDocuments = (db: Reader, filter: DocumentFilter): Promise<{ total: number }> =>
  db
    .selectFrom('stock_document as d')
    .select(sql<number>`count(*)`.as('total'))
    .where(within(filter))
    .executeTakeFirstOrThrow()
export const findDocument = (db: Reader, id: string): Promise<DocumentRow | undefined> =>
  documents(db).where('d.id', '=', id).executeTakeFirst()

export interface LineRow {
  lineNo: number
  skuId: string
  name: string
  barcode: string
  unit: string
  shelf: string | null
  quantity: number | null
  batchNo: string | null
  madeOn: string | null
  expiresOn: string | null
  counted: number | null
  onHandThen: number | null
  countedAt: Date | null
  countedBy: string | null
  shipped: number | null
  received: number | null
  onHand: number
  reserved: number
}
export const listLines = (db: Reader, documentId: string): Promise<LineRow[]> =>
  db
    .selectFrom('stock_document_line as l')
    .innerJoin('sku', 'sku.id', 'l.sku_id')
    .innerJoin('product', 'product.id', 'sku.product_id')
    .innerJoin('stock_level as s', (join) =>
      join.onRef('s.store_id', '=', 'l.store_id').onRef('s.sku_id', '=', 'l.sku_id'),
    )
    .leftJoin('listing', (join) =>
      join.onRef('listing.store_id', '=', 'l.store_id').onRef('listing.sku_id', '=', 'l.sku_id'),
    )
    .select(['l.line_no as lineNo', 'l.sku_id as skuId', 'product.name', 'sku.barcode', 'product.unit'])
    .select([
      'listing.shelf',
      'l.quantity',
      'l.batch_no as batchNo',
      'l.counted',
      'l.on_hand_then as onHandThen',
    ])
    .select(['l.counted_at as countedAt', 'l.counted_by as countedBy', 'l.shipped', 'l.received'])
    .select(['s.on_hand as onHand', 's.reserved'])
    .select([sql<string | null>`l.made_on`.as('madeOn'), sql<string | null>`l.expires_on`.as('expiresOn')])
    .where('l.document_id', '=', documentId)
    .orderBy('l.line_no')
    .execute()

export interface EventRow {
  verb: DocumentVerb
  by: string
  at: Date
}
export const listDocumentEvents = (db: Reader, documentId: string): Promise<EventRow[]> =>
  db
    .selectFrom('stock_document_event')
    .select([sql<DocumentVerb>`verb`.as('verb'), 'by', 'at'])
    .where('document_id', '=', documentId)
    .orderBy('seq')
    .execute()
