/**
 * Rewards: what members get for signing in, for their first steps, on their birthday and when they have been away.
 *
 * Owns reward_terms, sign_in, reward_task, member_visit, reward_cursor, trigger_terms, trigger_night and present. Promises that a business day is signed
 * once, that a step is rewarded once for each member and each phone, by the terms of the moment it was taken and from what the other rooms know happened;
 * that a birthday is kept once a year and a time away once at each mark, whatever the settings become and however often a night is run; that what a first
 * order brought goes back when all its money does. Tells others nothing.
 */
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import type { Coupons } from '#room/coupons'
import type { Ledgers } from '#room/ledgers'
import type { Members } from '#room/members'
import type { Messages } from '#room/messages'
import type { Staff } from '#room/staff'
import { createFigures } from './figures.ts'
import { createNights } from './nights.ts'
import { mountConsole, mountShopper } from './routes.ts'
import { createSigningIn } from './signing-in.ts'
import { createTasks } from './tasks.ts'
import { createTerms } from './terms.ts'
import { followFirstOrders } from './visits.ts'

export interface Rewards {
  routes(http: Http): void
  sweeps: readonly Sweep[]
}
export interface RewardsDeps {
  staff: Staff
  members: Members
  messages: Messages
  ledgers: Ledgers
  coupons: Coupons
}

export function createRewards(ctx: Ctx, deps: RewardsDeps): Rewards {
  const { members, messages } = deps
  const signingIn = createSigningIn(ctx, deps)
  const tasks = createTasks(ctx, deps)
  const nights = createNights(ctx, deps)
  members.connect({
    phoneBound: tasks.phoneBound,
    birthdayGiven: (tx, fact) => tasks.note(tx, { ...fact, kind: 'birthday' }),
  })
  messages.connect({ wechatTook: (tx, fact) => tasks.note(tx, { ...fact, kind: 'wechat' }) })
  return {
    routes(http) {
      mountShopper(http, { signingIn, tasks })
      mountConsole(http, { terms: createTerms(ctx, deps), nights, figures: createFigures(ctx) })
    },
    sweeps: [
      {
        name: 'rewards.tasks',
        seconds: 5,
        async run() {
          await followFirstOrders(ctx)
          await tasks.settle()
        },
      },
      { name: 'rewards.triggers', seconds: 300, run: nights.run },
    ],
  }
}
