import type { AllRoutes, Output } from '@linli/contract'
import { SimRefusal } from '../chain.ts'
import type { Dice } from '../dice.ts'
import { answerOf, type Answer, valueOf } from '../people.ts'
import { type KnownOrder, someOrder, type Town } from '../town.ts'
import type { Action } from './action.ts'
import { inDoubt } from './insist.ts'
import { look } from './shopping.ts'

type Opened = Output<AllRoutes['POST /v1/orders/:orderId/payments']>

/** What the shopper does on the cashier of WeChat; a cashier that is closed by now is no news. */
async function cashier(town: Town, dice: Dice, prepayId: string): Promise<void> {
  const outcome = dice.weigh({ success: 12, 'success-without-callback': 3, late: 3, fail: 1, cancel: 2 })
  const couponFen = dice.chance(0.1) ? 1 : 0
  await town.chain.sim('POST', '/_sim/pay', { prepayId, outcome, couponFen }).catch((error: unknown) => {
    if (!(error instanceof SimRefusal)) throw error
  })
}

function keep(order: KnownOrder, answers: readonly Answer<Opened>[]): string | undefined {
  const opened = answers.flatMap((answer) =>
    answer.kind === 'ok' && answer.value.provider === 'wechat' ? [answer.value] : [],
  )
  for (const { prepayId } of opened) if (!order.prepayIds.includes(prepayId)) order.prepayIds.push(prepayId)
  return opened.at(-1)?.prepayId
}

/** Opens a payment, on one phone or on two, and pays; then waits for the page to say so, or does not. */
export const pay: Action = {
  name: 'pay',
  weight: 16,
  choose(town, dice) {
    const order = someOrder(town, dice, ['PENDING_PAY'])
    if (!order) return undefined
    const api = order.shopper.with(dice)
    const params = { orderId: order.id }
    return async () => {
      const open = () => api('POST /v1/orders/:orderId/payments', { params, body: { provider: 'wechat' } })
      const prepayId = keep(order, await inDoubt(dice, open))
      if (prepayId) await cashier(town, dice, prepayId)
      if (dice.chance(0.5)) await answerOf(api('GET /v1/orders/:orderId/payment', { params }))
      await look(order, api)
    }
  },
}

/** Pays what was opened some time ago: late, a second time, or after a cancellation. */
export const payLate: Action = {
  name: 'pay late or twice',
  weight: 5,
  choose(town, dice) {
    const order = dice.pick(town.orders.filter(({ prepayIds }) => prepayIds.length > 0))
    const prepayId = order && dice.pick(order.prepayIds)
    if (!prepayId) return undefined
    return () => cashier(town, dice, prepayId)
  },
}

/** Pays on one phone and cancels on the other. */
export const payAndCancel: Action = {
  name: 'pay and cancel at once',
  weight: 3,
  choose(town, dice) {
    const order = someOrder(town, dice, ['PENDING_PAY'])
    if (!order) return undefined
    const api = order.shopper.with(dice)
    const params = { orderId: order.id }
    return async () => {
      const open = api('POST /v1/orders/:orderId/payments', { params, body: { provider: 'wechat' } })
      const prepayId = keep(order, [await answerOf(open)])
      if (!prepayId) return
      const [cancelled] = await Promise.all([
        answerOf(api('POST /v1/orders/:orderId/cancellation', { params, body: {} })),
        cashier(town, dice, prepayId),
      ])
      if (valueOf(cancelled)?.state === 'CANCELLED')
        town.promises.push({ what: 'cancelled', orderId: order.id })
      await look(order, api)
    }
  },
}
