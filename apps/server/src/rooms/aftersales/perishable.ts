/** Vegetables, fruit, meat with eggs and fish: 鲜活易腐 whatever the label says. */
const FRESH_ZONES: readonly string[] = ['V', 'G', 'M']
/** Kept cold from the first day; `常温避光，开封后冷藏` is not. */
const COLD = /^(?:冷藏|冷冻|[−–-]\s?\d)/
const SHORT_LIVED_DAYS = 7

export interface Keeping {
  zone: string
  storage: string | null
  shelfLife: string | null
}

/**
 * Goods without a right of return for no reason, and that never go back on the shelf: fresh and perishable ones (消费者权益保护法 art. 25 (2);
 * domain handbook §2.11, 2.12). Goods that nobody can describe any more count among them: back on the shelf is the greater risk.
 */
export function isPerishable(keeping: Keeping | undefined): boolean {
  if (!keeping) return true
  const { zone, storage, shelfLife } = keeping
  if (FRESH_ZONES.includes(zone) || COLD.test(storage?.trim() ?? '')) return true
  const days = /^(\d{1,4})\s?天/.exec(shelfLife?.trim() ?? '')?.[1]
  return days !== undefined && Number(days) <= SHORT_LIVED_DAYS
}
