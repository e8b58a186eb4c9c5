import { pointsRoutes } from '@linli/contract/points'
import type { Ctx } from '#kernel/ctx'
import { type Http, mount } from '#kernel/http'
import type { PointsTerms } from './points-terms.ts'
import { listPostings, readBalance } from './reading.ts'

export function mountPoints(http: Http, ctx: Ctx, terms: () => PointsTerms | null): void {
  mount(http, pointsRoutes, {
    'GET /v1/points': ({ actor }) => readBalance(ctx, actor.memberId, terms()),
    'GET /v1/points/postings': ({ actor, query }) => listPostings(ctx, actor.memberId, query),
  })
}
