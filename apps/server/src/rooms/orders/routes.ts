import { staffCounterRoutes } from '@linli/contract/counter'
import { fulfilmentRoutes, staffFulfilmentRoutes } from '@linli/contract/fulfilment'
import { orderRoutes } from '@linli/contract/orders'
import { paymentRoutes } from '@linli/contract/payments'
import { signature } from '#kernel/actor'
import { type Http, mount } from '#kernel/http'
import { cancelMine } from './cancelling.ts'
import { checkCode, handOver, listPickups, makeReady, pickupCode, sheetNow, weigh } from './collecting.ts'
import { handBack, listBills, takeAtCounter } from './counter.ts'
import { openPayment, paymentNow } from './paying.ts'
import { placeOrder } from './placing.ts'
import { detailOf, findMine, listMine } from './reading.ts'
import type { Room } from './room.ts'

// Codes and payments begin with "is this order yours?", which only this room knows.
const CODE = 'GET /v1/orders/:orderId/pickup-code'

export function mountShopper(http: Http, room: Room): void {
  mount(http, orderRoutes, {
    'POST /v1/orders': async ({ actor, body }) => {
      const { expiresAt, ...order } = await placeOrder(
        room,
        { memberId: actor.memberId, by: signature(actor) },
        body,
      )
      return {
        ...order,
        state: expiresAt ? ('PENDING_PAY' as const) : ('PAID' as const),
        expiresAt: expiresAt?.toISOString() ?? null,
      }
    },
    'GET /v1/orders': ({ actor, query }) => listMine(room, actor.memberId, query),
    'GET /v1/orders/:orderId': async ({ actor, params }) =>
      detailOf(room, await findMine(room, actor.memberId, params.orderId), 'member'),
    'POST /v1/orders/:orderId/cancellation': async ({ actor, params, body }) => {
      await cancelMine(room, actor, params.orderId, body.reason ?? '')
      return detailOf(room, await findMine(room, actor.memberId, params.orderId), 'member')
    },
  })
  mount(
    http,
    { [CODE]: fulfilmentRoutes[CODE] },
    {
      [CODE]: async ({ actor, params }) => {
        const { validUntil, now, ...code } = await pickupCode(room, actor, params.orderId)
        return { ...code, validUntil: validUntil.toISOString(), now: now.toISOString() }
      },
    },
  )
  mount(http, paymentRoutes, {
    'POST /v1/orders/:orderId/payments': ({ actor, params, body }) =>
      openPayment(room, actor, params.orderId, body.provider),
    'GET /v1/orders/:orderId/payment': ({ actor, params }) => paymentNow(room, actor, params.orderId),
  })
}

export function mountFloor(http: Http, room: Room): void {
  mount(http, staffFulfilmentRoutes, {
    'GET /staff/v1/stores/:storeId/pickups': async ({ actor, params, query }) => ({
      items: await listPickups(room, actor, params.storeId, query.state),
    }),
    'POST /staff/v1/orders/:orderId/readiness': ({ actor, params }) => makeReady(room, actor, params.orderId),
    'POST /staff/v1/orders/:orderId/weights': async ({ actor, params, body }) => {
      await weigh(room, actor, params.orderId, body.lines)
      return sheetNow(room, params.orderId)
    },
    'POST /staff/v1/handover-checks': ({ actor, body }) => checkCode(room, actor, body),
    'POST /staff/v1/handovers': ({ actor, body }) => handOver(room, actor, body),
  })
  mount(http, staffCounterRoutes, {
    'GET /staff/v1/stores/:storeId/unpaid-orders': async ({ actor, params, query }) => ({
      items: await listBills(room, actor, params.storeId, query.tail),
    }),
    'POST /staff/v1/orders/:orderId/counter-payments': ({ actor, requestId, params, body }) =>
      takeAtCounter(room, { actor, requestId }, params.orderId, body),
    'GET /staff/v1/stores/:storeId/counter-refunds': async ({ actor, params }) => {
      room.staff.requireScope(actor, params.storeId)
      return { items: await room.payments.waitingAtCounter(params.storeId) }
    },
    'POST /staff/v1/counter-refunds/:refundId/handing': ({ actor, requestId, params, body }) =>
      handBack(room, { actor, requestId }, params.refundId, body.expectFen),
  })
}
