import type { Input, Output } from '@linli/contract'
import type { Aftersale, AftersaleSummary } from '@linli/contract/aftersales'
import type {
  AFTERSALE_DEEDS,
  ConsoleAftersale,
  consoleAftersaleRoutes,
} from '@linli/contract/console-aftersales'
import type { Static } from 'typebox'
import { inScope, type StaffActor } from '#kernel/actor'
import { cursorTo, readPlace } from '#kernel/cursor'
import { maskName } from '#kernel/mask'
import { refuse } from '#kernel/problem'
import type { MemberCard } from '#room/members'
import { orderMissing } from '#room/orders'
import * as sql from './lists.sql.ts'
import { photoOf } from './photos.ts'
import { aftersaleMissing, cursorInvalid } from './problems.ts'
import { type Room, sees } from './room.ts'
import { OPEN, type State, STATES_OF_TAB, type Tab, turn } from './states.ts'

type Summary = Static<typeof AftersaleSummary>
type Detail = Static<typeof Aftersale>
type DeskDetail = Static<typeof ConsoleAftersale>
type Deed = (typeof AFTERSALE_DEEDS)[number]
type Asked = NonNullable<Input<(typeof consoleAftersaleRoutes)['GET /console/v1/aftersales']>['query']>
type Listed = Output<(typeof consoleAftersaleRoutes)['GET /console/v1/aftersales']>

const TABS = Object.keys(STATES_OF_TAB) as Tab[]
const instant = (at: Date | null): string | null => at?.toISOString() ?? null

function summaryOf({ stores, catalog }: Room, row: sql.Row): Summary {
  return {
    id: row.id,
    orderId: row.orderId,
    orderNo: row.orderNo,
    storeId: row.storeId,
    storeName: stores.find(row.storeId)?.name ?? row.storeId,
    kind: row.kind,
    reason: row.reason,
    state: row.state,
    amountFen: row.amountFen,
    pieces: row.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    lines: row.lines.map(({ lineNo, name, unit, pictureId, quantity, amountFen }) => ({
      lineNo,
      name,
      unit,
      picture: catalog.picture(pictureId),
      quantity,
      amountFen,
    })),
    appliedAt: row.appliedAt.toISOString(),
    dueAt: instant(row.dueAt),
  }
}

/** `by` of an event is a person's account for staff; a shopper reads only whether it was them, the store or the system. */
function detailOf(room: Room, row: sql.FullRow, reader: 'member' | 'staff'): Detail {
  const now = room.ctx.clock.now()
  const mayStill = (verb: 'cancel' | 'appeal' | 'fall_back') =>
    turn(row.state, verb, 'member', row.kind) !== undefined
  const shownCode = ['WAIT_RETURN', 'WAIT_COLLECT'].includes(row.state) && reader === 'member'
  return {
    ...summaryOf(room, row),
    note: row.note,
    photos: row.photoIds.map((id) => photoOf(room.ctx, id)),
    words: row.words,
    returnCode: shownCode ? row.returnCode : null,
    returnStoreName: row.returnStoreId && (room.stores.find(row.returnStoreId)?.name ?? row.returnStoreId),
    holdStoreName: row.holdStoreId && (room.stores.find(row.holdStoreId)?.name ?? row.holdStoreId),
    refundedAt: instant(row.refundedAt),
    pointsBack: row.pointsBack,
    pointsTaken: row.pointsTaken,
    mayCancel: mayStill('cancel'),
    mayAppeal: mayStill('appeal') && !row.appealed && row.dueAt !== null && now < row.dueAt,
    mayTakeMoney: mayStill('fall_back'),
    events: row.events.map(({ at, by, ...event }) => ({
      ...event,
      at: new Date(at).toISOString(),
      by: reader === 'member' ? (by.split(':')[0] ?? '') : by,
    })),
  }
}

/** One request, for the member whose it is. */
export async function showMine(room: Room, memberId: string, id: string): Promise<Detail> {
  const row = await sql.findFull(room.ctx.db, id)
  return row?.memberId === memberId ? detailOf(room, row, 'member') : refuse(aftersaleMissing)
}

/** A page of a member's requests, newest first; of one of their orders, if it is named. */
export async function listMine(
  room: Room,
  memberId: string,
  {
    orderId,
    open,
    cursor,
    limit = 20,
  }: { orderId?: string; open?: boolean; cursor?: string; limit?: number },
): Promise<{ items: Summary[]; nextCursor: string | null }> {
  if (orderId !== undefined && (await room.orders.find(orderId))?.memberId !== memberId) refuse(orderMissing)
  const after = cursor === undefined ? undefined : readPlace(cursor, cursorInvalid)
  const states = open ? OPEN : undefined
  const rows = await sql.listMine(room.ctx.db, memberId, { orderId, states, after, limit: limit + 1 })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => summaryOf(room, row)),
    nextCursor: rows.length > limit && last ? cursorTo({ at: last.appliedAt, id: last.id }) : null,
  }
}

