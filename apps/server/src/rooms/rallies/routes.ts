import { consoleInviteRoutes, inviteRoutes } from '@linli/contract/invites'
import { consoleRallyRoutes, rallyRoutes } from '@linli/contract/rallies'
import { type Http, mount } from '#kernel/http'
import { figures } from './figures.ts'
import { invite, inviteFigures, open, showInvite } from './inviting.ts'
import { help } from './lending.ts'
import { couponFor, listMine, offer, show } from './showing.ts'
import type { Room } from './room.ts'
import { start } from './starting.ts'

export const mountShopper = (http: Http, room: Room): void =>
  mount(http, rallyRoutes, {
    'POST /v1/rallies': async ({ actor, body }) => show(room, actor, await start(room, actor, body)),
    'GET /v1/campaigns/:campaignId/rally-offer': ({ params }) => offer(room, params.campaignId),
    'GET /v1/rallies': ({ actor, query }) => listMine(room, actor, query),
    'GET /v1/rallies/:rallyId': ({ actor, params }) => show(room, actor, params.rallyId),
    'POST /v1/rallies/:rallyId/helps': async ({ actor, params: { rallyId }, body }) => {
      await help(room, actor, { rallyId, ...body })
      const [rally, coupon] = await Promise.all([show(room, actor, rallyId), couponFor(room, actor, rallyId)])
      return { rally, coupon }
    },
  })

export const mountConsole = (http: Http, room: Room): void =>
  mount(http, consoleRallyRoutes, {
    'GET /console/v1/campaigns/:campaignId/rallies': ({ actor, params }) =>
      figures(room, actor, params.campaignId),
  })

export const mountInvites = (http: Http, room: Room): void => {
  mount(http, inviteRoutes, {
    'POST /v1/invites': async ({ actor, body }) => showInvite(room, actor, await invite(room, actor, body)),
    'GET /v1/invites/:inviteId': ({ actor, params }) => showInvite(room, actor, params.inviteId),
    'POST /v1/invites/:inviteId/openings': async ({ actor, params: { inviteId }, body }) => {
      const coupon = await open(room, actor, { inviteId, ...body })
      return { invite: await showInvite(room, actor, inviteId), coupon }
    },
  })
  mount(http, consoleInviteRoutes, {
    'GET /console/v1/campaigns/:campaignId/invites': ({ actor, params }) =>
      inviteFigures(room, actor, params.campaignId),
  })
}
