import type { Input, Output } from '@linli/contract'
import type { consolePresaleRoutes } from '@linli/contract/console-presales'
import { signature, type StaffActor } from '#kernel/actor'
import { inTx } from '#kernel/db'
import { newId } from '#kernel/id'
import { maskName } from '#kernel/mask'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import { withCode } from './paying.ts'
import * as sql from './presales.sql.ts'
import { piecesOf, serve } from './presale-serving.ts'
import { keyReused, presaleMissing } from './problems.ts'
import { findInScope } from './reading.ts'
import type { Room } from './room.ts'
import { AWAITS_GOODS } from './states.ts'

type Routes = typeof consolePresaleRoutes
type Body = NonNullable<Input<Routes['POST /console/v1/presale-arrivals']>['body']>
type Served = Output<Routes['POST /console/v1/presale-arrivals']>

const AT_MOST = 500
const TO_SERVE = 2000
const GOODS_AWAITED = { states: ['WAIT_GOODS'], limit: TO_SERVE } as const

/** What could be set aside now, about a second old; of a bundle as many as its scarcest component makes. */
function freeOf({ catalog, inventory }: Room, { storeId, skuId }: Omit<sql.Goods, 'campaignId'>): number {
  const parts = catalog.sellable(storeId, skuId)?.components ?? [{ skuId, quantity: 1 }]
  const makes = parts.map((part) => Math.floor(inventory.available(storeId, part.skuId) / part.quantity))
  return Math.max(0, Math.min(...makes))
}

/** Goods of presales and of weekly boxes that orders wait for, in the stores of whoever asks; of one store where one is named. */
export async function listPresales(
  room: Room,
  actor: StaffActor,
  storeId?: string,
): Promise<Output<Routes['GET /console/v1/presales']>> {
  const { ctx, staff } = room
  if (storeId !== undefined) staff.requireScope(actor, storeId)
  const rows = await sql.listGoods(ctx.db, storeId === undefined ? staff.scopeOf(actor) : [storeId])
  return {
    items: rows.map((row) => ({
      ...row,
      pickupFrom: row.pickupFrom.toISOString(),
      promisedBy: row.promisedBy.toISOString(),
      freePieces: freeOf(room, row),
    })),
  }
}

/** Who waits for these goods, or owes their balance. */
export async function listPresaleOrders(
  { ctx, staff, members }: Room,
  actor: StaffActor,
  goods: sql.Goods,
): Promise<Output<Routes['GET /console/v1/presale-orders']>> {
  staff.requireScope(actor, goods.storeId)
  const rows = await sql.listWaiting(ctx.db, goods, { states: AWAITS_GOODS, limit: AT_MOST })
  const cards = await members.cards([...new Set(rows.map(({ memberId }) => memberId))])
  return {
    items: rows.map(({ memberId, paidAt, ...row }) => ({
      ...row,
      customer: maskName(cards.get(memberId)?.nickname ?? ''),
      phoneTail: cards.get(memberId)?.phoneTail ?? null,
      paidAt: paidAt?.toISOString() ?? null,
    })),
  }
}

const countsOf = (served: readonly sql.WaitingRow[], short: readonly sql.WaitingRow[]): Served => ({
  servedOrders: served.length,
  servedPieces: piecesOf(served),
  shortOrders: short.length,
  shortPieces: piecesOf(short),
})

/** Whom so many pieces would be enough for now. */
export async function tryArrival(
  room: Room,
  actor: StaffActor,
  { pieces, ...goods }: Omit<Body, 'idempotencyKey'>,
): Promise<Output<Routes['POST /console/v1/presale-arrival-trials']>> {
  room.staff.requireScope(actor, goods.storeId)
  const freePieces = freeOf(room, goods)
  const waiting = await sql.listWaiting(room.ctx.db, goods, GOODS_AWAITED)
  const { served, short } = serve(waiting, Math.min(pieces, freePieces))
  return { ...countsOf(served, short), freePieces }
}

