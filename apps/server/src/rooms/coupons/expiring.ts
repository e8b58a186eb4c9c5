import { businessDay, instantOf, dayAfter, lastDayWords } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import type { Sweep } from '#kernel/jobs'
import type { Messages, Notice } from '#room/messages'
import { type ExpiringRow, listExpiring, noteTold } from './expiring.sql.ts'

/** Told of in their last three business days, once a day at most, from the morning on. */
const DAYS_BEFORE = 3
const NOT_BEFORE = '09:00'
const AT_ONCE = 500

export const expiringNotice = ({ memberId, count, label, expiresAt }: ExpiringRow, now: Date): Notice => ({
  memberId,
  kind: 'coupon.expiring',
  ref: `${memberId} ${businessDay(now)}`,
  at: now,
  fields: { coupon: label, count: String(count), day: lastDayWords(expiresAt) },
  pageId: null,
})

/**
 * Tells each member once of each coupon in its last three days: in the morning of the first of them, or as soon after as we run and the coupon is free (a
 * server that was down, an order that gave it back). Not on the day it was got: who has just got a coupon knows it.
 */
export const expiringSweep = (
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  { tell }: Pick<Messages, 'tell'>,
): Sweep => ({
  name: 'coupons.expiring',
  seconds: 600,
  async run() {
    const now = clock.now()
    const today = businessDay(now)
    if (now < instantOf(today, NOT_BEFORE)) return
    // Expiry is the first instant of the day after the last.
    const until = instantOf(dayAfter(today, DAYS_BEFORE))
    const span = { now, until, today, grantedBefore: instantOf(today) }
    let after: string | null = null
    for (;;) {
      const rows: ExpiringRow[] = await listExpiring(db, span, { after, limit: AT_ONCE })
      await inTx(db, async (tx) => {
        await noteTold(tx, rows, { at: now, today })
        await tell(
          tx,
          rows.map((row) => expiringNotice(row, now)),
        )
      })
      after = rows.at(-1)?.memberId ?? null
      if (rows.length < AT_ONCE) return
    }
  },
})
