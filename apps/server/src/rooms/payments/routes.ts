import { consolePaymentRoutes, paymentHookRoutes } from '@linli/contract/payments'
import { type Http, mount } from '#kernel/http'
import { listAlarms, resolveAlarm } from './alarms.ts'
import type { Alarm } from './alarms.sql.ts'
import { takeNotice, type Delivery } from './notices.ts'
import type { Room } from './room.ts'

const alarmOf = ({ id, kind, detail, orderId, orderNo, at, resolvedAt, resolution }: Alarm) => ({
  id,
  kind,
  detail,
  orderId,
  orderNo,
  at: at.toISOString(),
  resolvedAt: resolvedAt?.toISOString() ?? null,
  resolution,
})

export function mountPayments(http: Http, room: Room): void {
  const hook = async (call: Delivery) => {
    await takeNotice(room, call)
    return null
  }
  mount(http, paymentHookRoutes, {
    'POST /hooks/wechat/payments': hook,
    'POST /hooks/wechat/refunds': hook,
  })
  mount(http, consolePaymentRoutes, {
    'GET /console/v1/payment-alarms': async ({ actor, query }) => {
      const { items, total } = await listAlarms(room, actor, query)
      return { items: items.map(alarmOf), total }
    },
    'POST /console/v1/payment-alarms/:alarmId/resolution': async (call) =>
      alarmOf(await resolveAlarm(room, call, { alarmId: call.params.alarmId, note: call.body.note })),
  })
}