/** The arrival under this key, noted once and in the trail; what it is for must be the same again. */
async function noteArrival(room: Room, call: AuditedCall, body: Body): Promise<string> {
  const { ctx, staff } = room
  const { idempotencyKey: key, ...goods } = body
  const arrival = { ...goods, key, id: newId(), by: call.actor.staffId, at: ctx.clock.now() }
  const isNew = await inTx(ctx.db, async (tx) => {
    if (!(await sql.insertArrival(tx, arrival))) return false
    await staff.audit(tx, call, {
      action: 'orders.presale_arrived',
      subject: `campaign:${goods.campaignId}`,
      storeId: goods.storeId,
      after: { skuId: goods.skuId, pieces: goods.pieces },
    })
    return true
  })
  if (isNew) return arrival.id
  const known = await sql.arrivalBy(ctx.db, { campaignId: goods.campaignId, key })
  const same = known && known.storeId === goods.storeId && known.skuId === goods.skuId
  return same && known.pieces === goods.pieces ? known.id : refuse(keyReused)
}

/**
 * Goods are in the store: they are set aside for those who wait, first paid first, as far as they are free. Repeated with the same key it goes on where
 * it stopped, and never sets aside more than were said to have come.
 */
export async function arriveGoods(room: Room, call: AuditedCall, body: Body): Promise<Served> {
  const { idempotencyKey: _, pieces, ...goods } = body
  room.staff.requireScope(call.actor, goods.storeId)
  const { db } = room.ctx
  if (!(await sql.inPresale(db, goods))) refuse(presaleMissing)
  const arrivalId = await noteArrival(room, call, body)
  return inTx(db, async (tx) => {
    // Two who say so at once count one after the other: what the first set aside, the second has not.
    await sql.lockArrival(tx, arrivalId)
    const before = await sql.servedBy(tx, goods, arrivalId)
    const waiting = await sql.listWaiting(tx, goods, GOODS_AWAITED)
    for (const order of serve(waiting, pieces - before.pieces).served)
      if (!(await setAside(room, call, { orderId: order.orderId, arrivalId }))) break
    const served = await sql.servedBy(tx, goods, arrivalId)
    const short = await sql.listWaiting(tx, goods, GOODS_AWAITED)
    return {
      servedOrders: served.orders,
      servedPieces: served.pieces,
      shortOrders: short.length,
      shortPieces: piecesOf(short),
    }
  })
}

/** False where what is free is not enough for this order any more: nobody behind it is served either. */
async function setAside(
  room: Room,
  { actor }: AuditedCall,
  of: { orderId: string; arrivalId: string },
): Promise<boolean> {
  const at = room.ctx.clock.now()
  const answer = await withCode(room, (pickup) =>
    room.submit({ verb: 'arrive', ...of, pickup, by: signature(actor), at }),
  )
  return answer.kind === 'done'
}

/** Deposits that are owed a second time. */
export async function listDebts(
  { ctx, staff, members }: Room,
  actor: StaffActor,
): Promise<Output<Routes['GET /console/v1/presale-debts']>> {
  const rows = await sql.listDebts(ctx.db, staff.scopeOf(actor))
  const cards = await members.cards([...new Set(rows.map(({ memberId }) => memberId))])
  return {
    items: rows.map(({ memberId, ...row }) => ({
      ...row,
      customer: maskName(cards.get(memberId)?.nickname ?? ''),
      phoneTail: cards.get(memberId)?.phoneTail ?? null,
    })),
  }
}

/** Somebody paid it by hand, and says how; once. */
export async function payDebt(
  room: Room,
  call: AuditedCall,
  orderId: string,
  note: string,
): Promise<Output<Routes['POST /console/v1/orders/:orderId/presale-debt']>> {
  const { ctx, staff } = room
  const order = await findInScope(room, call.actor, orderId)
  const at = ctx.clock.now()
  return inTx(ctx.db, async (tx) => {
    const paid =
      (await sql.payDebt(tx, orderId, { at, by: call.actor.staffId, note })) ?? refuse(presaleMissing)
    await staff.audit(tx, call, {
      action: 'orders.presale_debt_paid',
      subject: `order:${orderId}`,
      storeId: order.storeId,
      after: { owedFen: paid.owedFen, note },
    })
    return { owedFen: paid.owedFen, paidAt: at.toISOString() }
  })
}
