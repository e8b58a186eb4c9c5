import type { Coupons } from '#room/coupons'
import type { Tiers } from '#room/tiers'
import type { Fault, Plan } from './kinds/kind.ts'

/** Coupons that the terms promise somebody, by field. */
const promised = (terms: Plan['terms']): { field: string; templateId: string }[] =>
  Object.entries({
    templateId: 'templateId' in terms ? terms.templateId : null,
    helperTemplateId: 'helperTemplateId' in terms ? terms.helperTemplateId : null,
    friendTemplateId: 'friendTemplateId' in terms ? terms.friendTemplateId : null,
  }).flatMap(([field, templateId]) => (templateId ? [{ field: `terms/${field}`, templateId }] : []))

/** What a campaign names that there is not: nobody would ever get the coupon, or be let in. */
export async function namedFaults(
  { coupons, tiers }: { coupons: Pick<Coupons, 'rewards'>; tiers: Pick<Tiers, 'codes'> },
  { terms, tiers: wanted }: Pick<Plan, 'terms' | 'tiers'>,
): Promise<Fault[]> {
  const named = promised(terms)
  const known = await coupons.rewards(named.map(({ templateId }) => templateId))
  const has = tiers.codes()
  const strange = wanted?.filter((code) => !has.includes(code)) ?? []
  return [
    ...named
      .filter(({ templateId }) => !known.has(templateId))
      .map(({ field }) => ({
        field,
        code: 'coupon_unknown',
        words: '没有这张奖励券，或者它已经停发：请重选',
      })),
    ...(strange.length > 0
      ? [{ field: 'tiers', code: 'tier_unknown', words: `没有这些会员等级：${strange.join('、')}` }]
      : []),
  ]
}
