import { secondsAfter } from '#kernel/clock'
import type { Sellable } from '#room/catalog'
import { kindFaults, sellsGoods } from './kinds/index.ts'
import type { Fault, Plan } from './kinds/kind.ts'

const DAY_SECONDS = 86_400
const LONGEST_DAYS = 60

/** What of the goods one store would sell, if it sells them at all. */
export type SellableAt = (storeId: string, skuId: string) => Sellable | undefined

const fault = (field: string, code: string, words: string): Fault => ({ field, code, words })

function periodFaults({ startsAt, endsAt }: Plan, now: Date): Fault[] {
  if (endsAt <= startsAt) return [fault('endsAt', 'ends_before_start', '结束要在开始之后')]
  if (endsAt <= now) return [fault('endsAt', 'over_already', '这段时间已经过去了')]
  if (endsAt > secondsAfter(startsAt, LONGEST_DAYS * DAY_SECONDS))
    return [fault('endsAt', 'too_long', `一场活动最长 ${LONGEST_DAYS} 天`)]
  return []
}

function itemFaults({ items, perMember }: Plan, sellableAt: SellableAt): Fault[] {
  const seen = new Set<string>()
  return items.flatMap(({ skuId, priceFen, quotas }, i) => {
    const twice = seen.has(skuId)
    seen.add(skuId)
    const found = twice ? [fault(`items/${i}/skuId`, 'repeated', '同一件商品写了两次')] : []
    const stores = new Set<string>()
    for (const [j, { storeId, quota }] of quotas.entries()) {
      const field = `items/${i}/quotas/${j}`
      if (stores.has(storeId)) found.push(fault(`${field}/storeId`, 'repeated', `${storeId} 写了两次`))
      stores.add(storeId)
      const sold = sellableAt(storeId, skuId)
      if (!sold?.onShelf) found.push(fault(`${field}/storeId`, 'not_sold', `${storeId} 现在不卖这件商品`))
      else if (priceFen >= sold.unitFen)
        found.push(
          fault(`items/${i}/priceFen`, 'not_lower', `活动价要低于 ${storeId} 现在的卖价，不然不是优惠`),
        )
      if (quota < perMember)
        found.push(fault(`${field}/quota`, 'below_limit', `${storeId} 的数量比每人限购还少`))
    }
    return found
  })
}

/** Everything that speaks against a campaign; empty when it may be scheduled (but for other campaigns and the stock that is there). */
export const faultsOf = (plan: Plan, now: Date, sellableAt: SellableAt): Fault[] => [
  ...periodFaults(plan, now),
  ...(sellsGoods(plan) ? itemFaults(plan, sellableAt) : []),
  ...(sellsGoods(plan) && plan.items.length === 0
    ? [fault('items', 'goods_missing', '请至少选一件商品')]
    : []),
  ...kindFaults(plan, (storeId, skuId) => sellableAt(storeId, skuId)?.unitFen),
]
