import { spanWords } from '#kernel/clock'
import { yuan } from '#kernel/money'
import { fromShelf, kindPayment, kindRules, labelOf } from './kinds/index.ts'
import type { Plan, Rule } from './kinds/kind.ts'

/** Everything that holds for shoppers, published before the campaign begins and never changed while it runs. */
export function rulesOf(plan: Plan): Rule[] {
  const { startsAt, endsAt, perMember, payMinutes, tiers, firstOrder, items } = plan
  const prices = [...new Set(items.map(({ priceFen }) => `¥${yuan(priceFen)}`))].join('、')
  const whom = [
    ...(firstOrder ? ['还没在这里买过的新顾客'] : []),
    ...(tiers ? ['指定等级的会员（结算时按您的等级判断）'] : []),
  ]
  const sells = [
    { title: '价格', words: `${labelOf(plan)} ${prices}，不和优惠券、积分、满减一起用` },
    { title: '限购', words: `每人 ${perMember} 件；没付款关闭的不算` },
    { title: '付款', words: kindPayment(plan) ?? `下单后 ${payMinutes} 分钟内付款，没付的放回给别人` },
  ]
  const goods = items.length > 0
  return [
    { title: '时间', words: `${spanWords(startsAt, endsAt)}，以我们服务器的时间为准` },
    ...(goods ? sells : []),
    {
      title: goods ? '谁能买' : '谁能参加',
      words: whom.length > 0 ? whom.join('，') : '所有顾客，只在小程序里',
    },
    ...kindRules(plan),
    ...(goods
      ? [
          {
            title: '卖完',
            words: fromShelf(plan)
              ? '数量是真实库存里留出来的，卖完即止，不会超卖'
              : '数量是和供货方定好的，订完即止，不会多收订单',
          },
        ]
      : []),
  ]
}
