import type { RewardTerms, TriggerTerms } from '@linli/contract/rewards'
import type { Static } from 'typebox'
import { signature } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Reader } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { Coupons } from '#room/coupons'
import type { Ledgers } from '#room/ledgers'
import type { AuditedCall, Staff } from '#room/staff'
import { offerMissing, pointsOff, termsUnsound } from './problems.ts'
import { rewardFault, triggerFault } from './soundness.ts'
import * as sql from './terms.sql.ts'

export type NewRewardTerms = Omit<Static<typeof RewardTerms>, 'id' | 'since' | 'by'>
export type NewTriggerTerms = Omit<Static<typeof TriggerTerms>, 'id' | 'since' | 'by'>

/** Terms change a few times a year. */
const MOST_SHOWN = 100

const shown = <Row extends { id: number; since: Date }>({ id, since, ...row }: Row) => ({
  ...row,
  id: String(id),
  since: since.toISOString(),
})
/** What signing in and first steps are worth now; undefined where they are off. */
export async function rewardTermsNow(db: Reader): Promise<sql.RewardTermsRow | undefined> {
  const [row] = await sql.listRewardTerms(db, 1)
  return row?.active ? row : undefined
}

export interface TermsDeps {
  staff: Pick<Staff, 'audit'>
  coupons: Pick<Coupons, 'rewards'>
  ledgers: Pick<Ledgers, 'pointsTerms'>
}
/** Terms of rewards and triggers: rows are only added, and whatever began goes on by the row of then. */
export function createTerms(
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  { staff, coupons, ledgers }: TermsDeps,
) {
  async function requireTemplates(ids: readonly string[]): Promise<void> {
    const known = await coupons.rewards(ids)
    for (const templateId of ids) if (!known.has(templateId)) refuse(offerMissing, { templateId })
  }
  async function requireSound({ active, tasks, signInPoints }: NewRewardTerms): Promise<void> {
    const fault = rewardFault(tasks)
    if (fault) refuse(termsUnsound, { fault })
    // What is switched off promises nothing to anybody.
    if (!active) return
    const inPoints = signInPoints.length > 0 || tasks.some(({ points }) => points > 0)
    if (inPoints && !ledgers.pointsTerms()) refuse(pointsOff)
    await requireTemplates(tasks.flatMap(({ templateId }) => templateId ?? []))
  }
  async function requireTrigger(terms: NewTriggerTerms): Promise<void> {
    const fault = triggerFault(terms)
    if (fault) refuse(termsUnsound, { fault })
    if (terms.active) await requireTemplates(terms.marks.map(({ templateId }) => templateId))
  }

  return {
    requireTrigger,
    rewards: async () => (await sql.listRewardTerms(db, MOST_SHOWN)).map(shown),
    triggers: async () => (await sql.listTriggerTerms(db, MOST_SHOWN)).map(shown),

    async setRewards(call: AuditedCall, terms: NewRewardTerms) {
      await requireSound(terms)
      return inTx(db, async (tx) => {
        const [before] = await sql.listRewardTerms(tx, 1)
        const row = await sql.insertRewardTerms(tx, {
          ...terms,
          since: clock.now(),
          by: signature(call.actor),
        })
        await staff.audit(tx, call, {
          action: 'rewards.terms_set',
          subject: `reward_terms:${row.id}`,
          ...(before ? { before } : {}),
          after: row,
        })
        return shown(row)
      })
    },

    async setTrigger(call: AuditedCall, terms: NewTriggerTerms) {
      await requireTrigger(terms)
      return inTx(db, async (tx) => {
        const before = await sql.findTriggerTerms(tx, terms.kind)
        const row = await sql.insertTriggerTerms(tx, {
          ...terms,
          since: clock.now(),
          by: signature(call.actor),
        })
        await staff.audit(tx, call, {
          action: 'rewards.trigger_set',
          subject: `trigger_terms:${terms.kind}`,
          ...(before ? { before } : {}),
          after: row,
        })
        return shown(row)
      })
    },
  }
}
export type Terms = ReturnType<typeof createTerms>
