import type { CampaignFault as Fault } from '#room/campaigns'
import { type FlashPlan, sessionsOf } from './sessions.ts'

const WHOLE_BP = 10_000

/** Of each quota, so much may be had at this instant: what one batch does not sell rolls on to the next, because what was released stays released. */
export const releasedBp = ({ terms: { batches }, startsAt }: FlashPlan, at: Date): number =>
  batches.length === 0
    ? at >= startsAt
      ? WHOLE_BP
      : 0
    : batches.reduce((sum, batch) => (new Date(batch.at) <= at ? sum + batch.shareBp : sum), 0)

/** When the next batch is released; null: all are. */
export const nextRelease = ({ terms: { batches } }: FlashPlan, at: Date): Date | null =>
  batches.map((batch) => new Date(batch.at)).find((instant) => instant > at) ?? null

/** What does not hold together in its batches: in order, each while it sells, and together the whole. */
export function batchFaults(plan: FlashPlan): Fault[] {
  const { batches, sessions } = plan.terms
  const found: Fault[] = []
  let before = -Infinity
  for (const [i, { at }] of batches.entries()) {
    const instant = new Date(at)
    const field = `terms/batches/${i}/at`
    const sells = sessionsOf(plan).some(({ from, until }) => from <= instant && instant < until)
    if (!sells && sessions) found.push({ field, code: 'outside_sessions', words: '放量时间要在某一场里' })
    else if (!sells) found.push({ field, code: 'outside', words: '放量时间要在活动时间里' })
    else if (instant.getTime() <= before) found.push({ field, code: 'order', words: '后一批要比前一批晚' })
    before = instant.getTime()
  }
  const whole = batches.reduce((sum, { shareBp }) => sum + shareBp, 0)
  if (batches.length > 0 && whole !== WHOLE_BP)
    found.push({ field: 'terms/batches', code: 'not_whole', words: '各批加起来要正好是全部' })
  return found
}
