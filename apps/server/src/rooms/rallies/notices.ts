import { businessDay, timeOfDay } from '#kernel/clock'
import { yuan } from '#kernel/money'
import type { Notice } from '#room/messages'
import type { RallyRow } from './rallies.sql.ts'
import type { Room } from './room.ts'

const moment = (at: Date): string => {
  const [, month, day] = businessDay(at).split('-')
  return `${Number(month)}月${Number(day)}日 ${timeOfDay(at)}`
}
const goodsOf = ({ catalog }: Room, { storeId, skuId }: RallyRow): string =>
  (skuId && catalog.sellable(storeId, skuId)?.name) || '砍价的商品'

/** The price is reached, and until when it can be bought. */
export const reachedNotice = (room: Room, rally: RallyRow, at: Date): Notice => ({
  memberId: rally.memberId,
  kind: 'bargain.reached',
  ref: rally.id,
  at,
  fields: {
    goods: goodsOf(room, rally),
    price: `¥${yuan(rally.floorFen ?? 0)}`,
    until: moment(rally.heldUntil ?? at),
  },
  pageId: rally.id,
})
/** The time to buy is over, and the piece is others'. */
export const lostNotice = (room: Room, rally: RallyRow, at: Date): Notice => ({
  memberId: rally.memberId,
  kind: 'bargain.lost',
  ref: rally.id,
  at,
  fields: { goods: goodsOf(room, rally) },
  pageId: rally.id,
})
