import { consoleLedgerCheckRoutes } from '@linli/contract/ledger-checks'
import { consolePointsRoutes, type PointsTermsRow, pointsRoutes } from '@linli/contract/points'
import type { Static } from 'typebox'
import type { Ctx } from '#kernel/ctx'
import { type Http, mount } from '#kernel/http'
import { refuse } from '#kernel/problem'
import type { AtDesk, Members } from '#room/members'
import { type KeptTerms, setTerms, type TermsDeps } from './points-terms.ts'
import type { TermsRow } from './points.sql.ts'
import { memberMissing } from './problems.ts'
import { listPostings, readBalance, readSums } from './reading.ts'
import type { SumCheck } from './sum-check.ts'

export interface LedgersDeps extends TermsDeps {
  members: Pick<Members, 'atDesk'>
}

export function mountPoints(http: Http, ctx: Ctx, terms: Pick<KeptTerms, 'now'>): void {
  mount(http, pointsRoutes, {
    'GET /v1/points': ({ actor }) => readBalance(ctx, actor.memberId, terms.now()),
    'GET /v1/points/postings': ({ actor, query }) => listPostings(ctx, actor.memberId, query),
  })
}

const shown = ({ id, since, ...row }: TermsRow): Static<typeof PointsTermsRow> => ({
  id: String(id),
  ...row,
  since: since.toISOString(),
})

export function mountConsole(http: Http, ctx: Ctx, deps: LedgersDeps, terms: KeptTerms): void {
  const known = async (memberId: string): Promise<AtDesk> =>
    (await deps.members.atDesk([memberId])).get(memberId) ?? refuse(memberMissing, { memberId })
  mount(http, consolePointsRoutes, {
    'GET /console/v1/points-terms': () => {
      const now = terms.latest()
      return { nowId: now && String(now.id), items: terms.rows().map(shown) }
    },
    'POST /console/v1/points-terms': async ({ actor, requestId, body }) => {
      const row = await setTerms(ctx, deps, { actor, requestId }, body)
      await terms.reload()
      return shown(row)
    },
    'GET /console/v1/members/:memberId/points': async ({ params: { memberId } }) => ({
      member: await known(memberId),
      ...(await readSums(ctx, memberId)),
    }),
    'GET /console/v1/members/:memberId/point-postings': async ({ params: { memberId }, query }) => {
      await known(memberId)
      return listPostings(ctx, memberId, query)
    },
  })
}

export function mountChecks(http: Http, sums: { points: SumCheck; value: SumCheck }): void {
  mount(http, consoleLedgerCheckRoutes, {
    'GET /console/v1/points-checks': () => sums.points.list(),
    'POST /console/v1/points-checks': ({ actor }) => sums.points.run(actor),
    'GET /console/v1/stored-value-checks': () => sums.value.list(),
    'POST /console/v1/stored-value-checks': ({ actor }) => sums.value.run(actor),
  })
}
