import { secondsAfter } from '#kernel/clock'
import { inTx } from '#kernel/db'
import type { Sweep } from '#kernel/jobs'
import { dropEvents, dropRows } from './forgetting.sql.ts'
import type { FeedRoom } from './room.ts'

const KEPT_SECONDS = 30 * 86_400
const AT_ONCE = 2000

/** Forgets what is old and of no consequence, a little at a time. What became of it stays in the runs and their refused rows. */
export const forgetSweep = ({ ctx: { db, clock } }: Pick<FeedRoom, 'ctx'>): Sweep => ({
  name: 'feeds.forget',
  seconds: 3600,
  async run() {
    const before = secondsAfter(clock.now(), -KEPT_SECONDS)
    for (const drop of [dropEvents, dropRows])
      while ((await inTx(db, (tx) => drop(tx, before, AT_ONCE))) === AT_ONCE);
  },
})
