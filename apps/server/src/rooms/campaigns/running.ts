import { signature, type StaffActor, SYSTEM } from '#kernel/actor'
import { secondsAfter } from '#kernel/clock'
import { inTx, type Tx, violates } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import * as sql from './campaigns.sql.ts'
import type { StockRow } from './campaigns.sql.ts'
import { fromShelf } from './kinds/index.ts'
import { namedFaults } from './named.ts'
import { campaignMissing, editedMeanwhile, overlap, stateWrong, unsound } from './problems.ts'
import { storesOf } from './plan.ts'
import type { Room } from './room.ts'
import { faultsOf } from './soundness.ts'

type Row = sql.CampaignRow
interface Stamp {
  by: string
  at: Date
}

/** Locked, and in the scope of whoever asks: all its stores are. */
export async function lockInScope(tx: Tx, { staff }: Room, actor: StaffActor, id: string): Promise<Row> {
  const row = (await sql.lockCampaign(tx, id)) ?? refuse(campaignMissing, { campaignId: id })
  for (const storeId of storesOf(row)) staff.requireScope(actor, storeId)
  return row
}

/** The trail of a store holds what is that store's alone. */
export const subjectOf = (
  row: Pick<Row, 'id' | 'items' | 'terms'>,
): { subject: string; storeId: string | null } => {
  const [only, ...others] = storesOf(row)
  return { subject: `campaign:${row.id}`, storeId: others.length === 0 ? (only ?? null) : null }
}

/** Takes what is still missing of the quotas off the shelves, as far as it is there. Answers how many pieces are missing after it. */
async function arm(tx: Tx, { inventory }: Room, row: Row, { by, at }: Stamp): Promise<number> {
  const missing = row.stock.filter(({ quota, carved }) => carved < quota)
  if (!fromShelf(row)) {
    if (missing.length > 0)
      await sql.setCarved(
        tx,
        row.id,
        missing.map((stock) => ({ ...stock, carved: stock.quota })),
      )
    return 0
  }
  const moved = await inventory.carve(
    tx,
    missing.map(({ storeId, parts, quota, carved }) => ({ storeId, parts, quantity: quota - carved })),
    { note: row.name, by, at },
  )
  const now = missing.map((stock, i) => ({ ...stock, carved: stock.carved + (moved[i] ?? 0) }))
  const changed = now.filter((_, i) => (moved[i] ?? 0) > 0)
  const left = now.reduce((sum, { quota, carved }) => sum + quota - carved, 0)
  if (changed.length === 0) return left
  await sql.setCarved(tx, row.id, changed)
  const got = moved.reduce((sum, pieces) => sum + pieces, 0)
  const words = left === 0 ? `备足 ${got} 件` : `备了 ${got} 件，还差 ${left} 件`
  await sql.insertEvent(tx, row.id, { verb: 'arm', words, by, at })
  return left
}

/** Ends it, and puts back on the shelf what nobody took. */
async function close(
  tx: Tx,
  { inventory }: Room,
  row: Row,
  how: Stamp & { verb: 'stop' | 'end'; reason: string | null },
): Promise<void> {
  const { by, at, verb, reason } = how
  const rest = fromShelf(row) ? row.stock.filter(({ carved, taken }) => carved > taken) : []
  const back = await inventory.carve(
    tx,
    rest.map(({ storeId, parts, carved, taken }) => ({ storeId, parts, quantity: taken - carved })),
    { note: row.name, by, at },
  )
  if (back.some((pieces, i) => pieces !== (rest[i]?.taken ?? 0) - (rest[i]?.carved ?? 0)))
    throw new Error(`the shelf does not know of all that is kept for campaign ${row.id}`)
  await sql.closeStock(tx, row.id)
  await sql.moveCampaign(tx, row.id, { state: 'ENDED', paused: false, stopReason: reason, endedAt: at })
  await sql.insertEvent(tx, row.id, { verb, words: reason ?? '', by, at })
}

const partsOf = ({ catalog }: Room, { storeId, skuId }: StockRow): StockRow['parts'] =>
  catalog.sellable(storeId, skuId)?.components?.map((each) => ({
    skuId: each.skuId,
    quantity: each.quantity,
  })) ?? [{ skuId, quantity: 1 }]

const isDue = ({ startsAt, armMinutes }: Row, at: Date): boolean =>
  secondsAfter(startsAt, -armMinutes * 60) <= at

