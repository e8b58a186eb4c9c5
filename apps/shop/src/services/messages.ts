import { useDidShow } from '@tarojs/taro'
import { useEffect } from 'react'
import { createCell } from '../models/cell'
import type { Message } from '../models/wire'
import { api, memberSession } from './api'
import { openPage } from './routes'
import { useCell } from './watch'

/** Messages that this member has not read; 0 for guests and before anybody knows. */
export const unread = createCell(0)

let asking: Promise<void> | null = null

/** Asks again, once however many ask at the same moment; says nothing when no answer comes, because a badge is no reason to disturb anybody. */
export function loadUnread(): Promise<void> {
  asking ??= ask().finally(() => {
    asking = null
  })
  return asking
}

async function ask(): Promise<void> {
  if (!memberSession.get()) return unread.set(0)
  try {
    unread.set((await api('GET /v1/messages/unread')).unread)
  } catch {
    // The next page that is shown asks again.
  }
}

/** The number of unread messages, asked for whenever this page is shown. */
export function useUnread(): number {
  const owner = useCell(memberSession)?.who.id
  useEffect(() => void loadUnread(), [owner])
  useDidShow(() => void loadUnread())
  return useCell(unread)
}

/** Opens what a message speaks of, and remembers that it was read. */
export function openMessage({ id, page, pageId, read }: Message): void {
  if (!read)
    void api('PUT /v1/messages/:messageId/reading', { params: { messageId: id } })
      .then(loadUnread)
      .catch(() => undefined)
  if (page === 'coupons') return openPage('coupons')
  if (page === 'campaigns') return openPage('flash')
  if (page === 'promoter') return openPage('promoter')
  if (pageId) openPage(page, { id: pageId })
}
