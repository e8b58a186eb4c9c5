import { randomUUID } from 'node:crypto'
import { until } from '../until.ts'
import type { LinliApi, Shopper, World } from '../world.ts'
import { fault, only, orderOf, paid, rows, type Opened, type Purchase } from './purchase.ts'

export const CARD = {
  bankType: 'ICBC_DEBIT',
  bankAccount: '6222020903001483077',
  realName: '欧阳测试员',
} as const

type Rule = [route: string, action: string | object, times?: number]
export type Failed = Purchase & Opened & { alarmId: string; refundNo: string }

/** What tests of failed refunds do and look at: in one world, at the desk of one person. */
export function failedRefunds(world: World, shopper: Shopper, hq: LinliApi) {
  const refundOf = ({ orderId }: Purchase) =>
    only<{ state: string; trouble: string | null; redirected_to: string | null; out_refund_no: string }>(
      world,
      'select state, trouble, redirected_to, out_refund_no from refund where order_id = $1',
      [orderId],
    )
  const axisOf = async (purchase: Purchase) => (await orderOf(purchase)).refundState
  const alarmOf = ({ alarmId }: Failed, api = hq) =>
    api('GET /console/v1/payment-alarms/:alarmId', { params: { alarmId } })
  const alarmsOf = ({ orderId }: Purchase) =>
    rows<{ id: string }>(world, 'select id from payment_alarm where order_id = $1', [orderId])

  /** A paid order, its refund, and what went wrong with that. */
  async function failed(...rules: readonly Rule[]): Promise<Failed> {
    const purchase = await paid(world, shopper)
    await fault(world, purchase.outTradeNo, rules)
    await hq('POST /console/v1/orders/:orderId/refunds', {
      params: { orderId: purchase.orderId },
      body: { idempotencyKey: randomUUID(), expectFen: purchase.totalFen, reason: '顾客取消' },
    })
    await world.sweep('payments.refunds')
    await until(async () => (await alarmsOf(purchase)).length === 1, 'alarm raised')
    const [alarm] = await alarmsOf(purchase)
    return { ...purchase, alarmId: alarm?.id ?? '', refundNo: (await refundOf(purchase)).out_refund_no }
  }
  return {
    refundOf,
    axisOf,
    alarmOf,
    failed,
    verbsOf: async (purchase: Failed) => (await alarmOf(purchase)).events.map(({ verb }) => verb),
    refunded: (purchase: Failed) => until(async () => (await axisOf(purchase)) === 'FULL', 'refunded'),
    async nextTry() {
      world.clock.advance(300)
      await world.sweep('payments.refunds')
    },
    /** It could not reach the shopper; from here on only what we ask WeChat ourselves. */
    async abnormal(): Promise<Failed> {
      const purchase = await failed(['refund', 'refund-abnormal'])
      await until(async () => (await axisOf(purchase)) === 'FAILED', 'abnormal')
      await fault(world, purchase.outTradeNo, [['notify', 'drop']])
      return purchase
    },
    toCard: ({ alarmId }: Failed, api = hq) =>
      api('POST /console/v1/payment-alarms/:alarmId/card-redirection', { params: { alarmId }, body: CARD }),
    toAccount: ({ alarmId }: Failed) =>
      hq('POST /console/v1/payment-alarms/:alarmId/account-redirection', { params: { alarmId } }),
    send: ({ alarmId }: Failed) =>
      hq('POST /console/v1/payment-alarms/:alarmId/sending', { params: { alarmId } }),
    atWechat: ({ refundNo }: Failed) => world.sandbox.world.store.refunds.get(refundNo),
  }
}
export type FailedRefunds = ReturnType<typeof failedRefunds>
