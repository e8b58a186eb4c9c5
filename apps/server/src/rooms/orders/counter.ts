import type { Input, Output } from '@linli/contract'
import type { CounterBill, staffCounterRoutes } from '@linli/contract/counter'
import type { Static } from 'typebox'
import { signature, type StaffActor } from '#kernel/actor'
import { newId } from '#kernel/id'
import { maskName } from '#kernel/mask'
import { refuse } from '#kernel/problem'
import type { CounterRefund } from '#room/payments'
import type { AuditedCall } from '#room/staff'
import { type Answer, auditorOf, type Take } from './commands.ts'
import { listUnpaid, type OrderRow } from './orders.sql.ts'
import { withCode } from './paying.ts'
import { requireBalanceOpen } from './presales.ts'
import { alreadyPaid, counterIncomplete, paymentsUnavailable } from './problems.ts'
import { findInScope, linesOf } from './reading.ts'
import type { Room } from './room.ts'
import { AWAITS_MONEY } from './states.ts'
import { dueFen } from './tenders.ts'

const AT_MOST = 50
const TURNS = 3

type Bill = Static<typeof CounterBill>
const TAKE = 'POST /staff/v1/orders/:orderId/counter-payments'
type TakeBody = NonNullable<Input<(typeof staffCounterRoutes)[typeof TAKE]>['body']>
type Taken = Output<(typeof staffCounterRoutes)[typeof TAKE]>

/** Orders of a store that wait for money, as the counter sees them. */
export async function listBills(
  room: Room,
  actor: StaffActor,
  storeId: string,
  tail: string | undefined,
): Promise<Bill[]> {
  room.staff.requireScope(actor, storeId)
  return billsOf(
    room,
    await listUnpaid(room.ctx.db, storeId, { tail, now: room.ctx.clock.now(), limit: AT_MOST }),
  )
}

async function billsOf(room: Room, orders: readonly OrderRow[]): Promise<Bill[]> {
  const [cards, lines] = await Promise.all([
    room.members.cards([...new Set(orders.map(({ memberId }) => memberId))]),
    linesOf(room, orders),
  ])
  return orders.map((order) => {
    const bought = lines.get(order.id) ?? []
    return {
      orderId: order.id,
      no: order.no,
      storeId: order.storeId,
      state: order.state,
      customer: maskName(cards.get(order.memberId)?.nickname ?? ''),
      placedAt: order.placedAt.toISOString(),
      expiresAt: AWAITS_MONEY.includes(order.state) ? (order.expiresAt?.toISOString() ?? null) : null,
      pieces: bought.reduce((sum, { quantity }) => sum + quantity, 0),
      first: bought[0]?.name ?? '',
      totalFen: order.totalFen,
      dueFen: dueFen(order),
    }
  })
}

/** What the desk is told; refuses a cash payment without what was put down, and a card without its slip. */
function tenderOf({
  provider,
  tenderedFen,
  slip,
}: TakeBody): Pick<Take, 'provider' | 'tenderedFen' | 'slip'> {
  const cash = provider === 'cash'
  if ((tenderedFen !== undefined) !== cash || (slip !== undefined) === cash) refuse(counterIncomplete)
  return { provider, tenderedFen: tenderedFen ?? null, slip: slip ?? null }
}

/**
 * Takes the money of an order at the counter. An open payment is closed at its provider first; if the shopper was faster there, that payment stands
 * and nothing is taken here. Safe to repeat with the same key.
 */
export async function takeAtCounter(
  room: Room,
  call: AuditedCall,
  orderId: string,
  body: TakeBody,
): Promise<Taken> {
  await requireBalanceOpen(room, await findInScope(room, call.actor, orderId), room.ctx.clock.now())
  const tender = tenderOf(body)
  const command = {
    ...tender,
    verb: 'take' as const,
    orderId,
    attemptId: newId(),
    key: body.idempotencyKey,
    expectFen: body.expectFen,
    staffId: call.actor.staffId,
    auditor: auditorOf(call),
    by: signature(call.actor),
    at: room.ctx.clock.now(),
  }
  await withCode(room, (pickup) => submitTaking(room, { ...command, pickup }))
  const [bill] = await billsOf(room, [await findInScope(room, call.actor, orderId)])
  if (!bill) throw new Error(`no bill of order ${orderId}`)
  return { ...bill, changeFen: (tender.tenderedFen ?? body.expectFen) - body.expectFen }
}

async function submitTaking(room: Room, command: Take): Promise<void> {
  for (let turn = 1; turn <= TURNS; turn++) {
    const answer: Answer = await room.submit(command)
    if (answer.kind === 'refused') refuse(answer.problem, answer.data)
    if (answer.kind !== 'payment_open') return
    const left = await room.payments.settle(command.orderId)
    if (left === 'paid') refuse(alreadyPaid)
  }
  refuse(paymentsUnavailable)
}

/** The shopper has the money of this refund in hand: it ends, with the name of who gave it. */
export async function handBack(
  room: Room,
  call: AuditedCall,
  refundId: string,
  expectFen: number,
): Promise<CounterRefund> {
  const { orderId } = await room.payments.counterRefund(call.actor, refundId)
  const at = room.ctx.clock.now()
  const answer = await room.submit({
    verb: 'settle_refund',
    orderId,
    fact: { refundId, orderId, outcome: 'SUCCESS', providerId: null, trouble: null, at },
    handing: { staffId: call.actor.staffId, expectFen, auditor: auditorOf(call) },
    by: signature(call.actor),
    at,
  })
  if (answer.kind === 'refused') refuse(answer.problem, answer.data)
  return room.payments.counterRefund(call.actor, refundId)
}
