import { inOneStatement } from '#kernel/db'
import * as sql from './attempts.sql.ts'
import type { Room } from './room.ts'
import { look, lookOnceMore } from './settlement.ts'
import { inRounds, someAtATime } from '#kernel/turns'
import { FOR_A_PAGE, FOR_A_SWEEP } from './trying.ts'

/** Seconds between looks at an unpaid trade whose notification does not come; the last repeats until the order is closed. */
const GAPS = [30, 60, 180, 300, 600, 1800]
const CLAIM = 50
const AT_ONCE = 8
/** However often a shopper's phone asks, the provider is asked about one order no more often than this. */
const ASK_AGAIN_MS = 2000
const REMEMBERED = 2000

/** The sweep: a notification that never comes must not leave a paid order unpaid. */
export const checkDue = (room: Room): Promise<void> =>
  inRounds(async () => {
    const { ctx } = room
    const due = await inOneStatement(ctx.db, (tx) => sql.claimDue(tx, ctx.clock.now(), GAPS, CLAIM))
    await someAtATime(due, AT_ONCE, async (attempt) => {
      const check = attempt.state === 'OPENING' || attempt.state === 'OPEN' ? look : lookOnceMore
      await check(room, attempt, FOR_A_SWEEP).catch((error: unknown) =>
        ctx.log.error({ err: error, attemptId: attempt.id }, 'payment check failed'),
      )
    })
    return due.length === CLAIM
  })

interface Asked {
  at: Date
  answered: Promise<unknown>
}

/** For the page that waits: asks the provider about the order's open payment, one question at a time. Returns when it was last asked. */
export function createChecker(room: Room): (orderId: string) => Promise<Date> {
  const asked = new Map<string, Asked>()
  const { db, clock } = room.ctx

  async function ask(orderId: string): Promise<void> {
    const attempt = await sql.openAttemptOf(db, orderId)
    if (attempt) await look(room, attempt, FOR_A_PAGE)
  }
  function forgetOldest(): void {
    for (const oldest of asked.keys()) {
      if (asked.size <= REMEMBERED) return
      asked.delete(oldest)
    }
  }
  return async (orderId) => {
    const now = clock.now()
    const last = asked.get(orderId)
    const fresh = last !== undefined && now.getTime() - last.at.getTime() < ASK_AGAIN_MS
    const entry = fresh ? last : { at: now, answered: ask(orderId) }
    asked.delete(orderId)
    asked.set(orderId, entry)
    forgetOldest()
    await entry.answered
    return entry.at
  }
}
