import { secondsAfter } from '#kernel/clock'
import { inTx } from '#kernel/db'
import type { Sweep } from '#kernel/jobs'
import { inRounds } from '#kernel/turns'
import type { Room } from './room.ts'
import { openWaiting } from './waiting.sql.ts'

/** A till that was without a line has told us by then. */
const WAITS_S = 86_400
const AT_ONCE = 200

/**
 * Returns whose sale does not come are put before a person after a day: the goods are back, the points and coupons of the sale are not. When the sale comes
 * after all, the desk settles it and ends the conflict.
 */
export const waitingSweep = ({ ctx: { db, clock } }: Pick<Room, 'ctx'>): Sweep => ({
  name: 'tills.waiting',
  seconds: 600,
  run: () =>
    inRounds(async () => {
      const at = clock.now()
      const span = { before: secondsAfter(at, -WAITS_S), at, limit: AT_ONCE }
      return (await inTx(db, (tx) => openWaiting(tx, span))) === AT_ONCE
    }),
})
