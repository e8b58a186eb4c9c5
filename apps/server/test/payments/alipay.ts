import type { AllRoutes, Output } from '@linli/contract'
import assert from 'node:assert/strict'
import type { Notification } from '../../../sandbox/src/records.ts'
import { until } from '../until.ts'
import type { Shopper, World } from '../world.ts'
import { fault, place, stateOf, type Purchase } from './purchase.ts'

type Answer = Output<AllRoutes['POST /v1/orders/:orderId/payments']>
export type OpenedAlipay = Extract<Answer, { provider: 'alipay' }>
export type AlipayPurchase = Purchase & OpenedAlipay

export async function payByAlipay({ shopper, orderId }: Purchase): Promise<OpenedAlipay> {
  const opened = await shopper.api('POST /v1/orders/:orderId/payments', {
    params: { orderId },
    body: { provider: 'alipay' },
  })
  assert.ok(opened.provider === 'alipay')
  return opened
}

/** An order whose payment is open at Alipay. */
export async function openAlipay(shopper: Shopper, quantity = 1): Promise<AlipayPurchase> {
  const purchase = await place(shopper, quantity)
  return { ...purchase, ...(await payByAlipay(purchase)) }
}

/** What the shopper does on Alipay's page. */
export const atAlipay = (
  world: World,
  { payUrl }: Pick<OpenedAlipay, 'payUrl'>,
  outcome = 'success',
): Promise<{ notificationId: string | null; returnTo: string | null; state: string | null }> =>
  world.sim('POST', '/_sim/alipay/payments', { payUrl, outcome })

export async function paidByAlipay(world: World, shopper: Shopper, quantity = 1): Promise<AlipayPurchase> {
  const purchase = await openAlipay(shopper, quantity)
  await atAlipay(world, purchase)
  await allTold(world, purchase, 1)
  assert.equal(await stateOf(purchase), 'PAID')
  return purchase
}

/** Paid, with a notification that never comes by itself. Answers its id, for tests that deliver it. */
export async function paidUnheardAtAlipay(world: World, purchase: AlipayPurchase): Promise<string> {
  await fault(world, purchase.outTradeNo, [['alipay-notify', 'drop']])
  const { notificationId } = await atAlipay(world, purchase)
  assert.ok(notificationId)
  const { notifications } = world.sandbox.world.store
  await until(async () => notifications.get(notificationId)?.state === 'dropped', 'notification dropped')
  await fault(world, purchase.outTradeNo, [])
  return notificationId
}

/** What Alipay told about a trade, oldest first. */
export const toldOf = (world: World, outTradeNo: string): Notification[] =>
  [...world.sandbox.world.store.notifications.values()].filter(
    (each) => each.service === 'alipay' && each.outTradeNo === outTradeNo,
  )

/** Waits until so many of its notifications were taken. */
export const allTold = (world: World, { outTradeNo }: { outTradeNo: string }, count: number): Promise<void> =>
  until(
    async () => toldOf(world, outTradeNo).filter(({ state }) => state === 'delivered').length === count,
    `${count} notifications taken`,
  )

/** How often the server called Alipay about a trade, by route. */
export const calls = (world: World, outTradeNo: string, route: string): number =>
  world.sandbox.world.journal
    .read({ since: 0, limit: 5000, namespace: outTradeNo })
    .filter((entry) => entry.route === route).length
