import type { Dice } from '../dice.ts'
import { answerOf, valueOf } from '../people.ts'
import { headOffice, managerOf, someOrder, type Town } from '../town.ts'
import type { Action } from './action.ts'
import { refund, refundAll } from './counter.ts'
import { inDoubt } from './insist.ts'
import { look } from './shopping.ts'

const PAID = ['PAID', 'READY', 'COMPLETED'] as const

/** Head office or the manager gives back all that is left. */
export const refundWhole: Action = {
  name: 'refund the whole order',
  weight: 3,
  choose(town, dice) {
    const order = someOrder(town, dice, [...PAID, 'CLOSED_REFUND'])
    if (!order) return undefined
    return async () => {
      await refundAll(town, dice, order)
      await look(order, order.shopper.with(dice))
    }
  },
}

/** … or some pieces, from two desks at once now and then. */
export const refundPieces: Action = {
  name: 'refund pieces',
  weight: 5,
  choose(town, dice) {
    const order = someOrder(town, dice, PAID)
    if (!order) return undefined
    const pieces = () =>
      dice.some(order.body.lines, dice.between(1, 2)).map(({ skuId }) => ({
        lineNo: order.body.lines.findIndex((line) => line.skuId === skuId) + 1,
        quantity: dice.weigh({ 1: 5, 2: 2 }) === '1' ? 1 : 2,
      }))
    const both = dice.chance(0.3)
    return async () => {
      const desks = both ? [dice.fork('a'), dice.fork('b')] : [dice]
      await Promise.all(desks.map((desk) => refund(town, desk, order, pieces())))
      await look(order, order.shopper.with(dice))
    }
  },
}

/** A present that came with an order goes back: no fen moves, its piece does. */
export const refundGift: Action = {
  name: 'refund a present',
  weight: 3,
  choose(town, dice) {
    const order = dice.pick(
      town.orders.filter(
        (each): each is typeof each & { id: string } =>
          each.id !== undefined &&
          PAID.some((state) => state === each.seen) &&
          each.body.couponIds !== undefined,
      ),
    )
    if (!order) return undefined
    const office = headOffice(town, dice)
    const params = { orderId: order.id }
    return async () => {
      const shown = valueOf(await answerOf(office('GET /console/v1/orders/:orderId', { params })))
      const free = shown?.lines.filter(({ payFen }) => payFen === 0).map(({ lineNo }) => lineNo) ?? []
      const lines = shown?.refundable.filter(({ lineNo, quantity }) => quantity > 0 && free.includes(lineNo))
      if (lines && lines.length > 0) await refund(town, dice, order, lines)
    }
  },
}

/** The office cancels an order for its shopper. */
export const cancelFor: Action = {
  name: 'cancel for a shopper',
  weight: 2,
  choose(town, dice) {
    const order = someOrder(town, dice, ['PENDING_PAY', 'PAID'])
    if (!order) return undefined
    const office = managerOf(town, dice, order.body.storeId).with(dice)
    const params = { orderId: order.id }
    return async () => {
      const send = () =>
        office('POST /console/v1/orders/:orderId/cancellation', { params, body: { reason: '顾客来电' } })
      const told = (await inDoubt(dice, send)).find((answer) => answer.kind === 'ok')
      if (told?.value.state === 'CANCELLED') town.promises.push({ what: 'cancelled', orderId: order.id })
    }
  },
}

/** The desks read what they read all day. */
export const readConsole: Action = {
  name: 'read the console',
  weight: 2,
  choose(town, dice) {
    const office = managerOf(town, dice, 'S01').with(dice)
    return async () => {
      const looks = [
        () => answerOf(office('GET /console/v1/orders', { query: {} })),
        () => answerOf(office('GET /console/v1/payment-alarms', { query: {} })),
        () => answerOf(office('GET /console/v1/aftersales', { query: {} })),
        () => answerOf(office('GET /console/v1/stock-levels', { query: {} })),
        () => answerOf(office('GET /console/v1/reconciliation/days', { query: {} })),
      ]
      for (const look of dice.some(looks, 2)) await look()
    }
  },
}

/** Somebody at head office works the list of what went wrong with money. */
export const workAlarms: Action = {
  name: 'work on payment alarms',
  weight: 3,
  choose(town, dice) {
    return () => workSomeAlarms(town, dice, 2)
  },
}

export async function workSomeAlarms(town: Town, dice: Dice, most: number): Promise<void> {
  const office = headOffice(town, dice)
  const list = valueOf(
    await answerOf(office('GET /console/v1/payment-alarms', { query: { open: true, limit: 100 } })),
  )
  for (const { id, deeds } of dice.some(
    (list?.items ?? []).filter((each) => each.deeds.length > 0),
    most,
  )) {
    const params = { alarmId: id }
    if (deeds.includes('redirect') && dice.chance(0.5)) {
      const body = { bankType: 'ICBC_DEBIT' as const, bankAccount: '6200000000000000', realName: '演示顾客' }
      await inDoubt(dice, () =>
        office('POST /console/v1/payment-alarms/:alarmId/card-redirection', { params, body }),
      )
    } else if (deeds.includes('send'))
      await inDoubt(dice, () => office('POST /console/v1/payment-alarms/:alarmId/sending', { params }))
  }
}
