import type { ReturnSheet } from '@linli/contract/staff-aftersales'
import type { Static } from 'typebox'
import { maskName } from '#kernel/mask'
import { refuse } from '#kernel/problem'
import { findFull } from './lists.sql.ts'
import { aftersaleMissing } from './problems.ts'
import type { Room } from './room.ts'

/** What a clerk may know of goods that come back over the counter. */
export async function sheetOf(room: Room, id: string): Promise<Static<typeof ReturnSheet>> {
  const row = (await findFull(room.ctx.db, id)) ?? refuse(aftersaleMissing)
  const cards = await room.members.cards([row.memberId])
  return {
    aftersaleId: row.id,
    orderNo: row.orderNo,
    storeName: room.stores.find(row.storeId)?.name ?? row.storeId,
    kind: row.kind,
    reason: row.reason,
    state: row.state,
    customer: maskName(cards.get(row.memberId)?.nickname ?? ''),
    appliedAt: row.appliedAt.toISOString(),
    holdStoreName: row.holdStoreId && (room.stores.find(row.holdStoreId)?.name ?? row.holdStoreId),
    note: row.note,
    lines: row.lines.map(({ lineNo, name, unit, quantity, pictureId }) => ({
      lineNo,
      name,
      unit,
      quantity,
      picture: room.catalog.picture(pictureId),
    })),
  }
}
