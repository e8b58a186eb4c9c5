import { answerOf, type Answer, type Person, valueOf } from '../people.ts'
import { type KnownOrder, type PlaceBody, SKUS, STORES, someOrder, type Town } from '../town.ts'
import type { Dice } from '../dice.ts'
import type { Action } from './action.ts'
import { basketInCampaign } from './campaigns.ts'
import { benefits } from './benefits.ts'
import { inDoubt } from './insist.ts'

/** Looks around a store. */
export const browse: Action = {
  name: 'browse',
  weight: 4,
  choose({ shoppers }, dice) {
    const [shopper, storeId] = [dice.pick(shoppers), dice.pick(STORES)]
    if (!shopper || !storeId) return undefined
    const api = shopper.with(dice)
    const params = { storeId }
    const looks = [
      () => answerOf(api('GET /v1/stores/:storeId/home', { params })),
      () =>
        answerOf(
          api('GET /v1/stores/:storeId/products', {
            params,
            query: { q: dice.pick(['pg', '酱油', '6999', '没有']) ?? '' },
          }),
        ),
      () => answerOf(api('GET /v1/stores/:storeId/pickup-slots', { params })),
      () => answerOf(api('GET /v1/orders', {})),
    ]
    return async () => {
      for (const look of dice.some(looks, 2)) await look()
    }
  },
}

/** Puts things in the cart, and out again. */
export const fillCart: Action = {
  name: 'cart',
  weight: 3,
  choose({ shoppers }, dice) {
    const [shopper, storeId, skuId] = [dice.pick(shoppers), dice.pick(STORES), dice.pick(SKUS)]
    if (!shopper || !storeId || !skuId) return undefined
    const api = shopper.with(dice)
    return async () => {
      const set = (quantity: number) =>
        answerOf(api('PUT /v1/cart/lines/:skuId', { params: { skuId }, body: { storeId, quantity } }))
      await Promise.all([set(dice.between(0, 5)), set(dice.between(0, 5))])
      await answerOf(api('GET /v1/cart', { query: { storeId } }))
      if (dice.chance(0.3))
        await answerOf(api('POST /v1/cart/clearance', { body: { storeId, skuIds: [skuId] } }))
    }
  },
}

function basket(dice: Dice): PlaceBody {
  const lines = dice
    .some(SKUS, dice.between(1, 3))
    .map((skuId) => ({ skuId, quantity: dice.weigh({ 1: 4, 2: 3, 3: 2, 9: 1 }) }))
  return {
    idempotencyKey: dice.key('place'),
    storeId: dice.pick(STORES) ?? 'S01',
    fulfilment: { kind: 'pickup' },
    lines: lines.map(({ skuId, quantity }) => ({ skuId, quantity: Number(quantity) })),
    ...(dice.chance(0.3) ? { remark: '快一点', ifShort: 'call' as const } : {}),
  }
}

/** What somebody is about to order, before anybody has heard of it. */
export function intend(town: Town, shopper: Person, body: PlaceBody): KnownOrder {
  const order = {
    shopper,
    body,
    id: undefined,
    seen: 'PENDING_PAY',
    cashiers: [],
    completed: false,
    sent: false,
  }
  town.orders.push(order)
  return order
}

/** Takes a slot where one is needed, looks at the price mostly, and sends it; the phone may send it again, twice at once, or hang up before it hears. */
export async function send(town: Town, order: KnownOrder, dice: Dice): Promise<void> {
  const api = order.shopper.with(dice)
  const { body } = order
  const params = { storeId: body.storeId }
  const slots = valueOf(await answerOf(api('GET /v1/stores/:storeId/pickup-slots', { params })))
  const slot = slots?.required ? dice.pick(slots.items.filter(({ left }) => left > 0)) : undefined
  if (slot) body.fulfilment = { kind: 'pickup', slotStart: slot.startsAt }
  if (!body.campaign) Object.assign(body, await benefits(api, dice, body))
  if (dice.chance(0.6)) {
    const { idempotencyKey: _key, remark: _remark, ifShort: _ifShort, ...basket } = body
    const quote = valueOf(await answerOf(api('POST /v1/quotes', { body: basket })))
    if (quote) body.expectFen = quote.totalFen
    if (quote && body.useStoredValue !== undefined) body.useStoredValue = quote.storedValue?.usedFen ?? 0
  }
  order.sent = true
  remember(town, order, await inDoubt(dice, () => api('POST /v1/orders', { body })))
  if (order.id && dice.chance(0.1)) await sameKeyOtherBody(town, order, dice)
}

