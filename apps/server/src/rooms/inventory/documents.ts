import { createHash } from 'node:crypto'
import { signature } from '#kernel/actor'
import { inTx, type Tx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import { type DocumentKind, type DocumentState, type DocumentVerb, stepTo } from './document-states.ts'
import { type DocumentView, showDocument } from './document-views.ts'
import * as sql from './documents.sql.ts'
import { documentMissing, documentState, keyReused, levelMissing } from './problems.ts'
import type { StockRoom } from './room.ts'
import { visible } from './visible.ts'

/** What was asked for, without the key; clients repeat a body as they sent it first. SHA-256 in hex. */
export const hashOf = (body: { idempotencyKey: string }, ...where: string[]): string =>
  createHash('sha256')
    .update(JSON.stringify([where, { ...body, idempotencyKey: undefined }]))
    .digest('hex')

export interface Birth {
  kind: DocumentKind
  verb: DocumentVerb
  storeId: string
  toStoreId?: string
  source?: string
  supplier?: string | undefined
  wasteReason?: string
  note?: string | undefined
  reverses?: string
  key: string
  bodyHash: string
}
export interface Born {
  id: string
  by: string
  at: Date
}

/**
 * Opens a document and does its work in one transaction. The same key answers the first document again and does nothing; the same key with
 * another body is refused.
 */
export async function bear(
  room: StockRoom,
  call: AuditedCall,
  birth: Birth,
  work: (tx: Tx, born: Born) => Promise<void>,
): Promise<DocumentView> {
  const id = await inTx(room.ctx.db, async (tx) => {
    const by = signature(call.actor)
    const born = { id: newId(), by, at: room.ctx.clock.now() }
    const state = stepTo(birth.kind, null, birth.verb)
    if (!state) throw new Error(`a ${birth.kind} is not born by ${birth.verb}`)
    const isNew = await sql.insertDocument(tx, {
      ...birth,
      id: born.id,
      state,
      toStoreId: birth.toStoreId ?? null,
      source: birth.source ?? null,
      supplier: birth.supplier ?? null,
      wasteReason: birth.wasteReason ?? null,
      note: birth.note?.trim() ?? '',
      reverses: birth.reverses ?? null,
      by,
      at: born.at,
    })
    if (!isNew) {
      const first = await sql.findByKey(tx, by, birth.key)
      if (!first) throw new Error(`key ${birth.key} is taken by nothing`)
      return first.bodyHash === birth.bodyHash ? first.id : refuse(keyReused)
    }
    await sql.insertEvent(tx, {
      documentId: born.id,
      verb: birth.verb,
      from: null,
      to: state,
      key: birth.key,
      bodyHash: birth.bodyHash,
      by,
      at: born.at,
    })
    await work(tx, born)
    return born.id
  })
  await room.snapshot.refresh()
  return showDocument(room, call.actor, id)
}

export interface Step {
  documentId: string
  kind: DocumentKind | null
  verb: DocumentVerb
  body: { idempotencyKey: string }
}
export interface Stepped extends Born {
  document: sql.Document
  from: DocumentState
}

/**
 * Moves a document on, once, and does the work of the step in the same transaction. Repeating the step with its key answers the document as it is;
 * with another key it is refused, as is a step its state does not allow.
 */
export async function advance(
  room: StockRoom,
  call: AuditedCall,
  { documentId, kind, verb, body }: Step,
  {
    requireScope,
    work,
  }: {
    requireScope: (document: sql.Document) => void
    work: (tx: Tx, step: Stepped) => Promise<void>
  },
): Promise<DocumentView> {
  await inTx(room.ctx.db, async (tx) => {
    const document = await lockVisible(tx, room, call, documentId)
    requireScope(document)
    const by = signature(call.actor)
    const done = await sql.findEvent(tx, documentId, verb)
    const [key, bodyHash] = [body.idempotencyKey, hashOf(body, verb)]
    if (done?.key === key && done.by === by) {
      if (done.bodyHash !== bodyHash) refuse(keyReused)
      return
    }
    const to =
      kind === null || kind === document.kind ? stepTo(document.kind, document.state, verb) : undefined
    if (!to) refuse(documentState, { state: document.state })
    const at = room.ctx.clock.now()
    await work(tx, { id: documentId, document, from: document.state, by, at })
    if (!(await sql.setState(tx, documentId, { from: document.state, to, at })))
      throw new Error(`document ${documentId} changed while it was locked`)
    await sql.insertEvent(tx, { documentId, verb, from: document.state, to, key, bodyHash, by, at })
  })
  await room.snapshot.refresh()
  return showDocument(room, call.actor, documentId)
}

/** The document, locked; who sees neither of its stores learns nothing of it. */
export async function lockVisible(
  tx: Tx,
  { staff }: StockRoom,
  { actor }: AuditedCall,
  documentId: string,
): Promise<sql.Document> {
  const document = (await sql.lockDocument(tx, documentId)) ?? refuse(documentMissing)
  return visible(document, staff.scopeOf(actor))
}

/** Refuses when a line names what the store does not keep: the constraint would say so less kindly. */
export async function requireStocked(
  tx: Tx,
  storeId: string,
  lines: readonly { skuId: string }[],
): Promise<void> {
  const wanted = [...new Set(lines.map(({ skuId }) => skuId))]
  const known = new Set((await sql.stocked(tx, storeId, wanted)).map(({ skuId }) => skuId))
  const missing = wanted.filter((skuId) => !known.has(skuId))
  if (missing.length > 0) refuse(levelMissing, { storeId, lines: missing.map((skuId) => ({ skuId })) })
}
