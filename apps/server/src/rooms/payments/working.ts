import { signature } from '#kernel/actor'
import { inTx, type Tx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import { visible } from './alarms.ts'
import * as sql from './alarms.sql.ts'
import { alarmClosed, notYours } from './problems.ts'
import type { Room } from './room.ts'

/** The part of the room that people at the console work with. */
type Desk = Pick<Room, 'ctx'> & { staff: Pick<Room['staff'], 'audit' | 'scopeOf'> }

/** What somebody did: a line in the history of the alarm, and one in the trail of the staff. */
export interface Deed {
  verb: string
  note: string | null
  /** Further facts for the trail. */
  facts?: Readonly<Record<string, unknown>>
}

/** One change of one alarm: locked, written into its history and into the trail of the staff, in one transaction. */
export const working = (
  { ctx, staff }: Desk,
  call: AuditedCall,
  id: string,
  change: (tx: Tx, before: sql.Alarm) => Promise<Deed>,
): Promise<void> =>
  inTx(ctx.db, async (tx) => {
    const before = visible(call.actor, await sql.lockAlarm(tx, id))
    const { verb, note, facts } = await change(tx, before)
    const after = (await sql.alarmById(tx, id)) ?? before
    await sql.insertEvent(tx, id, { verb, note, by: signature(call.actor), at: ctx.clock.now() })
    await staff.audit(tx, call, {
      action: `payments.alarm_${verb}`,
      subject: `payment_alarm:${id}`,
      storeId: before.storeId,
      before: trailOf(before),
      after: { ...trailOf(after), ...(verb === 'noted' ? { added: note } : {}), ...facts },
    })
  })

const trailOf = ({ ownerAccount, resolution }: sql.Alarm) => ({ owner: ownerAccount, resolution })

/** Still open, and nobody else's: whoever acts on it looks after it from now on. */
export async function takeOn(tx: Tx, call: AuditedCall, alarm: sql.Alarm): Promise<void> {
  const { staffId } = call.actor
  if (alarm.resolvedAt) refuse(alarmClosed)
  if (alarm.ownerId !== null && alarm.ownerId !== staffId) refuse(notYours)
  await sql.setOwner(tx, alarm.id, staffId)
}

/** Takes an alarm on (from whoever has it), or lets go of one's own. */
export const assign = (room: Desk, call: AuditedCall, id: string, mine: boolean): Promise<void> =>
  working(room, call, id, async (tx, before) => {
    if (before.resolvedAt) refuse(alarmClosed)
    if (!mine && before.ownerId !== call.actor.staffId) refuse(notYours)
    await sql.setOwner(tx, id, mine ? call.actor.staffId : null)
    return { verb: mine ? 'assigned' : 'released', note: null }
  })

export const addNote = (room: Desk, call: AuditedCall, id: string, note: string): Promise<void> =>
  working(room, call, id, () => Promise.resolve({ verb: 'noted', note }))

/** Closes an alarm with what was done about it. */
export const resolve = (room: Desk, call: AuditedCall, id: string, note: string): Promise<void> =>
  working(room, call, id, async (tx, before) => {
    await takeOn(tx, call, before)
    await sql.resolveAlarm(tx, id, { at: room.ctx.clock.now(), by: signature(call.actor), note })
    return { verb: 'resolved', note }
  })
