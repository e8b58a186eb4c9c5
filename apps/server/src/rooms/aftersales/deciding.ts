import { randomInt } from 'node:crypto'
import type { StaffActor } from '#kernel/actor'
import { violates } from '#kernel/db'
import { refuse } from '#kernel/problem'
import { orderMissing } from '#room/orders'
import type { AuditedCall } from '#room/staff'
import type { Case } from './aftersales.sql.ts'
import { goodsMoved } from './problems.ts'
import { sendOne } from './refunds.ts'
import { deed, inView, type Room } from './room.ts'
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

/** Agrees to a request: goods that are to come back get a code, everything else its refund. */
async function agree(
  room: Room,
  call: AuditedCall,
  found: Case,
  said: { verb: Verb; action: string; words: string | undefined },
): Promise<void> {
  await requireGoodsInStore(room, found)
  for (let left = CODE_TRIES; ; left--) {
    try {
      const code = found.kind === 'return' ? { returnCode: newCode() } : {}
      await deed(room, call, found, { ...said, ...code })
      break
    } catch (error) {
      // Ten random digits may already be awaited: draw again.
      if (left === 0 || !violates(error, 'aftersale_return_code')) throw error
    }
  }
  await sendOne(room, found.id)
}

export async function approve(
  room: Room,
  call: AuditedCall,
  id: string,
  words: string | undefined,
): Promise<void> {
  const found = await toDecide(room, call.actor, id)
  await agree(room, call, found, { verb: 'approve', action: 'aftersales.approved', words })
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
  { grant, words }: { grant: boolean; words: string },
): Promise<void> {
  const found = await toDecide(room, call.actor, id)
  if (!grant) return deed(room, call, found, { verb: 'uphold', action: 'aftersales.appeal_upheld', words })
  const verb = found.returnStoreId === null ? 'grant' : 'waive_goods'
  return agree(room, call, found, { verb, action: 'aftersales.appeal_granted', words })
}
