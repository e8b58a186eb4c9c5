import { type RawBuilder, sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { DocumentKind, DocumentState, DocumentVerb } from './document-states.ts'
import type { LevelKey } from './level.ts'
import type { LotPart } from './lots.ts'

/** What people call a document: two letters for its kind and a running number. */
export const numberOf = (alias: string): RawBuilder<string> => {
  const [kind, seq] = [sql.ref(`${alias}.kind`), sql.ref(`${alias}.seq`)]
  return sql<string>`((case ${kind} when 'RECEIVE' then 'SH' when 'WASTE' then 'BS' when 'COUNT' then 'PD' else 'DB' end)
    || lpad(${seq}::text, greatest(6, length(${seq}::text)), '0'))`
}

export interface NewDocument {
  id: string
  kind: DocumentKind
  state: DocumentState
  storeId: string
  toStoreId: string | null
  source: string | null
  supplier: string | null
  wasteReason: string | null
  note: string
  reverses: string | null
  key: string
  bodyHash: string
  by: string
  at: Date
}
/** False: this person used this key before. Whoever inserts the same key at the same time waits for the outcome. */
export async function insertDocument(tx: Tx, row: NewDocument): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('stock_document')
    .values({
      id: row.id,
      kind: row.kind,
      state: row.state,
      store_id: row.storeId,
      to_store_id: row.toStoreId,
      source: row.source,
      supplier: row.supplier,
      waste_reason: row.wasteReason,
      note: row.note,
      reverses: row.reverses,
      idem_key: row.key,
      body_hash: row.bodyHash,
      by: row.by,
      at: row.at,
      changed_at: row.at,
    })
    .onConflict((conflict) => conflict.columns(['by', 'idem_key']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
export const findByKey = (
  tx: Tx,
  by: string,
  key: string,
): Promise<{ id: string; bodyHash: string } | undefined> =>
  tx
    .selectFrom('stock_document')
    .select(['id', 'body_hash as bodyHash'])
    .where('by', '=', by)
    .where('idem_key', '=', key)
    .executeTakeFirst()

export interface Document {
  id: string
  kind: DocumentKind
  state: DocumentState
  storeId: string
  toStoreId: string | null
  source: string | null
  wasteReason: string | null
  reverses: string | null
}
const DOCUMENT = [
  'id',
  'store_id as storeId',
  'to_store_id as toStoreId',
  'source',
  'reverses',
  'waste_reason as wasteReason',
  sql<DocumentKind>`kind`.as('kind'),
  sql<DocumentState>`state`.as('state'),
] as const
export const readDocument = (db: Reader, id: string): Promise<Document | undefined> =>
  db
    .selectFrom('stock_document')
    .select([...DOCUMENT])
    .where('id', '=', id)
    .executeTakeFirst()
/** Locked until the transaction ends: of two who act on one document the second sees what the first did. */
export const lockDocument = (tx: Tx, id: string): Promise<Document | undefined> =>
  tx
    .selectFrom('stock_document')
    .select([...DOCUMENT])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

/** Compare-and-set. */
export async function setState(
  tx: Tx,
  id: string,
  { from, to, at }: { from: DocumentState; to: DocumentState; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('stock_document')
    .set({ state: to, changed_at: at })
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface DocumentEvent {
  documentId: string
  verb: DocumentVerb
  from: DocumentState | null
  to: DocumentState
  key: string
  bodyHash: string
  by: string
  at: Date
}
export async function insertEvent(
  tx: Tx,
  { documentId, from, to, key, bodyHash, ...row }: DocumentEvent,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('stock_document_event')
    .values({
      ...row,
      document_id: documentId,
      from_state: from,
      to_state: to,
      idem_key: key,
      body_hash: bodyHash,
    })
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
export const findEvent = (
  tx: Tx,
  documentId: string,
  verb: DocumentVerb,
): Promise<{ key: string; bodyHash: string; by: string } | undefined> =>
  tx
    .selectFrom('stock_document_event')
    .select(['idem_key as key', 'body_hash as bodyHash', 'by'])
    .where('document_id', '=', documentId)
    .where('verb', '=', verb)
    .executeTakeFirst()

export interface NewLine extends LevelKey {
  quantity: number
  batchNo?: string | null
  madeOn?: string | null
  expiresOn?: string | null
  lotId?: string | null
}
export async function insertLines(
  tx: Tx,
  { id, kind }: { id: string; kind: DocumentKind },
  lines: readonly NewLine[],
): Promise<number> {
  const { length } = await tx
    .insertInto('stock_document_line')
    .values(
      lines.map((line, i) => ({
        document_id: id,
        line_no: i + 1,
        kind,
        store_id: line.storeId,
        sku_id: line.skuId,
        quantity: line.quantity,
        batch_no: line.batchNo ?? null,
        made_on: line.madeOn ?? null,
        expires_on: line.expiresOn ?? null,
        lot_id: line.lotId ?? null,
      })),
    )
    .returning('line_no')
    .execute()
  return length
}

export interface Line extends LevelKey {
  lineNo: number
  quantity: number | null
  batchNo: string | null
  madeOn: string | null
  expiresOn: string | null
  lotId: string | null
  counted: number | null
  onHandThen: number | null
  ledgerThen: number | null
  shipped: number | null
  lots: LotPart[] | null
}
export const linesOf = (tx: Tx, documentId: string): Promise<Line[]> =>
  tx
    .selectFrom('stock_document_line')
    .select(['line_no as lineNo', 'store_id as storeId', 'sku_id as skuId', 'quantity', 'lot_id as lotId'])
    .select([
      'batch_no as batchNo',
      'counted',
      'on_hand_then as onHandThen',
      'ledger_then as ledgerThen',
      'shipped',
    ])
    .select([
      sql<string | null>`made_on`.as('madeOn'),
      sql<string | null>`expires_on`.as('expiresOn'),
      sql<LotPart[] | null>`lots`.as('lots'),
    ])
    .where('document_id', '=', documentId)
    .orderBy('line_no')
    .execute()

/** Which of these SKUs the store keeps a level of. */
export const stocked = (tx: Tx, storeId: string, skuIds: readonly string[]): Promise<{ skuId: string }[]> =>
  tx
    .selectFrom('stock_level')
    .select('sku_id as skuId')
    .where('store_id', '=', storeId)
    .where(sql<boolean>`sku_id = any(${skuIds}::uuid[])`)
    .execute()

export const findReversal = (
  db: Reader,
  documentId: string,
): Promise<{ id: string; by: string; key: string } | undefined> =>
  db
    .selectFrom('stock_document')
    .select(['id', 'by', 'idem_key as key'])
    .where('reverses', '=', documentId)
    .executeTakeFirst()
