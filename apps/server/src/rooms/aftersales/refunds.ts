import { inTx } from '#kernel/db'
import { Problem, refuse } from '#kernel/problem'
import { alreadyHanded, orderMissing } from '#room/orders'
import type { AuditedCall } from '#room/staff'
import * as sql from './aftersales.sql.ts'
import { givenLines, refundKey } from './standing.sql.ts'
import { moneyBack, refundAlive, stateChanged } from './problems.ts'
import { deed, inView, requireCase, type Room, stepBySystem } from './room.ts'
import { refundWords } from './words.ts'

const AT_MOST = 50
/** Refunds that the desk did not take now and may take in a moment. */
const LATER: readonly string[] = ['orders.desk_full', 'orders.price_changed']

/** Read by the shopper. */
export const OVERTAKEN = '货已经取走了，这次「未取货退款」没有办。货有问题或想退，请在订单里重新申请'

/**
 * Sends the refund of a request that was agreed to. The row says REFUNDING before this begins, and its key is made of the request: a crash at any
 * point is mended by the sweep, and nothing goes back twice.
 */
async function send(room: Room, agreed: sql.Case): Promise<void> {
  const { orderId, kind, reason, ourFault, lines } = agreed
  // Sent again after only a part of it failed: the pieces whose money holds are not given back twice, what is owed for them is.
  const given = new Map((await givenLines(room.ctx.db, agreed)).map((line) => [line.lineNo, line.quantity]))
  const problem = await room.orders.sendRefund({
    orderId,
    key: refundKey(agreed),
    lines: lines.map(({ lineNo, quantity }) => ({ lineNo, quantity: quantity - (given.get(lineNo) ?? 0) })),
    uncollected: kind === 'uncollected',
    reason: refundWords(kind, reason),
    ourFault,
  })
  // No money, so no refund that the sweep could follow: the goods are free again, and that is all.
  if (!problem && agreed.amountFen === 0) await stepBySystem(room, agreed, 'finish')
  if (!problem || LATER.includes(problem.code)) return
  if (problem.code === alreadyHanded.code) await stepBySystem(room, agreed, 'overtake', { words: OVERTAKEN })
  else await stepBySystem(room, agreed, 'stall', { trouble: problem.code })
}

/** Sends the refund of this request at once, so that nobody waits for the sweep. What fails here the sweep does. */
export async function sendOne(room: Room, id: string): Promise<void> {
  try {
    const agreed = await requireCase(room, id)
    if (agreed.state === 'REFUNDING') await send(room, agreed)
  } catch (error) {
    if (error instanceof Problem)
      room.ctx.log.info({ problem: error.code, aftersale: id }, 'refund is sent later')
    else room.ctx.log.error({ err: error, aftersale: id }, 'refund is sent later')
  }
}

async function work(room: Room, standing: sql.RefundStanding): Promise<void> {
  const { refundState, refundTrouble } = standing
  if (refundState === null) await send(room, standing)
  else if (refundState === 'SUCCESS') await stepBySystem(room, standing, 'finish')
  else await stepBySystem(room, standing, 'stall', { trouble: refundTrouble ?? refundState })
}

/** The sweep: every request that was agreed to ends with its refund, or on a person's list. */
export async function workRefunds(room: Room): Promise<void> {
  for (const standing of await sql.listToWork(room.ctx.db, AT_MOST))
    await work(room, standing).catch((error: unknown) =>
      room.ctx.log.error({ err: error, aftersale: standing.id }, 'after-sale refund failed'),
    )
}

/** A failed refund of one's own stores. */
async function failed(room: Room, call: AuditedCall, id: string): Promise<sql.Case> {
  const found = await inView(room, call.actor, id)
  room.staff.requireScope(call.actor, found.storeId)
  return found
}

/** Takes a failed refund into one's own hands: from now on the others know who looks after it. */
export async function own(room: Room, call: AuditedCall, id: string): Promise<void> {
  const found = await failed(room, call, id)
  await inTx(room.ctx.db, async (tx) => {
    if (!(await sql.setOwner(tx, id, call.actor.staffId))) refuse(stateChanged, { state: found.state })
    await room.staff.audit(tx, call, {
      action: 'aftersales.owned',
      subject: `aftersale:${id}`,
      storeId: found.storeId,
      after: { owner: call.actor.account },
    })
  })
}

/** While WeChat still holds a refund, a second one would pay twice. */
async function requireDead(room: Room, found: sql.Case): Promise<void> {
  if (found.state !== 'REFUND_FAILED') refuse(stateChanged, { state: found.state })
  const refund = await sql.refundOf(room.ctx.db, found.id)
  if (refund?.state && refund.state !== 'CLOSED' && refund.state !== 'FAILED')
    refuse(refundAlive, { refundState: refund.state })
}

/** Its money may have been sent on the order itself, as a second try of the same pieces: then nothing of it is owed any more. */
async function requireOwed(room: Room, { id, orderId }: sql.Case): Promise<void> {
  const refund = await sql.refundOf(room.ctx.db, id)
  const order = (await room.orders.find(orderId)) ?? refuse(orderMissing)
  if (refund?.state && order.refundState !== 'FAILED') refuse(moneyBack, { refundState: order.refundState })
}

/** Sends a failed refund again, under a new number. */
export async function resend(room: Room, call: AuditedCall, id: string): Promise<void> {
  const found = await failed(room, call, id)
  await requireDead(room, found)
  await requireOwed(room, found)
  await deed(room, call, found, { verb: 'resend', action: 'aftersales.resent', nextRound: true })
  await sendOne(room, id)
}

/** The money went back in another way: a person says how. */
export async function settle(room: Room, call: AuditedCall, id: string, words: string): Promise<void> {
  const found = await failed(room, call, id)
  await requireDead(room, found)
  await deed(room, call, found, { verb: 'settle', action: 'aftersales.settled', words })
}
