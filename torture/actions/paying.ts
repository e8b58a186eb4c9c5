import type { AllRoutes, Output } from '@linli/contract'
import type { Dice } from '../dice.ts'
import { answerOf, type Answer, valueOf } from '../people.ts'
import { count } from '../sightings.ts'
import { type Cashier, type KnownOrder, someOrder, type Town } from '../town.ts'
import type { Action } from './action.ts'
import { inDoubt } from './insist.ts'
import { look, UNPAID } from './shopping.ts'
import { unlessRefused } from './wechat.ts'

type Opened = Output<AllRoutes['POST /v1/orders/:orderId/payments']>

/** What the shopper does on the cashier; one that is closed by now is no news. */
async function payAt({ chain, sightings }: Town, dice: Dice, cashier: Cashier): Promise<void> {
  const outcome = dice.weigh({ success: 12, 'without-return': 3, late: 3, fail: 1, cancel: 2 })
  const call =
    cashier.provider === 'wechat'
      ? chain.sim('POST', '/_sim/pay', {
          prepayId: cashier.prepayId,
          outcome: outcome === 'without-return' ? 'success-without-callback' : outcome,
          couponFen: dice.chance(0.1) ? 1 : 0,
        })
      : chain.sim('POST', '/_sim/alipay/payments', {
          payUrl: cashier.payUrl,
          outcome: outcome === 'without-return' ? 'success-without-return' : outcome,
        })
  if (await unlessRefused(call))
    count(sightings.actions, `  at the cashier of ${cashier.provider}: ${outcome}`)
}

/** The same way to a cashier may be answered twice. */
function keep(order: KnownOrder, answers: readonly Answer<Opened>[]): Cashier | undefined {
  const known = new Set(order.cashiers.map((cashier) => JSON.stringify(cashier)))
  for (const answer of answers) {
    if (answer.kind !== 'ok') continue
    const { value } = answer
    const cashier: Cashier =
      value.provider === 'wechat'
        ? { provider: 'wechat', prepayId: value.prepayId }
        : { provider: 'alipay', payUrl: value.payUrl }
    if (!known.has(JSON.stringify(cashier))) order.cashiers.push(cashier)
  }
  return answers.some(({ kind }) => kind === 'ok') ? order.cashiers.at(-1) : undefined
}

/** On a phone mostly in WeChat, in a browser by Alipay. */
const providerOf = (dice: Dice): 'wechat' | 'alipay' => (dice.chance(0.75) ? 'wechat' : 'alipay')

/** Opens a payment, on one phone or on two, and pays; then waits for the page to say so, or does not. */
export const pay: Action = {
  name: 'pay',
  weight: 34,
  choose(town, dice) {
    const order = someOrder(town, dice, UNPAID)
    if (!order) return undefined
    return () => payFor(town, dice, order)
  },
}

export async function payFor(town: Town, dice: Dice, order: KnownOrder & { id: string }): Promise<void> {
  const api = order.shopper.with(dice)
  const params = { orderId: order.id }
  const body = { provider: providerOf(dice) }
  const open = () => api('POST /v1/orders/:orderId/payments', { params, body })
  const cashier = keep(order, await inDoubt(dice, open))
  if (cashier) await payAt(town, dice, cashier)
  if (dice.chance(0.5)) await answerOf(api('GET /v1/orders/:orderId/payment', { params }))
  await look(order, api)
}

/** Pays what was opened some time ago: late, a second time, or after a cancellation. */
export const payLate: Action = {
  name: 'pay late or twice',
  weight: 5,
  choose(town, dice) {
    const order = dice.pick(town.orders.filter(({ cashiers }) => cashiers.length > 0))
    const cashier = order && dice.pick(order.cashiers)
    if (!cashier) return undefined
    return () => payAt(town, dice, cashier)
  },
}

/** Pays on one phone and cancels on the other. */
export const payAndCancel: Action = {
  name: 'pay and cancel at once',
  weight: 3,
  choose(town, dice) {
    const order = someOrder(town, dice, UNPAID)
    if (!order) return undefined
    const api = order.shopper.with(dice)
    const params = { orderId: order.id }
    return async () => {
      const body = { provider: providerOf(dice) }
      const open = api('POST /v1/orders/:orderId/payments', { params, body })
      const cashier = keep(order, [await answerOf(open)])
      if (!cashier) return
      const [cancelled] = await Promise.all([
        answerOf(api('POST /v1/orders/:orderId/cancellation', { params, body: {} })),
        payAt(town, dice, cashier),
      ])
      if (valueOf(cancelled)?.state === 'CANCELLED')
        town.promises.push({ what: 'cancelled', orderId: order.id })
      await look(order, api)
    }
  },
}
