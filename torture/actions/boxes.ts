import type { AllRoutes, Output } from '@linli/contract'
import type { Dice } from '../dice.ts'
import { answerOf, type Person, valueOf } from '../people.ts'
import { headOffice, managerOf, STORES, type Town } from '../town.ts'
import type { Action } from './action.ts'
import { BOX_SKU } from './campaign-kinds.ts'
import { openOne, runningCampaign } from './campaigns.ts'
import { inDoubt } from './insist.ts'
import { intend } from './shopping.ts'

type Box = Output<AllRoutes['GET /v1/boxes/:boxId']>

const DAY = 86_400
const DAYS_OPEN = 35
/** The others come later. */
const FROM_THE_START = 7

/** Boxes that most subscribe to, days before the doors open. */
export async function openBoxes(town: Town, dice: Dice): Promise<void> {
  const times = { skuId: BOX_SKU, inSeconds: 0, seconds: DAYS_OPEN * DAY }
  const { campaignId } = await openOne(town, dice, 'box', times)
  await town.chain.sweep()
  for (const shopper of dice.some(town.shoppers, FROM_THE_START)) {
    const body = { campaignId, storeId: dice.pick(STORES) ?? 'S01', quantity: 1 }
    await answerOf(shopper.with(dice)('POST /v1/boxes', { body }))
  }
}

/** Everybody knows what was ordered for them. */
export async function lookAtAll(town: Town, dice: Dice): Promise<void> {
  for (const shopper of town.shoppers) await mine(town, dice.fork(shopper.name), shopper)
}

/** The boxes of a shopper, who finds the orders there that nobody sent. */
async function mine(town: Town, dice: Dice, shopper: Person): Promise<Box[]> {
  const list = valueOf(await answerOf(shopper.with(dice)('GET /v1/boxes')))
  for (const box of list?.items ?? []) {
    if (box.state !== 'RUNNING' && box.weeks.some(({ state }) => state === 'PLANNED'))
      town.sightings.violations.push(`box ${box.id} is ${box.state} and shows a week that is planned`)
    for (const week of box.weeks) know(town, shopper, box, week)
  }
  return list?.items ?? []
}

function know(town: Town, shopper: Person, box: Box, week: Box['weeks'][number]): void {
  const { orderId, storeId, quantity } = week
  if (orderId === null || town.orders.some(({ id }) => id === orderId)) return
  const order = intend(town, shopper, {
    idempotencyKey: `box:${box.id}:${week.week}`,
    storeId,
    fulfilment: { kind: 'pickup' },
    lines: [{ skuId: box.goods?.skuId ?? '', quantity }],
    campaign: { campaignId: box.campaignId },
  })
  order.id = orderId
}

/** Wants something every week, on one telephone or two; or tries to order it like anything else. */
export const subscribe: Action = {
  name: 'subscribe to a box',
  weight: 7,
  choose(town, dice) {
    const shopper = dice.pick(town.shoppers)
    if (!shopper) return undefined
    const api = shopper.with(dice)
    const quantity = dice.between(1, 3)
    const forge = dice.chance(0.15)
    const idempotencyKey = dice.key('box')
    return async () => {
      const found = await runningCampaign(api, dice, ['box'])
      const item = found?.campaign.items[0]
      if (!found || !item) return
      const { storeId } = found
      const campaign = { campaignId: found.campaign.id }
      if (!forge) {
        await inDoubt(dice, () => api('POST /v1/boxes', { body: { ...campaign, storeId, quantity } }))
        return
      }
      const body = { idempotencyKey, storeId, fulfilment: { kind: 'pickup' as const }, campaign }
      const lines = [{ skuId: item.skuId, quantity }]
      if (valueOf(await answerOf(api('POST /v1/orders', { body: { ...body, lines } }))))
        town.sightings.violations.push(`somebody ordered a box of campaign ${campaign.campaignId} outright`)
    }
  },
}

