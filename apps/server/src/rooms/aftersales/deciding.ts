import { randomInt } from 'node:crypto'
import type { StaffActor } from '#kernel/actor'
import { type Tx, violates } from '#kernel/db'
import { Problem, refuse } from '#kernel/problem'
import { levelMissing, stockShort } from '#room/inventory'
import { orderMissing, type PreviewedRefund } from '#room/orders'
import type { AuditedCall } from '#room/staff'
import type { Case } from './aftersales.sql.ts'
import { goodsMoved } from './problems.ts'
import { sendOne } from './refunds.ts'
import { deed, inView, type Room, type Said } from './room.ts'
import type { Verb } from './states.ts'

const CODE_DIGITS = 10
const CODE_TRIES = 3

const newCode = (): string => String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0')

/** Decisions belong to the store that sold the goods. */
async function toDecide(room: Room, actor: StaffActor, id: string): Promise<Case> {
  const found = await inView(room, actor, id)
  room.staff.requireScope(actor, found.storeId)
  return found
}

/** The desk asks again, with the rows locked; this tells the person before they have decided anything. */
async function requireGoodsInStore(room: Room, { kind, orderId }: Case): Promise<void> {
  if (kind !== 'uncollected') return
  const order = (await room.orders.find(orderId)) ?? refuse(orderMissing)
  if (order.completedAt) refuse(goodsMoved, { at: order.completedAt })
}

/** Does it with a fresh code where the table wants one. Ten random digits may already be awaited: then it draws again. */
async function withCode(doing: (returnCode: string) => Promise<void>): Promise<void> {
  for (let left = CODE_TRIES; ; left--) {
    try {
      return await doing(newCode())
    } catch (error) {
      if (left === 0 || !violates(error, 'aftersale_return_code')) throw error
    }
  }
}

/** Why nothing can be put aside in a store. */
const NOT_THERE: readonly string[] = [stockShort.code, levelMissing.code]

/** Takes the first of these steps whose replacement can be put aside; the last one puts nothing aside that is not there. */
export async function firstHeld(
  room: Room,
  call: AuditedCall,
  found: Case,
  turns: readonly ({ verb: Verb; action: string } & Said)[],
  alongside?: (tx: Tx) => Promise<void>,
): Promise<void> {
  for (const [i, said] of turns.entries()) {
    try {
      return await withCode((returnCode) => deed(room, call, found, { ...said, returnCode }, alongside))
    } catch (error) {
      if (!(error instanceof Problem && NOT_THERE.includes(error.code)) || i === turns.length - 1) throw error
    }
  }
}

/** Said to the shopper when there is nothing to exchange for. */
const NOTHING_LEFT = '没有货可以换了，给您改成退款'
const AS_REFUND: Partial<Record<Verb, Verb>> = {
  approve: 'approve_refund',
  grant: 'grant_refund',
  waive_goods: 'waive_refund',
}

/** The ways to agree to an exchange, best first: from the store where the goods are, from the one that sold them, or the money. */
function waysToExchange(found: Case, said: Agreement & { verb: Verb; action: string }) {
  const places = found.returnStoreId ? [found.returnStoreId, found.storeId] : [found.storeId]
  const words = said.words?.trim() ? `${said.words}。${NOTHING_LEFT}` : NOTHING_LEFT
  return [
    ...[...new Set(places)].map((holdStoreId) => ({ ...said, holdStoreId })),
    { ...said, verb: AS_REFUND[said.verb] ?? said.verb, words },
  ]
}

/** What the one who agrees says: to the shopper, and whose doing it was. */
export interface Agreement {
  words?: string | undefined
  ourFault?: boolean | undefined
}
/** Agrees to a request: goods that are to come back get a code, an exchange its replacement put aside, everything else its refund. */
async function agree(
  room: Room,
  call: AuditedCall,
  found: Case,
  said: Agreement & { verb: Verb; action: string },
): Promise<void> {
  await requireGoodsInStore(room, found)
  if (found.kind === 'exchange') await firstHeld(room, call, found, waysToExchange(found, said))
  else if (found.kind === 'return')
    await withCode((returnCode) => deed(room, call, found, { ...said, returnCode }))
  else await deed(room, call, found, said)
  await sendOne(room, found.id)
}

export async function approve(
  room: Room,
  call: AuditedCall,
  id: string,
  { words, ourFault }: Agreement,
): Promise<void> {
  const found = await toDecide(room, call.actor, id)
  await agree(room, call, found, { verb: 'approve', action: 'aftersales.approved', words, ourFault })
}

/** What agreeing would give back now, to the fen, with the coupons and points that go along; changes nothing. */
export async function quoteFor(
  room: Room,
  actor: StaffActor,
  id: string,
  { ourFault }: { ourFault: boolean },
): Promise<PreviewedRefund> {
  const found = await inView(room, actor, id)
  const order = (await room.orders.find(found.orderId)) ?? refuse(orderMissing)
  return room.orders.planRefund(order, found.lines, { ourFault })
}

export async function reject(room: Room, call: AuditedCall, id: string, words: string): Promise<void> {
  const found = await toDecide(room, call.actor, id)
  await deed(room, call, found, { verb: 'reject', action: 'aftersales.rejected', words })
}

/** Head office decides an appeal, for good. */
export async function judgeAppeal(
  room: Room,
  call: AuditedCall,
  id: string,
  { grant, words, ourFault }: { grant: boolean; words: string; ourFault?: boolean },
): Promise<void> {
  const found = await toDecide(room, call.actor, id)
  if (!grant) return deed(room, call, found, { verb: 'uphold', action: 'aftersales.appeal_upheld', words })
  const verb = found.returnStoreId === null ? 'grant' : 'waive_goods'
  return agree(room, call, found, { verb, action: 'aftersales.appeal_granted', words, ourFault })
}