/** Places an order; some come for what is on offer, if anything is. */
export const place: Action = {
  name: 'place',
  weight: 16,
  choose(town, dice) {
    const shopper = dice.pick(town.shoppers)
    if (!shopper) return undefined
    const order = intend(town, shopper, basket(dice))
    return async () => {
      if (dice.chance(0.3)) Object.assign(order.body, await basketInCampaign(shopper.with(dice), dice))
      await send(town, order, dice)
    }
  },
}

/** All who were answered were told of the same order. */
function remember(
  town: Town,
  order: KnownOrder,
  answers: readonly Answer<{ id: string; state: string }>[],
): void {
  for (const answer of answers) {
    if (answer.kind !== 'ok') continue
    const { id, state } = answer.value
    if (order.id === undefined) {
      order.id = id
      order.seen = state
      town.promises.push({
        what: 'placed',
        shopper: order.shopper.name,
        key: order.body.idempotencyKey,
        orderId: id,
      })
    } else if (order.id !== id)
      town.sightings.violations.push(
        `key ${order.body.idempotencyKey} was answered with two orders: ${order.id}, ${id}`,
      )
  }
}

async function sameKeyOtherBody(town: Town, order: KnownOrder, dice: Dice): Promise<void> {
  const body = { ...order.body, remark: '别的话' }
  const answer = await answerOf(order.shopper.with(dice)('POST /v1/orders', { body }))
  if (answer.kind === 'ok')
    town.sightings.violations.push(`key ${body.idempotencyKey} was taken again with another body`)
}

/** Looks at an order again, under a key that was used before perhaps days ago. */
export const placeAgain: Action = {
  name: 'place, old key',
  weight: 2,
  choose(town, dice) {
    const order = dice.pick(town.orders.filter(({ sent }) => sent))
    if (!order) return undefined
    const api = order.shopper.with(dice)
    return async () => remember(town, order, [await answerOf(api('POST /v1/orders', { body: order.body }))])
  },
}

/** States in which money is asked for, and in which it waits for others, or for goods. */
export const UNPAID = ['PENDING_PAY', 'WAIT_BALANCE'] as const
const WAITING = ['WAIT_GROUP', 'WAIT_GOODS'] as const

export const lookAtOrder: Action = {
  name: 'look at an order',
  weight: 8,
  choose(town, dice) {
    const order = someOrder(town, dice, [...UNPAID, ...WAITING, 'PAID', 'READY', 'COMPLETED'])
    if (!order) return undefined
    const api = order.shopper.with(dice)
    return () => look(order, api)
  },
}

/** What the shopper sees on the page of the order. */
export async function look(
  order: KnownOrder & { id: string },
  api: ReturnType<KnownOrder['shopper']['with']>,
): Promise<void> {
  const seen = valueOf(await answerOf(api('GET /v1/orders/:orderId', { params: { orderId: order.id } })))
  if (!seen) return
  order.seen = seen.state
  order.completed = seen.completedAt !== null
}

/** Thinks better of it, perhaps while paying; leaves a group, or takes an order back whose goods are yet to come. */
export const cancel: Action = {
  name: 'cancel',
  weight: 5,
  choose(town, dice) {
    const order = someOrder(town, dice, [...UNPAID, ...WAITING])
    if (!order) return undefined
    const api = order.shopper.with(dice)
    const params = { orderId: order.id }
    return async () => {
      const answers = await inDoubt(dice, () =>
        api('POST /v1/orders/:orderId/cancellation', { params, body: {} }),
      )
      const told = answers.find((answer) => answer.kind === 'ok')
      if (!told) return
      order.seen = told.value.state
      if (told.value.state === 'CANCELLED') town.promises.push({ what: 'cancelled', orderId: order.id })
    }
  },
}
