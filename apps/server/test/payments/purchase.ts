import type { AllRoutes, Output } from '@linli/contract'
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { APPLE } from '../fixtures.ts'
import type { Books } from '../shopping.ts'
import { until } from '../until.ts'
import type { Shopper, World } from '../world.ts'

type Answer = Output<AllRoutes['POST /v1/orders/:orderId/payments']>
export type Opened = Extract<Answer, { provider: 'wechat' }>
export interface Purchase {
  shopper: Shopper
  orderId: string
  totalFen: number
}

/** An order for one bag of apples that waits for its money. */
export async function place(shopper: Shopper, quantity = 1): Promise<Purchase> {
  const order = await shopper.api('POST /v1/orders', {
    body: {
      idempotencyKey: randomUUID(),
      storeId: 'S01',
      fulfilment: { kind: 'pickup' },
      lines: [{ skuId: APPLE, quantity }],
    },
  })
  return { shopper, orderId: order.id, totalFen: order.totalFen }
}

export async function pay({ shopper, orderId }: Purchase): Promise<Opened> {
  const opened = await shopper.api('POST /v1/orders/:orderId/payments', {
    params: { orderId },
    body: { provider: 'wechat' },
  })
  assert.ok(opened.provider === 'wechat')
  return opened
}

export const orderOf = ({ shopper, orderId }: Purchase) =>
  shopper.api('GET /v1/orders/:orderId', { params: { orderId } })
export const stateOf = async (purchase: Purchase): Promise<string> => (await orderOf(purchase)).state

export const cancel = ({ shopper, orderId }: Purchase) =>
  shopper.api('POST /v1/orders/:orderId/cancellation', { params: { orderId }, body: {} })

/** What goes wrong on purpose: for one trade, or (while a trade has no number) for one shopper. Replaces what went wrong before. */
export const fault = (
  world: World,
  namespace: string,
  rules: readonly [route: string, action: string | object, times?: number][],
): Promise<unknown> =>
  world.sim('POST', '/_sim/faults', {
    namespace,
    rules: rules.map(([route, action, times]) => ({ match: { route }, action, times: times ?? null })),
  })

/** The shopper pays on the cashier. Answers the notification's id. */
export async function settleAtCashier(
  world: World,
  prepayId: string,
  { outcome = 'success', couponFen = 0 }: { outcome?: string; couponFen?: number } = {},
): Promise<string> {
  const answer = await world.sim<{ notificationId: string }>('POST', '/_sim/pay', {
    prepayId,
    outcome,
    couponFen,
  })
  return answer.notificationId
}

/** Paid, with a notification that is held back: for tests that deliver it, or something like it, themselves. */
export async function paidUnheard(
  world: World,
  purchase: Purchase,
): Promise<Opened & { notificationId: string }> {
  const opened = await pay(purchase)
  await fault(world, opened.outTradeNo, [['notify', 'drop']])
  const notificationId = await settleAtCashier(world, opened.prepayId)
  const { notifications } = world.sandbox.world.store
  await until(async () => notifications.get(notificationId)?.state === 'dropped', 'notification dropped')
  await fault(world, opened.outTradeNo, [])
  return { ...opened, notificationId }
}

/** Delivers a notification, or a variant of it, now. Was it accepted? */
export async function deliver(world: World, notificationId: string, variant = 'send'): Promise<boolean> {
  const { accepted } = await world.sim<{ accepted: boolean }>(
    'POST',
    `/_sim/notifications/${notificationId}/${variant}`,
    {},
  )
  return accepted
}

export async function paid(world: World, shopper: Shopper, quantity = 1): Promise<Purchase & Opened> {
  const purchase = await place(shopper, quantity)
  const opened = await pay(purchase)
  await settleAtCashier(world, opened.prepayId)
  await until(async () => (await stateOf(purchase)) === 'PAID', 'order paid')
  return { ...purchase, ...opened }
}

/** Rows of our own books, for looking behind the interface. */
export async function rows<T extends Record<string, unknown>>(
  world: Books,
  text: string,
  values: unknown[] = [],
): Promise<T[]> {
  return (await world.ctx.database.pool.query<T>(text, values)).rows
}
export async function only<T extends Record<string, unknown>>(
  world: World,
  text: string,
  values: unknown[] = [],
): Promise<T> {
  const found = await rows<T>(world, text, values)
  assert.equal(found.length, 1, `${found.length} rows: ${text}`)
  return found[0] as T
}
export const alarms = (world: World, orderId: string) =>
  rows<{ kind: string; detail: string }>(
    world,
    'select kind, detail from payment_alarm where order_id = $1 order by at, kind',
    [orderId],
  )
