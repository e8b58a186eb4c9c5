import { inScope, signature, type StaffActor } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import * as sql from './audit.sql.ts'
import { outOfScope } from './problems.ts'

export interface AuditedCall {
  actor: StaffActor
  requestId: string
}
export interface AuditedChange {
  /** Room and deed, e.g. `catalog.price_changed`. */
  action: string
  /** Kind and id of what was changed, e.g. `product:<id>`. */
  subject: string
  storeId?: string | null
  before?: unknown
  after?: unknown
}
/** What differs between two states of a thing, as the trail keeps it: only the fields that changed. */
export function differences(before: unknown, after: unknown): { before: unknown; after: unknown } {
  if (!isRecord(before) || !isRecord(after)) return { before, after }
  const changed = Object.keys({ ...before, ...after }).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  )
  const only = (state: Record<string, unknown>) =>
    Object.fromEntries(changed.map((key) => [key, state[key] ?? null]))
  return { before: only(before), after: only(after) }
}
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Writes who did what into the trail, in the same transaction as the deed. */
export type Audit = (tx: Tx, call: AuditedCall, change: AuditedChange) => Promise<void>

export const createAudit =
  ({ clock }: Pick<Ctx, 'clock'>): Audit =>
  async (tx, { actor, requestId }, { action, subject, storeId = null, before, after }) => {
    await sql.insertEvent(tx, {
      id: newId(),
      at: clock.now(),
      staffId: actor.staffId,
      actor: signature(actor),
      action,
      subject,
      storeId,
      ...differences(before, after),
      requestId,
    })
  }

export interface AuditPage {
  q?: string
  /** The room whose deeds are asked for. */
  about?: string
  storeId?: string
  page?: number
  limit?: number
}

/** A page of the trail, newest first, within what the reader may see. */
export async function readTrail(
  { db }: Pick<Ctx, 'db'>,
  actor: StaffActor,
  { q, about, storeId, page = 1, limit = 20 }: AuditPage,
): Promise<{ items: Awaited<ReturnType<typeof sql.listEvents>>; total: number }> {
  if (storeId !== undefined && !inScope(actor, storeId)) refuse(outOfScope, { storeId })
  const storeIds = storeId === undefined ? actor.storeIds : [storeId]
  const filter = { q: q?.trim() || undefined, about, storeIds }
  const [items, total] = await Promise.all([
    sql.listEvents(db, filter, { limit, offset: (page - 1) * limit }),
    sql.countEvents(db, filter),
  ])
  return { items, total }
}
