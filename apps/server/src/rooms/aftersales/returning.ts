import type { StaffActor } from '#kernel/actor'
import type { Tx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { CounterMove } from '#room/inventory'
import { orderMissing } from '#room/orders'
import type { AuditedCall } from '#room/staff'
import { type Case, findByCode, setGoods } from './aftersales.sql.ts'
import { firstHeld } from './deciding.ts'
import { insertDues } from './dues.sql.ts'
import {
  codeUnknown,
  lineUnknown,
  moneyBack,
  neverOnShelf,
  stateChanged,
  wordsNeeded,
  wrongStore,
} from './problems.ts'
import { sendOne } from './refunds.ts'
import { deed, inView, type Room } from './room.ts'

export interface ReadReturn {
  storeId: string
  code: string
}

/** What is awaited, or waits, under this code, whichever store of the chain the shopper stands in. */
export async function findReturn(
  room: Room,
  actor: StaffActor,
  { storeId, code }: ReadReturn,
): Promise<Case> {
  room.staff.requireScope(actor, storeId)
  room.stores.require(storeId)
  return (await findByCode(room.ctx.db, code.replace(/[\s-]/g, ''))) ?? refuse(codeUnknown)
}

/** The goods lie on the counter of this store; they are its business from now on. */
export async function receive(room: Room, call: AuditedCall, read: ReadReturn): Promise<string> {
  const found = await findReturn(room, call.actor, read)
  await deed(room, call, found, {
    verb: 'receive',
    action: 'aftersales.goods_received',
    returnStoreId: read.storeId,
  })
  return found.id
}

/** Staff may have refunded the pieces on the order itself: money and a replacement are one too many. */
async function requireMoneyKept({ orders }: Room, { orderId, lines }: Case): Promise<void> {
  const left = await orders.left((await orders.find(orderId)) ?? refuse(orderMissing))
  const gone = lines.find(({ lineNo, quantity }) => (left.get(lineNo) ?? 0) < quantity)
  if (gone) refuse(moneyBack, { lineNo: gone.lineNo })
}

/** The replacement leaves the store that has it, against its code: the end of an exchange. */
export async function give(room: Room, call: AuditedCall, read: ReadReturn): Promise<string> {
  const found = await findReturn(room, call.actor, read)
  const { holdStoreId } = found
  if (found.state === 'WAIT_COLLECT' && holdStoreId !== null && holdStoreId !== read.storeId)
    refuse(wrongStore, { storeId: holdStoreId, storeName: room.stores.find(holdStoreId)?.name ?? null })
  if (found.state === 'WAIT_COLLECT') await requireMoneyKept(room, found)
  const said = { verb: 'give' as const, action: 'aftersales.replacement_given', place: read.storeId }
  await deed(room, call, found, said, async (tx) => {
    if (read.storeId !== found.storeId)
      await insertDues(tx, {
        aftersaleId: found.id,
        debtorStoreId: found.storeId,
        creditorStoreId: read.storeId,
        reason: 'replaced',
        lineNos: found.lines.map(({ lineNo }) => lineNo),
        at: room.ctx.clock.now(),
      })
  })
  return found.id
}

export interface Inspection {
  accept: boolean
  toShelf?: readonly number[]
  words?: string
  ourFault?: boolean
}

/**
 * Decides about goods that came back: on the shelf or waste, and the refund sent or the replacement kept ready; or handed back to the shopper with a
 * reason. A replacement waits where the shopper stands if there is one, else where it was put aside.
 */
export async function inspect(
  room: Room,
  call: AuditedCall,
  id: string,
  { accept, toShelf = [], words, ourFault }: Inspection,
): Promise<void> {
  const found = await inView(room, call.actor, id)
  const storeId = found.returnStoreId ?? refuse(stateChanged, { state: found.state })
  room.staff.requireScope(call.actor, storeId)
  if (!accept) {
    if (!words?.trim()) return refuse(wordsNeeded)
    return deed(room, call, found, { verb: 'refuse_goods', action: 'aftersales.goods_refused', words })
  }
  const goods = shelve(found, storeId, toShelf)
  const said = {
    verb: 'accept_goods' as const,
    action: 'aftersales.goods_accepted',
    words,
    ourFault,
    place: storeId,
    goods,
  }
  const alongside = (tx: Tx) => bookGoods(room, tx, found, { storeId, toShelf })
  if (found.kind === 'exchange')
    await firstHeld(room, call, found, [{ ...said, holdStoreId: storeId }, said], alongside)
  else await deed(room, call, found, said, alongside)
  await sendOne(room, id)
}

/** What goes back on the shelf, of a bundle what is in it. Fresh goods never do. */
const shelve = (found: Case, storeId: string, toShelf: readonly number[]): CounterMove[] =>
  toShelf.flatMap((lineNo) => {
    const line = found.lines.find((each) => each.lineNo === lineNo) ?? refuse(lineUnknown, { lineNo })
    if (line.perishable) refuse(neverOnShelf, { lineNo })
    return line.parts.map(({ skuId, quantity }) => ({
      storeId,
      skuId,
      quantity: quantity * line.quantity,
      reason: 'RETURN' as const,
      key: `aftersale:${found.id}:${lineNo}`,
    }))
  })

/** Where the goods went, and what the store that can sell them again owes the one that sold them. */
async function bookGoods(
  { ctx }: Room,
  tx: Tx,
  found: Case,
  { storeId, toShelf }: { storeId: string; toShelf: readonly number[] },
): Promise<void> {
  await setGoods(tx, found.id, toShelf)
  if (storeId === found.storeId || toShelf.length === 0) return
  await insertDues(tx, {
    aftersaleId: found.id,
    debtorStoreId: storeId,
    creditorStoreId: found.storeId,
    reason: 'returned',
    lineNos: toShelf,
    at: ctx.clock.now(),
  })
}
