import type { Output } from '@linli/contract'
import { type rewardRoutes, TASK_KINDS } from '@linli/contract/rewards'
import { SYSTEM } from '#kernel/actor'
import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx } from '#kernel/db'
import { overloaded, Problem } from '#kernel/problem'
import { someAtATime } from '#kernel/turns'
import type { Coupons } from '#room/coupons'
import type { Ledgers } from '#room/ledgers'
import { lockMember } from './sign-ins.sql.ts'
import * as sql from './tasks.sql.ts'
import { rewardTermsNow } from './terms.ts'

type Shown = Output<(typeof rewardRoutes)['GET /v1/rewards']>['tasks']
type OwedTask = sql.OwedTask

const AT_ONCE = 100
/** After so long no refund of an order is awaited any more. */
const REFUND_SECONDS = 90 * 86_400
const REFUNDED = '得这张券的首单全退了'

export interface TaskDeps {
  coupons: Pick<Coupons, 'reward' | 'rewards' | 'takeBack'>
  ledgers: Pick<Ledgers, 'pointsTerms' | 'bringPoints' | 'takePointsBack'>
}
const keyOf = ({ memberId, kind }: Pick<OwedTask, 'memberId' | 'kind'>): string => `task:${memberId}:${kind}`

/**
 * First steps. What happened is noted in the transaction in which it did, by the terms of that moment; the reward is given a moment later, once for each
 * member and each phone.
 */
export function createTasks({ db, clock }: Pick<Ctx, 'db' | 'clock'>, { coupons, ledgers }: TaskDeps) {
  async function note(tx: Tx, fact: { memberId: string; kind: sql.TaskKind; at: Date }): Promise<void> {
    await lockMember(tx, fact.memberId)
    await sql.oweTask(tx, fact)
  }

  const givePoints = (owed: OwedTask): Promise<void> =>
    inTx(db, async (tx) => {
      await lockMember(tx, owed.memberId)
      if (!(await sql.settleTask(tx, owed, { at: clock.now() }))) return
      const { memberId, points } = owed
      const bringer = { rewardKey: keyOf(owed) }
      await ledgers.bringPoints(tx, { bringer, memberId, points, by: SYSTEM })
    })
  async function giveCoupon(owed: OwedTask, templateId: string): Promise<void> {
    const outcome = await coupons.reward({ memberId: owed.memberId, templateId, key: keyOf(owed) }).then(
      (couponId) => ({ couponId }),
      (error: unknown) => {
        if (error instanceof Problem && error.code !== overloaded.code) return { refusal: error.code }
        throw error
      },
    )
    await inTx(db, (tx) => sql.settleTask(tx, owed, { at: clock.now(), ...outcome }))
  }

  const takeBack = (given: sql.GivenTask): Promise<void> =>
    inTx(db, async (tx) => {
      const { memberId, points, couponId } = given
      await lockMember(tx, memberId)
      // A coupon that an unpaid order has is looked at again later. What of it was used stays used (domain handbook §2.8).
      if (couponId && !(await coupons.takeBack(tx, [couponId], REFUNDED))) return
      if (!(await sql.reverseTask(tx, given)) || couponId) return
      // Points are owed where they were spent (§2.7).
      const bringer = { rewardKey: keyOf(given) }
      await ledgers.takePointsBack(tx, { bringer, memberId, points, by: SYSTEM })
    })

  return {
    note,
    /** A phone became known: what waited for one is owed, and so is the step itself where it is the member's first. */
    async phoneBound(
      tx: Tx,
      { memberId, phone, first, at }: { memberId: string; phone: string; first: boolean; at: Date },
    ): Promise<void> {
      await lockMember(tx, memberId)
      await sql.releaseTasks(tx, { memberId, phone, at })
      if (first) await sql.oweTask(tx, { memberId, kind: 'phone', at })
    },

    /** Gives what is owed, and takes back what first orders brought that were refunded whole. */
    async settle(): Promise<void> {
      await someAtATime(await sql.listOwed(db, AT_ONCE), 4, (owed) =>
        owed.templateId === null ? givePoints(owed) : giveCoupon(owed, owed.templateId),
      )
      const since = secondsAfter(clock.now(), -REFUND_SECONDS)
      await someAtATime(await sql.listRefunded(db, since, AT_ONCE), 4, takeBack)
    },

    /** Steps that are open to a member, and those that were rewarded. What was done before it was worth anything is nobody's task. */
    async of(memberId: string): Promise<Shown> {
      const terms = await rewardTermsNow(db)
      const [rows, taken] = await Promise.all([sql.listTasks(db, memberId), sql.stepsOf(db, memberId)])
      const open = (terms?.tasks ?? []).filter(
        ({ kind, points }) => !taken[kind] && (points === 0 || ledgers.pointsTerms() !== null),
      )
      const shown = TASK_KINDS.flatMap(
        (kind): (Omit<Shown[number], 'coupon'> & { templateId: string | null })[] => {
          const known = rows.find((row) => row.kind === kind)
          if (known) return terms ? [known] : []
          return open.filter((task) => task.kind === kind).map((task) => ({ ...task, state: 'TODO' }))
        },
      )
      const labels = await coupons.rewards(shown.flatMap(({ templateId }) => templateId ?? []))
      return shown
        .map(({ kind, state, points, templateId }) => ({
          kind,
          state,
          points,
          coupon: templateId && (labels.get(templateId) ?? null),
        }))
        .filter(({ state, points, coupon }) => state !== 'TODO' || points > 0 || coupon !== null)
    },
  }
}
export type Tasks = ReturnType<typeof createTasks>
