import type { Dice } from '../dice.ts'
import { answerOf, valueOf } from '../people.ts'
import { clerkOf, type KnownOrder, managerOf, someOrder, STORES, type Town } from '../town.ts'
import type { Action } from './action.ts'
import { inDoubt } from './insist.ts'
import { look } from './shopping.ts'

type Placed = KnownOrder & { id: string }

/** The bag is packed. */
export const getReady: Action = {
  name: 'get ready',
  weight: 5,
  choose(town, dice) {
    const order = someOrder(town, dice, ['PAID'])
    if (!order) return undefined
    const api = clerkOf(town, dice, order.body.storeId).with(dice)
    return async () => {
      if (dice.chance(0.8)) await weigh(town, dice, order, order.body.storeId)
      const ready = () => api('POST /staff/v1/orders/:orderId/readiness', { params: { orderId: order.id } })
      const told = (await inDoubt(dice, ready)).find((answer) => answer.kind === 'ok')
      if (!told) return
      order.seen = told.value.state
      town.promises.push({ what: 'ready', orderId: order.id })
    }
  },
}

/** The shopper shows the code, once in a while in the wrong store, and the clerk hands over, once in a while twice. */
export const collect: Action = {
  name: 'collect',
  weight: 12,
  choose(town, dice) {
    const order = someOrder(town, dice, ['PAID', 'READY'])
    if (!order) return undefined
    return () => handOver(town, dice, order)
  },
}

async function handOver(town: Town, dice: Dice, order: Placed): Promise<void> {
  const shopper = order.shopper.with(dice)
  const params = { orderId: order.id }
  const code = valueOf(await answerOf(shopper('GET /v1/orders/:orderId/pickup-code', { params })))
  if (!code) return look(order, shopper)
  const storeId = dice.chance(0.9) ? order.body.storeId : (dice.pick(STORES) ?? 'S01')
  const clerk = clerkOf(town, dice, storeId).with(dice)
  const body = { storeId, code: dice.chance(0.5) ? code.digits : code.qr }
  if (dice.chance(0.5)) await answerOf(clerk('POST /staff/v1/handover-checks', { body }))
  if (dice.chance(0.9)) await weigh(town, dice, order, order.body.storeId)
  const answers = await inDoubt(dice, () => clerk('POST /staff/v1/handovers', { body }))
  const given = answers.filter((answer) => answer.kind === 'ok')
  if (given.length > 0) town.promises.push({ what: 'handed_over', orderId: order.id })
  await look(order, shopper)
}

/** What is sold by weight goes on the scales: mostly lighter than was paid for, sometimes heavier, sometimes a second time. */
async function weigh(town: Town, dice: Dice, order: Placed, storeId: string): Promise<void> {
  const clerk = clerkOf(town, dice, storeId).with(dice)
  const list = await answerOf(
    clerk('GET /staff/v1/stores/:storeId/pickups', { params: { storeId }, query: {} }),
  )
  const sheet = valueOf(list)?.items.find(({ orderId }) => orderId === order.id)
  const lines = (sheet?.lines ?? []).flatMap(({ lineNo, weight }) =>
    weight
      ? [
          {
            lineNo,
            grams: Math.max(1, Math.round(weight.estimateGrams * (0.7 + dice.int(40) / 100))),
            expectGrams: weight.finalGrams,
          },
        ]
      : [],
  )
  if (lines.length === 0) return
  const send = () =>
    clerk('POST /staff/v1/orders/:orderId/weights', { params: { orderId: order.id }, body: { lines } })
  await inDoubt(dice, send)
}

/** The counter looks at what waits, and tries a code that somebody made up. */
export const guessCode: Action = {
  name: 'guess a code',
  weight: 1,
  choose(town, dice) {
    const storeId = dice.pick(STORES) ?? 'S01'
    const clerk = clerkOf(town, dice, storeId).with(dice)
    return async () => {
      await answerOf(clerk('GET /staff/v1/stores/:storeId/pickups', { params: { storeId }, query: {} }))
      const code = String(dice.int(10 ** 10)).padStart(10, '0')
      const answer = await answerOf(clerk('POST /staff/v1/handovers', { body: { storeId, code } }))
      if (answer.kind === 'ok')
        town.sightings.violations.push(`a made-up code opened order ${answer.value.orderId}`)
    }
  },
}

/** The bag is handed over while somebody else refunds it: one of them comes first. */
export const collectAndRefund: Action = {
  name: 'collect and refund at once',
  weight: 2,
  choose(town, dice) {
    const order = someOrder(town, dice, ['PAID', 'READY'])
    if (!order) return undefined
    return async () => {
      await Promise.all([
        handOver(town, dice.fork('counter'), order),
        refundAll(town, dice.fork('office'), order),
      ])
      await look(order, order.shopper.with(dice))
    }
  },
}

/** Head office refunds all that is left. */
export async function refundAll(town: Town, dice: Dice, order: Placed): Promise<void> {
  await refund(town, dice, order, undefined)
}

/** Quotes, then sends what was quoted under one key. */
export async function refund(
  town: Town,
  dice: Dice,
  order: { id: string; body: Pick<Placed['body'], 'storeId'> },
  lines: { lineNo: number; quantity: number }[] | undefined,
): Promise<void> {
  const office = managerOf(town, dice, order.body.storeId).with(dice)
  const params = { orderId: order.id }
  const wanted = { ...(lines ? { lines } : {}), ...(dice.chance(0.3) ? { ourFault: true } : {}) }
  const quote = valueOf(
    await answerOf(office('POST /console/v1/orders/:orderId/refund-quotes', { params, body: wanted })),
  )
  if (!quote) return
  const key = dice.key('refund')
  const body = { idempotencyKey: key, expectFen: quote.amountFen, reason: '顾客要求退款', ...wanted }
  const answers = await inDoubt(dice, () =>
    office('POST /console/v1/orders/:orderId/refunds', { params, body }),
  )
  if (answers.some((answer) => answer.kind === 'ok'))
    town.promises.push({ what: 'refund', orderId: order.id, key })
}
