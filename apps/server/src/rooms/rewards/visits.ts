import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx } from '#kernel/db'
import { oweFirstOrders } from './tasks.sql.ts'
import { type Feed, moveCursor, noteVisits } from './visits.sql.ts'

/**
 * What was begun before we looked may be written, and paid, a while after. Visits are looked at once a night; orders that were collected every few
 * seconds.
 */
const LOOK_BACK_SECONDS = { visits: 3 * 86_400, first_orders: 600 } as const

async function sinceOf(tx: Tx, feed: Feed, at: Date): Promise<Date | undefined> {
  const { before } = await moveCursor(tx, feed, at)
  return before ? secondsAfter(before, -LOOK_BACK_SECONDS[feed]) : undefined
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