const cardOf = (cards: ReadonlyMap<string, MemberCard>, { memberId }: sql.Row) => ({
  memberName: maskName(cards.get(memberId)?.nickname ?? ''),
  phoneTail: cards.get(memberId)?.phoneTail ?? null,
})

/** A page of requests within scope, with the counts of every tab under the other filters. */
export async function listForDesk(
  room: Room,
  actor: StaffActor,
  { tab, storeId, kind, orderId, q, page = 1, limit = 20 }: Asked,
): Promise<Listed> {
  if (storeId) room.staff.requireScope(actor, storeId)
  const { db, clock } = room.ctx
  const typed = q?.trim() || undefined
  const filter: sql.DeskFilter = {
    storeIds: storeId ? [storeId] : room.staff.scopeOf(actor),
    kind,
    orderId,
    q: typed,
    memberIds: typed && /^\d{4}$/.test(typed) ? await room.members.idsByPhoneTail(typed) : [],
  }
  // Of one order everything is shown at once, unless a tab is named.
  const tabs: readonly Tab[] = tab ? [tab] : orderId ? TABS : ['applied']
  const states = tabs.flatMap((each) => STATES_OF_TAB[each])
  const newestFirst = tab === 'ended' || tabs.length > 1
  const [rows, counted] = await Promise.all([
    sql.listForDesk(db, filter, { states, newestFirst, limit, offset: (page - 1) * limit }),
    sql.countByState(db, filter, clock.now()),
  ])
  const cards = await room.members.cards([...new Set(rows.map(({ memberId }) => memberId))])
  const counts = Object.fromEntries(
    TABS.map((each) => [
      each,
      counted.reduce((sum, { state, count }) => (STATES_OF_TAB[each].includes(state) ? sum + count : sum), 0),
    ]),
  )
  return {
    items: rows.map((row) => ({
      ...summaryOf(room, row),
      ...cardOf(cards, row),
      ownerName: row.ownerName,
      photos: row.photoIds.length,
      trouble: row.trouble,
      since: row.since.toISOString(),
    })),
    total: tabs.reduce((sum, each) => sum + (counts[each] ?? 0), 0),
    counts,
    overdue: counted.reduce((sum, { overdue }) => sum + overdue, 0),
  }
}

/** What this person may do with it now; the verbs ask again. */
function deedsOf(actor: StaffActor, row: sql.FullRow): Deed[] {
  const mayDecide = actor.permissions.has('aftersales.decide')
  const here = inScope(actor, row.storeId)
  const alive = row.refundState !== null && !['CLOSED', 'FAILED'].includes(row.refundState)
  const deeds: Partial<Record<State, readonly Deed[]>> = {
    ...(mayDecide && here
      ? { APPLIED: ['approve', 'reject'], REFUND_FAILED: alive ? ['own'] : ['own', 'resend', 'settle'] }
      : {}),
    ...(actor.permissions.has('aftersales.appeal') && here ? { APPEALED: ['judge_appeal'] } : {}),
    ...(mayDecide && row.returnStoreId && inScope(actor, row.returnStoreId) ? { RETURNED: ['inspect'] } : {}),
  }
  return [...(deeds[row.state] ?? [])]
}

function deskDetailOf(
  room: Room,
  actor: StaffActor,
  row: sql.FullRow,
  card: ReturnType<typeof cardOf>,
): DeskDetail {
  return {
    ...detailOf(room, row, 'staff'),
    ...card,
    ownerName: row.ownerName,
    trouble: row.trouble,
    since: row.since.toISOString(),
    returnStoreId: row.returnStoreId,
    holdStoreId: row.holdStoreId,
    ourFault: row.ourFault,
    goods: row.lines.map(({ lineNo, perishable, payFen, boughtQuantity, refundedQuantity, goodsTo }) => ({
      lineNo,
      perishable,
      payFen,
      boughtQuantity,
      refundedQuantity,
      goodsTo,
    })),
    order: {
      state: row.orderState,
      totalFen: row.orderTotalFen,
      refundedFen: row.orderRefundedFen,
      completedAt: instant(row.orderCompletedAt),
    },
    deeds: deedsOf(actor, row),
  }
}

/** One request from both sides; `known` when the person has learnt of it by its return code. */
export async function showForDesk(
  room: Room,
  actor: StaffActor,
  id: string,
  known = false,
): Promise<DeskDetail> {
  const row = await sql.findFull(room.ctx.db, id)
  if (!row || !(known || sees(actor, row))) return refuse(aftersaleMissing)
  const cards = await room.members.cards([row.memberId])
  return deskDetailOf(room, actor, row, cardOf(cards, row))
}
