import { SYSTEM } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx } from '#kernel/db'
import { follow } from '#kernel/following'
import type { Sweep } from '#kernel/jobs'
import { overloaded, Problem } from '#kernel/problem'
import { someAtATime } from '#kernel/turns'
import type { Claiming } from './claiming.ts'
import * as sql from './due.sql.ts'
import { lockGranted, withdrawCoupons } from './granted.sql.ts'

const AT_ONCE = 200
const REFUNDED = '得这张券的订单退了款'

/**
 * Coupons that nobody asks for: for a phone that becomes known, once ever; and for an order that was collected and kept enough. What is owed is written
 * first and given at the desk of claims, so that limits and budgets hold; after a refund of the order it is taken back while nobody has used it
 * (domain handbook §2.8).
 */
export function createDue(ctx: Pick<Ctx, 'db' | 'clock' | 'metrics'>, claiming: Pick<Claiming, 'give'>) {
  const { db, clock } = ctx
  const collected = follow(ctx, {
    name: 'coupons.due',
    book: 'order_event',
    cursors: 'coupon_due_cursor',
    take: (tx, span) => sql.oweForOrders(tx, span, clock.now()),
  })
  async function give(row: sql.DueRow): Promise<void> {
    const { key, ...wanted } = row
    const outcome = await claiming.give({ ...wanted, key }).then(
      (couponId) => ({ couponId, refusal: null }),
      (error: unknown) => {
        if (error instanceof Problem && error.code !== overloaded.code)
          return { couponId: null, refusal: error.code }
        throw error
      },
    )
    await inTx(db, (tx) => sql.noteDue(tx, row, { at: clock.now(), ...outcome }))
  }

  return {
    /** In the transaction that binds the phone. */
    phoneBound: (tx: Tx, fact: { memberId: string; phone: string; at: Date }): Promise<number> =>
      sql.welcome(tx, fact),

    sweep: {
      name: 'coupons.due',
      seconds: 5,
      behind: collected.behind,
      async run() {
        await collected.run()
        await someAtATime(await sql.listDue(db, AT_ONCE), AT_ONCE, give)
        const forfeit = (await sql.listForfeit(db, AT_ONCE)).map(({ couponId }) => couponId)
        const at = clock.now()
        await inTx(db, async (tx) => {
          await lockGranted(tx, forfeit)
          await withdrawCoupons(tx, { ids: forfeit, reason: REFUNDED, by: SYSTEM, at })
          await sql.settleDue(tx, forfeit, at)
        })
      },
    } satisfies Sweep,
  }
}
export type Due = ReturnType<typeof createDue>
