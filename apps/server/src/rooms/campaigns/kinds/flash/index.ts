import { businessDay, timeOfDay } from '#kernel/clock'
import type { CampaignRule as Rule, CampaignTermsOf, Kind } from '#room/campaigns'
import { batchFaults, nextRelease, releasedBp } from './batches.ts'
import { type FlashPlan, sessionFaults, sessionsOf } from './sessions.ts'

/** `24 日 20:00`; without the day where everything happens on one. */
const moments = (instants: readonly Date[]): string[] => {
  const oneDay = new Set(instants.map(businessDay)).size === 1
  return instants.map((at) =>
    oneDay ? timeOfDay(at) : `${Number(businessDay(at).slice(8))} 日 ${timeOfDay(at)}`,
  )
}

function rules(plan: FlashPlan): Rule[] {
  const { batches, sessions, reservation } = plan.terms
  const all = sessionsOf(plan)
  const starts = moments(all.map(({ from }) => from))
  const spans = all.map(({ from, until }, i) => {
    const [, end] = moments([from, until])
    return `${starts[i]}–${end}`
  })
  return [
    ...(sessions ? [{ title: '场次', words: `${spans.join('，')}；没卖完的留到下一场` }] : []),
    ...(batches.length > 1
      ? [
          {
            title: '分批放量',
            words: `分 ${batches.length} 批：${moments(batches.map(({ at }) => new Date(at))).join('、')}。没卖完的接着卖`,
          },
        ]
      : []),
    ...(reservation === 'required'
      ? [{ title: '要先预约', words: '每场开始前预约过的顾客才能买；预约不占数量，先到先得' }]
      : []),
    { title: '排队', words: '人多的时候按先后排队，告诉您前面还有几位；下单成功才算抢到' },
  ]
}

/** Limited-time sale (domain handbook §2.2). */
export const flash: Kind<CampaignTermsOf<'flash'>> = {
  label: '秒杀价',
  fromShelf: true,
  gated: true,
  faults: (plan) => [...sessionFaults(plan), ...batchFaults(plan)],
  releasedBp,
  nextRelease,
  sessions: sessionsOf,
  reservedOnly: ({ terms }) => terms.reservation === 'required',
  moved: ({ sessions, ...terms }, move) => ({
    ...terms,
    batches: terms.batches.map((batch) => ({ ...batch, at: move(batch.at) })),
    ...(sessions && {
      sessions: sessions.map(({ from, until }) => ({ from: move(from), until: move(until) })),
    }),
  }),
  rules,
}
