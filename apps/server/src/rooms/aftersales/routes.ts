import { aftersaleRoutes } from '@linli/contract/aftersales'
import { staffAftersaleRoutes } from '@linli/contract/staff-aftersales'
import { type Http, mount } from '#kernel/http'
import { appeal, apply, cancel, listOptions, quote, takeMoney } from './applying.ts'
import { sheetOf } from './floor.ts'
import { addPhoto } from './photos.ts'
import { listMine, showMine } from './reading.ts'
import { findReturn, give, receive } from './returning.ts'
import type { Room } from './room.ts'

export function mountShopper(http: Http, room: Room): void {
  mount(http, aftersaleRoutes, {
    'GET /v1/orders/:orderId/aftersale-options': ({ actor, params }) =>
      listOptions(room, actor, params.orderId),
    'POST /v1/orders/:orderId/aftersale-quotes': ({ actor, params, body }) =>
      quote(room, actor, params.orderId, body),
    'POST /v1/orders/:orderId/aftersales': async ({ actor, params, body }) =>
      showMine(room, actor.memberId, await apply(room, actor, params.orderId, body)),
    'GET /v1/aftersales': ({ actor, query }) => listMine(room, actor.memberId, query),
    'GET /v1/aftersales/:aftersaleId': ({ actor, params }) =>
      showMine(room, actor.memberId, params.aftersaleId),
    'POST /v1/aftersales/:aftersaleId/cancellation': async ({ actor, params }) => {
      await cancel(room, actor, params.aftersaleId)
      return showMine(room, actor.memberId, params.aftersaleId)
    },
    'POST /v1/aftersales/:aftersaleId/appeal': async ({ actor, params, body }) => {
      await appeal(room, actor, params.aftersaleId, body.note)
      return showMine(room, actor.memberId, params.aftersaleId)
    },
    'POST /v1/aftersales/:aftersaleId/refund-instead': async ({ actor, params }) => {
      await takeMoney(room, actor, params.aftersaleId)
      return showMine(room, actor.memberId, params.aftersaleId)
    },
    'POST /v1/aftersale-photos': ({ actor, raw }) => addPhoto(room, actor, raw),
  })
}

export function mountFloor(http: Http, room: Room): void {
  mount(http, staffAftersaleRoutes, {
    'POST /staff/v1/return-checks': async ({ actor, body }) =>
      sheetOf(room, (await findReturn(room, actor, body)).id),
    'POST /staff/v1/returns': async ({ actor, requestId, body }) =>
      sheetOf(room, await receive(room, { actor, requestId }, body)),
    'POST /staff/v1/exchanges': async ({ actor, requestId, body }) =>
      sheetOf(room, await give(room, { actor, requestId }, body)),
  })
}