/** What one does to a box; it may be too late for it. */
function deedOn(dice: Dice, { id: boxId, weeks }: Box, shopper: Person): () => Promise<unknown> {
  const api = shopper.with(dice)
  const params = { boxId }
  const week = dice.pick(weeks.filter(({ state }) => state !== 'PAID'))?.week ?? '2026-01-03'
  const deeds = {
    skip: () => api('PUT /v1/boxes/:boxId/skips/:week', { params: { boxId, week } }),
    unskip: () => api('DELETE /v1/boxes/:boxId/skips/:week', { params: { boxId, week } }),
    pause: () => api('POST /v1/boxes/:boxId/pause', { params }),
    resume: () => api('POST /v1/boxes/:boxId/resume', { params }),
    store: () => api('PUT /v1/boxes/:boxId/store', { params, body: { storeId: dice.pick(STORES) ?? 'S01' } }),
    quantity: () => api('PUT /v1/boxes/:boxId/quantity', { params, body: { quantity: dice.between(1, 3) } }),
    end: () => api('POST /v1/boxes/:boxId/end', { params }),
  }
  return deeds[dice.weigh({ skip: 4, unskip: 2, pause: 3, resume: 6, store: 3, quantity: 3, end: 2 })]
}

/** Thinks better of a box: skips, pauses, goes on, moves; from two telephones at once now and then. */
export const turnBox: Action = {
  name: 'turn a box',
  weight: 14,
  choose(town, dice) {
    const shopper = dice.pick(town.shoppers)
    if (!shopper) return undefined
    const telephones = dice.chance(0.3) ? ['one', 'other'] : ['one']
    return async () => {
      const boxes = await mine(town, dice, shopper)
      const box = dice.pick(boxes.filter(({ state }) => state !== 'ENDED')) ?? dice.pick(boxes)
      if (!box) return
      await Promise.all(
        telephones.map((name) =>
          inDoubt(dice.fork(`in doubt ${name}`), deedOn(dice.fork(name), box, shopper)),
        ),
      )
    }
  },
}

/** Looks what was ordered. */
export const lookAtBoxes: Action = {
  name: 'look at boxes',
  weight: 5,
  choose(town, dice) {
    const shopper = dice.pick(town.shoppers)
    return shopper && (async () => void (await mine(town, dice, shopper)))
  },
}

/** A store looks who comes, and what to pack for one of the weeks. */
export const packBoxes: Action = {
  name: 'pack boxes',
  weight: 2,
  choose(town, dice) {
    const storeId = dice.pick(STORES) ?? 'S01'
    const office = managerOf(town, dice, storeId).with(dice)
    return async () => {
      const list = valueOf(await answerOf(office('GET /console/v1/campaigns', { query: { kind: 'box' } })))
      const campaign = dice.pick((list?.items ?? []).filter(({ state }) => state !== 'DRAFT'))
      if (!campaign) return
      const params = { campaignId: campaign.id }
      await answerOf(office('GET /console/v1/campaigns/:campaignId/boxes', { params, query: {} }))
      const sums = valueOf(
        await answerOf(office('GET /console/v1/campaigns/:campaignId/box-weeks', { params })),
      )
      const week = dice.pick(sums?.items ?? [])?.week
      if (week === undefined) return
      const query = { week, storeId }
      await answerOf(office('GET /console/v1/campaigns/:campaignId/box-packing', { params, query }))
    }
  },
}

/** Head office ends what comes every week; what was ordered goes on. */
export async function stopBoxes(town: Town, dice: Dice): Promise<void> {
  const office = headOffice(town, dice)
  const query = { kind: 'box', state: 'LIVE', limit: 100 } as const
  const list = valueOf(await answerOf(office('GET /console/v1/campaigns', { query })))
  for (const { id } of list?.items ?? []) {
    const params = { campaignId: id }
    await answerOf(
      office('POST /console/v1/campaigns/:campaignId/stop', { params, body: { reason: '这一季完了' } }),
    )
  }
}
