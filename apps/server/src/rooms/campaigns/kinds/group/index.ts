import type { CampaignFault, CampaignPlan, CampaignTermsOf, Kind } from '#room/campaigns'
import type { Opening } from './group.ts'

type GroupPlan = CampaignPlan<CampaignTermsOf<'group'>>

const WHOLE_BP = 10_000
const MINUTE = 60_000
const HOUR = 60 * MINUTE

function faults({ terms, payMinutes, startsAt, endsAt, items, perMember }: GroupPlan): CampaignFault[] {
  const { size, hours, quietMinutes } = terms
  const found: CampaignFault[] = []
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
      if (quota < size * perMember)
        fault(`items/${i}/quotas/${j}/quota`, 'below_group', `${storeId} 的数量不够一个团买`)
  return found
}

const span = (hours: number): string => (hours % 24 === 0 ? `${hours / 24} 天` : `${hours} 小时`)

/** Group buying (domain handbook §2.3). What is published is what `group.ts` decides, sentence by sentence. */
export const group: Kind<CampaignTermsOf<'group'>> = {
  fromShelf: true,
  label: '拼团价',
  faults,
  releasedBp: ({ startsAt }, at) => (at >= startsAt ? WHOLE_BP : 0),
  moved: (terms) => terms,
  rules: ({ terms: { size, hours, quietMinutes, latePayer, newOnly }, payMinutes }) => [
    { title: '怎么算拼成', words: `开团后 ${span(hours)}内（活动先结束就到那时）有 ${size} 位邻居付了款` },
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
  ],
}

/** The group that an order opens at this instant; undefined: too little of the campaign is left for anybody to join. */
export function openingOf(
  { id, items, endsAt, terms }: GroupPlan & { id: string },
  { groupId, storeId, skuId, at }: { groupId: string; storeId: string; skuId: string; at: Date },
): Opening | undefined {
  const { size, hours, quietMinutes, latePayer } = terms
  const priceFen = items.find((item) => item.skuId === skuId)?.priceFen
  const expiresAt = new Date(Math.min(at.getTime() + hours * HOUR, endsAt.getTime()))
  if (priceFen === undefined || at.getTime() >= expiresAt.getTime() - quietMinutes * MINUTE) return undefined
  const rungs = [{ size, priceFen }]
  return { groupId, campaignId: id, storeId, skuId, rungs, latePayer, quietMinutes, expiresAt }
}
