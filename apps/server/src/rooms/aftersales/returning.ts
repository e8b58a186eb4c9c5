import { signature, type StaffActor } from '#kernel/actor'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import { type Case, findAwaited, setGoods } from './aftersales.sql.ts'
import { insertDues } from './dues.sql.ts'
import { codeUnknown, lineUnknown, neverOnShelf, stateChanged, wordsNeeded } from './problems.ts'
import { sendOne } from './refunds.ts'
import { deed, inView, type Room } from './room.ts'

export interface ReadReturn {
  storeId: string
  code: string
}

/** What is awaited under this code, by whichever store of the chain the shopper stands in. */
export async function findReturn(
  room: Room,
  actor: StaffActor,
  { storeId, code }: ReadReturn,
): Promise<Case> {
  room.staff.requireScope(actor, storeId)
  room.stores.require(storeId)
  return (await findAwaited(room.ctx.db, code.replace(/[\s-]/g, ''))) ?? refuse(codeUnknown)
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

export interface Inspection {
  accept: boolean
  toShelf?: readonly number[]
  words?: string
}

/** Decides about goods that came back: on the shelf or waste and the refund sent, or handed back to the shopper with a reason. */
export async function inspect(
  room: Room,
  call: AuditedCall,
  id: string,
  { accept, toShelf = [], words }: Inspection,
): Promise<void> {
  const found = await inView(room, call.actor, id)
  const storeId = found.returnStoreId ?? refuse(stateChanged, { state: found.state })
  room.staff.requireScope(call.actor, storeId)
  if (!accept) {
    if (!words?.trim()) return refuse(wordsNeeded)
    return deed(room, call, found, { verb: 'refuse_goods', action: 'aftersales.goods_refused', words })
  }
  const shelved = toShelf.map((lineNo) => {
    const line = found.lines.find((each) => each.lineNo === lineNo) ?? refuse(lineUnknown, { lineNo })
    return line.perishable ? refuse(neverOnShelf, { lineNo }) : line
  })
  const at = room.ctx.clock.now()
  const said = { verb: 'accept_goods' as const, action: 'aftersales.goods_accepted', words }
  await deed(room, call, found, said, async (tx) => {
    await setGoods(tx, id, toShelf)
    await room.inventory.takeBack(
      tx,
      shelved.map(({ lineNo, skuId, quantity }) => ({
        storeId,
        skuId,
        quantity,
        key: `aftersale:${id}:${lineNo}`,
      })),
      { orderId: found.orderId, note: '退货验收', by: signature(call.actor), at },
    )
    // The store that sold them gives the money back; the one that can sell them again owes it their price.
    if (storeId !== found.storeId && toShelf.length > 0)
      await insertDues(tx, {
        aftersaleId: id,
        debtorStoreId: storeId,
        creditorStoreId: found.storeId,
        lineNos: toShelf,
        at,
      })
  })
  await sendOne(room, id)
}
