import { instantOf, lastDayWords, momentWords, secondsAfter } from '#kernel/clock'
import type { Notice, Source } from '#room/messages'
import type { Stores } from '#room/stores'
import { type BoxNews, listNews } from './weeks.sql.ts'

const DAY_SECONDS = 86_400
const dayWords = (day: string): string => lastDayWords(secondsAfter(instantOf(day), DAY_SECONDS))

/** What a member is told: that an order of theirs waits to be paid, that there is none this week, and that their box is paused. */
export function noticeOf(news: BoxNews, storeName: (storeId: string) => string): Notice | null {
  const { verb, at, boxId, memberId, campaign, week, storeId, orderId, payUntil } = news
  const told = { memberId, at, ref: String(news.id), pageId: boxId }
  if (verb === 'lapsed_out') return { ...told, kind: 'box.paused', fields: { goods: campaign } }
  const day = dayWords(week ?? '')
  if (verb === 'short') return { ...told, kind: 'box.short', fields: { goods: campaign, day } }
  if (!orderId || !payUntil) return null
  const fields = { goods: campaign, day, until: momentWords(payUntil), store: storeName(storeId) }
  return { ...told, kind: 'box.ordered', pageId: orderId, fields }
}

/** Followed, not written along: the sweep that places orders pays nothing for it. */
export const boxNews = (stores: Pick<Stores, 'find'>): Source => ({
  name: 'boxes',
  book: 'box_event',
  notices: async (db, span) =>
    (await listNews(db, span)).flatMap((news) => noticeOf(news, (id) => stores.find(id)?.name ?? id) ?? []),
})
