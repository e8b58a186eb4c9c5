/**
 * Commissions: who promotes, whom they brought, what of an order is theirs, and how it is paid out (ADR 0031).
 *
 * Owns commission_terms, commission_account, promoter, promoter_application, promoter_standing, promoter_binding, commission_order, commission_line,
 * commission_posting, commission_identity, commission_withdrawal, commission_cursor and commission_check. Promises that an order is judged once, as
 * everybody stood when it was placed; that nothing is paid for recruiting, or deeper than whoever invited the promoter; that the ledger is only added
 * to, and a refund takes back the part that nobody paid; that a withdrawal is sent under one number and booked once, by what WeChat says.
 * Keeps rewards of staff for `promoters` (`keepReward`). Tells `shares` who promotes, so that a share of theirs is a link of theirs, and the workbench
 * what waits for head office (`errands`).
 */
import type { Ctx } from '#kernel/ctx'
import type { Tx } from '#kernel/db'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import type { Members } from '#room/members'
import type { Messages } from '#room/messages'
import type { Payments } from '#room/payments'
import type { Shares } from '#room/shares'
import type { Staff } from '#room/staff'
import { createApplying } from './applying.ts'
import { createBinding } from './binding.ts'
import { createChecks } from './checks.ts'
import { createDeclaring } from './declaring.ts'
import { type Errand, listErrands } from './errands.ts'
import { followOrders, freeDue } from './following.ts'
import { createMine } from './mine.ts'
import { commissionNews } from './notices.ts'
import { createPaying } from './paying.ts'
import { createReading } from './reading.ts'
import { mountConsole, mountShopper } from './routes.ts'
import { createStaffAccounts, type GuideReward } from './staff-accounts.ts'
import { keepTerms, setTerms } from './terms.ts'
import { createWithdrawing } from './withdrawing.ts'

export type { GuideReward } from './staff-accounts.ts'

export interface Commissions {
  /** A reward of staff, given or going back, kept once; paid with their wages. */
  keepReward(tx: Tx, reward: GuideReward): Promise<void>
  /** What waits for head office, for the workbench. */
  errands(storeIds: readonly string[] | null): Promise<Errand[]>
  routes(http: Http): void
  sweeps: readonly Sweep[]
}
export interface CommissionsDeps {
  staff: Pick<Staff, 'audit'>
  members: Members
  payments: Pick<Payments, 'transfers'>
  messages: Pick<Messages, 'follow' | 'tell'>
  shares: Pick<Shares, 'promotersAre'>
}

export async function createCommissions(
  ctx: Ctx,
  { staff, members, payments, messages, shares }: CommissionsDeps,
): Promise<Commissions> {
  const terms = await keepTerms(ctx)
  const binding = createBinding({ ctx, terms, members })
  const applying = createApplying({ ctx, terms, staff, members, messages })
  const withdrawing = createWithdrawing({ ctx, terms, members })
  const paying = createPaying({ ctx, transfers: payments.transfers })
  const mine = createMine({ ctx, terms, members, binding, withdrawing, paying })
  const reading = createReading(ctx, members)
  const staffAccounts = createStaffAccounts(ctx, staff)
  const checks = createChecks(ctx)
  const follower = followOrders({ ctx })
  payments.transfers.connect(paying.told)
  shares.promotersAre(mine.keyOf)
  return {
    keepReward: staffAccounts.keepReward,
    errands: (storeIds) => listErrands(ctx, storeIds),
    routes(http) {
      mountShopper(http, { mine, applying, binding, reading, withdrawing })
      mountConsole(http, {
        terms,
        set: (call, row) => setTerms(ctx, staff, call, row),
        applying,
        reading,
        staffAccounts,
        declare: createDeclaring(ctx, staff),
        checks,
      })
    },
    sweeps: [
      {
        name: 'commissions.orders',
        seconds: 10,
        async run() {
          await follower.run()
          await freeDue({ ctx })
        },
        behind: () => follower.behind(),
      },
      { name: 'commissions.transfers', seconds: 10, run: paying.work },
      checks.sweep,
      messages.follow(commissionNews),
    ],
  }
}
