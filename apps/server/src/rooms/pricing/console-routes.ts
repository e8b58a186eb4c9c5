import { consolePricingRoutes, type PriceRule } from '@linli/contract/pricing'
import type { Static } from 'typebox'
import type { Clock } from '#kernel/clock'
import { type Http, mount } from '#kernel/http'
import type { RuleRow } from './price-rules.sql.ts'
import type { Rulebook } from './rulebook.ts'

const stateOf = ({ startsAt, endsAt, endedAt }: RuleRow, now: Date): Static<typeof PriceRule>['state'] => {
  if (endedAt || (endsAt && endsAt <= now)) return 'over'
  return startsAt > now ? 'planned' : 'live'
}

export function mountConsole(http: Http, clock: Clock, rules: Rulebook): void {
  const shown = (row: RuleRow): Static<typeof PriceRule> => ({
    ...row,
    state: stateOf(row, clock.now()),
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  })
  mount(http, consolePricingRoutes, {
    'GET /console/v1/price-rules': async ({ actor, query }) => {
      const { items, total } = await rules.list(actor, query)
      return { items: items.map(shown), total }
    },
    'POST /console/v1/price-rules': async ({ actor, requestId, body }) =>
      shown(await rules.add({ actor, requestId }, body)),
    'POST /console/v1/price-rules/:ruleId/ending': async ({ actor, requestId, params }) =>
      shown(await rules.end({ actor, requestId }, params.ruleId)),
  })
}
