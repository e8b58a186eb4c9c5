import { consoleFeedRoutes } from '@linli/contract/console-feeds'
import { partnerFeedRoutes } from '@linli/contract/feeds'
import { signature } from '#kernel/actor'
import { type Http, mount } from '#kernel/http'
import { takeEvents } from './events.ts'
import { takeFile } from './files.ts'
import { retry } from './retrying.ts'
import type { FeedRoom } from './room.ts'
import { addPart, closeSnapshot, openSnapshot, partWords } from './snapshots.ts'
import {
  addSource,
  changeSource,
  listGoods,
  listSources,
  mapCategories,
  mapGoods,
  mapStores,
} from './sources.ts'
import {
  cancelRun,
  listFaults,
  listPartnerFaults,
  listRuns,
  runOf,
  shownRun,
  showPosition,
  showRun,
  sourceOf,
} from './views.ts'

export function mountFeeds(http: Http, room: FeedRoom): void {
  mount(http, consoleFeedRoutes, {
    'GET /console/v1/feed-sources': ({ actor }) => listSources(room, actor),
    'POST /console/v1/feed-sources': ({ actor, requestId, body }) =>
      addSource(room, { actor, requestId }, body),
    'PUT /console/v1/feed-sources/:sourceCode': ({ actor, requestId, params, body }) =>
      changeSource(room, { actor, requestId }, params.sourceCode, body),
    'PUT /console/v1/feed-sources/:sourceCode/stores': ({ actor, requestId, params, body }) =>
      mapStores(room, { actor, requestId }, params.sourceCode, body.items),
    'PUT /console/v1/feed-sources/:sourceCode/categories': ({ actor, requestId, params, body }) =>
      mapCategories(room, { actor, requestId }, params.sourceCode, body.items),
    'GET /console/v1/feed-sources/:sourceCode/goods': ({ params, query }) =>
      listGoods(room, params.sourceCode, query),
    'PUT /console/v1/feed-sources/:sourceCode/goods': ({ actor, requestId, params, body }) =>
      mapGoods(room, { actor, requestId }, params.sourceCode, body.items),
    'POST /console/v1/feed-sources/:sourceCode/retries': ({ actor, requestId, params }) =>
      retry(room, { actor, requestId }, params.sourceCode),
    'POST /console/v1/feed-sources/:sourceCode/files': async ({ actor, requestId, params, query, raw }) => {
      const run = await takeFile(room, params.sourceCode, {
        ...query,
        absent: query.absent ?? 'keep',
        bytes: raw,
        by: signature(actor),
        call: { actor, requestId },
      })
      return showRun(room, run.id)
    },
    'GET /console/v1/feed-runs': ({ query }) => listRuns(room, query),
    'GET /console/v1/feed-runs/:runId': ({ params }) => showRun(room, params.runId),
    'GET /console/v1/feed-runs/:runId/faults': ({ actor, params, query }) =>
      listFaults(room, actor, params.runId, query),
    'POST /console/v1/feed-runs/:runId/cancellation': ({ actor, requestId, params }) =>
      cancelRun(room, { actor, requestId }, params.runId),
  })
  mount(http, partnerFeedRoutes, {
    'GET /partner/v1/feeds/:sourceCode': async ({ actor, params }) =>
      showPosition(room, await sourceOf(room, actor, params.sourceCode)),
    'POST /partner/v1/feeds/:sourceCode/events': async ({ actor, params, body }) => {
      const { code } = await sourceOf(room, actor, params.sourceCode)
      return takeEvents(room, code, body, actor.storeIds)
    },
    'POST /partner/v1/feeds/:sourceCode/snapshots': async ({ actor, params, body }) => {
      const { code } = await sourceOf(room, actor, params.sourceCode)
      const { id } = await openSnapshot(room, code, body, { by: signature(actor) })
      return showRun(room, id)
    },
    'PUT /partner/v1/feeds/:sourceCode/snapshots/:runId/parts/:partNo': async ({ actor, params, body }) => {
      const source = await sourceOf(room, actor, params.sourceCode)
      const { partNo, runId } = params
      const rows = partWords(body, partNo)
      return addPart(room, { runId, sourceId: source.id }, { partNo, rows, storeIds: actor.storeIds })
    },
    'POST /partner/v1/feeds/:sourceCode/snapshots/:runId/closing': async ({ actor, params, body }) => {
      const source = await sourceOf(room, actor, params.sourceCode)
      const { id } = await closeSnapshot(room, { runId: params.runId, sourceId: source.id }, body.rows)
      return showRun(room, id)
    },
    'GET /partner/v1/feeds/:sourceCode/snapshots/:runId': async ({ actor, params }) => {
      const source = await sourceOf(room, actor, params.sourceCode)
      return shownRun(await runOf(room, source, params.runId))
    },
    'GET /partner/v1/feeds/:sourceCode/runs/:runId/faults': async ({ actor, params, query }) => {
      const source = await sourceOf(room, actor, params.sourceCode)
      const { id } = await runOf(room, source, params.runId)
      return listPartnerFaults(room, id, query)
    },
  })
}
