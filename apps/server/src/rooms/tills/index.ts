/**
 * Tills: sales that the tills of others make, what of coupons and points they take, and what did not fit our books.
 *
 * Owns till_sale, till_line, till_discount, till_event, till_conflict and till_conflict_event. Promises that a transaction of a till, known by its
 * partner and its own number, takes coupons and points once however often it asks, that a coupon serves one purchase, online or at a till, that what a
 * till did not finish comes back, that a receipt is taken once and never lost, and that what our books do not bear out is put before a person. A sale
 * at a till is no order (docs/adr/0024): it has a desk of its own, which locks the same coupons, points and levels as the order desk and in the same
 * order.
 */
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import { releaseOverdue } from './benefits.ts'
import { mountConsole, mountRedemptions, mountShopper } from './console-routes.ts'
import { createTillDesk } from './desk.ts'
import { tillPurchases } from './purchases.ts'
import type { Room, TillDeps } from './room.ts'
import { mountTills } from './routes.ts'
import { findSale } from './tills.sql.ts'
import { waitingSweep } from './waiting.ts'

export interface Tills {
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export function createTills(ctx: Ctx, deps: TillDeps): Tills {
  deps.tiers.countFrom(tillPurchases)
  const desk = createTillDesk(ctx.database.deskPool, deps)
  const room: Room = {
    ...deps,
    ctx,
    submit: (command) => desk.submit(command),
    find: (txn) => findSale(ctx.db, txn),
  }
  return {
    routes(http) {
      mountTills(http, room)
      mountConsole(http, room)
      mountRedemptions(http, room)
      mountShopper(http, room)
    },
    sweeps: [
      { name: 'tills.reservations', seconds: 20, run: () => releaseOverdue(room) },
      waitingSweep(room),
    ],
  }
}
