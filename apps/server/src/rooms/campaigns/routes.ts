import { campaignRoutes } from '@linli/contract/campaigns'
import { consoleCampaignRoutes } from '@linli/contract/console-campaigns'
import { consoleGroupRoutes, groupRoutes } from '@linli/contract/groups'
import type { StaffActor } from '#kernel/actor'
import { type Http, mount } from '#kernel/http'
import { consoleFlashRoutes, flashRoutes } from '@linli/contract/flash'
import * as sql from './campaigns.sql.ts'
import { enter, visit } from './entering.ts'
import { monitor } from './monitor.ts'
import { dropReservation, readReservation, reserve } from './reservations.ts'
import { copy, discard, draft, edit, tryOut } from './drafting.ts'
import { listDeskSeats, listForDesk, listJoinable, listMine, showGroup, sumGroups } from './groups-shown.ts'
import { figures, findForShop, findInScope, listForShop } from './reading.ts'
import type { Room } from './room.ts'
import { pause, resume, schedule, stop } from './running.ts'
import { consoleView } from './shown.ts'

const dateOf = (at: string | undefined): Date | undefined => (at === undefined ? undefined : new Date(at))

export function mountShopper(http: Http, room: Room): void {
  mount(http, groupRoutes, {
    'GET /v1/groups/:groupId': ({ params }) => showGroup(room, params.groupId),
    'GET /v1/campaigns/:campaignId/groups': ({ params, query }) =>
      listJoinable(room, params.campaignId, query.storeId),
    'GET /v1/groups': ({ actor, query }) => listMine(room, actor, query),
  })
  mount(http, campaignRoutes, {
    'GET /v1/stores/:storeId/campaigns': async ({ params, query }) => ({
      items: await listForShop(room, params.storeId, query.kind),
    }),
    'GET /v1/campaigns/:campaignId': ({ params, query }) =>
      findForShop(room, params.campaignId, query.storeId),
  })
}

export function mountFlash(http: Http, room: Room): void {
  mount(http, flashRoutes, {
    'POST /v1/campaigns/:campaignId/entries': ({ actor, params, body }) =>
      enter(room, actor, { ...body, ...params }),
    'GET /v1/campaigns/:campaignId/reservation': ({ actor, params }) =>
      readReservation(room, actor, params.campaignId),
    'PUT /v1/campaigns/:campaignId/visit': ({ actor, params }) => visit(room, actor, params.campaignId),
    'PUT /v1/campaigns/:campaignId/reservation': ({ actor, params, body }) =>
      reserve(room, actor, { ...body, ...params }),
    'DELETE /v1/campaigns/:campaignId/reservation': ({ actor, params }) =>
      dropReservation(room, actor, params.campaignId),
  })
  mount(http, consoleFlashRoutes, {
    'GET /console/v1/campaigns/:campaignId/monitor': ({ actor, params }) =>
      monitor(room, actor, params.campaignId),
  })
}

export function mountConsole(http: Http, room: Room): void {
  const shown = async (actor: StaffActor, id: string) => consoleView(room, await findInScope(room, actor, id))
  mount(http, consoleGroupRoutes, {
    'GET /console/v1/campaigns/:campaignId/groups': ({ actor, params }) =>
      sumGroups(room, actor, params.campaignId),
    'GET /console/v1/campaigns/:campaignId/group-list': ({ actor, params, query }) =>
      listForDesk(room, actor, params.campaignId, query),
    'GET /console/v1/groups/:groupId/seats': ({ actor, params }) =>
      listDeskSeats(room, actor, params.groupId),
  })
  mount(http, consoleCampaignRoutes, {
    'GET /console/v1/campaigns': async ({ actor, query }) => {
      const { state, kind, page = 1, limit = 20 } = query
      const filter = {
        state,
        kind,
        from: dateOf(query.from),
        until: dateOf(query.until),
        storeIds: room.staff.scopeOf(actor),
      }
      const [rows, counts] = await Promise.all([
        sql.listCampaigns(room.ctx.db, filter, { limit, offset: (page - 1) * limit }),
        sql.countCampaigns(room.ctx.db, filter),
      ])
      const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
      const total = state ? (counts[state] ?? 0) : all
      return { items: rows.map((row) => consoleView(room, row)), total, counts }
    },
    'GET /console/v1/campaigns/:campaignId': ({ actor, params }) => shown(actor, params.campaignId),
    'POST /console/v1/campaigns': async (call) => shown(call.actor, await draft(room, call, call.body)),
    'PUT /console/v1/campaigns/:campaignId': async (call) => {
      await edit(room, call, call.params.campaignId, call.body)
      return shown(call.actor, call.params.campaignId)
    },
    'POST /console/v1/campaign-trials': ({ actor, body }) => tryOut(room, actor, body),
    'DELETE /console/v1/campaigns/:campaignId': async (call) => {
      await discard(room, call, call.params.campaignId)
      return null
    },
    'POST /console/v1/campaigns/:campaignId/copies': async (call) =>
      shown(call.actor, await copy(room, call, call.params.campaignId, new Date(call.body.startsAt))),
    'POST /console/v1/campaigns/:campaignId/schedule': async (call) => {
      await schedule(room, call, call.params.campaignId, call.body)
      return shown(call.actor, call.params.campaignId)
    },
    'POST /console/v1/campaigns/:campaignId/pause': async (call) => {
      await pause(room, call, call.params.campaignId, call.body.reason)
      return shown(call.actor, call.params.campaignId)
    },
    'POST /console/v1/campaigns/:campaignId/resumption': async (call) => {
      await resume(room, call, call.params.campaignId)
      return shown(call.actor, call.params.campaignId)
    },
    'POST /console/v1/campaigns/:campaignId/stop': async (call) => {
      await stop(room, call, call.params.campaignId, call.body.reason)
      return shown(call.actor, call.params.campaignId)
    },
    'GET /console/v1/campaigns/:campaignId/figures': ({ actor, params }) =>
      figures(room, actor, params.campaignId),
    'GET /console/v1/campaigns/:campaignId/events': async ({ actor, params }) => {
      const { id } = await findInScope(room, actor, params.campaignId)
      const events = await sql.listEvents(room.ctx.db, id)
      return { items: events.map(({ at, ...event }) => ({ ...event, at: at.toISOString() })) }
    },
  })
}
