import type { AppliesTo, Basket, BasketLine, Goods, Outcome, Term } from './terms.ts'

/** Are these goods among those a term speaks of? */
export function covers(
  goods: Goods,
  { skuId, categoryId }: Pick<BasketLine, 'skuId' | 'categoryId'>,
): boolean {
  if (goods.exceptSkuIds.includes(skuId) || goods.exceptCategoryIds.includes(categoryId)) return false
  const all = goods.skuIds.length === 0 && goods.categoryIds.length === 0
  return all || goods.skuIds.includes(skuId) || goods.categoryIds.includes(categoryId)
}

const admits = (allowed: readonly string[] | null, value: string | null): boolean =>
  allowed === null || (value !== null && allowed.includes(value))

/** What keeps a term from this order whatever is in the basket; null when nothing does. */
export function barrier(term: Term, order: Omit<Basket, 'lines'>): Outcome['why'] | null {
  const { storeIds, fulfilments, channels, tiers, firstOrder }: AppliesTo = term.appliesTo
  if (!admits(storeIds, order.storeId)) return 'wrong_store'
  if (order.at < term.from || (term.until && order.at >= term.until)) return 'not_now'
  if (!admits(channels, order.channel)) return 'wrong_channel'
  if (!admits(tiers, order.tier)) return 'wrong_tier'
  if (firstOrder && order.boughtBefore) return 'first_order_only'
  if (!admits(fulfilments, order.fulfilment))
    return order.fulfilment === 'pickup' ? 'delivery_only' : 'pickup_only'
  return null
}

/** May these two not act on the same line? A price of a campaign stands alone (domain handbook §2.8). */
export const excludes = (a: Term, b: Term): boolean =>
  a.stage === 'activity' || b.stage === 'activity' || names(a, b) || names(b, a)

const names = ({ exclusiveWith }: Term, { id, stackGroup }: Term): boolean =>
  exclusiveWith.includes(id) || exclusiveWith.includes(stackGroup)

/** A term that did nothing, and why. */
export const idle = (
  { id, label, stage }: Pick<Term, 'id' | 'label' | 'stage'>,
  why: Outcome['why'],
  more: Partial<Pick<Outcome, 'by' | 'next'>> = {},
): Outcome => ({ rule: id, label, stage, why, offFen: 0, lines: [], by: null, next: null, ...more })

/**
 * A step that was not reached, beside the term of its group that acts instead: it says what it would replace, or is beaten if it would bring no more.
 */
export function besideActing(outcome: Outcome, acting: Outcome | undefined): Outcome {
  if (!acting || outcome.why !== 'below_threshold' || !outcome.next) return outcome
  const by = { rule: acting.rule, label: acting.label }
  const brings = outcome.next.offBp > 0 || outcome.next.offFen > acting.offFen
  return brings ? { ...outcome, by } : { ...outcome, why: 'beaten', by, next: null }
}
