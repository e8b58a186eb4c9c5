/**
 * Drops: a coupon for an audience, with some of it held back by lot, so that somebody knows whether it helped.
 *
 * Owns drop_plan, drop_round and drop_member. Promises that a round of a day is held once and gives each member one coupon at most, however many servers
 * turn and whatever dies in between; that nobody is sent what they did not agree to, or more often than the terms say; that lots are drawn among those who
 * could all have been sent it, and stand; that what runs is not edited; and that a verdict is given once, when the days that were announced are over.
 */
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import { createDropDesk } from './desk.ts'
import type { DropsDeps, Room } from './room.ts'
import { mountConsole } from './routes.ts'
import { turn } from './rounds.ts'

export interface Drops {
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export function createDrops(ctx: Ctx, deps: DropsDeps): Drops {
  const room: Room = { ...deps, ctx }
  return {
    routes: (http) => mountConsole(http, createDropDesk(room)),
    sweeps: [{ name: 'drops.turn', seconds: 20, run: () => turn(room) }],
  }
}
