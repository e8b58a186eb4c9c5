import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx } from '#kernel/db'
import { oweFirstOrders } from './tasks.sql.ts'
import { type Feed, moveCursor, noteVisits } from './visits.sql.ts'

/** Commands of the desks that began before we looked may be written a little after. */
const LOOK_BACK_SECONDS = 600

async function sinceOf(tx: Tx, feed: Feed, at: Date): Promise<Date | undefined> {
  const { before } = await moveCursor(tx, feed, at)
  return before ? secondsAfter(before, -LOOK_BACK_SECONDS) : undefined
}

/** Notes who bought when; at the first time of all purchases there ever were. */
export const followVisits = ({ db, clock }: Pick<Ctx, 'db' | 'clock'>): Promise<unknown> =>
  inTx(db, async (tx) => noteVisits(tx, (await sinceOf(tx, 'visits', clock.now())) ?? new Date(0)))

/** Notes first orders that were collected; what was collected before anybody looked is no first step. */
export const followFirstOrders = ({ db, clock }: Pick<Ctx, 'db' | 'clock'>): Promise<unknown> =>
  inTx(db, async (tx) => {
    const at = clock.now()
    return oweFirstOrders(tx, { since: (await sinceOf(tx, 'first_orders', at)) ?? at, at })
  })
