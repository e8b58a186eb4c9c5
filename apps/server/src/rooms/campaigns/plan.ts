import type { CampaignInput } from '@linli/contract/campaigns'
import type { Static } from 'typebox'
import type { CampaignRow, StockRow } from './campaigns.sql.ts'
import { movedTerms } from './kinds/index.ts'
import type { Plan } from './kinds/kind.ts'

export type Input = Static<typeof CampaignInput>

export const planOf = (input: Input): Plan => ({
  ...input,
  startsAt: new Date(input.startsAt),
  endsAt: new Date(input.endsAt),
})
/** The goods of every store, none of them set aside yet. */
export const stockOf = ({ items }: Plan): StockRow[] =>
  items.flatMap(({ skuId, quotas }) =>
    quotas.map((quota) => ({ skuId, ...quota, carved: 0, released: 0, taken: 0, turn: 0, parts: [] })),
  )
/** Stores that have some of its goods, or that its terms name. */
export const storesOf = ({ items, terms }: Pick<Plan, 'items' | 'terms'>): string[] => [
  ...new Set([
    ...items.flatMap(({ quotas }) => quotas.map(({ storeId }) => storeId)),
    ...('storeIds' in terms ? terms.storeIds : []),
  ]),
]

/** A campaign that is only thought of, as if it were a draft: for trials. */
export const draftOf = (plan: Plan, id: string, at: Date): CampaignRow => ({
  ...plan,
  id,
  state: 'DRAFT',
  paused: false,
  stopReason: null,
  revision: 1,
  createdAt: at,
  createdBy: 'draft',
  endedAt: null,
  stock: stockOf(plan),
})

/** The same campaign at another time: every instant in it moves by as much. */
export function planAt(plan: Plan, startsAt: Date): Plan {
  const by = startsAt.getTime() - plan.startsAt.getTime()
  const moved = (at: Date | string): Date => new Date(new Date(at).getTime() + by)
  return {
    name: plan.name,
    items: plan.items,
    perMember: plan.perMember,
    payMinutes: plan.payMinutes,
    armMinutes: plan.armMinutes,
    tiers: plan.tiers,
    firstOrder: plan.firstOrder,
    funding: plan.funding,
    terms: movedTerms(plan, (at) => moved(at).toISOString()),
    startsAt,
    endsAt: moved(plan.endsAt),
  }
}
