import { boxRoutes } from '@linli/contract/boxes'
import { consoleBoxRoutes } from '@linli/contract/console-boxes'
import type { MemberActor } from '#kernel/actor'
import { type Http, mount } from '#kernel/http'
import { listAll, packing, sums } from './packing.ts'
import type { Room } from './room.ts'
import { type Box, listMine, offer, show } from './showing.ts'
import { skip, unskip } from './skipping.ts'
import { changeQuantity, changeStore, end, pause, resume, start } from './subscribing.ts'

export function mountShopper(http: Http, room: Room): void {
  const done = async (actor: MemberActor, boxId: string, work: Promise<void>): Promise<Box> => {
    await work
    return show(room, actor, boxId)
  }
  mount(http, boxRoutes, {
    'GET /v1/campaigns/:campaignId/box-offer': ({ params, query }) =>
      offer(room, params.campaignId, query.storeId),
    'POST /v1/boxes': async ({ actor, body }) => show(room, actor, await start(room, actor, body)),
    'GET /v1/boxes': ({ actor }) => listMine(room, actor),
    'GET /v1/boxes/:boxId': ({ actor, params }) => show(room, actor, params.boxId),
    'PUT /v1/boxes/:boxId/skips/:week': ({ actor, params }) =>
      done(actor, params.boxId, skip(room, actor, params)),
    'DELETE /v1/boxes/:boxId/skips/:week': ({ actor, params }) =>
      done(actor, params.boxId, unskip(room, actor, params)),
    'POST /v1/boxes/:boxId/pause': ({ actor, params: { boxId } }) =>
      done(actor, boxId, pause(room, actor, boxId)),
    'POST /v1/boxes/:boxId/resume': ({ actor, params: { boxId } }) =>
      done(actor, boxId, resume(room, actor, boxId)),
    'PUT /v1/boxes/:boxId/store': ({ actor, params: { boxId }, body }) =>
      done(actor, boxId, changeStore(room, actor, boxId, body.storeId)),
    'PUT /v1/boxes/:boxId/quantity': ({ actor, params: { boxId }, body }) =>
      done(actor, boxId, changeQuantity(room, actor, boxId, body.quantity)),
    'POST /v1/boxes/:boxId/end': ({ actor, params: { boxId } }) =>
      done(actor, boxId, end(room, actor, boxId)),
  })
}

export const mountConsole = (http: Http, room: Room): void =>
  mount(http, consoleBoxRoutes, {
    'GET /console/v1/campaigns/:campaignId/boxes': ({ actor, params, query }) =>
      listAll(room, actor, params.campaignId, query),
    'GET /console/v1/campaigns/:campaignId/box-weeks': ({ actor, params }) =>
      sums(room, actor, params.campaignId),
    'GET /console/v1/campaigns/:campaignId/box-packing': ({ actor, params, query }) =>
      packing(room, actor, params.campaignId, query),
  })
