import { momentWords } from '#kernel/clock'
import { isId } from '#kernel/id'
import type { Describe } from '#room/shares'
import { findInvite } from './invites.sql.ts'
import { findRally } from './rallies.sql.ts'
import type { Room } from './room.ts'
import { campaignOf } from './showing.ts'

const OVER = '这次结束了'

/** A bargain or an assist: what for, and until when. A friend reads the whole of it before they help. */
export const describeRally =
  (room: Room): Describe =>
  async (storeId, id) => {
    const rally = isId(id) ? await findRally(room.ctx.db, id) : undefined
    if (!rally || rally.storeId !== storeId) return undefined
    const { skuId, floorFen, need, deadline } = rally
    const open = rally.state === 'CUTTING' || rally.state === 'GATHERING'
    const note = open ? `请 ${need} 位朋友帮忙，${momentWords(deadline)} 截止` : OVER
    const sold = skuId === null ? undefined : room.catalog.sellable(storeId, skuId)
    if (!sold || floorFen === null) {
      const { name } = await campaignOf(room, rally.campaignId)
      return { name, note, pictureId: null, price: null, title: `帮我助力：${name}` }
    }
    return {
      name: sold.name,
      note,
      pictureId: sold.pictureId,
      price: open ? { fen: floorFen, unit: sold.unit, base: null, tag: '砍价底价' } : null,
      title: `帮我砍价：${sold.name}`,
    }
  }

/** What somebody passes on of a campaign that gives them a coupon for friends who come. */
export const describeInvite =
  (room: Room): Describe =>
  async (storeId, id) => {
    const invite = isId(id) ? await findInvite(room.ctx.db, id) : undefined
    if (!invite || invite.storeId !== storeId) return undefined
    const { name, state, endsAt } = await campaignOf(room, invite.campaignId)
    const note = state === 'ENDED' ? OVER : `${momentWords(endsAt)} 截止`
    return { name, note, pictureId: null, price: null, title: `请您来看看：${name}` }
  }
