import type { Input, Output } from '@linli/contract'
import type { consoleGroupRoutes, groupRoutes, GroupSummary } from '@linli/contract/groups'
import type { Static } from 'typebox'
import type { MemberActor, StaffActor } from '#kernel/actor'
import { cursorTo, readPlace } from '#kernel/cursor'
import { maskName } from '#kernel/mask'
import { refuse } from '#kernel/problem'
import * as sql from './groups-shown.sql.ts'
import { joinsUntil, reached } from './kinds/group/group.ts'
import { groupCursorInvalid, groupMissing } from './problems.ts'
import { findInScope } from './reading.ts'
import type { Room } from './room.ts'

type Shown = Output<(typeof groupRoutes)['GET /v1/groups/:groupId']>
type Mine = Output<(typeof groupRoutes)['GET /v1/groups']>
type Joinable = Output<(typeof groupRoutes)['GET /v1/campaigns/:campaignId/groups']>
type DeskRoutes = typeof consoleGroupRoutes
type DeskList = Output<DeskRoutes['GET /console/v1/campaigns/:campaignId/group-list']>
type DeskSeats = Output<DeskRoutes['GET /console/v1/groups/:groupId/seats']>
type Sums = Output<(typeof consoleGroupRoutes)['GET /console/v1/campaigns/:campaignId/groups']>

const AT_MOST = 10

const headOf = (row: sql.ShownGroup): Static<typeof GroupSummary> => ({
  id: row.id,
  campaignId: row.campaignId,
  storeId: row.storeId,
  state: row.state,
  size: row.size,
  paid: row.paid,
  free: row.most - row.seated,
  rungs: [...row.rungs],
  priceFen: row.priceFen,
  leader: row.leader === null ? null : maskName(row.leader),
  expiresAt: row.expiresAt.toISOString(),
  joinsUntil: joinsUntil(row).toISOString(),
})
function goodsOf({ catalog }: Room, { storeId, skuId }: sql.ShownGroup): Shown['goods'] {
  const sold = catalog.sellable(storeId, skuId)
  if (!sold) return null
  const { productId, name, unit, pictureId } = sold
  return { skuId, productId, name, unit, picture: catalog.picture(pictureId) }
}

/** A group as anybody may see it: names are masked, and seats are people who ordered. */
export async function showGroup(room: Room, groupId: string): Promise<Shown> {
  const { db, clock } = room.ctx
  const [group, seats] = await Promise.all([sql.findGroup(db, groupId), sql.listSeats(db, groupId)])
  if (!group) return refuse(groupMissing)
  return {
    ...headOf(group),
    now: clock.now().toISOString(),
    endedAt: group.endedAt?.toISOString() ?? null,
    goods: goodsOf(room, group),
    seats: seats.map(({ no, name, memberId, state }) => ({
      no,
      name: maskName(name),
      leader: memberId === group.leaderId,
      state: state === 'SEATED' ? ('PAYING' as const) : ('IN' as const),
    })),
  }
}

/** Groups of a campaign in a store that can be joined now. */
export async function listJoinable(room: Room, campaignId: string, storeId: string): Promise<Joinable> {
  room.stores.require(storeId)
  const { db, clock } = room.ctx
  const rows = await sql.listJoinable(db, { campaignId, storeId, now: clock.now(), limit: AT_MOST })
  return { items: rows.map(headOf), total: rows[0]?.total ?? 0 }
}

/** A page of somebody's seats, newest first. */
export async function listMine(
  room: Room,
  { memberId }: MemberActor,
  { cursor, limit = 20 }: NonNullable<Input<(typeof groupRoutes)['GET /v1/groups']>['query']>,
): Promise<Mine> {
  const after = cursor === undefined ? undefined : readPlace(cursor, groupCursorInvalid)
  const rows = await sql.listMine(room.ctx.db, memberId, { after, limit: limit + 1 })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => ({
      ...headOf(row),
      seat: row.seat,
      orderId: row.orderId,
      goods: goodsOf(room, row),
      takenAt: row.takenAt.toISOString(),
    })),
    nextCursor: rows.length > limit && last ? cursorTo({ at: last.takenAt, id: last.orderId }) : null,
  }
}

/** How the groups of a campaign fare. */
export async function sumGroups(room: Room, actor: StaffActor, campaignId: string): Promise<Sums> {
  const { id } = await findInScope(room, actor, campaignId)
  return { asOf: room.ctx.clock.now().toISOString(), ...(await sql.sumGroups(room.ctx.db, id)) }
}

/** What it came to; of one that is open, what those who have paid would come to now. */
const reachedBy = (group: sql.ShownGroup): DeskList['items'][number]['reached'] =>
  (group.state === 'OPEN'
    ? reached(group, group.paid)
    : group.rungs.find(({ priceFen }) => priceFen === group.priceFen)) ?? null

/** A page of the groups of a campaign, of those stores that whoever asks may see. */
export async function listForDesk(
  room: Room,
  actor: StaffActor,
  campaignId: string,
  {
    state,
    storeId,
    page = 1,
    limit = 20,
  }: NonNullable<Input<DeskRoutes['GET /console/v1/campaigns/:campaignId/group-list']>['query']>,
): Promise<DeskList> {
  const { ctx, staff, catalog } = room
  if (storeId !== undefined) staff.requireScope(actor, storeId)
  const { id } = await findInScope(room, actor, campaignId)
  const of = { campaignId: id, storeIds: storeId === undefined ? staff.scopeOf(actor) : [storeId] }
  const [rows, counts] = await Promise.all([
    sql.listForDesk(ctx.db, { ...of, state: state ?? null }, { limit, offset: (page - 1) * limit }),
    sql.countForDesk(ctx.db, of),
  ])
  return {
    items: rows.map((row) => ({
      id: row.id,
      storeId: row.storeId,
      goods: catalog.sellable(row.storeId, row.skuId)?.name ?? null,
      state: row.state,
      size: row.size,
      most: row.most,
      seated: row.seated,
      paid: row.state === 'FAILED' ? row.everPaid : row.paid,
      rungs: [...row.rungs],
      reached: reachedBy(row),
      leader:
        row.leaderName === null ? null : { customer: maskName(row.leaderName), phoneTail: row.leaderTail },
      openedAt: row.openedAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      endedAt: row.endedAt?.toISOString() ?? null,
    })),
    total: state ? counts[state] : counts.OPEN + counts.SUCCESS + counts.FAILED,
    counts,
  }
}

/** The orders of a group, of a store that whoever asks may see. */
export async function listDeskSeats(room: Room, actor: StaffActor, groupId: string): Promise<DeskSeats> {
  const { db } = room.ctx
  const group = (await sql.findGroup(db, groupId)) ?? refuse(groupMissing)
  room.staff.requireScope(actor, group.storeId)
  const seats = await sql.listDeskSeats(db, groupId)
  return {
    items: seats.map(({ memberId, name, takenAt, paidAt, ...seat }) => ({
      ...seat,
      customer: maskName(name),
      leader: memberId === group.leaderId,
      takenAt: takenAt.toISOString(),
      paidAt: paidAt?.toISOString() ?? null,
    })),
  }
}
