import type { Output } from '@linli/contract'
import type { paymentRoutes } from '@linli/contract/payments'
import { type MemberActor, SYSTEM } from '#kernel/actor'
import { violates } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import type {
  OpenedPayment,
  PaidAnswer,
  PaidFact,
  PaymentEvents,
  ProviderName,
  RefundFact,
} from '#room/payments'
import { type FullOrder, type OrderRow, payable } from './orders.sql.ts'
import { alreadyPaid, notPayable } from './problems.ts'
import { findMine } from './reading.ts'
import { dueFen } from './tenders.ts'
import { requireBalanceOpen } from './presales.ts'
import type { Room } from './room.ts'
import { AWAITS_MONEY } from './states.ts'

const TITLE_LENGTH = 100

/** What the shopper reads on the provider's sheet. Made of lines that never change, so that every opening asks for the same. */
const titleOf = ({ lines, depositFen, payState }: FullOrder): string => {
  const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const name = (lines[0]?.name ?? '').slice(0, TITLE_LENGTH)
  const part = depositFen === null ? '' : payState === 'UNPAID' ? '首款 ' : '尾款 '
  return part + (pieces > 1 ? `${name} 等 ${pieces} 件` : name)
}

/** Opens the payment of an order that waits for it. */
export async function openPayment(
  room: Room,
  { memberId }: MemberActor,
  orderId: string,
  provider: ProviderName,
): Promise<OpenedPayment> {
  const order = await findMine(room, memberId, orderId)
  if (order.payState === 'PAID') refuse(alreadyPaid)
  const { expiresAt } = order
  const now = room.ctx.clock.now()
  if (!AWAITS_MONEY.includes(order.state) || !expiresAt || expiresAt <= now) return refuse(notPayable)
  await requireBalanceOpen(room, order, now)
  const { storeId } = order
  const amountFen = dueFen(order)
  const title = titleOf(order)
  const profitSharing = room.stores.featureOn(storeId, 'profit_sharing')
  return room.payments.open(
    { orderId, storeId, memberId, title, amountFen, expiresAt, profitSharing },
    provider,
  )
}

type PaymentNow = Output<(typeof paymentRoutes)['GET /v1/orders/:orderId/payment']>
const payStateOf = ({ payState, refundState }: OrderRow): PaymentNow['state'] =>
  refundState === 'FULL' ? 'REFUNDED' : payState

/** Is it paid? While it is not, the provider is asked: the shopper's own word and the notification may both be missing. */
export async function paymentNow(
  room: Room,
  { memberId }: MemberActor,
  orderId: string,
): Promise<PaymentNow> {
  const order = await findMine(room, memberId, orderId)
  if (order.payState === 'PAID')
    return {
      state: payStateOf(order),
      orderState: order.state,
      checkedAt: room.ctx.clock.now().toISOString(),
    }
  const checkedAt = await room.payments.check(orderId)
  const now = await findMine(room, memberId, orderId)
  return { state: payStateOf(now), orderState: now.state, checkedAt: checkedAt.toISOString() }
}

const CODE_TRIES = 3
/** Ten random digits may already be somebody's in this store: then others are drawn. */
export async function withCode<T>(
  room: Room,
  work: (pickup: ReturnType<Room['fulfilment']['newPickup']>) => Promise<T>,
) {
  for (let left = CODE_TRIES; ; left--) {
    try {
      return await work(room.fulfilment.newPickup())
    } catch (error) {
      if (left === 0 || !violates(error, 'pickup_digits')) throw error
    }
  }
}

async function takeMoney(room: Room, fact: PaidFact): Promise<PaidAnswer> {
  const answer = await withCode(room, (pickup) =>
    room.submit({
      verb: 'pay',
      orderId: fact.orderId,
      fact,
      pickup,
      refundId: newId(),
      by: SYSTEM,
      at: room.ctx.clock.now(),
    }),
  )
  if (answer.kind !== 'money') throw new Error(`a payment was answered ${answer.kind}`)
  return answer.outcome
}

/** What payments tells orders. Both are safe to repeat; the desk decides. */
export const paymentEvents = (room: Room): PaymentEvents => ({
  payable,
  paid: (fact) => takeMoney(room, fact),
  async refundSettled(fact: RefundFact): Promise<void> {
    await room.submit({
      verb: 'settle_refund',
      orderId: fact.orderId,
      fact,
      handing: null,
      by: SYSTEM,
      at: room.ctx.clock.now(),
    })
  },
})
