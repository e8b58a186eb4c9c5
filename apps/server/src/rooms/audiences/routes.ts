import { consoleAudienceRoutes } from '@linli/contract/audiences'
import { signature } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { type Http, mount } from '#kernel/http'
import { isId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import type { Members } from '#room/members'
import { type Audiences, shownSnapshot } from './audiences.ts'
import { findSnapshot } from './audiences.sql.ts'
import type { Counting } from './counting.ts'
import { cursorInvalid, snapshotMissing, snapshotReleased } from './problems.ts'
import { showRfm } from './rfm.ts'
import { listMembers, type Which } from './snapshots.sql.ts'
import type { Tags } from './tags.ts'
import type { Taking } from './taking.ts'

const PAGE = 20
const read = (cursor: string): string => {
  const id = Buffer.from(cursor, 'base64url').toString('utf8')
  return isId(id) ? id : refuse(cursorInvalid)
}

/** Members of a snapshot, a page at a time. */
async function pageOf(
  { db }: Pick<Ctx, 'db'>,
  members: Pick<Members, 'atDesk'>,
  snapshotId: string,
  { which = 'all', cursor, limit = PAGE }: { which?: Which; cursor?: string; limit?: number },
) {
  const snapshot = (await findSnapshot(db, snapshotId)) ?? refuse(snapshotMissing, { snapshotId })
  if (snapshot.released) refuse(snapshotReleased)
  const after = cursor === undefined ? null : read(cursor)
  const ids = await listMembers(db, snapshotId, { which, after, limit: limit + 1 })
  const page = ids.slice(0, limit)
  const known = await members.atDesk(page)
  return {
    items: page.flatMap((id) => known.get(id) ?? []),
    nextCursor: ids.length > limit ? Buffer.from(page.at(-1) ?? '').toString('base64url') : null,
  }
}

interface Parts {
  ctx: Pick<Ctx, 'db'>
  members: Pick<Members, 'atDesk'>
  audiences: Audiences
  counting: Counting
  taking: Taking
  tags: Tags
}
export const mountConsole = (http: Http, { ctx, members, audiences, counting, taking, tags }: Parts): void =>
  mount(http, consoleAudienceRoutes, {
    'GET /console/v1/audiences': async () => ({ items: await audiences.list() }),
    'POST /console/v1/audiences': (call) => audiences.begin(call, call.body),
    'GET /console/v1/audiences/:audienceId': ({ params }) => audiences.show(params.audienceId),
    'PUT /console/v1/audiences/:audienceId/draft': (call) =>
      audiences.change(call, call.params.audienceId, call.body),
    'POST /console/v1/audiences/:audienceId/versions': (call) =>
      audiences.save(call, call.params.audienceId, call.body.revision),
    'PUT /console/v1/audiences/:audienceId/upkeep': (call) =>
      audiences.keep(call, call.params.audienceId, call.body),
    'DELETE /console/v1/audiences/:audienceId': (call) => audiences.putAway(call, call.params.audienceId),
    'POST /console/v1/audience-counts': ({ body }) => counting.count(body.rule),
    'POST /console/v1/audience-samples': ({ body }) => counting.sample(body.rule, body.seed),
    'POST /console/v1/audience-reasons': ({ body }) => counting.reasons(body.rule, body.memberId),
    'POST /console/v1/audiences/:audienceId/snapshots': async ({ params, actor }) =>
      shownSnapshot(await taking.take(params.audienceId, { cause: 'asked', by: signature(actor) })),
    'GET /console/v1/audience-snapshots/:snapshotId/members': ({ params, query }) =>
      pageOf(ctx, members, params.snapshotId, query),
    'GET /console/v1/rfm': ({ query }) => showRfm(ctx, query.rule ?? 'A'),
    'GET /console/v1/tags': () => tags.list(),
    'POST /console/v1/tags': (call) => tags.add(call, call.body.name),
    'GET /console/v1/members/:memberId/tags': ({ params }) => tags.ofMember(params.memberId),
    'PUT /console/v1/tags/:tagId/members/:memberId': (call) => tags.put(call, call.params),
    'DELETE /console/v1/tags/:tagId/members/:memberId': (call) => tags.take(call, call.params),
  })
