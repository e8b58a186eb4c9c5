import { consoleReconciliationRoutes } from '@linli/contract/reconciliation'
import { type Http, mount } from '#kernel/http'
import type { AuditedCall } from '#room/staff'
import { FIRST, readDay, readDays, readDifference, readDifferences, runAgain } from './reading.ts'
import type { Room } from './room.ts'
import { signOff } from './signing-off.ts'
import { addNote, assign, reopen, resolve } from './working.ts'

export function mountReconciliation(http: Http, room: Room): void {
  type Changed = AuditedCall & { params: { differenceId: string } }
  const shown = async ({ actor, params }: Changed, change: Promise<void>) => {
    await change
    return readDifference(room, actor, params.differenceId)
  }
  mount(http, consoleReconciliationRoutes, {
    'GET /console/v1/reconciliation/days': ({ query }) => readDays(room, query),
    'GET /console/v1/reconciliation/days/:day': ({ params, query }) => readDay(room, params.day, query),
    'POST /console/v1/reconciliation/days/:day/runs': (call) =>
      runAgain(room, call, call.params.day, call.query),
    'POST /console/v1/reconciliation/days/:day/sign-off': async (call) => {
      await signOff(room, call, { provider: call.query.provider ?? FIRST, day: call.params.day })
      return readDay(room, call.params.day, call.query)
    },
    'GET /console/v1/reconciliation/differences': ({ actor, query }) => readDifferences(room, actor, query),
    'GET /console/v1/reconciliation/differences/:differenceId': ({ actor, params }) =>
      readDifference(room, actor, params.differenceId),
    'POST /console/v1/reconciliation/differences/:differenceId/assignment': (call) =>
      shown(call, assign(room, call, call.params.differenceId, call.body)),
    'POST /console/v1/reconciliation/differences/:differenceId/resolution': (call) =>
      shown(call, resolve(room, call, call.params.differenceId, call.body)),
    'POST /console/v1/reconciliation/differences/:differenceId/reopening': (call) =>
      shown(call, reopen(room, call, call.params.differenceId, call.body.note)),
    'POST /console/v1/reconciliation/differences/:differenceId/notes': (call) =>
      shown(call, addNote(room, call, call.params.differenceId, call.body.note)),
  })
}
