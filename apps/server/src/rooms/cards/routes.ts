import { consoleOldCardRoutes, oldCardRoutes, staffOldCardRoutes } from '@linli/contract/old-cards'
import { type Http, mount } from '#kernel/http'
import { bindMine, bindSeen, reportLoss, seeCard, undoBinding } from './binding.ts'
import * as sql from './cards.sql.ts'
import { importCards } from './importing.ts'
import { listCards, listOfMember, mineOf, seenOf, shownOne } from './reading.ts'
import type { Room } from './room.ts'

export function mountShopper(http: Http, room: Room): void {
  mount(http, oldCardRoutes, {
    'GET /v1/me/old-cards': async ({ actor }) => ({
      items: (await sql.listOfMember(room.ctx.db, actor.memberId)).map(mineOf),
    }),
    'POST /v1/me/old-cards': async ({ actor, body }) => mineOf(await bindMine(room, actor, body.no)),
  })
}

export function mountFloor(http: Http, room: Room): void {
  mount(http, staffOldCardRoutes, {
    'POST /staff/v1/old-card-lookups': async ({ actor, requestId, body }) =>
      seenOf(room, await seeCard(room, { actor, requestId }, body)),
    'POST /staff/v1/old-card-bindings': async ({ actor, requestId, body }) =>
      seenOf(room, await bindSeen(room, { actor, requestId }, body)),
  })
}

export function mountConsole(http: Http, room: Room): void {
  mount(http, consoleOldCardRoutes, {
    'GET /console/v1/old-cards': ({ query }) => listCards(room, query),
    'POST /console/v1/old-card-imports': ({ actor, requestId, body }) =>
      importCards(room, { actor, requestId }, body),
    'POST /console/v1/old-cards/:cardNo/loss': async ({ actor, requestId, params: { cardNo }, body }) =>
      shownOne(room, await reportLoss(room, { actor, requestId }, { no: cardNo, ...body })),
    'POST /console/v1/card-bindings/:bindingId/undoing': async ({ actor, requestId, params, body }) =>
      shownOne(room, await undoBinding(room, { actor, requestId }, { ...params, ...body })),
    'GET /console/v1/members/:memberId/old-cards': ({ params }) => listOfMember(room, params.memberId),
  })
}
