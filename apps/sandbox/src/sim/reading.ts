/** The reading half of the control interface: journal, orders, refunds, notifications, newest last. */
import type { FastifyInstance } from 'fastify'
import type { AlipayTrade, Notification, Order, Refund } from '../records.ts'
import type { World } from '../world.ts'
import { clockView } from './clock-view.ts'
import { bodyOf, numberFrom, textFrom } from './body.ts'

const LIMIT = 100
const JOURNAL_LIMIT = 1_000
const LIMIT_MAX = 20_000

/** Registers the reading routes. */
export const mountReading = (app: FastifyInstance, world: World): void => {
  app.get('/journal', (request) => {
    const query = bodyOf(request.query)
    const since = numberFrom(query.since, 'since', 0, Number.MAX_SAFE_INTEGER, 0)
    const limit = numberFrom(query.limit, 'limit', 1, LIMIT_MAX, JOURNAL_LIMIT)
    const namespace = textFrom(query.namespace)
    const kind = textFrom(query.kind)
    const route = textFrom(query.route)
    const entries = world.journal.read({
      since,
      limit,
      ...(namespace ? { namespace } : {}),
      ...(kind ? { kind } : {}),
      ...(route ? { route } : {}),
    })
    return { last: world.journal.last(), entries }
  })
  app.get('/overview', () => ({
    clock: clockView(world),
    counts: {
      orders: world.store.orders.size,
      alipay: world.store.alipayTrades.size,
      notifications: count(
        world.store.notifications,
        (one) => one.state === 'pending' || one.state === 'held',
      ),
      refunds: count(world.store.refunds, (one) => one.state === 'PROCESSING' || one.state === 'ABNORMAL'),
      faults: world.faults.all().length,
    },
  }))
  app.get('/orders', (request) => ({
    orders: newest(world.store.orders, request.query, (one) => [one.outTradeNo, one.shopper]).map(
      withoutFingerprint,
    ),
  }))
  app.get('/alipay/trades', (request) => ({
    trades: newest(world.store.alipayTrades, request.query, (one) => [one.outTradeNo]).map(
      withoutFingerprint,
    ),
  }))
  app.get('/refunds', (request) => ({
    refunds: newest(world.store.refunds, request.query, refundNames).map(withoutFingerprint),
  }))
  app.get('/notifications', (request) => ({
    notifications: newest(world.store.notifications, request.query, notificationNames),
  }))
}

const count = <R>(records: Map<string, R>, fits: (record: R) => boolean): number => {
  let found = 0
  for (const record of records.values()) if (fits(record)) found += 1
  return found
}

const refundNames = (one: Refund) => [one.outRefundNo, one.outTradeNo]
const notificationNames = (one: Notification) => [one.outTradeNo, one.outRefundNo, one.shopper]

/** The newest `limit` records of a namespace or of one order, oldest of them first. */
const newest = <R extends { outTradeNo: string }>(
  records: Map<string, R>,
  given: unknown,
  names: (record: R) => (string | null)[],
): R[] => {
  const query = bodyOf(given)
  const limit = numberFrom(query.limit, 'limit', 1, LIMIT_MAX, LIMIT)
  const namespace = textFrom(query.namespace)
  const outTradeNo = textFrom(query.outTradeNo)
  let found = [...records.values()]
  if (outTradeNo) found = found.filter((one) => one.outTradeNo === outTradeNo)
  if (namespace)
    found = found.filter((one) => names(one).some((name) => name?.startsWith(namespace) === true))
  return found.slice(-limit)
}

/** The fingerprint is for comparing only, and long. */
const withoutFingerprint = <R extends Order | Refund | AlipayTrade>(record: R) => ({
  ...record,
  fingerprint: undefined,
})
