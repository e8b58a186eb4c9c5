/**
 * After-sales: what shoppers ask for after paying (money for goods they did not collect, for goods that were bad, for goods they bring back), and what
 * became of it.
 *
 * Owns aftersale, aftersale_line, aftersale_event, aftersale_photo and store_due. Promises that a shopper sees the exact sum before asking, that one request per
 * line is under way at a time, that what was agreed to is refunded once (by the order desk, under a key made of the request) or lies on a person's
 * list, that goods which come back are on a shelf or waste, and that every step leaves an event in the same transaction (`states.ts` is the table).
 * Tells others nothing but what waits for people, on the workbench.
 */
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import { mountConsole } from './console-routes.ts'
import { listErrands } from './errands.ts'
import { aftersaleNews } from './notices.ts'
import { mountPhotos } from './photos.ts'
import { workRefunds } from './refunds.ts'
import type { Room } from './room.ts'
import { mountFloor, mountShopper } from './routes.ts'
import { runTimers } from './timers.ts'

export interface Aftersales {
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export function createAftersales(ctx: Ctx, deps: Omit<Room, 'ctx'>): Aftersales {
  const room: Room = { ...deps, ctx }
  room.orders.onWorkbench((storeIds) => listErrands(room, storeIds))
  return {
    routes(http) {
      mountShopper(http, room)
      mountFloor(http, room)
      mountConsole(http, room)
      mountPhotos(http, ctx)
    },
    sweeps: [
      { name: 'aftersales.refunds', seconds: 3, run: () => workRefunds(room) },
      { name: 'aftersales.timers', seconds: 30, run: () => runTimers(room) },
      room.messages.follow(aftersaleNews),
    ],
  }
}
