/**
 * Boxes: the same goods every week for whoever subscribed (周期购).
 *
 * Owns box, box_place, box_week and box_event. Promises that nothing is paid before the order of a week is, that a box has one order a week at most
 * however many servers place them, that a store has no more boxes every week than it packs, that a week can be skipped, and a box paused, moved or ended,
 * until the order is placed, and that two orders in a row which nobody paid pause it (docs/adr/0038).
 */
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import { boxNews } from './notices.ts'
import type { BoxesDeps, Room } from './room.ts'
import { mountConsole, mountShopper } from './routes.ts'
import { turn } from './turning.ts'

export interface Boxes {
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export function createBoxes(ctx: Ctx, deps: BoxesDeps): Boxes {
  const room: Room = { ...deps, ctx }
  return {
    routes(http) {
      mountShopper(http, room)
      mountConsole(http, room)
    },
    sweeps: [
      { name: 'boxes.turn', seconds: 20, run: () => turn(room) },
      deps.messages.follow(boxNews(deps.stores)),
    ],
  }
}
