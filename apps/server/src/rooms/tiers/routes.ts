import { consoleTierRoutes, tierRoutes, type TierTermsRow } from '@linli/contract/tiers'
import type { Static } from 'typebox'
import { type Http, mount } from '#kernel/http'
import { refuse } from '#kernel/problem'
import type { AtDesk, Members } from '#room/members'
import type { GrowthChecks } from './checks.ts'
import { memberMissing } from './problems.ts'
import { listPostings, readGrowth, readMembership, type ReadingRoom } from './reading.ts'
import { previewTerms, setTerms, type TermsDeps, type TermsRow } from './terms.ts'

export function mountTiers(http: Http, room: ReadingRoom): void {
  mount(http, tierRoutes, {
    'GET /v1/me/membership': ({ actor }) => readMembership(room, actor.memberId),
    'GET /v1/me/growth-postings': ({ actor, query }) => listPostings(room.ctx, actor.memberId, query),
  })
}

const shown = ({ id, since, ...row }: TermsRow): Static<typeof TierTermsRow> => ({
  id: String(id),
  ...row,
  since: since.toISOString(),
})

export function mountConsole(
  http: Http,
  room: ReadingRoom & { members: Pick<Members, 'atDesk'>; checks: GrowthChecks },
  deps: TermsDeps,
): void {
  const { ctx, terms, members, checks } = room
  const known = async (memberId: string): Promise<AtDesk> =>
    (await members.atDesk([memberId])).get(memberId) ?? refuse(memberMissing, { memberId })
  mount(http, consoleTierRoutes, {
    'GET /console/v1/tier-terms': () => {
      const now = terms.latest()
      return { nowId: now && String(now.id), items: terms.rows().map(shown) }
    },
    'POST /console/v1/tier-terms': async ({ actor, requestId, body }) => {
      const row = await setTerms(ctx, deps, { actor, requestId }, body)
      await terms.reload()
      return shown(row)
    },
    'POST /console/v1/tier-terms/previews': ({ body }) => previewTerms(ctx, deps, body, terms.latest()),
    'GET /console/v1/members/:memberId/growth': async ({ params: { memberId } }) => ({
      member: await known(memberId),
      ...(await readGrowth(room, memberId)),
    }),
    'GET /console/v1/members/:memberId/growth-postings': async ({ params: { memberId }, query }) => {
      await known(memberId)
      return listPostings(ctx, memberId, query)
    },
    'GET /console/v1/growth-checks': () => checks.list(),
    'POST /console/v1/growth-checks': ({ actor }) => checks.run(actor),
  })
}
