import type { Output } from '@linli/contract'
import type { Box as BoxSchema, boxRoutes, BoxWeek } from '@linli/contract/boxes'
import type { Static } from 'typebox'
import type { MemberActor } from '#kernel/actor'
import { refuse } from '#kernel/problem'
import {
  boxesEach,
  type BoxPlan,
  campaignMissing,
  type CampaignRow,
  perWeekOf,
  rulesOf,
  type Week,
  weeksOf,
} from '#room/campaigns'
import { type BoxRow, listOfMember, placesTaken } from './boxes.sql.ts'
import type { Room } from './room.ts'
import { campaignOf, findMine } from './subscribing.ts'
import { listWeeks, type WeekRow } from './weeks.sql.ts'

export type Box = Static<typeof BoxSchema>
type Shown = Static<typeof BoxWeek>

/** What is in one box of a store; empty where it is no bundle. */
export const contentsOf = ({ catalog }: Room, storeId: string, skuId: string) =>
  catalog.sellable(storeId, skuId)?.components?.map((each) => ({
    skuId: each.skuId,
    name: each.name,
    unit: each.unit,
    quantity: each.quantity,
  })) ?? []

function goodsOf(room: Room, { items }: BoxPlan, storeId: string): Box['goods'] {
  const [item] = items
  const sold = item && room.catalog.sellable(storeId, item.skuId)
  if (!item || !sold) return null
  return {
    skuId: item.skuId,
    productId: sold.productId,
    name: sold.name,
    unit: sold.unit,
    picture: room.catalog.picture(sold.pictureId),
    priceFen: item.priceFen,
    contents: contentsOf(room, storeId, item.skuId),
  }
}

const nameOf = ({ stores }: Room, storeId: string): string => stores.find(storeId)?.name ?? storeId

export const timesOf = ({ week, ordersAt, payUntil }: Week) => ({
  week,
  ordersAt: ordersAt.toISOString(),
  payUntil: payUntil.toISOString(),
})

/** Weeks that are decided, and those that are to come while the box is not over. */
export function weeksShown(
  box: BoxRow,
  weeks: readonly Week[],
  decided: readonly WeekRow[],
  now: Date,
): Shown[] {
  return weeks.flatMap((week): Shown[] => {
    const known = decided.find((each) => each.boxId === box.id && each.week === week.week)
    if (known) {
      const { state, storeId, quantity, orderId } = known
      return [{ ...timesOf(week), state, storeId, quantity, orderId }]
    }
    const comes = box.state === 'RUNNING' && week.week >= box.fromWeek && now < week.payUntil
    const { storeId, quantity } = box
    return comes ? [{ ...timesOf(week), state: 'PLANNED', storeId, quantity, orderId: null }] : []
  })
}

function shown(room: Room, box: BoxRow, plan: CampaignRow & BoxPlan, decided: readonly WeekRow[]): Box {
  const now = room.ctx.clock.now()
  const { id, campaignId, storeId, state, pausedBy, quantity, lapses, startedAt } = box
  return {
    id,
    campaignId,
    name: plan.name,
    storeId,
    storeName: nameOf(room, storeId),
    stores: (plan.items[0]?.quotas ?? []).map((each) => ({
      id: each.storeId,
      name: nameOf(room, each.storeId),
    })),
    state,
    pausedBy,
    quantity,
    most: boxesEach(plan),
    lapses,
    startedAt: startedAt.toISOString(),
    goods: goodsOf(room, plan, storeId),
    weeks: weeksShown(box, weeksOf(plan), decided, now),
    now: now.toISOString(),
  }
}

async function shownAll(room: Room, boxes: readonly BoxRow[]): Promise<Box[]> {
  const ids = [...new Set(boxes.map(({ campaignId }) => campaignId))]
  const plans = new Map(await Promise.all(ids.map(async (id) => [id, await campaignOf(room, id)] as const)))
  const decided = await listWeeks(
    room.ctx.db,
    boxes.map(({ id }) => id),
  )
  return boxes.flatMap((box) => {
    const plan = plans.get(box.campaignId)
    return plan ? [shown(room, box, plan, decided)] : []
  })
}

/** One of the member's boxes. Somebody else's does not exist. */
export async function show(room: Room, actor: MemberActor, boxId: string): Promise<Box> {
  const box = await findMine(room, actor, boxId)
  return shown(room, box, await campaignOf(room, box.campaignId), await listWeeks(room.ctx.db, [boxId]))
}

/** Mine, newest first. */
export const listMine = async (room: Room, { memberId }: MemberActor): Promise<{ items: Box[] }> => ({
  items: await shownAll(room, await listOfMember(room.ctx.db, memberId)),
})

/** What one store offers every week. */
export async function offer(
  room: Room,
  campaignId: string,
  storeId: string,
): Promise<Output<(typeof boxRoutes)['GET /v1/campaigns/:campaignId/box-offer']>> {
  room.stores.require(storeId)
  const plan = await campaignOf(room, campaignId)
  const perWeek = perWeekOf(plan, storeId)
  if (perWeek === 0) refuse(campaignMissing, { campaignId, storeId })
  const now = room.ctx.clock.now()
  const open = plan.state !== 'ENDED' ? weeksOf(plan).filter(({ ordersAt }) => ordersAt > now) : []
  return {
    campaignId,
    name: plan.name,
    storeId,
    goods: goodsOf(room, plan, storeId),
    most: boxesEach(plan),
    placesLeft: Math.max(0, perWeek - (await placesTaken(room.ctx.db, campaignId, storeId))),
    weeks: open.map(timesOf),
    rules: rulesOf(plan),
    now: now.toISOString(),
  }
}
