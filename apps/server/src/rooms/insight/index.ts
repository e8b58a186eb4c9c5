/**
 * Insight: what was bought, wherever, and what it comes to.
 *
 * Owns purchase, purchase_line, sales_day, sales_sku_day, member_day and insight_cursor. Promises that every paid order and every receipt of a till is one
 * purchase, some seconds later; that what went back of it is taken off the day it was bought on; and that the sums are those that counting from
 * scratch gives, however late and in whatever order the books tell.
 */
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import type { Sweep } from '#kernel/jobs'
import { followPurchases, note, rebuild } from './noting.ts'
import type { Purchase } from './purchases.ts'

export type { Channel, Purchase, PurchaseLine } from './purchases.ts'

export interface Insight {
  /** Notes receipts of the time before. Ids make it safe to repeat; what is known stays as it is, but for what went back. */
  bringHistory(purchases: readonly Purchase[]): Promise<void>
  /** Counts everything anew from the books; how many rows of sums had been wrong. */
  rebuild(): Promise<number>
  sweeps: readonly Sweep[]
}

const AT_ONCE = 2000

export function createInsight(ctx: Ctx): Insight {
  const followers = followPurchases(ctx)
  return {
    async bringHistory(purchases) {
      for (let from = 0; from < purchases.length; from += AT_ONCE)
        await inTx(ctx.db, (tx) => note(tx, async () => purchases.slice(from, from + AT_ONCE)))
    },
    rebuild: () => rebuild(ctx),
    sweeps: [
      {
        name: 'insight.purchases',
        seconds: 5,
        behind: () => followers.reduce((sum, follower) => sum + follower.behind(), 0),
        async run() {
          for (const follower of followers) await follower.run()
        },
      },
    ],
  }
}
