import type { RestockNotice } from '../models/wire'
import { api, memberSession, troubleFrom } from './api'
import { type Loaded, useLoad } from './load'
import { say } from './toast'
import { useCell } from './watch'

/** What this member waits for, in all stores; nothing for a guest. */
export function useNotices(): Loaded<RestockNotice[]> {
  const member = useCell(memberSession)
  return useLoad(member ? `notices.${member.who.id}` : null, async () => {
    const { items } = await api('GET /v1/restock-notices')
    return items
  })
}

/** Asks to be told, or no longer. False when it was refused, after saying why. */
export async function waitFor(
  { storeId, skuId }: { storeId: string; skuId: string },
  wanted: boolean,
): Promise<boolean> {
  const params = { storeId, skuId }
  try {
    await (wanted
      ? api('PUT /v1/stores/:storeId/restock-notices/:skuId', { params })
      : api('DELETE /v1/stores/:storeId/restock-notices/:skuId', { params }))
    return true
  } catch (error) {
    say(troubleFrom(error).text)
    return false
  }
}
