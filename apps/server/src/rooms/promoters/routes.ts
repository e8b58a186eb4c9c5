import { consoleGuidanceRoutes, guidanceRoutes, staffGuidanceRoutes } from '@linli/contract/guidance'
import { type Http, mount } from '#kernel/http'
import type { Codes } from './codes.ts'
import type { League } from './league.ts'
import type { createTerms } from './terms.ts'

export interface ShopperVerbs {
  touch(scene: string): Promise<{ touch: string; storeId: string; storeName: string }>
  come(memberId: string, body: { touch: string; device: string }): Promise<boolean>
}

export const mountShopper = (http: Http, { touch, come }: ShopperVerbs): void =>
  mount(http, guidanceRoutes, {
    'POST /v1/guidance-touches': ({ body }) => touch(body.scene),
    'POST /v1/guidance': async ({ actor, body }) => ({ counted: await come(actor.memberId, body) }),
  })

export const mountFloor = (
  http: Http,
  {
    codes,
    league,
    noteDevice,
  }: { codes: Codes; league: League; noteDevice(staffId: string, device: string): Promise<void> },
): void =>
  mount(http, staffGuidanceRoutes, {
    'GET /staff/v1/stores/:storeId/guidance': ({ actor, params }) => league.ofStore(actor, params.storeId),
    'POST /staff/v1/stores/:storeId/guide-code': async (call) => {
      const drawn = await codes.drawn(call, call.params.storeId, call.actor.staffId)
      await noteDevice(call.actor.staffId, call.body.device)
      return drawn
    },
    'GET /staff/v1/guide-rewards': ({ actor, query }) => league.mine(actor, query),
  })

export const mountConsole = (
  http: Http,
  { codes, league, terms }: { codes: Codes; league: League; terms: ReturnType<typeof createTerms> },
): void =>
  mount(http, consoleGuidanceRoutes, {
    'GET /console/v1/guidance': ({ actor, query }) => league.list(actor, query),
    'GET /console/v1/guide-rewards': ({ actor, query }) => league.statement(actor, query),
    'GET /console/v1/guide-codes': async (call) => ({ items: await codes.list(call, call.query.storeId) }),
    'POST /console/v1/stores/:storeId/guide-code': (call) => codes.drawn(call, call.params.storeId, null),
    'POST /console/v1/guide-codes/:codeId/ending': async (call) => {
      await codes.end(call, call.params.codeId)
      return null
    },
    'GET /console/v1/guide-terms': async () => ({ items: await terms.list() }),
    'POST /console/v1/guide-terms': (call) => terms.set(call, call.body),
  })
