import { momentWords, spanWords } from '#kernel/clock'
import { isId } from '#kernel/id'
import { yuan } from '#kernel/money'
import type { Describe, Described } from '#room/shares'
import { findCampaign, type CampaignRow } from './campaigns.sql.ts'
import { findGroup } from './groups-shown.sql.ts'
import { labelOf } from './kinds/index.ts'
import { storesOf } from './plan.ts'
import type { Room } from './room.ts'

/** What is said of anything whose time is over: a price that nobody gets any more is none. */
const OVER = '活动结束了'

/** The goods of a campaign that this store still sells, with their price in it. */
function goodsOf({ catalog }: Room, row: CampaignRow, storeId: string) {
  return row.items.flatMap(({ skuId, priceFen, quotas }) => {
    const sold = catalog.sellable(storeId, skuId)
    return sold && quotas.some((quota) => quota.storeId === storeId)
      ? [{ skuId, priceFen, name: sold.name, unit: sold.unit, pictureId: sold.pictureId }]
      : []
  })
}
type Goods = ReturnType<typeof goodsOf>[number]

const priced = (row: CampaignRow, { priceFen, unit }: Goods): NonNullable<Described['price']> => ({
  fen: priceFen,
  unit,
  base: null,
  tag: labelOf(row),
})

/** A campaign of a store: its goods at their price, or only what it is called. Drafts are nobody's business yet. */
export const describeCampaign =
  (room: Room): Describe =>
  async (storeId, id) => {
    const row = room.book.find(id) ?? (isId(id) ? await findCampaign(room.ctx.db, id) : undefined)
    if (!row || row.state === 'DRAFT' || !storesOf(row).includes(storeId)) return undefined
    const [first, ...others] = goodsOf(room, row, storeId)
    const ended = row.state === 'ENDED'
    const days = spanWords(row.startsAt, row.endsAt)
    const note = ended ? OVER : others.length > 0 ? `等 ${others.length + 1} 样，${days}` : days
    if (!first) return { name: row.name, note, pictureId: null, price: null, title: row.name }
    return {
      name: first.name,
      note,
      pictureId: first.pictureId,
      price: ended ? null : priced(row, first),
      title: ended ? row.name : `${first.name} ${labelOf(row)} ¥${yuan(first.priceFen)}`,
    }
  }

/** A group of buyers: what they buy together, until when. Who sits in it is said nowhere outside of its page. */
export const describeGroup =
  (room: Room): Describe =>
  async (storeId, id) => {
    const group = isId(id) ? await findGroup(room.ctx.db, id) : undefined
    if (!group || group.storeId !== storeId) return undefined
    const row = room.book.find(group.campaignId) ?? (await findCampaign(room.ctx.db, group.campaignId))
    const goods = row && goodsOf(room, row, storeId).find(({ skuId }) => skuId === group.skuId)
    if (!row || !goods) return undefined
    const open = group.state === 'OPEN'
    return {
      name: goods.name,
      note: open ? `${group.size} 人团，${momentWords(group.expiresAt)} 截止` : '这个团结束了',
      pictureId: goods.pictureId,
      price: open ? priced(row, goods) : null,
      title: open ? `一起拼：${goods.name} ${labelOf(row)} ¥${yuan(goods.priceFen)}` : `${goods.name}拼团`,
    }
  }
