import type { Input, Output } from '@linli/contract'
import type { priceTrialRoutes } from '@linli/contract/price-trials'
import type { Coupons } from '#room/coupons'
import { NOTHING, termOf } from './benefits.ts'
import { price, type PriceSources } from './pricing.ts'
import type { Rulebook } from './rulebook.ts'

type Trial = (typeof priceTrialRoutes)['POST /console/v1/price-trials']

/**
 * Prices a basket as the shop would now; with a rule that is only thought of, in the place of the one it would replace, and with a coupon that nobody
 * holds yet.
 */
export function trial(
  from: Omit<PriceSources, 'rules'> & { coupons: Pick<Coupons, 'draft'> },
  rules: Pick<Rulebook, 'draft' | 'rulesOf'>,
  { storeId, lines, rule, coupon }: Input<Trial>['body'],
): Output<Trial> {
  const draft = rule && rules.draft(rule)
  const acts = draft && (draft.appliesTo.storeIds?.includes(storeId) ?? true)
  const priced = price(
    {
      ...from,
      rules: {
        rulesOf: (at, when) => [
          ...rules.rulesOf(at, when).filter(({ id }) => id !== rule?.replaces),
          ...(acts ? [draft] : []),
        ],
      },
    },
    { storeId, lines, fulfilment: { kind: 'pickup' } },
    coupon ? { ...NOTHING, coupons: [termOf(from.coupons.draft(coupon))] } : NOTHING,
  )
  return { ...priced.quote, explanation: priced.explain() }
}
