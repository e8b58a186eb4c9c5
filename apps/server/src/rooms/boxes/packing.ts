import type { Output } from '@linli/contract'
import type { BoxState } from '@linli/contract/boxes'
import type { consoleBoxRoutes } from '@linli/contract/console-boxes'
import type { Static } from 'typebox'
import type { StaffActor } from '#kernel/actor'
import { maskName } from '#kernel/mask'
import { refuse } from '#kernel/problem'
import { type BoxPlan, type CampaignRow, weeksOf } from '#room/campaigns'
import { listBoxes } from './boxes.sql.ts'
import { weekUnknown } from './problems.ts'
import type { Room } from './room.ts'
import { contentsOf, timesOf } from './showing.ts'
import { planOf } from './subscribing.ts'
import { listPacked, sumWeeks, type WeekSum } from './weeks.sql.ts'

type Routes = typeof consoleBoxRoutes
type Sums = Output<Routes['GET /console/v1/campaigns/:campaignId/box-weeks']>

const planFor = async (room: Room, actor: StaffActor, campaignId: string): Promise<CampaignRow & BoxPlan> =>
  planOf(await room.campaigns.inScope(actor, campaignId))

/** How members are shown at a desk: a masked name, and the end of their number. */
async function peopleOf({ members }: Room, ids: readonly string[]) {
  const cards = await members.cards([...new Set(ids)])
  return (memberId: string) => ({
    customer: maskName(cards.get(memberId)?.nickname ?? ''),
    phoneTail: cards.get(memberId)?.phoneTail ?? null,
  })
}

/** Who subscribed, in the stores of whoever asks. */
export async function listAll(
  room: Room,
  actor: StaffActor,
  campaignId: string,
  { state, page = 1, limit = 20 }: { state?: Static<typeof BoxState>; page?: number; limit?: number },
): Promise<Output<Routes['GET /console/v1/campaigns/:campaignId/boxes']>> {
  await planFor(room, actor, campaignId)
  const filter = { campaignId, state: state ?? null, storeIds: room.staff.scopeOf(actor) }
  const { rows, total } = await listBoxes(room.ctx.db, filter, { limit, offset: (page - 1) * limit })
  const personOf = await peopleOf(
    room,
    rows.map(({ memberId }) => memberId),
  )
  return {
    items: rows.map((box) => ({
      id: box.id,
      ...personOf(box.memberId),
      storeId: box.storeId,
      quantity: box.quantity,
      state: box.state,
      pausedBy: box.pausedBy,
      lapses: box.lapses,
      startedAt: box.startedAt.toISOString(),
    })),
    total,
  }
}

const COUNTED = {
  planned: ['PLANNED'],
  skipped: ['SKIPPED'],
  ordered: ['DUE', 'ORDERED'],
  paid: ['PAID'],
  lapsed: ['LAPSED'],
  short: ['SHORT'],
} as const satisfies Record<string, readonly WeekSum['state'][]>

/** Every week in each store of whoever asks. */
export async function sums(room: Room, actor: StaffActor, campaignId: string): Promise<Sums> {
  const plan = await planFor(room, actor, campaignId)
  const now = room.ctx.clock.now()
  const scope = room.staff.scopeOf(actor)
  const stores = (plan.items[0]?.quotas ?? [])
    .map(({ storeId }) => storeId)
    .filter((storeId) => !scope || scope.includes(storeId))
  const weeks = weeksOf(plan)
  const open = plan.state === 'ENDED' ? [] : weeks.filter(({ payUntil }) => now < payUntil)
  const rows = await sumWeeks(
    room.ctx.db,
    campaignId,
    open.map(({ week }) => week),
  )
  const count = (week: string, storeId: string, states: readonly WeekSum['state'][]): number =>
    rows
      .filter((row) => row.week === week && row.storeId === storeId && states.includes(row.state))
      .reduce((sum, { boxes }) => sum + boxes, 0)
  return {
    asOf: now.toISOString(),
    items: weeks.flatMap((week) =>
      stores.map((storeId) => ({
        ...timesOf(week),
        storeId,
        planned: count(week.week, storeId, COUNTED.planned),
        skipped: count(week.week, storeId, COUNTED.skipped),
        ordered: count(week.week, storeId, COUNTED.ordered),
        paid: count(week.week, storeId, COUNTED.paid),
        lapsed: count(week.week, storeId, COUNTED.lapsed),
        short: count(week.week, storeId, COUNTED.short),
      })),
    ),
  }
}

/** What is to be packed for one week in one store. */
export async function packing(
  room: Room,
  actor: StaffActor,
  campaignId: string,
  { week, storeId }: { week: string; storeId: string },
): Promise<Output<Routes['GET /console/v1/campaigns/:campaignId/box-packing']>> {
  room.staff.requireScope(actor, storeId)
  const plan = await planFor(room, actor, campaignId)
  if (!weeksOf(plan).some((each) => each.week === week)) refuse(weekUnknown, { week })
  const rows = await listPacked(room.ctx.db, { campaignId, week, storeId })
  const personOf = await peopleOf(
    room,
    rows.map(({ memberId }) => memberId),
  )
  const skuId = plan.items[0]?.skuId ?? ''
  return {
    name: room.catalog.sellable(storeId, skuId)?.name ?? plan.name,
    contents: contentsOf(room, storeId, skuId),
    items: rows.map(({ memberId, ...row }) => ({ ...row, ...personOf(memberId) })),
  }
}
