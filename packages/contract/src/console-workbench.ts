import { Type } from 'typebox'
import { ConsoleOrderRow } from './console-orders.ts'
import { Fen, Instant, Maybe, OneOf, Picture, StoreId, Strict, Text, Uuid } from './parts.ts'
import { defineRoutes } from './route.ts'

const Figures = Type.Object({
  paidFen: Fen,
  orders: Type.Integer(),
  averageFen: Maybe(Fen),
  pickupShare: Maybe(Type.Integer({ description: 'basis points of paid orders' })),
})

export const consoleWorkbenchRoutes = defineRoutes({
  'GET /console/v1/workbench': {
    summary: 'Today against the same weekday last week, store by store, and what to do first',
    access: 'console',
    permission: 'orders.read',
    query: Strict({ storeId: Type.Optional(StoreId) }),
    ok: Type.Object({
      asOf: Instant,
      day: Type.String(),
      compareDay: Type.String(),
      today: Figures,
      compare: Figures,
      /** 24 hours of paid fen in Asia/Shanghai; the comparison day beside it. */
      hours: Type.Array(Type.Object({ hour: Type.Integer(), paidFen: Fen, compareFen: Fen })),
      unpaidOrders: Type.Integer(),
      stores: Type.Array(
        Type.Object({
          storeId: StoreId,
          name: Type.String(),
          orders: Type.Integer(),
          paidFen: Fen,
          toPack: Type.Integer({ description: 'paid, not packed' }),
          ready: Type.Integer({ description: 'packed, waiting for the shopper' }),
          handed: Type.Integer(),
          soldOut: Type.Integer({ description: 'SKUs on the shelf with nothing to sell' }),
        }),
      ),
      todo: Type.Array(
        Type.Object({
          kind: OneOf([
            'pickup_overdue',
            'payment_alarm',
            'refund_failed',
            'aftersale_waiting',
            'aftersale_failed',
            'sold_out',
            'job_failing',
            'stock_sums',
            'points_sums',
            'value_sums',
            'feed_stale',
            'feed_refused',
            'commission_application',
            'commission_withdrawal',
            'commission_sums',
            'campaign_short',
            'presale_due',
          ] as const),
          count: Type.Integer(),
          storeId: Maybe(StoreId),
          since: Maybe(Instant),
          detail: Type.String(),
        }),
      ),
    }),
    errors: ['staff.out_of_scope'],
  },
  'GET /console/v1/search': {
    summary: 'Find orders by number or phone tail, products by name, barcode or shelf',
    access: 'console',
    permission: 'orders.read',
    query: Strict({ q: Text(40, 1) }),
    ok: Type.Object({
      orders: Type.Array(ConsoleOrderRow),
      products: Type.Array(
        Type.Object({
          id: Uuid,
          name: Type.String(),
          barcode: Type.String(),
          unit: Type.String(),
          picture: Maybe(Picture),
        }),
      ),
    }),
    errors: [],
  },
})
