import type { AllRoutes, Input } from '@linli/contract'
import type { Dice } from '../dice.ts'
import { answerOf, valueOf } from '../people.ts'
import { clerkOf, type KnownOrder, someOrder, STORES, type Town } from '../town.ts'
import type { Action } from './action.ts'
import { inDoubt } from './insist.ts'
import { look } from './shopping.ts'

const TAKE = 'POST /staff/v1/orders/:orderId/counter-payments'
type Take = Input<AllRoutes[typeof TAKE]>['body']

/** What is due is taken in cash or with a card, while the shopper may be paying on the phone. */
export const takeMoney: Action = {
  name: 'take money at the counter',
  weight: 6,
  choose(town, dice) {
    const order = someOrder(town, dice, ['PENDING_PAY'])
    if (!order) return undefined
    return () => take(town, dice, order)
  },
}

async function take(town: Town, dice: Dice, order: KnownOrder & { id: string }): Promise<void> {
  const { storeId } = order.body
  const clerk = clerkOf(town, dice, storeId).with(dice)
  const unpaid = await answerOf(
    clerk('GET /staff/v1/stores/:storeId/unpaid-orders', { params: { storeId }, query: {} }),
  )
  const bill = valueOf(unpaid)?.items.find(({ orderId }) => orderId === order.id)
  if (!bill) return look(order, order.shopper.with(dice))
  const key = dice.key('take')
  const body: Take = {
    idempotencyKey: key,
    expectFen: bill.dueFen,
    ...(dice.chance(0.7)
      ? { provider: 'cash', tenderedFen: Math.ceil(bill.dueFen / 1000) * 1000 }
      : { provider: 'card', slip: String(dice.int(10 ** 6)).padStart(6, '0') }),
  }
  const params = { orderId: order.id }
  const answers = await inDoubt(dice, () => clerk(TAKE, { params, body }))
  if (answers.some((answer) => answer.kind === 'ok'))
    town.promises.push({ what: 'taken', orderId: order.id, key, fen: bill.dueFen })
  await look(order, order.shopper.with(dice))
}

/** What waits at a counter goes back over it, sometimes from two hands at once. */
export const handBack: Action = {
  name: 'hand money back at the counter',
  weight: 4,
  choose(town, dice) {
    const storeId = dice.pick(STORES)
    return storeId && (() => handBackSome(town, dice, storeId, 2))
  },
}

export async function handBackSome(town: Town, dice: Dice, storeId: string, most: number): Promise<void> {
  const clerk = clerkOf(town, dice, storeId).with(dice)
  const params = { storeId }
  const waiting = valueOf(await answerOf(clerk('GET /staff/v1/stores/:storeId/counter-refunds', { params })))
  for (const { id, orderId, amountFen } of dice.some(waiting?.items ?? [], most)) {
    const answers = await inDoubt(dice, () =>
      clerk('POST /staff/v1/counter-refunds/:refundId/handing', {
        params: { refundId: id },
        body: { expectFen: amountFen },
      }),
    )
    if (answers.filter(({ kind }) => kind === 'ok').length > 1)
      town.sightings.violations.push(`refund ${id} was handed back twice`)
    if (answers.some(({ kind }) => kind === 'ok'))
      town.promises.push({ what: 'handed_back', orderId, refundId: id })
  }
}
