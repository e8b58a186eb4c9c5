/** The operator's half of the control interface: faults, the clock, settings, and a hand on every notification and refund. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { actions, actsAt, canStrike, isActionKind } from '../faults/actions.ts'
import type { ActionKind } from '../faults/actions.ts'
import { isRoute, routes } from '../faults/routes.ts'
import type { Notification, Order, Refund, RefundState } from '../records.ts'
import { newTransactionId } from '../ids.ts'
import { happeningAt } from '../world.ts'
import type { Settings, World } from '../world.ts'
import { invalidateTokens } from '../wx/tokens.ts'
import { deliver, dropNotification, releaseHeld, schedule, sendNow } from '../wxpay/notifications.ts'
import { settleRefund } from '../wxpay/refunding.ts'
import { giveBack } from '../wxpay/refunds.ts'
import { Refusal } from '../wxpay/refusals.ts'
import { clockView } from './clock-view.ts'
import { bodyOf, numberFrom, refuse, textFrom } from './body.ts'

const ADVANCE_SECONDS_MAX = 10 * 365 * 86_400
const SCALE_MAX = 100_000
const DELAY_SECONDS = 600
const REFUND_ACTIONS: Record<string, Exclude<RefundState, 'PROCESSING'>> = {
  succeed: 'SUCCESS',
  abnormal: 'ABNORMAL',
  close: 'CLOSED',
}

/** Registers the operator's routes. */
export const mountOperator = (app: FastifyInstance, world: World): void => {
  mountFaults(app, world)
  mountClock(app, world)
  app.post('/tokens/invalidation', () => {
    invalidateTokens(world)
    return { tokens: world.tokens.length }
  })
  const onNotification = async (request: FastifyRequest<{ Params: { id: string; action: string } }>) => {
    const notification =
      world.store.notifications.get(request.params.id) ??
      refuse('sim.notification_unknown', '没有这条通知', 404)
    const { action } = request.params
    const seconds = numberFrom(bodyOf(request.body).seconds, 'seconds', 0, ADVANCE_SECONDS_MAX, DELAY_SECONDS)
    note(world, `notification ${action}`, notification.outTradeNo)
    return { accepted: await actOn(world, notification, action, seconds), notification }
  }
  app.route({ method: 'POST', url: '/notifications/:id/:action', handler: onNotification })
  app.post<{ Params: { number: string } }>('/orders/:number/refund', (request) => {
    const { number } = request.params
    const order = world.store.orders.get(number) ?? refuse('sim.order_unknown', '没有这个订单', 404)
    if (order.state !== 'SUCCESS' && order.state !== 'REFUND')
      refuse('sim.order_unpaid', '订单没有付过款', 409)
    const fen = numberFrom(bodyOf(request.body).fen, 'fen', 1, order.totalFen, order.totalFen)
    note(world, `refund of ${fen} fen in the merchant console`, number)
    try {
      return { refund: refundAtConsole(world, order, fen) }
    } catch (error) {
      if (error instanceof Refusal) return refuse('sim.refund_refused', error.message, 409)
      throw error
    }
  })
  app.post<{ Params: { number: string } }>('/orders/:number/release', (request) => {
    const { number } = request.params
    const order = world.store.orders.get(number) ?? refuse('sim.order_unknown', '没有这个订单', 404)
    if (order.sharing !== 'frozen') refuse('sim.order_not_frozen', '这笔订单没有冻结的资金', 409)
    note(world, 'frozen money released in the merchant console', number)
    order.sharing = 'released'
    world.store.keepOrder(order)
    return { order }
  })
  app.post<{ Params: { number: string; action: string } }>('/refunds/:number/:action', (request) => {
    const refund: Refund =
      world.store.refunds.get(request.params.number) ?? refuse('sim.refund_unknown', '没有这笔退款', 404)
    const state = REFUND_ACTIONS[request.params.action] ?? refuse('sim.action_unknown', '没有这个操作', 404)
    if (refund.state === 'SUCCESS' || refund.state === 'CLOSED') {
      refuse('sim.refund_ended', '这笔退款已经结束', 409)
    }
    note(world, `refund ${request.params.action}`, refund.outTradeNo)
    settleRefund(world, refund, state)
    return { refund }
  })
}

/** As a person does it in the merchant console: a number the product never heard of, and nobody to notify. */
const refundAtConsole = (world: World, order: Order, refundFen: number): Refund => {
  const outRefundNo = newTransactionId(happeningAt(world))
  return giveBack(world, order, {
    outRefundNo,
    refundFen,
    reason: '商户平台退款',
    notifyUrl: null,
    fingerprint: outRefundNo,
    held: false,
    settlesAs: 'SUCCESS',
  })
}

