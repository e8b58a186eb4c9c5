import type { Input, Output } from '@linli/contract'
import type { consoleTillRoutes } from '@linli/contract/console-tills'
import { inScope, signature, type StaffActor } from '#kernel/actor'
import { inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import * as sql from './conflicts.sql.ts'
import { conflictMissing, conflictOver, conflictOwned } from './problems.ts'
import type { Room } from './room.ts'
import { findById } from './tills.sql.ts'

type Routes = typeof consoleTillRoutes
type Query = NonNullable<Input<Routes['GET /console/v1/till-conflicts']>['query']>
type Shown = Output<Routes['POST /console/v1/till-conflicts/:conflictId/owner']>
type Resolving = Input<Routes['POST /console/v1/till-conflicts/:conflictId/resolution']>['body']

const shown = (row: sql.ConflictRow, actor: StaffActor): Shown => ({
  id: row.id,
  kind: row.kind,
  storeId: row.storeId,
  posTxnId: row.posTxnId,
  partnerName: row.partnerName,
  detail: row.detail,
  amountFen: row.amountFen,
  openedAt: row.openedAt.toISOString(),
  owner:
    row.ownerAccount === null
      ? null
      : { account: row.ownerAccount, name: row.ownerName ?? '', mine: row.ownerId === actor.staffId },
  resolvedAt: row.resolvedAt?.toISOString() ?? null,
  resolution: row.resolution,
  note: row.note,
})

/** A conflict of one's own stores; others do not exist. */
async function find({ ctx }: Room, actor: StaffActor, id: string): Promise<sql.ConflictRow> {
  const row = await sql.findConflict(ctx.db, id)
  return row && inScope(actor, row.storeId) ? row : refuse(conflictMissing)
}

export async function listConflicts(
  { ctx, staff }: Room,
  actor: StaffActor,
  { open, mine = false, kind, storeId, page = 1, limit = 20 }: Query,
) {
  if (storeId !== undefined) staff.requireScope(actor, storeId)
  const storeIds = storeId === undefined ? staff.scopeOf(actor) : [storeId]
  const filter = { storeIds, kind, ownerId: mine ? actor.staffId : undefined }
  const [items, counts] = await Promise.all([
    sql.listConflicts(ctx.db, filter, { open, limit, offset: (page - 1) * limit }),
    sql.countConflicts(ctx.db, filter),
  ])
  const total = open === undefined ? counts.open + counts.over : open ? counts.open : counts.over
  return { items: items.map((row) => shown(row, actor)), total, ...counts }
}

export async function showConflict(room: Room, actor: StaffActor, id: string) {
  const row = await find(room, actor, id)
  const { db } = room.ctx
  const [sale, lines, discounts, events] = await Promise.all([
    findById(db, row.tillId),
    sql.listReceiptLines(db, row.tillId),
    sql.sumDiscounts(db, row.tillId),
    sql.listEvents(db, id),
  ])
  return {
    conflict: shown(row, actor),
    sale: { soldAt: sale?.soldAt?.toISOString() ?? null, paidFen: sale?.paidFen ?? null, lines, discounts },
    events: events.map((event) => ({ ...event, at: event.at.toISOString() })),
  }
}

type Deed = { verb: 'take' | 'release' } | ({ verb: 'resolve' } & Resolving)
const AUDITED = {
  take: { action: 'tills.conflict_taken' },
  release: { action: 'tills.conflict_released' },
  resolve: { action: 'tills.conflict_resolved' },
} as const

/** Takes a conflict, gives it away again, or says what came of it. Who has it works on it alone; whoever resolves one that nobody has, has it. */
export async function workOn(room: Room, call: AuditedCall, id: string, deed: Deed): Promise<Shown> {
  const { actor } = call
  const { clock, db } = room.ctx
  await inTx(db, async (tx) => {
    const before = (await sql.lockConflict(tx, id)) ?? refuse(conflictMissing)
    if (!inScope(actor, before.storeId)) refuse(conflictMissing)
    if (before.resolvedAt) refuse(conflictOver)
    // Somebody may take it over, as when the other went home; nobody gives away or resolves what another works on.
    const others = before.ownerId !== null && before.ownerId !== actor.staffId
    if (others && deed.verb !== 'take') refuse(conflictOwned)
    const at = clock.now()
    const [resolution, note] = deed.verb === 'resolve' ? [deed.resolution, deed.note] : [null, null]
    const ownerId = deed.verb === 'release' ? null : actor.staffId
    await sql.updateConflict(tx, id, { ownerId, resolvedAt: resolution && at, resolution, note })
    await sql.insertEvent(tx, id, { verb: deed.verb, by: signature(actor), at, note })
    await room.staff.audit(tx, call, {
      ...AUDITED[deed.verb],
      subject: `till_conflict:${id}`,
      storeId: before.storeId,
      after: deed.verb === 'resolve' ? { resolution, note } : undefined,
    })
  })
  return shown(await find(room, actor, id), actor)
}
