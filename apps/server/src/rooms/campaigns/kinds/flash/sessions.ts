import type { CampaignFault as Fault, CampaignPlan, CampaignTermsOf } from '#room/campaigns'

export type FlashPlan = CampaignPlan<CampaignTermsOf<'flash'>>
interface Span {
  from: Date
  until: Date
}

/** Spans in which it sells, in order: those of its terms, or all of it. */
export const sessionsOf = ({ terms, startsAt, endsAt }: FlashPlan): Span[] =>
  terms.sessions?.map(({ from, until }) => ({ from: new Date(from), until: new Date(until) })) ?? [
    { from: startsAt, until: endsAt },
  ]

/** What does not hold together in its sessions: each has a length, comes after the one before, and lies within the campaign. */
export function sessionFaults(plan: FlashPlan): Fault[] {
  if (!plan.terms.sessions) return []
  const found: Fault[] = []
  let before = plan.startsAt
  for (const [i, { from, until }] of sessionsOf(plan).entries()) {
    const field = `terms/sessions/${i}`
    if (until <= from)
      found.push({ field: `${field}/until`, code: 'empty', words: '这一场的结束要在开始之后' })
    if (from < before)
      found.push({
        field: `${field}/from`,
        code: i === 0 ? 'outside' : 'order',
        words: i === 0 ? '第一场不能早于活动开始' : '后一场要等前一场结束',
      })
    if (until > plan.endsAt)
      found.push({ field: `${field}/until`, code: 'outside', words: '这一场不能晚于活动结束' })
    before = until > from ? until : from
  }
  return found
}
