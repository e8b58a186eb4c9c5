import type { Input, Output } from '@linli/contract'
import type { consolePricingRoutes } from '@linli/contract/pricing'
import { price, type PriceSources } from './pricing.ts'
import type { Rulebook } from './rulebook.ts'

type Trial = (typeof consolePricingRoutes)['POST /console/v1/price-trials']

/** Prices a basket as the shop would now; with a rule that is only thought of, in the place of the one it would replace. */
export function trial(
  from: Omit<PriceSources, 'rules'>,
  rules: Pick<Rulebook, 'draft' | 'rulesOf'>,
  { storeId, lines, rule }: Input<Trial>['body'],
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
  )
  return { ...priced.quote, explanation: priced.explain() }
}
