import { SYSTEM, signature } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { AuditedCall, Staff } from '#room/staff'
import { sumsOf } from './applying.ts'
import { findAccount, lockAccount, post, takeAccount } from './ledger.sql.ts'
import * as problems from './problems.ts'
import { findIdentity } from './withdrawals.sql.ts'
import { sealedFor } from './withdrawing.ts'

export interface GuideReward {
  rewardId: number
  staffId: string
  /** Negative: it goes back. */
  amountFen: number
  at: Date
}

/** What staff earned by guiding, in the same ledger: an employer pays it with the wages, so nobody of them withdraws (ADR 0031). */
export function createStaffAccounts(
  { db, secrets, clock }: Pick<Ctx, 'db' | 'secrets' | 'clock'>,
  staff: Pick<Staff, 'audit'>,
) {
  return {
    /** Once for each reward. */
    async keepReward(tx: Tx, { rewardId, staffId, amountFen, at }: GuideReward): Promise<void> {
      const { accountId } = await takeAccount(tx, { staffId })
      const reason = amountFen > 0 ? 'guide' : 'guide_back'
      await post(tx, [
        { accountId, reason, availableFen: amountFen, guideRewardId: rewardId, by: SYSTEM, at },
      ])
    },

    payWithWages: (
      call: AuditedCall,
      accountId: string,
      { amountFen, note }: { amountFen: number; note: string },
    ) =>
      inTx(db, async (tx) => {
        const account = (await lockAccount(tx, accountId)) ?? refuse(problems.accountMissing)
        if (account.staffId === null) refuse(problems.wagesOnly)
        if (account.availableFen < amountFen) refuse(problems.short, { availableFen: account.availableFen })
        const by = signature(call.actor)
        const move = { availableFen: -amountFen, paidFen: amountFen }
        await post(tx, [{ accountId, reason: 'wages', ...move, note, by, at: clock.now() }])
        await staff.audit(tx, call, {
          action: 'commissions.wages_paid',
          subject: `commission_account:${accountId}`,
          after: { amountFen, note },
        })
        return sumsOf((await findAccount(tx, accountId)) ?? refuse(problems.accountMissing))
      }),

    /** Who somebody is, to declare taxes. Written into the trail before it is shown. */
    reveal: (
      call: AuditedCall,
      accountId: string,
      reason: string,
    ): Promise<{ name: string; document: string }> =>
      inTx(db, async (tx) => {
        if (!(await findAccount(tx, accountId))) refuse(problems.accountMissing)
        const sealed = (await findIdentity(tx, accountId)) ?? refuse(problems.identityMissing)
        await staff.audit(tx, call, {
          action: 'commissions.identity_seen',
          subject: `commission_account:${accountId}`,
          after: { reason },
        })
        return {
          name: secrets.open(sealed.name, sealedFor(accountId, 'name')),
          document: secrets.open(sealed.document, sealedFor(accountId, 'document')),
        }
      }),
  }
}
export type StaffAccounts = ReturnType<typeof createStaffAccounts>
