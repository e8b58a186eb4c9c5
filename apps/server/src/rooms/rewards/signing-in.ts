import type { Output } from '@linli/contract'
import type { rewardRoutes } from '@linli/contract/rewards'
import { type MemberActor, signature } from '#kernel/actor'
import { businessDay } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Reader } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { Ledgers } from '#room/ledgers'
import { placeOf, pointsOf, streakOn } from './cycle.ts'
import { rewardsOff } from './problems.ts'
import * as sql from './sign-ins.sql.ts'
import { rewardTermsNow } from './terms.ts'

type Standing = Output<(typeof rewardRoutes)['GET /v1/rewards']>['signIn']
type Signed = Output<(typeof rewardRoutes)['POST /v1/sign-ins']>

/** Signing in: once a business day for each member, with points that grow from day to day and begin again after one that was missed. */
export function createSigningIn(
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  { ledgers }: { ledgers: Pick<Ledgers, 'pointsTerms' | 'bringPoints'> },
) {
  /** Points of the days of a cycle, where there is one and points are worth something. */
  async function cycleNow(from: Reader): Promise<readonly number[]> {
    const terms = await rewardTermsNow(from)
    return terms && ledgers.pointsTerms() ? terms.signInPoints : []
  }

  return {
    async standing(memberId: string): Promise<Standing> {
      const cycle = await cycleNow(db)
      if (cycle.length === 0) return null
      const today = businessDay(clock.now())
      const last = await sql.findLast(db, memberId)
      const streak = streakOn(last, today)
      const signed = last?.day === today
      const place = placeOf(signed ? streak : streak + 1, cycle.length)
      return { today, signed, streak, cycle: [...cycle], place }
    },

    /** Whoever taps at the same moment waits here, and hears the same. */
    sign: (actor: MemberActor): Promise<Signed> =>
      inTx(db, async (tx) => {
        const { memberId } = actor
        await sql.lockMember(tx, memberId)
        const at = clock.now()
        const day = businessDay(at)
        const last = await sql.findLast(tx, memberId)
        // Another server whose clock is ahead may have signed tomorrow already: that is the same tap.
        if (last && last.day >= day)
          return { day: last.day, streak: last.streak, points: last.points, fresh: false }
        const cycle = await cycleNow(tx)
        if (cycle.length === 0) return refuse(rewardsOff)
        const streak = streakOn(last, day) + 1
        const points = pointsOf(cycle, streak)
        const fresh = await sql.insertSignIn(tx, { memberId, day, streak, points, at })
        if (fresh)
          await ledgers.bringPoints(tx, {
            bringer: { rewardKey: `sign_in:${memberId}:${day}` },
            memberId,
            points,
            by: signature(actor),
          })
        return { day, streak, points, fresh }
      }),
  }
}
export type SigningIn = ReturnType<typeof createSigningIn>
