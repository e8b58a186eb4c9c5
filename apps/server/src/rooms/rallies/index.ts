/**
 * Rallies: friends who are gathered around one member's wish. A bargain, whose price falls by a published table with each friend; an assist, whose
 * owner gets a coupon once all friends have helped; a share reward, a coupon for who brought somebody that did something.
 *
 * Owns rally, rally_help, rally_event, invite and invited. Promises that nothing depends on chance; that a help is a tap of somebody who was shown what for, counts once for
 * each person (told by account, telephone and number), never for themselves, and so often in a campaign and on a day as the terms say; that the last
 * friend sets a piece aside or is sent away; that a piece set aside is ordered by its owner in time or goes back. What orders do with bargains is decided
 * on the order desk, through `desk` (docs/adr/0035).
 */
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import { ralliesDesk, type RalliesDesk } from './desk.sql.ts'
import { followFriends } from './bringing.ts'
import { endDue, forget } from './ending.ts'
import { describeInvite, describeRally } from './passing-on.ts'
import { giveAll } from './rewards.ts'
import type { RalliesDeps, Room } from './room.ts'
import { mountConsole, mountInvites, mountShopper } from './routes.ts'

export { type DeskRally, ralliesDesk, type RalliesDesk, type RallyStep } from './desk.sql.ts'
export { notReached, over as rallyOver, rallyMissing } from './problems.ts'
export { orderOnce, returnOnce } from './states.ts'

export interface Rallies {
  desk: RalliesDesk
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export function createRallies(ctx: Ctx, deps: RalliesDeps): Rallies {
  const room: Room = { ...deps, ctx }
  deps.shares.describe('rally', describeRally(room))
  deps.shares.describe('invite', describeInvite(room))
  return {
    desk: ralliesDesk,
    routes(http) {
      mountShopper(http, room)
      mountConsole(http, room)
      mountInvites(http, room)
    },
    sweeps: [
      { name: 'rallies.end', seconds: 5, run: () => endDue(room) },
      { name: 'rallies.friends', seconds: 30, run: () => followFriends(room) },
      { name: 'rallies.coupons', seconds: 5, run: () => giveAll(room) },
      {
        name: 'rallies.forget',
        seconds: 3600,
        async run() {
          await forget(room)
        },
      },
    ],
  }
}
