import { consoleCounterRoutes } from '@linli/contract/counter'
import { consolePaymentRoutes, paymentHookRoutes, paymentProviderRoutes } from '@linli/contract/payments'
import { consoleTakingsRoutes } from '@linli/contract/takings'
import { type Http, mount, Ready } from '#kernel/http'
import type { AuditedCall } from '#room/staff'
import { readAlarm, readAlarms } from './alarms.ts'
import { counterDay } from './counter.ts'
import { takeNotice } from './notices.ts'
import type { Delivery } from './provider.ts'
import { redirect, sendAgain } from './rescuing.ts'
import { tellAgain } from './reports.ts'
import { providerOf, type Room } from './room.ts'
import { readEntries, readTakings } from './takings.ts'
import { addNote, assign, resolve } from './working.ts'

/** Alipay takes nothing else for a receipt: not a status, not a word more. */
const ALIPAY_TAKEN = new Ready(Buffer.from('success'), 'text/plain; charset=utf-8')

export function mountPayments(http: Http, room: Room): void {
  const hook = async (call: Delivery) => {
    await takeNotice(room, providerOf(room, 'wechat'), call)
    return null
  }
  mount(http, paymentHookRoutes, {
    'POST /hooks/wechat/payments': hook,
    'POST /hooks/wechat/refunds': hook,
    'POST /hooks/wechat/transfers': hook,
    'POST /hooks/alipay/payments': async (call) => {
      await takeNotice(room, providerOf(room, 'alipay'), call)
      return ALIPAY_TAKEN
    },
  })
  mount(http, paymentProviderRoutes, {
    'GET /v1/payment-providers': () => ({ items: [...room.providers.values()].map(({ name }) => name) }),
  })
  mount(http, consoleCounterRoutes, {
    'GET /console/v1/counter-days/:day': ({ actor, params, query }) =>
      counterDay(room, actor, params.day, query.storeId),
  })
  mount(http, consoleTakingsRoutes, {
    'GET /console/v1/takings': ({ actor, query }) => readTakings(room, actor, query),
    'GET /console/v1/takings/:day/entries': ({ actor, params, query }) =>
      readEntries(room, actor, params.day, query),
  })
  type Changed = AuditedCall & { params: { alarmId: string } }
  const shown = async ({ actor, params }: Changed, change: Promise<void>) => {
    await change
    return readAlarm(room, actor, params.alarmId)
  }
  mount(http, consolePaymentRoutes, {
    'GET /console/v1/payment-alarms': ({ actor, query }) => readAlarms(room, actor, query),
    'GET /console/v1/payment-alarms/:alarmId': ({ actor, params }) => readAlarm(room, actor, params.alarmId),
    'POST /console/v1/payment-alarms/:alarmId/assignment': (call) =>
      shown(call, assign(room, call, call.params.alarmId, call.body.mine)),
    'POST /console/v1/payment-alarms/:alarmId/notes': (call) =>
      shown(call, addNote(room, call, call.params.alarmId, call.body.note)),
    'POST /console/v1/payment-alarms/:alarmId/sending': (call) =>
      shown(call, sendAgain(room, call, call.params.alarmId)),
    'POST /console/v1/payment-alarms/:alarmId/card-redirection': (call) =>
      shown(call, redirect(room, call, call.params.alarmId, call.body)),
    'POST /console/v1/payment-alarms/:alarmId/account-redirection': (call) =>
      shown(call, redirect(room, call, call.params.alarmId, null)),
    'POST /console/v1/payment-attempts/:attemptId/reports/:kind': (call) =>
      tellAgain(room, call, call.params),
    'POST /console/v1/payment-alarms/:alarmId/resolution': (call) =>
      shown(call, resolve(room, call, call.params.alarmId, call.body.note)),
  })
}
