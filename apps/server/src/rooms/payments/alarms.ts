import { signature, type StaffActor, SYSTEM } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import * as sql from './alarms.sql.ts'
import type { NewAlarm } from './facts.ts'
import { alarmClosed, alarmMissing } from './problems.ts'
import type { Room } from './room.ts'

/** Puts something about money before a person. Raised once per kind and subject, however often it happens. */
export async function raise(
  { clock, log }: Pick<Ctx, 'clock' | 'log'>,
  tx: Tx,
  alarm: Omit<NewAlarm, 'at'>,
): Promise<void> {
  if (await sql.insertAlarm(tx, newId(), { ...alarm, at: clock.now() }))
    log.error({ kind: alarm.kind, subject: alarm.subject }, 'payment alarm')
}

/** Closes an alarm that the system raised and the system saw mended. Does nothing when there is none open. */
export const closeAlarm = async (
  { clock }: Pick<Ctx, 'clock'>,
  tx: Tx,
  alarm: Pick<NewAlarm, 'kind' | 'subject'>,
  why: string,
): Promise<void> => {
  await sql.closeAlarm(tx, alarm, { at: clock.now(), by: SYSTEM, note: why })
}

/** A page of alarms, newest first. Whoever is bound to stores sees theirs; alarms without an order are for head office. */
export async function listAlarms(
  { ctx, staff }: Room,
  actor: StaffActor,
  { open, page = 1, limit = 20 }: { open?: boolean; page?: number; limit?: number },
): Promise<{ items: sql.Alarm[]; total: number }> {
  const filter = { open, storeIds: staff.scopeOf(actor) }
  const [items, total] = await Promise.all([
    sql.listAlarms(ctx.db, filter, { limit, offset: (page - 1) * limit }),
    sql.countAlarms(ctx.db, filter),
  ])
  return { items, total }
}

/** Closes an alarm with what was done about it. */
export const resolveAlarm = (
  { ctx, staff }: Pick<Room, 'ctx' | 'staff'>,
  call: { actor: StaffActor; requestId: string },
  { alarmId, note }: { alarmId: string; note: string },
): Promise<sql.Alarm> =>
  inTx(ctx.db, async (tx) => {
    const before = await sql.alarmById(tx, alarmId)
    const scope = staff.scopeOf(call.actor)
    if (!before || (scope !== null && !scope.includes(before.storeId ?? ''))) return refuse(alarmMissing)
    const resolved = { at: ctx.clock.now(), by: signature(call.actor), note }
    if (!(await sql.resolveAlarm(tx, alarmId, resolved))) refuse(alarmClosed)
    await staff.audit(tx, call, {
      action: 'payments.alarm_resolved',
      subject: `payment_alarm:${alarmId}`,
      storeId: before.storeId,
      before: { resolution: before.resolution },
      after: { resolution: note },
    })
    return { ...before, resolvedAt: resolved.at, resolution: note }
  })
