import { consoleDropRoutes } from '@linli/contract/drops'
import { type Http, mount } from '#kernel/http'
import type { DropDesk } from './desk.ts'

export const mountConsole = (http: Http, desk: DropDesk): void =>
  mount(http, consoleDropRoutes, {
    'GET /console/v1/drops': ({ query }) => desk.list(query),
    'GET /console/v1/drops/:dropId': ({ params }) => desk.read(params.dropId),
    'GET /console/v1/drops/:dropId/members': ({ params, query }) => desk.members(params.dropId, query),
    'POST /console/v1/drops': (call) => desk.draft(call, call.body),
    'POST /console/v1/drops/:dropId/terms': (call) => desk.edit(call, call.params.dropId, call.body),
    'POST /console/v1/drop-trials': ({ body }) => desk.try(body),
    'POST /console/v1/drops/:dropId/start': (call) => desk.start(call, call.params.dropId, call.body.version),
    'POST /console/v1/drops/:dropId/pause': (call) => desk.pause(call, call.params.dropId, call.body.version),
    'POST /console/v1/drops/:dropId/resume': (call) =>
      desk.resume(call, call.params.dropId, call.body.version),
    'POST /console/v1/drops/:dropId/stop': (call) => desk.stop(call, call.params.dropId, call.body),
    'POST /console/v1/drops/:dropId/deletion': (call) =>
      desk.erase(call, call.params.dropId, call.body.version),
  })
