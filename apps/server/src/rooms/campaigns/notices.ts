import { businessDay, timeOfDay } from '#kernel/clock'
import type { Catalog } from '#room/catalog'
import type { Notice, Source } from '#room/messages'
import { listTold, type ToldStep } from './groups-shown.sql.ts'

const moment = (at: Date): string => {
  const [, month, day] = businessDay(at).split('-')
  return `${Number(month)}月${Number(day)}日 ${timeOfDay(at)}`
}

/** What somebody in a group is told of it. Nobody outside of it is told anything. */
export function noticeOf(step: ToldStep, goodsName: string): Notice {
  const { memberId, at, groupId, orderId, verb } = step
  if (verb === 'pay')
    return {
      kind: 'group.one_left',
      memberId,
      at,
      // Somebody may go and another come: each of them is told of one missing once.
      ref: `${groupId} ${memberId}`,
      pageId: groupId,
      fields: { goods: goodsName, until: moment(step.expiresAt) },
    }
  const kind = verb === 'gather' ? ('group.gathered' as const) : ('group.failed' as const)
  return { kind, memberId, at, ref: orderId, pageId: groupId, fields: { goods: goodsName } }
}

/** Followed, not written along: the order desk pays nothing for it. */
export const groupNews = (catalog: Pick<Catalog, 'sellable'>): Source => ({
  name: 'groups',
  book: 'group_event',
  notices: async (db, span) =>
    (await listTold(db, span)).map((step) =>
      noticeOf(step, catalog.sellable(step.storeId, step.skuId)?.name ?? '商品'),
    ),
})
