import { yuan } from '#kernel/money'
import type { CampaignFault, CampaignPlan, CampaignTermsOf, Kind } from '#room/campaigns'
import type { Opening, Rung } from './group.ts'

type GroupPlan = CampaignPlan<CampaignTermsOf<'group'>>

const WHOLE_BP = 10_000
const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** All rungs of one of its goods: the group's own size at the price of the campaign, then the steps, if it is a ladder. */
const rungsOf = ({ size, steps = [] }: GroupPlan['terms'], priceFen: number): Rung[] => [
  { size, priceFen },
  ...steps,
]
/** More people, and cheaper for it, step by step. Prices are of one thing, so that a ladder sells one. */
function ladderFaults({ terms, items }: Pick<GroupPlan, 'terms' | 'items'>): CampaignFault[] {
  const [item, other] = items
  if (!terms.steps || !item) return []
  if (other)
    return [
      { field: 'terms/steps', code: 'ladder_of_many', words: '阶梯价一场只放一样商品，别的商品另建一场' },
    ]
  const rungs = rungsOf(terms, item.priceFen)
  return terms.steps.flatMap(({ size, priceFen }, i) => {
    const before = rungs[i]
    const found: CampaignFault[] = []
    if (before && size <= before.size)
      found.push({ field: `terms/steps/${i}/size`, code: 'step_not_larger', words: '人数要比前一阶多' })
    if (before && priceFen >= before.priceFen)
      found.push({ field: `terms/steps/${i}/priceFen`, code: 'step_not_cheaper', words: '价钱要比前一阶低' })
    return found
  })
}

function faults({ terms, payMinutes, startsAt, endsAt, items, perMember }: GroupPlan): CampaignFault[] {
  const { hours, quietMinutes } = terms
  const most = rungsOf(terms, 0).at(-1)?.size ?? terms.size
  const found = ladderFaults({ terms, items })
  const fault = (field: string, code: string, words: string) => void found.push({ field, code, words })
  // Who sits down last must still be able to pay before the group is over.
  if (quietMinutes <= payMinutes)
    fault('terms/quietMinutes', 'quiet_too_short', '停止参团的时间要比付款时间长，不然最后一位来不及付')
  if (quietMinutes * MINUTE >= hours * HOUR)
    fault('terms/quietMinutes', 'quiet_too_long', '停止参团的时间要比一个团的时间短')
  if (endsAt.getTime() - startsAt.getTime() < hours * HOUR)
    fault('terms/hours', 'longer_than_campaign', '一个团的时间不能比整个活动长')
  for (const [i, { quotas }] of items.entries())
    for (const [j, { storeId, quota }] of quotas.entries())
      if (quota < most * perMember)
        fault(`items/${i}/quotas/${j}/quota`, 'below_group', `${storeId} 的数量不够一个团买`)
  return found
}

/** `先都付 34.90 元；到点满 5 人每件 32.90 元，满 8 人当场拼成、每件 29.90 元`. */
function ladderWords(rungs: readonly Rung[]): string {
  const steps = rungs.slice(1).map(({ size, priceFen }, i) => {
    const last = i === rungs.length - 2
    return `满 ${size} 人${last ? '当场拼成，' : ''}每件 ${yuan(priceFen)} 元`
  })
  return `先都付 ${yuan(rungs[0]?.priceFen ?? 0)} 元。按到点时付了款的人数定价：${steps.join('；')}。多付的差价自动按原路退回`
}

const span = (hours: number): string => (hours % 24 === 0 ? `${hours / 24} 天` : `${hours} 小时`)

/** Group buying (domain handbook §2.3). What is published is what `group.ts` decides, sentence by sentence. */
export const group: Kind<CampaignTermsOf<'group'>> = {
  fromShelf: true,
  label: '拼团价',
  faults,
  releasedBp: ({ startsAt }, at) => (at >= startsAt ? WHOLE_BP : 0),
  moved: (terms) => terms,
  rules: ({ terms, items, payMinutes }) => {
    const { size, hours, quietMinutes, latePayer, newOnly, steps } = terms
    return [
      { title: '怎么算拼成', words: `开团后 ${span(hours)}内（活动先结束就到那时）有 ${size} 位邻居付了款` },
      ...(steps && items[0]
        ? [{ title: '阶梯价', words: ladderWords(rungsOf(terms, items[0].priceFen)) }]
        : []),
      { title: '座位', words: `下单就占座，一人一座；${payMinutes} 分钟没付，座位放开` },
      { title: '参团', words: `团长付了款才能参团；截止前 ${quietMinutes} 分钟不再进人` },
      ...(newOnly ? [{ title: '老带新', words: '开团不限；参团的要是还没在这里买过的新顾客' }] : []),
      { title: '没拼成', words: '到点自动关团，付的钱按原路全额退回，限购也一起退回' },
      { title: '中途退出', words: '拼成之前可以取消，全额退回；拼成之后按普通订单办' },
      { title: '团长退出', words: '最早付款的人接着当团长；一个人也没有了，团就关了' },
      {
        title: '迟到的付款',
        words:
          latePayer === 'refund'
            ? '团已经关了才到账的，自动全额退回'
            : '团已经关了才到账的，用它开一个新团；活动来不及了就全额退回',
      },
      { title: '人数', words: '只算真实付款的邻居，没有机器人凑数；分享不给奖励，也不强制' },
      { title: '发货', words: '拼成了店里才备货，备好会告诉您' },
    ]
  },
}

/** The least that a piece at this price may come to: of a ladder that of its last step. */
export const lowestFen = ({ terms }: Pick<CampaignPlan, 'terms'>, priceFen: number): number =>
  (terms.kind === 'group' ? terms.steps?.at(-1)?.priceFen : undefined) ?? priceFen

/** The group that an order opens at this instant; undefined: too little of the campaign is left for anybody to join. */
export function openingOf(
  { id, items, endsAt, terms }: GroupPlan & { id: string },
  { groupId, storeId, skuId, at }: { groupId: string; storeId: string; skuId: string; at: Date },
): Opening | undefined {
  const { hours, quietMinutes, latePayer } = terms
  const priceFen = items.find((item) => item.skuId === skuId)?.priceFen
  const expiresAt = new Date(Math.min(at.getTime() + hours * HOUR, endsAt.getTime()))
  if (priceFen === undefined || at.getTime() >= expiresAt.getTime() - quietMinutes * MINUTE) return undefined
  const rungs = rungsOf(terms, priceFen)
  return { groupId, campaignId: id, storeId, skuId, rungs, latePayer, quietMinutes, expiresAt }
}
