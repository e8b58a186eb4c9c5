import { businessDay, instantOf, dayAfter, lastDayWords } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import type { Sweep } from '#kernel/jobs'
import type { Messages, Notice } from '#room/messages'
import { type ExpiringRow, listExpiring } from './expiring.sql.ts'

/** Told of three business days before the last one is over, once a day at most, in the morning. */
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
 * Tells each member once of coupons that have reached their last three days: those that end on the third business day from now, so that every coupon
 * is in one day's notice and no more.
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
    const span = {
      from: instantOf(dayAfter(today, DAYS_BEFORE - 1)),
      until: instantOf(dayAfter(today, DAYS_BEFORE)),
    }
    let after: string | null = null
    for (;;) {
      const rows: ExpiringRow[] = await listExpiring(db, { ...span, after, limit: AT_ONCE })
      await inTx(db, (tx) =>
        tell(
          tx,
          rows.map((row) => expiringNotice(row, now)),
        ),
      )
      after = rows.at(-1)?.memberId ?? null
      if (rows.length < AT_ONCE) return
    }
  },
})
