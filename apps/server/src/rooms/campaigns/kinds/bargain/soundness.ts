import type { CampaignFault as Fault, CampaignPlan, CampaignTermsOf, PriceAt } from '#room/campaigns'
import { floorOf } from './table.ts'

type BargainPlan = CampaignPlan<CampaignTermsOf<'bargain'>>
const fault = (field: string, code: string, words: string): Fault => ({ field, code, words })

/** What is wrong with the terms of a bargain, field by field; none: it may be published. */
export function bargainFaults({ terms, items, startsAt, endsAt }: BargainPlan, priceAt: PriceAt): Fault[] {
  const [item, second] = items
  if (!item || second)
    return [fault('items', 'bargain_one_item', '一个砍价活动卖一样商品：金额表只对一样商品成立')]
  const found: Fault[] = []
  if (terms.cuts.some((cut) => !Number.isSafeInteger(cut) || cut < 1))
    found.push(fault('terms/cuts', 'bargain_cut_none', '每位朋友至少砍 1 分，不能是 0 或负数'))
  if (item.priceFen < 1) found.push(fault('items/0/priceFen', 'bargain_floor_none', '底价至少 1 分'))
  if (item.priceFen >= terms.startFen)
    found.push(fault('items/0/priceFen', 'bargain_floor_high', '底价要低于起砍价'))
  else if (floorOf(terms) !== item.priceFen)
    found.push(
      fault('terms/cuts', 'bargain_table_sum', '金额表加起来要正好等于起砍价减底价，一分不多一分不少'),
    )
  for (const { storeId } of item.quotas) {
    const asks = priceAt(storeId, item.skuId)
    if (asks !== undefined && asks !== terms.startFen)
      found.push(
        fault(
          'terms/startFen',
          'bargain_start_price',
          `起砍价要和 ${storeId} 现在的卖价一样；价不同的店分开建活动`,
        ),
      )
  }
  const minutes = (endsAt.getTime() - startsAt.getTime()) / 60_000
  if (minutes <= terms.holdMinutes)
    found.push(fault('terms/holdMinutes', 'bargain_hold_long', '砍到底价后留货的时间要短于整个活动'))
  return found
}
