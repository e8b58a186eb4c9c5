import type { Input } from '@linli/contract'
import type { consoleReconciliationRoutes as routes } from '@linli/contract/reconciliation'
import { signature } from '#kernel/actor'
import { inTx, type Tx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import { lockRuns } from './days.sql.ts'
import * as sql from './differences.sql.ts'
import { differenceEnded, differenceMissing, differenceOpen, notYours } from './problems.ts'
import type { Room } from './room.ts'
import { reopenDays } from './signing-off.ts'

type Body<K extends keyof typeof routes> = Input<(typeof routes)[K]> extends { body: infer B } ? B : never

/** Takes a difference on (from whoever has it), or lets go of one's own. */
export const assign = (
  room: Room,
  call: AuditedCall,
  id: string,
  { mine }: Body<'POST /console/v1/reconciliation/differences/:differenceId/assignment'>,
): Promise<void> =>
  changing(room, call, id, async (tx, before) => {
    if (isEnded(before)) refuse(differenceEnded)
    if (!mine && before.ownerId !== call.actor.staffId) refuse(notYours)
    await sql.setOwner(tx, id, mine ? call.actor.staffId : null)
    return { verb: mine ? 'assigned' : 'released', note: null }
  })

/** Says what it was. Whoever says so owns it; somebody else's is taken over first, so that nobody is surprised. */
export const resolve = (
  room: Room,
  call: AuditedCall,
  id: string,
  { resolution, note }: Body<'POST /console/v1/reconciliation/differences/:differenceId/resolution'>,
): Promise<void> =>
  changing(room, call, id, async (tx, before) => {
    const { staffId } = call.actor
    if (isEnded(before)) refuse(differenceEnded)
    if (before.ownerId !== null && before.ownerId !== staffId) refuse(notYours)
    await sql.setResolved(tx, id, { at: room.ctx.clock.now(), ownerId: staffId, resolution, note })
    return { verb: 'resolved', note: `${resolution}: ${note}` }
  })

/** Takes the explanation back, a person's or the system's; its day is open again with it. */
export const reopen = (room: Room, call: AuditedCall, id: string, note: string): Promise<void> =>
  inTx(room.ctx.db, async (tx) => {
    await lockRuns(tx)
    await changeIn(tx, room, call, {
      id,
      async change(before) {
        if (!isEnded(before)) refuse(differenceOpen)
        await sql.setReopened(tx, id)
        return { verb: 'reopened', note }
      },
    })
    await reopenDays(room, tx, { now: room.ctx.clock.now(), by: signature(call.actor) })
  })

export const addNote = (room: Room, call: AuditedCall, id: string, note: string): Promise<void> =>
  changing(room, call, id, () => Promise.resolve({ verb: 'noted', note }))

const isEnded = ({ state }: sql.DifferenceRow): boolean => state === 'CLOSED' || state === 'RESOLVED'

type Changed = { verb: string; note: string | null }

/** One change of one difference, in a transaction of its own. */
const changing = (
  room: Room,
  call: AuditedCall,
  id: string,
  change: (tx: Tx, before: sql.DifferenceRow) => Promise<Changed>,
): Promise<void> =>
  inTx(room.ctx.db, (tx) => changeIn(tx, room, call, { id, change: (before) => change(tx, before) }))

/** Locked, written into the difference's history and into the trail of the staff. */
async function changeIn(
  tx: Tx,
  { ctx, staff }: Room,
  call: AuditedCall,
  { id, change }: { id: string; change: (before: sql.DifferenceRow) => Promise<Changed> },
): Promise<void> {
  const before = (await sql.lockDifference(tx, id)) ?? refuse(differenceMissing)
  const { verb, note } = await change(before)
  const after = (await sql.findDifference(tx, id)) ?? before
  await sql.insertEvent(tx, id, { verb, note, by: signature(call.actor), at: ctx.clock.now() })
  await staff.audit(tx, call, {
    action: `reconciliation.difference_${verb}`,
    subject: `bill_difference:${id}`,
    before: trailOf(before),
    after: { ...trailOf(after), ...(verb === 'noted' ? { added: note } : {}) },
  })
}

const trailOf = ({ state, ownerAccount, resolution, note }: sql.DifferenceRow) => ({
  state,
  owner: ownerAccount,
  resolution,
  note,
})
