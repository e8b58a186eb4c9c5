import type { HandoverSheet } from '@linli/contract/fulfilment'
import type { Static } from 'typebox'
import { type MemberActor, signature, type StaffActor } from '#kernel/actor'
import { maskName } from '#kernel/mask'
import { refuse } from '#kernel/problem'
import type { PickupCode } from '#room/fulfilment'
import { refundIds, type Weigh } from './commands.ts'
import { notCollectable } from './collectable.ts'
import { listWaiting, type LineRow, type OrderRow } from './orders.sql.ts'
import { orderMissing } from './problems.ts'
import { findInScope, findMine, linesOf } from './reading.ts'
import type { Room } from './room.ts'
import { WAITING } from './states.ts'
import { weightOf } from './weight.ts'

export type Sheet = Static<typeof HandoverSheet>
interface CodeRead {
  storeId: string
  code: string
}

const AT_MOST = 200

/** The code the shopper shows at the counter. */
export async function pickupCode(
  room: Room,
  { memberId }: MemberActor,
  orderId: string,
): Promise<PickupCode> {
  await findMine(room, memberId, orderId)
  return room.fulfilment.codeOf(orderId)
}

/** Paid orders that wait in a store, oldest first; 200 at most. */
export async function listPickups(
  room: Room,
  actor: StaffActor,
  storeId: string,
  state: 'PAID' | 'READY' | undefined,
): Promise<Sheet[]> {
  room.staff.requireScope(actor, storeId)
  return sheetsOf(
    room,
    await listWaiting(room.ctx.db, storeId, { states: state ? [state] : WAITING, limit: AT_MOST }),
  )
}

/** The bag is packed. */
export async function makeReady(room: Room, actor: StaffActor, orderId: string): Promise<Sheet> {
  await findInScope(room, actor, orderId)
  const answer = await room.submit({
    verb: 'ready',
    orderId,
    by: signature(actor),
    at: room.ctx.clock.now(),
  })
  if (answer.kind === 'refused') refuse(answer.problem, answer.data)
  return sheetNow(room, orderId)
}

/** Notes what the scales say of weighed lines. */
export async function weigh(
  room: Room,
  actor: StaffActor,
  orderId: string,
  lines: Weigh['lines'],
): Promise<void> {
  await findInScope(room, actor, orderId)
  const by = signature(actor)
  const answer = await room.submit({ verb: 'weigh', orderId, lines, by, at: room.ctx.clock.now() })
  if (answer.kind === 'refused') refuse(answer.problem, answer.data)
}

/** The sheet of an order as it is now. */
export const sheetNow = async (room: Room, orderId: string): Promise<Sheet> =>
  sheetOf(room, await requireOrder(room, orderId))

/** Reads a code and shows what it stands for, as handing over would judge it; changes nothing. */
export async function checkCode(room: Room, actor: StaffActor, read: CodeRead): Promise<Sheet> {
  const order = await requireOrder(room, await resolve(room, actor, read))
  const no = notCollectable(order)
  if (no?.kind === 'refused') refuse(no.problem, no.data)
  return sheetOf(room, order)
}

/** Hands the bag over: reads the code, lets the desk decide once and for all, shows the finished order. */
export async function handOver(room: Room, actor: StaffActor, read: CodeRead): Promise<Sheet> {
  const orderId = await resolve(room, actor, read)
  const at = room.ctx.clock.now()
  const answer = await room.submit({
    verb: 'hand_over',
    orderId,
    storeId: read.storeId,
    staffId: actor.staffId,
    refundIds: refundIds(),
    pointsUsableAt: room.ledgers.usableFrom(at),
    by: signature(actor),
    at,
  })
  if (answer.kind === 'refused') refuse(answer.problem, answer.data)
  return sheetNow(room, orderId)
}

function resolve(room: Room, actor: StaffActor, { storeId, code }: CodeRead): Promise<string> {
  room.staff.requireScope(actor, storeId)
  return room.fulfilment.resolve({ staffId: actor.staffId, storeId, code })
}

const requireOrder = async (room: Room, orderId: string): Promise<OrderRow> =>
  (await room.read(orderId)) ?? refuse(orderMissing)

async function sheetOf(room: Room, order: OrderRow): Promise<Sheet> {
  const [sheet] = await sheetsOf(room, [order])
  if (!sheet) throw new Error(`no sheet of order ${order.id}`)
  return sheet
}

async function sheetsOf(room: Room, orders: readonly OrderRow[]): Promise<Sheet[]> {
  const [cards, lines] = await Promise.all([
    room.members.cards([...new Set(orders.map(({ memberId }) => memberId))]),
    linesOf(room, orders),
  ])
  return orders.map((order) => ({
    orderId: order.id,
    no: order.no,
    storeId: order.storeId,
    state: order.state,
    customer: maskName(cards.get(order.memberId)?.nickname ?? ''),
    slotStart: order.slotStart?.toISOString() ?? null,
    placedAt: order.placedAt.toISOString(),
    remark: order.remark,
    ifShort: order.ifShort,
    lines: (lines.get(order.id) ?? []).map((line) => sheetLine(room, line)),
  }))
}

const sheetLine = (
  { catalog }: Room,
  { lineNo, name, unit, quantity, withdrawnQuantity, shelf, pictureId, ...line }: LineRow,
) => ({
  lineNo,
  name,
  unit,
  quantity: quantity - withdrawnQuantity,
  withdrawnQuantity,
  shelf,
  picture: catalog.picture(pictureId),
  components: line.components.map(({ name: what, unit: of, quantity: each, shelf: place }) => ({
    name: what,
    unit: of,
    quantity: each * (quantity - withdrawnQuantity),
    shelf: place,
  })),
  weight: weightOf({ ...line, quantity, withdrawnQuantity }),
})
