import { priceTrialRoutes } from '@linli/contract/price-trials'
import { consolePricingRoutes, type PriceRule } from '@linli/contract/pricing'
import type { Static } from 'typebox'
import type { Clock } from '#kernel/clock'
import { type Http, mount } from '#kernel/http'
import type { Coupons } from '#room/coupons'
import type { Staff } from '#room/staff'
import type { PriceSources } from './pricing.ts'
import type { RuleRow } from './price-rules.sql.ts'
import type { Rulebook } from './rulebook.ts'
import { trial } from './trial.ts'

const stateOf = ({ startsAt, endsAt, endedAt }: RuleRow, now: Date): Static<typeof PriceRule>['state'] => {
  if (endedAt || (endsAt && endsAt <= now)) return 'over'
  return startsAt > now ? 'planned' : 'live'
}

export function mountConsole(
  http: Http,
  from: Omit<PriceSources, 'rules'> & {
    clock: Clock
    staff: Pick<Staff, 'requireScope'>
    coupons: Pick<Coupons, 'draft'>
  },
  rules: Rulebook,
): void {
  const shown = (row: RuleRow): Static<typeof PriceRule> => ({
    ...row,
    state: stateOf(row, from.clock.now()),
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  })
  mount(http, consolePricingRoutes, {
    'GET /console/v1/price-rules': async ({ actor, query }) => {
      const { items, ...counted } = await rules.list(actor, query)
      return { items: items.map(shown), ...counted, counts: { ...counted.counts } }
    },
    'POST /console/v1/price-rules': async ({ actor, requestId, body }) =>
      shown(await rules.add({ actor, requestId }, body)),
    'POST /console/v1/price-rules/:ruleId/ending': async ({ actor, requestId, params }) =>
      shown(await rules.end({ actor, requestId }, params.ruleId)),
  })
  mount(http, priceTrialRoutes, {
    'POST /console/v1/price-trials': ({ actor, body }) => {
      from.staff.requireScope(actor, body.storeId)
      return trial(from, rules, body)
    },
  })
}
