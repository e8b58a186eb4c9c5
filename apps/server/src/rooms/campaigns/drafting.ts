import { signature, type StaffActor } from '#kernel/actor'
import { inTx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import * as sql from './campaigns.sql.ts'
import { lowestFen } from './kinds/group/index.ts'
import { fromShelf } from './kinds/index.ts'
import type { Plan } from './kinds/kind.ts'
import { namedFaults } from './named.ts'
import { editedMeanwhile, stateWrong, unsound } from './problems.ts'
import { draftOf, type Input, planAt, planOf, stockOf, storesOf } from './plan.ts'
import type { Room } from './room.ts'
import { lockInScope, subjectOf } from './running.ts'
import { shopView, type ShopCampaign } from './shown.ts'
import { faultsOf } from './soundness.ts'

/** A draft may be wrong in many ways while it is worked on, but not in these: they could not even be kept. */
const UNKEEPABLE = ['repeated', 'not_sold', 'assist_no_items', 'share_no_items', 'ends_before_start']

function requireKeepable({ staff, catalog, ctx }: Room, actor: StaffActor, plan: Plan): void {
  for (const storeId of storesOf(plan)) staff.requireScope(actor, storeId)
  const faults = faultsOf(plan, ctx.clock.now(), catalog.sellable).filter(({ code }) =>
    UNKEEPABLE.includes(code),
  )
  if (faults.length > 0) refuse(unsound, { faults })
}

async function keep(room: Room, call: AuditedCall, plan: Plan): Promise<string> {
  requireKeepable(room, call.actor, plan)
  const stamp = { by: signature(call.actor), at: room.ctx.clock.now() }
  const row = { ...plan, id: newId(), createdAt: stamp.at, createdBy: stamp.by }
  await inTx(room.ctx.db, async (tx) => {
    await sql.insertCampaign(tx, row)
    await sql.insertEvent(tx, row.id, { verb: 'draft', words: '', ...stamp })
    await room.staff.audit(tx, call, { action: 'campaigns.drafted', ...subjectOf(row), after: row })
  })
  return row.id
}

/** Begins a draft; answers its id. */
export const draft = (room: Room, call: AuditedCall, input: Input): Promise<string> =>
  keep(room, call, planOf(input))

/** Edits a draft that nobody else has edited since. */
export async function edit(
  room: Room,
  call: AuditedCall,
  id: string,
  { revision, ...input }: Input & { revision: number },
): Promise<void> {
  const plan = planOf(input)
  const stamp = { by: signature(call.actor), at: room.ctx.clock.now() }
  await inTx(room.ctx.db, async (tx) => {
    const before = await lockInScope(tx, room, call.actor, id)
    if (before.state !== 'DRAFT') refuse(stateWrong, { state: before.state })
    requireKeepable(room, call.actor, plan)
    if (!(await sql.updateDraft(tx, id, revision, plan)))
      refuse(editedMeanwhile, { revision: before.revision })
    await sql.insertEvent(tx, id, { verb: 'edit', words: '', ...stamp })
    await room.staff.audit(tx, call, {
      action: 'campaigns.edited',
      ...subjectOf({ ...plan, id }),
      before,
      after: plan,
    })
  })
}

export async function discard(room: Room, call: AuditedCall, id: string): Promise<void> {
  const stamp = { by: signature(call.actor), at: room.ctx.clock.now() }
  await inTx(room.ctx.db, async (tx) => {
    const before = await lockInScope(tx, room, call.actor, id)
    if (before.state !== 'DRAFT') refuse(stateWrong, { state: before.state })
    await sql.deleteDraft(tx, id)
    await sql.insertEvent(tx, id, { verb: 'discard', words: '', ...stamp })
    await room.staff.audit(tx, call, { action: 'campaigns.discarded', ...subjectOf(before), before })
  })
}

/** A new draft with the terms of a campaign, whatever became of that one; answers its id. */
export async function copy(room: Room, call: AuditedCall, id: string, startsAt: Date): Promise<string> {
  const from = await inTx(room.ctx.db, (tx) => lockInScope(tx, room, call.actor, id))
  return keep(room, call, planAt(from, startsAt))
}

export interface Trial {
  faults: ReturnType<typeof faultsOf>
  goods: { storeId: string; skuId: string; quota: number; available: number; onlineFen: number }[]
  costFen: number
  shop: ShopCampaign[]
}
/** What would happen if this were scheduled now. Changes nothing. */
export async function tryOut(room: Room, actor: StaffActor, input: Input): Promise<Trial> {
  const { staff, catalog, inventory, ctx } = room
  const plan = planOf(input)
  for (const storeId of storesOf(plan)) staff.requireScope(actor, storeId)
  const now = ctx.clock.now()
  const row = draftOf(plan, newId(), now)
  const faults = [...faultsOf(plan, now, catalog.sellable), ...(await namedFaults(room, plan))]
  const goods = stockOf(plan).map(({ storeId, skuId, quota }) => {
    const sold = catalog.sellable(storeId, skuId)
    const parts = sold?.components ?? [{ skuId, quantity: 1 }]
    const most = parts.map((part) => Math.floor(inventory.available(storeId, part.skuId) / part.quantity))
    const available = fromShelf(plan) ? Math.min(quota, ...most) : quota
    return { storeId, skuId, quota, available, onlineFen: sold?.unitFen ?? 0 }
  })
  const priceOf = new Map(plan.items.map(({ skuId, priceFen }) => [skuId, lowestFen(plan, priceFen)]))
  const clashes = plan.endsAt > plan.startsAt ? await sql.overlapping(ctx.db, plan, stockOf(plan), null) : []
  return {
    faults: [
      ...faults,
      ...clashes.map(({ storeId, name }) => ({
        field: 'startsAt',
        code: 'overlap',
        words: `${storeId} 的这件商品那时已经在「${name}」里`,
      })),
    ],
    goods,
    costFen: goods.reduce(
      (sum, { skuId, quota, onlineFen }) =>
        sum + quota * Math.max(0, onlineFen - (priceOf.get(skuId) ?? onlineFen)),
      0,
    ),
    shop: storesOf(plan).map((storeId) => shopView(room, row, storeId)),
  }
}
