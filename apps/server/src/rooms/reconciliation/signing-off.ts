import type { Tx } from '#kernel/db'
import { inTx } from '#kernel/db'
import { isDay } from '#kernel/clock'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import * as days from './days.sql.ts'
import { dayMissing, dayNotReconciled, daySignedOff, dayUnsettled } from './problems.ts'
import type { Room } from './room.ts'

/**
 * Head office is done with a day: it is reconciled and every difference is explained. Waits for runs that are under way, and they for it: what they
 * find is either seen here, or reopens the day.
 */
export const signOff = ({ ctx, staff }: Room, call: AuditedCall, billDay: days.BillDay): Promise<void> =>
  inTx(ctx.db, async (tx) => {
    if (!isDay(billDay.day)) refuse(dayMissing)
    await days.lockRuns(tx)
    const before = (await days.findDay(tx, billDay)) ?? refuse(dayMissing)
    if (before.signedOffAt && !before.reopenedAt) refuse(daySignedOff)
    if (before.state !== 'DONE') refuse(dayNotReconciled)
    const open = before.waiting + before.open
    if (open > 0) refuse(dayUnsettled, { open })
    const stamp = { at: ctx.clock.now(), staffId: call.actor.staffId }
    if (!(await days.setSignedOff(tx, billDay, stamp))) throw new Error('a day changed under its lock')
    await staff.audit(tx, call, {
      action: 'reconciliation.day_signed_off',
      subject: `bill_day:${billDay.day}`,
      after: {
        provider: billDay.provider,
        paidFen: before.theirsPaidFen,
        refundedFen: before.theirsRefundedFen,
        explained: before.resolved,
      },
    })
  })

/** Whatever opened differences, in the caller's transaction and under the lock of runs: their days are not signed off any more. */
export async function reopenDays(
  { ctx }: Pick<Room, 'ctx'>,
  tx: Tx,
  marks: { now: Date; by: string },
): Promise<void> {
  const reopened = await days.reopenDays(tx, marks)
  for (const day of reopened) ctx.log.warn({ ...day, by: marks.by }, 'signed-off day is open again')
}
