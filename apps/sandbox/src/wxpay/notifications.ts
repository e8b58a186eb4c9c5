/**
 * Notifications and their ladder: an attempt at once, then up to fifteen more over a day, until the product answers
 * 200 or 204 within five seconds. Forged deliveries are sent beside the ladder and never count as the real one.
 */
import type { ActionKind } from '../faults/actions.ts'
import { newNotificationId, beijingTime } from '../ids.ts'
import type { Attempt, Notification } from '../records.ts'
import type { World } from '../world.ts'
import { buildForm } from '../alipay/form.ts'
import type { Route } from '../faults/routes.ts'
import { buildDelivery } from './envelope.ts'
import type { FieldObject } from './fields.ts'
import type { Delivery, Receipt } from './post.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** 15s/15s/30s/3m/10m/20m/30m/30m/30m/60m/3h/3h/3h/6h/6h, as documented. */
export const LADDER_MS: readonly number[] = [
  15 * SECOND,
  15 * SECOND,
  30 * SECOND,
  3 * MINUTE,
  10 * MINUTE,
  20 * MINUTE,
  30 * MINUTE,
  30 * MINUTE,
  30 * MINUTE,
  60 * MINUTE,
  3 * HOUR,
  3 * HOUR,
  3 * HOUR,
  6 * HOUR,
  6 * HOUR,
]
const DEFAULT_DELAY_SECONDS = 600
const ATTEMPTS_KEPT = 60

/** Eight tries in a day and an hour. */
export const ALIPAY_LADDER_MS: readonly number[] = [
  4 * MINUTE,
  10 * MINUTE,
  10 * MINUTE,
  1 * HOUR,
  2 * HOUR,
  6 * HOUR,
  15 * HOUR,
]

/** How a service tells its merchants, how often, and what it takes for a receipt. */
type Service = {
  route: Route
  ladder: readonly number[]
  build: (world: World, notification: Notification, fault: ActionKind | null) => Delivery
  isReceipt: (receipt: Receipt) => boolean
}
const services: Record<Notification['service'], Service> = {
  wechat: {
    route: 'notify',
    ladder: LADDER_MS,
    build: buildDelivery,
    isReceipt: ({ status }) => status === 200 || status === 204,
  },
  alipay: {
    route: 'alipay-notify',
    ladder: ALIPAY_LADDER_MS,
    build: buildForm,
    isReceipt: ({ status, body }) => status === 200 && body === 'success',
  },
}

export type Announcement = {
  service?: Notification['service']
  eventType: string
  originalType: 'transaction' | 'refund' | 'mch_payment'
  summary: string
  outTradeNo: string
  outRefundNo: string | null
  shopper: string | null
  url: string
  plaintext: FieldObject
}

/** Makes a notification and schedules its first attempt at once; `held` waits for the operator or a clock advance. */
export const announce = (world: World, news: Announcement, held = false): Notification => {
  const notification: Notification = {
    id: newNotificationId(),
    service: 'wechat',
    ...news,
    createTime: beijingTime(world.clock.stamp()),
    state: held ? 'held' : 'pending',
    rung: 0,
    nextAt: null,
    delayed: false,
    attempts: [],
  }
  if (!held) schedule(world, notification, world.clock.now())
  world.store.keepNotification(notification)
  return notification
}

/** Sets the next attempt of a pending notification, replacing any earlier appointment. */
export const schedule = (world: World, notification: Notification, due: number): void => {
  const earlier = world.appointments.get(notification.id)
  if (earlier) earlier.cancelled = true
  notification.state = 'pending'
  notification.nextAt = due
  world.appointments.set(
    notification.id,
    world.clock.at(due, async () => {
      world.appointments.delete(notification.id)
      await climb(world, notification)
    }),
  )
}

/** Stops the ladder for good: the notification is never delivered. */
export const dropNotification = (world: World, notification: Notification): void => {
  finish(world, notification, 'dropped')
}

/** Releases held notifications, oldest first; a clock advance does this. */
export const releaseHeld = (world: World): number => {
  let released = 0
  for (const notification of world.store.notifications.values()) {
    if (notification.state !== 'held') continue
    schedule(world, notification, world.clock.now())
    world.store.keepNotification(notification)
    released += 1
  }
  return released
}

