import { answerOf, valueOf } from '../people.ts'
import type { Dice } from '../dice.ts'
import { headOffice, managerOf, type Town } from '../town.ts'
import type { Action } from './action.ts'
import { refund } from './counter.ts'
import { inDoubt } from './insist.ts'

/** Goods of a presale are in the store: all that is wanted, fewer, or more; told twice under one key. */
export const arrivePresale: Action = {
  name: 'goods of a presale arrive',
  weight: 4,
  choose(town, dice) {
    return () => arriveSome(town, dice, (waiting) => dice.between(1, waiting + 2))
  },
}

/** Sets goods aside for those who wait, in one store after another. */
export async function arriveSome(
  town: Town,
  dice: Dice,
  piecesOf: (waiting: number) => number,
  atMost = 1,
): Promise<void> {
  const list = valueOf(await answerOf(headOffice(town, dice)('GET /console/v1/presales')))
  const rows = (list?.items ?? []).filter(({ waitingPieces }) => waitingPieces > 0)
  for (const row of dice.some(rows, atMost)) {
    const { campaignId, storeId, skuId, waitingPieces } = row
    const office = managerOf(town, dice, storeId).with(dice)
    const goods = { campaignId, storeId, skuId, pieces: piecesOf(waitingPieces) }
    if (dice.chance(0.3)) await answerOf(office('POST /console/v1/presale-arrival-trials', { body: goods }))
    const body = { ...goods, idempotencyKey: dice.key('arrival') }
    const answers = await inDoubt(dice, () => office('POST /console/v1/presale-arrivals', { body }))
    for (const answer of answers)
      if (answer.kind === 'ok' && answer.value.servedPieces > goods.pieces)
        town.sightings.violations.push(
          `${goods.pieces} pieces that came were enough for ${answer.value.servedPieces}`,
        )
  }
}

/** Deposits that are owed a second time are paid by hand; two press at once. */
export const payDebts: Action = {
  name: 'pay a deposit again',
  weight: 2,
  choose(town, dice) {
    const office = headOffice(town, dice)
    return async () => {
      const debts = valueOf(await answerOf(office('GET /console/v1/presale-debts')))
      const debt = dice.pick(debts?.items ?? [])
      if (!debt) return
      const params = { orderId: debt.orderId }
      const pay = () =>
        answerOf(
          office('POST /console/v1/orders/:orderId/presale-debt', { params, body: { note: '柜台付了' } }),
        )
      const paid = (await Promise.all([pay(), pay()])).filter(({ kind }) => kind === 'ok')
      if (paid.length > 1) town.sightings.violations.push(`the debt of order ${debt.orderId} was paid twice`)
    }
  },
}

/** Goods that are yet to come are there for all, or whoever waits in vain has their money back. */
export async function endPresales(town: Town, dice: Dice): Promise<void> {
  await arriveSome(town, dice, (waiting) => waiting, 100)
  const office = headOffice(town, dice)
  const list = valueOf(await answerOf(office('GET /console/v1/presales')))
  for (const { campaignId, storeId, skuId, waitingOrders } of list?.items ?? []) {
    if (waitingOrders === 0) continue
    const query = { campaignId, storeId, skuId }
    const waiting = valueOf(await answerOf(office('GET /console/v1/presale-orders', { query })))
    for (const { orderId, state } of waiting?.items ?? [])
      if (state === 'WAIT_GOODS')
        await refund(town, dice.fork(orderId), { id: orderId, body: { storeId } }, undefined)
  }
}