/** Makes a draft count: its days are its own, and its goods too once it is near. Refuses with everything that speaks against it. */
export async function schedule(
  room: Room,
  call: AuditedCall,
  id: string,
  { revision }: { revision: number },
): Promise<void> {
  const { ctx, staff, catalog } = room
  const stamp = { by: signature(call.actor), at: ctx.clock.now() }
  // Of the revision that is asked for, or it is refused below.
  const seen = await sql.findCampaign(ctx.db, id)
  const named = seen ? await namedFaults(room, seen) : []
  try {
    await inTx(ctx.db, async (tx) => {
      await sql.scheduleAlone(tx)
      const row = await lockInScope(tx, room, call.actor, id)
      if (row.state !== 'DRAFT') refuse(stateWrong, { state: row.state })
      if (row.revision !== revision) refuse(editedMeanwhile, { revision: row.revision })
      const faults = [...faultsOf(row, stamp.at, catalog.sellable), ...named]
      if (faults.length > 0) refuse(unsound, { faults })
      const stock = row.stock.map((each) => ({ ...each, parts: partsOf(room, each) }))
      await sql.openStock(tx, id, stock)
      await sql.moveCampaign(tx, id, { state: 'SCHEDULED' })
      await sql.insertEvent(tx, id, { verb: 'schedule', words: '', ...stamp })
      if (isDue(row, stamp.at)) await arm(tx, room, { ...row, stock }, stamp)
      await staff.audit(tx, call, { action: 'campaigns.scheduled', ...subjectOf(row), after: row })
    })
  } catch (error) {
    if (!violates(error, 'campaign_stock_overlap')) throw error
    const row = (await sql.findCampaign(ctx.db, id)) ?? refuse(campaignMissing, { campaignId: id })
    refuse(overlap, { with: await sql.overlapping(ctx.db, row, row.stock, id) })
  }
  await room.book.reload()
}

const LIVING: readonly Row['state'][] = ['SCHEDULED', 'LIVE']

/** What staff do to a campaign that counts already. */
async function act(
  room: Room,
  call: AuditedCall,
  id: string,
  action: string,
  work: (tx: Tx, row: Row, stamp: Stamp) => Promise<Partial<Row>>,
): Promise<void> {
  const stamp = { by: signature(call.actor), at: room.ctx.clock.now() }
  await inTx(room.ctx.db, async (tx) => {
    const row = await lockInScope(tx, room, call.actor, id)
    if (!LIVING.includes(row.state)) refuse(stateWrong, { state: row.state })
    const { state, paused, stopReason } = row
    const after = await work(tx, row, stamp)
    await room.staff.audit(tx, call, {
      action,
      ...subjectOf(row),
      before: { state, paused, stopReason },
      after: { state, paused, stopReason, ...after },
    })
  })
  await room.book.reload()
}

export const pause = (room: Room, call: AuditedCall, id: string, reason: string): Promise<void> =>
  act(room, call, id, 'campaigns.paused', async (tx, row, stamp) => {
    if (row.paused) refuse(stateWrong, { state: row.state, paused: true })
    await sql.pauseStock(tx, id, true)
    await sql.moveCampaign(tx, id, { paused: true })
    await sql.insertEvent(tx, id, { verb: 'pause', words: reason, ...stamp })
    return { paused: true }
  })

export const resume = (room: Room, call: AuditedCall, id: string): Promise<void> =>
  act(room, call, id, 'campaigns.resumed', async (tx, row, stamp) => {
    if (!row.paused) refuse(stateWrong, { state: row.state, paused: false })
    await sql.pauseStock(tx, id, false)
    await sql.moveCampaign(tx, id, { paused: false })
    await sql.insertEvent(tx, id, { verb: 'resume', words: '', ...stamp })
    return { paused: false }
  })

/** Ends it now, for good: nobody can order any more, in any process, the moment this is committed. */
export const stop = (room: Room, call: AuditedCall, id: string, reason: string): Promise<void> =>
  act(room, call, id, 'campaigns.stopped', async (tx, row, stamp) => {
    await close(tx, room, row, { ...stamp, verb: 'stop', reason })
    return { state: 'ENDED', paused: false, stopReason: reason }
  })

/**
 * Is anything of what is missing on the shelf? The row that everybody waits for is locked only then: a campaign that is short stays so for hours, and the
 * sweep comes every two seconds. What this process does not know of yet is looked at.
 */
function mayArm({ book, inventory }: Room, id: string): boolean {
  const row = book.find(id)
  if (!row || !fromShelf(row)) return true
  return row.stock.some(
    ({ storeId, quota, carved, parts }) =>
      carved < quota && parts.every(({ skuId, quantity }) => inventory.available(storeId, skuId) >= quantity),
  )
}

/** The sweep: goods are set aside, campaigns begin and end when their time has come. One that cannot does not hold up the others. */
export async function turn(room: Room): Promise<void> {
  const { ctx } = room
  const now = ctx.clock.now()
  for (const { id, due } of await sql.listDue(ctx.db, now)) {
    if (due === 'arm' && !mayArm(room, id)) continue
    try {
      await inTx(ctx.db, (tx) => turnOne(tx, room, id, { by: SYSTEM, at: now }))
    } catch (error) {
      ctx.log.error({ err: error, campaignId: id, due }, 'a campaign could not be turned')
    }
  }
}

async function turnOne(tx: Tx, room: Room, id: string, stamp: Stamp): Promise<void> {
  const row = await sql.lockCampaign(tx, id)
  // Another process, or a person, may have been here since the list was made.
  if (!row || !LIVING.includes(row.state)) return
  if (row.endsAt <= stamp.at) return close(tx, room, row, { ...stamp, verb: 'end', reason: null })
  if (isDue(row, stamp.at)) await arm(tx, room, row, stamp)
  if (row.state === 'SCHEDULED' && row.startsAt <= stamp.at) {
    await sql.moveCampaign(tx, id, { state: 'LIVE' })
    await sql.insertEvent(tx, id, { verb: 'start', words: '', ...stamp })
  }
}
