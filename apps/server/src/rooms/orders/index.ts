/**
 * Orders: what shoppers bought, and what became of it. The one room that orchestrates many.
 *
 * Owns orders, order_line, line_discount and order_event, and what was agreed about goods that are yet to come (order_presale). Promises that an order is placed once however often it is sent, that nothing is sold that
 * is not there, that goods leave only for money, that money which came too late or twice goes back, and that every change leaves an event in the
 * same transaction. All of it is decided on the order desk (docs/adr/0005): `decide*.ts` is the law, `desk.ts` puts it on PostgreSQL.
 * Tells others what an order is and what a refund would give back, and sends refunds that they agreed to; tells tiers what members collected. Payments
 * tells it of money through `paymentEvents`.
 */
import type { Ctx } from '#kernel/ctx'
import { inOneStatement } from '#kernel/db'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import {
  type AgreedRefund,
  type OrderFacts,
  type PreviewedRefund,
  orderFacts,
  piecesLeftOf,
  planFor,
  sendAgreed,
} from './agreed.ts'
import { closeOverdue } from './cancelling.ts'
import { mountConsole } from './console-routes.ts'
import { foldTally } from './console.sql.ts'
import { createLiveOrders } from './live.ts'
import { turnGroups } from './groups.ts'
import { paymentEvents } from './paying.ts'
import { orderNews } from './notices.ts'
import { orderPurchases } from './purchases.ts'
import { type Buyer, placedBefore, placeOrder } from './placing.ts'
import { presaleErrands } from './presale-errands.ts'
import { mountPresales } from './presale-routes.ts'
import { presaleNews, remindSweep } from './presales.ts'
import { createRoom, type ErrandSource, type OrdersDeps } from './room.ts'
import type { PlaceBody } from './body-hash.ts'
import type { Placed } from './commands.ts'
import type { WantedLine } from './refund-plan.ts'
import { mountFloor, mountShopper } from './routes.ts'
import type { ProblemKind } from '#kernel/problem'

export type { AgreedRefund, OrderFacts, PreviewedRefund } from './agreed.ts'
export { isOrderNumber } from './numbers.ts'
export { alreadyHanded, orderMissing } from './problems.ts'
export type { WantedLine } from './refund-plan.ts'
export type { ErrandSource, OrdersDeps } from './room.ts'

export interface Orders {
  /** An order with its lines, whoever bought it; undefined where there is none. */
  find(orderId: string): Promise<OrderFacts | undefined>
  /** How many pieces of each line could still be refunded, by line number. */
  left(order: OrderFacts): Promise<ReadonlyMap<number, number>>
  /** What refunding these pieces would give back now, to the fen; refuses as the desk would. */
  planRefund(
    order: OrderFacts,
    lines: readonly WantedLine[],
    cause: { ourFault: boolean },
  ): Promise<PreviewedRefund>
  /** Sends a refund that was agreed to elsewhere. Safe to repeat; undefined once it is there, or why the desk does not make it. */
  sendRefund(agreed: AgreedRefund): Promise<ProblemKind | undefined>
  /** Places an order for a member as they would, in a week of their box. Safe to repeat: the same key gets the first answer. */
  placeFor(buyer: Required<Buyer>, body: PlaceBody): Promise<Placed>
  /** What `placeFor` answered for this key and body; undefined: nothing was placed under it. */
  placedFor(buyer: Pick<Buyer, 'memberId'>, body: PlaceBody): Promise<Placed | undefined>
  /** What waits for people elsewhere stands on the workbench too. */
  onWorkbench(source: ErrandSource): void
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

/** Connects itself to payments: money that arrives from now on is decided here. */
export function createOrders(ctx: Ctx, deps: OrdersDeps): Orders {
  const room = createRoom(ctx, deps)
  deps.payments.connect(paymentEvents(room))
  deps.tiers.countFrom(orderPurchases)
  room.errands.push(deps.campaigns.errands, (storeIds) => presaleErrands(room, storeIds))
  return {
    find: (orderId) => orderFacts(room, orderId),
    left: (order) => piecesLeftOf(room, order),
    planRefund: (order, lines, cause) => planFor(room, order, lines, cause),
    placeFor: (buyer, body) => placeOrder(room, buyer, body),
    placedFor: (buyer, body) => placedBefore(room, buyer, body),
    sendRefund: (agreed) => sendAgreed(room, agreed),
    onWorkbench: (source) => void room.errands.push(source),
    routes(http) {
      const live = createLiveOrders(room)
      mountShopper(http, room)
      mountFloor(http, room)
      mountConsole(http, room, live)
      mountPresales(http, room)
      http.app.addHook('preClose', () => live.close())
    },
    sweeps: [
      { name: 'orders.timeouts', seconds: 5, run: () => closeOverdue(room) },
      { name: 'orders.groups', seconds: 2, run: () => turnGroups(room) },
      { name: 'orders.tally', seconds: 60, run: async () => void (await inOneStatement(ctx.db, foldTally)) },
      deps.messages.follow(orderNews(deps.stores)),
      remindSweep(room),
      deps.messages.follow(presaleNews),
    ],
  }
}
