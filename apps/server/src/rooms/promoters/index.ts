/**
 * Promoters: whose code brought a shopper, what that is worth, and what became of it.
 *
 * Owns guide_code, guide_terms, guide_device, guidance and guide_reward. Promises that a member is credited once, ever, however many scans and
 * processes compete; that nobody is credited for who was here before, or on their own telephone; that a reward is given when the first order's after-sale
 * term is over, by the terms of the day somebody came, and goes back to the fen with the money. Rewards are kept by `commissions` where the terms say so.
 */
import type { Ctx } from '#kernel/ctx'
import { inOneStatement } from '#kernel/db'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import type { Commissions } from '#room/commissions'
import type { Members } from '#room/members'
import type { Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import { createCodes } from './codes.ts'
import { noteDevice } from './guidance.sql.ts'
import { come, deviceHash, forget, judge, touch } from './guiding.ts'
import { createLeague } from './league.ts'
import { mountConsole, mountFloor, mountShopper } from './routes.ts'
import { createTerms } from './terms.ts'

export interface Promoters {
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export function createPromoters(
  ctx: Ctx,
  {
    stores,
    staff,
    members,
    commissions,
  }: { stores: Stores; staff: Staff; members: Members; commissions: Pick<Commissions, 'keepReward'> },
): Promoters {
  const codes = createCodes(ctx, { stores, staff, members })
  const league = createLeague({ ctx, stores, staff, members })
  const terms = createTerms(ctx, staff)
  return {
    routes(http) {
      mountShopper(http, {
        async touch(scene) {
          const seen = await touch(ctx, scene)
          return { ...seen, storeName: stores.find(seen.storeId)?.name ?? seen.storeId }
        },
        come: (memberId, body) => come(ctx, memberId, body),
      })
      mountFloor(http, {
        codes,
        league,
        async noteDevice(staffId, device) {
          const seen = { deviceHash: deviceHash(ctx, device), staffId, at: ctx.clock.now() }
          await inOneStatement(ctx.db, (tx) => noteDevice(tx, seen))
        },
      })
      mountConsole(http, { codes, league, terms })
    },
    sweeps: [
      { name: 'promoters.judge', seconds: 60, run: () => judge(ctx, commissions) },
      { name: 'promoters.forget', seconds: 3600, run: async () => void (await forget(ctx)) },
    ],
  }
}