const note = (world: World, what: string, outTradeNo?: string): void => {
  world.journal.write({ kind: 'control', route: 'sim', what, ...(outTradeNo ? { outTradeNo } : {}) })
}

const mountFaults = (app: FastifyInstance, world: World): void => {
  const kinds = Object.keys(actions).filter(isActionKind)
  const fits = Object.fromEntries(
    Object.keys(routes)
      .filter(isRoute)
      .map((route) => [route, kinds.filter((kind) => canStrike(kind, route))]),
  )
  app.get('/faults', () => ({ rules: world.faults.all(), actions, routes, fits }))
  app.post('/faults', (request) => {
    const { rules, namespace = '' } = bodyOf(request.body)
    if (!Array.isArray(rules)) return refuse('sim.rules_wrong', 'rules must be an array')
    if (typeof namespace !== 'string') return refuse('sim.namespace_wrong', 'namespace must be a string')
    try {
      const set = world.faults.set(namespace, rules)
      note(world, `faults "${namespace}": ${set.map((rule) => rule.action.kind).join(', ') || 'none'}`)
      return { rules: set }
    } catch (error) {
      if (error instanceof RangeError) return refuse('sim.rules_wrong', error.message)
      throw error
    }
  })
  app.delete('/faults', (request) => {
    world.faults.clear(textFrom(bodyOf(request.query).namespace) ?? null)
    note(world, 'faults cleared')
    return { rules: world.faults.all() }
  })
}

const mountClock = (app: FastifyInstance, world: World): void => {
  app.get('/clock', () => clockView(world))
  const onClock = async (request: FastifyRequest) => {
    const body = bodyOf(request.body)
    const seconds = numberFrom(body.advanceSeconds, 'advanceSeconds', 0, ADVANCE_SECONDS_MAX, 0)
    const scale = numberFrom(body.scale, 'scale', 0, SCALE_MAX, world.clock.scale())
    if (scale !== world.clock.scale()) world.clock.setScale(scale)
    if (seconds > 0) {
      note(world, `clock +${seconds} s`)
      releaseHeld(world)
      await world.clock.advance(seconds * 1_000)
    }
    return clockView(world)
  }
  app.route({ method: 'POST', url: '/clock', handler: onClock })
  app.get('/settings', () => world.settings)
  app.post('/settings', (request) => Object.assign(world.settings, readSettings(request.body)))
}

const readSettings = (given: unknown): Partial<Settings> => {
  const body = bodyOf(given)
  const read: Partial<Settings> = {}
  for (const name of ['refundGapSeconds', 'closeAfterSeconds'] as const) {
    if (body[name] !== undefined) read[name] = numberFrom(body[name], name, 0, ADVANCE_SECONDS_MAX, 0)
  }
  if (body.signWith === 'public-key' || body.signWith === 'certificate') read.signWith = body.signWith
  else if (body.signWith !== undefined) refuse('sim.settings_wrong', 'signWith is public-key or certificate')
  if (body.tellsTime === 'real' || body.tellsTime === 'virtual') read.tellsTime = body.tellsTime
  else if (body.tellsTime !== undefined) refuse('sim.settings_wrong', 'tellsTime is real or virtual')
  return read
}

/** Does one thing to a notification. Answers whether the product accepted what was sent; null when nothing was. */
const actOn = async (
  world: World,
  notification: Notification,
  action: string,
  seconds: number,
): Promise<boolean | null> => {
  const open = notification.state === 'pending' || notification.state === 'held'
  const send = () => (open ? sendNow(world, notification) : deliver(world, notification, null))
  switch (action) {
    case 'drop':
      if (!open) return refuse('sim.notification_ended', '这条通知已经结束', 409)
      dropNotification(world, notification)
      return null
    case 'delay':
      if (!open) return refuse('sim.notification_ended', '这条通知已经结束', 409)
      schedule(world, notification, world.clock.now() + seconds * 1_000)
      world.store.keepNotification(notification)
      return null
    case 'send':
      return send()
    case 'duplicate': {
      const first = await send()
      return (await deliver(world, notification, 'duplicate')) || first
    }
    case 'duplicate-concurrent': {
      const both = await Promise.all([send(), deliver(world, notification, action)])
      return both.includes(true)
    }
    default:
      return forge(world, notification, action)
  }
}

const NOT_FORGERIES: ActionKind[] = ['drop', 'delay', 'duplicate', 'duplicate-concurrent']

const forge = (world: World, notification: Notification, action: string): Promise<boolean> => {
  if (!isActionKind(action) || !actsAt(action, 'notify') || NOT_FORGERIES.includes(action)) {
    return refuse('sim.action_unknown', '没有这个操作', 404)
  }
  return deliver(world, notification, action)
}
