/**
 * Orders: what shoppers bought, and what became of it. The one room that orchestrates many.
 *
 * Owns orders, order_line, line_discount and order_event. Promises that an order is placed once however often it is sent, that nothing is sold that
 * is not there, that goods leave only for money, that money which came too late or twice goes back, and that every change leaves an event in the
 * same transaction. All of it is decided on the order desk (docs/adr/0005): `decide*.ts` is the law, `desk.ts` puts it on PostgreSQL.
 * Tells others nothing; it asks. Payments tells it of money through `paymentEvents`.
 */
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import { closeOverdue } from './cancelling.ts'
import { mountConsole } from './console-routes.ts'
import { createLiveOrders } from './live.ts'
import { paymentEvents } from './paying.ts'
import { createRoom, type OrdersDeps } from './room.ts'
import { mountFloor, mountShopper } from './routes.ts'

export { isOrderNumber } from './numbers.ts'
export type { OrdersDeps } from './room.ts'

export interface Orders {
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

/** Connects itself to payments: money that arrives from now on is decided here. */
export function createOrders(ctx: Ctx, deps: OrdersDeps): Orders {
  const room = createRoom(ctx, deps)
  deps.payments.connect(paymentEvents(room))
  return {
    routes(http) {
      const live = createLiveOrders(room)
      mountShopper(http, room)
      mountFloor(http, room)
      mountConsole(http, room, live)
      http.app.addHook('preClose', () => live.close())
    },
    sweeps: [{ name: 'orders.timeouts', seconds: 5, run: () => closeOverdue(room) }],
  }
}