/** Puts pending notifications back on their ladder after a restart. */
export const resumeNotifications = (world: World): void => {
  for (const notification of world.store.notifications.values()) {
    if (notification.state === 'pending')
      schedule(world, notification, notification.nextAt ?? world.clock.now())
  }
}

/** Climbs the next rung at once instead of when it is due. Answers whether the ladder has ended. */
export const sendNow = async (world: World, notification: Notification): Promise<boolean> => {
  const appointment = world.appointments.get(notification.id)
  if (appointment) appointment.cancelled = true
  world.appointments.delete(notification.id)
  notification.state = 'pending'
  await climb(world, notification)
  return notification.state !== 'pending'
}

/** The next rung: strikes faults, sends, and either finishes or schedules the rung after it. */
const climb = async (world: World, notification: Notification): Promise<void> => {
  if (notification.state !== 'pending') return
  const rule = world.faults.strike({
    route: services[notification.service].route,
    method: 'POST',
    outTradeNo: notification.outTradeNo,
    outRefundNo: notification.outRefundNo ?? undefined,
    shopper: notification.shopper ?? undefined,
    event: notification.eventType,
  })
  const fault = rule?.action.kind ?? null
  if (fault === 'drop') return finish(world, notification, 'dropped')
  if (fault === 'delay' && !notification.delayed) {
    notification.delayed = true
    schedule(
      world,
      notification,
      world.clock.now() + (rule?.action.seconds ?? DEFAULT_DELAY_SECONDS) * SECOND,
    )
    return world.store.keepNotification(notification)
  }
  const startedAt = world.clock.now()
  const accepted = await sendVariant(world, notification, fault)
  if (notification.state !== 'pending') return
  if (accepted) return finish(world, notification, 'delivered')
  const wait = services[notification.service].ladder[notification.rung]
  notification.rung += 1
  if (wait === undefined) return finish(world, notification, 'exhausted')
  schedule(world, notification, startedAt + wait)
  world.store.keepNotification(notification)
}

const finish = (
  world: World,
  notification: Notification,
  state: 'delivered' | 'exhausted' | 'dropped',
): void => {
  const appointment = world.appointments.get(notification.id)
  if (appointment) appointment.cancelled = true
  world.appointments.delete(notification.id)
  notification.state = state
  notification.nextAt = null
  world.store.keepNotification(notification)
}

const sendVariant = async (
  world: World,
  notification: Notification,
  fault: ActionKind | null,
): Promise<boolean> => {
  if (fault === 'duplicate') {
    const first = await deliver(world, notification, null)
    return (await deliver(world, notification, 'duplicate')) || first
  }
  if (fault === 'duplicate-concurrent') {
    const both = await Promise.all([
      deliver(world, notification, 'duplicate-concurrent'),
      deliver(world, notification, 'duplicate-concurrent'),
    ])
    return both.includes(true)
  }
  return deliver(world, notification, fault)
}

/** One delivery, recorded. Answers whether the product accepted it. */
export const deliver = async (
  world: World,
  notification: Notification,
  fault: ActionKind | null,
): Promise<boolean> => {
  const { build, route, isReceipt } = services[notification.service]
  const delivery = build(world, notification, fault)
  const receipt = await world.poster.post(delivery, world.config.notifyTimeoutMs)
  record(world, notification, fault, receipt)
  world.journal.write({
    kind: 'notification',
    route,
    what: `${notification.eventType} → ${notification.url}`,
    ...(receipt.status === null ? {} : { status: receipt.status }),
    tookMs: receipt.tookMs,
    outTradeNo: notification.outTradeNo,
    ...(notification.outRefundNo ? { outRefundNo: notification.outRefundNo } : {}),
    ...(notification.shopper ? { shopper: notification.shopper } : {}),
    ...(fault ? { fault } : {}),
    sent: delivery.body,
    received: receipt.body,
    ...(receipt.error ? { note: receipt.error } : {}),
  })
  return isReceipt(receipt)
}

const record = (
  world: World,
  notification: Notification,
  fault: ActionKind | null,
  receipt: Receipt,
): void => {
  const attempt: Attempt = {
    at: world.clock.stamp().toISOString(),
    virtualAt: world.clock.now(),
    variant: fault ?? 'faithful',
    status: receipt.status,
    error: receipt.error,
    tookMs: receipt.tookMs,
  }
  notification.attempts.push(attempt)
  if (notification.attempts.length > ATTEMPTS_KEPT) notification.attempts.shift()
  world.store.keepNotification(notification)
}
