import { answerOf, type LinliApi, valueOf } from '../people.ts'
import type { Dice } from '../dice.ts'
import { type KnownOrder, someOrder, type Town } from '../town.ts'
import type { Action } from './action.ts'
import { runningCampaign } from './campaigns.ts'
import { payFor } from './paying.ts'
import { intend, send } from './shopping.ts'

interface Wish {
  storeId: string
  campaignId: string
  skuId: string
  groupId?: string
}

const groupsOf = async (
  api: LinliApi,
  { campaignId, storeId }: Pick<Wish, 'campaignId' | 'storeId'>,
): Promise<{ id: string }[]> => {
  const params = { campaignId }
  const told = await answerOf(api('GET /v1/campaigns/:campaignId/groups', { params, query: { storeId } }))
  return valueOf(told)?.items ?? []
}

/** A group that wants one more, the fullest first mostly; or the campaign, to open one. */
async function findGroup(api: LinliApi, dice: Dice): Promise<Wish | undefined> {
  const found = await runningCampaign(api, dice, ['group'])
  const item = found && dice.pick(found.campaign.items)
  if (!found || !item) return undefined
  const { storeId } = found
  const at = { storeId, campaignId: found.campaign.id }
  const open = await groupsOf(api, at)
  const group = dice.chance(0.7) ? open[0] : dice.pick(open)
  return { ...at, skuId: item.skuId, ...(group ? { groupId: group.id } : {}) }
}

/** Neighbours want the same seats at the same moment; one of them opens a group where there is none. Some pay at once, and so fill one. */
export const joinGroup: Action = {
  name: 'join a group',
  weight: 10,
  choose(town: Town, dice) {
    const people = dice.some(town.shoppers, dice.between(1, 4))
    const pays = dice.chance(0.6)
    const orders = people.map((shopper, i) =>
      intend(town, shopper, {
        idempotencyKey: dice.key(`seat-${i}`),
        storeId: 'S01',
        fulfilment: { kind: 'pickup' },
        lines: [],
      }),
    )
    const join = async (
      order: KnownOrder,
      i: number,
      { storeId, skuId, ...campaign }: Wish,
    ): Promise<void> => {
      Object.assign(order.body, { storeId, lines: [{ skuId, quantity: 1 }], campaign })
      await send(town, order, dice.fork(i))
      const { id } = order
      if (pays && id !== undefined) await payFor(town, dice.fork(`pay ${i}`), Object.assign(order, { id }))
    }
    return async () => {
      const api = people[0]?.with(dice)
      const wish = api && (await findGroup(api, dice))
      if (!wish) return forget(town, orders)
      const [first, ...rest] = orders
      if (!pays || wish.groupId !== undefined || !first) {
        await Promise.all(orders.map((order, i) => join(order, i, wish)))
        return
      }
      await join(first, 0, wish)
      const groupId = (await groupsOf(api, wish))[0]?.id
      const same = groupId === undefined ? wish : { ...wish, groupId }
      await Promise.all(rest.map((order, i) => join(order, i + 1, same)))
    }
  },
}

/** Nothing came of it, and nobody heard of it. */
export function forget(town: Town, orders: readonly Town['orders'][number][]): void {
  for (const order of orders) town.orders.splice(town.orders.indexOf(order), 1)
}

/** Looks how one's groups fare. */
export const lookAtGroups: Action = {
  name: 'look at groups',
  weight: 2,
  choose(town, dice) {
    const order = someOrder(town, dice, ['WAIT_GROUP'])
    if (!order) return undefined
    const api = order.shopper.with(dice)
    return async () => {
      const mine = valueOf(await answerOf(api('GET /v1/groups', { query: {} })))
      for (const { id } of dice.some(mine?.items ?? [], 1)) {
        const group = valueOf(await answerOf(api('GET /v1/groups/:groupId', { params: { groupId: id } })))
        const most = group?.seats.length ?? 0
        const seats = group?.rungs.at(-1)?.size ?? 0
        if (group && most > seats)
          town.sightings.violations.push(`group ${id} of ${seats} shows ${most} people`)
      }
    }
  },
}
