import { useEffect } from 'react'
import { createCell } from '../models/cell'
import { randomKey } from '../models/order-key'
import type { SubscribeTemplate } from '../models/wire'
import { api, memberSession } from './api'
import { useCell } from './watch'
import { askSubscription } from './wechat'

type Kind = SubscribeTemplate['kind']

/** What WeChat may be asked consent for. Known before the tap: WeChat's sheet opens in a tap and not after an answer from the net. */
const offered = createCell<readonly SubscribeTemplate[]>([])
const MOST_AT_ONCE = 3

async function loadOffered(): Promise<void> {
  if (offered.get().length > 0) return
  try {
    offered.set((await api('GET /v1/subscription-templates')).items)
  } catch {
    // Nobody is asked, and nothing else depends on it.
  }
}

/** Can shoppers be asked whether they want to be told of this? */
export function useOffered(kind: Kind): boolean {
  useEffect(() => void loadOffered(), [])
  return useCell(offered).some((each) => each.kind === kind)
}

/**
 * Opens WeChat's sheet and tells the server what was pressed. True when something was allowed. Whatever happens here, what the shopper came for goes
 * on: nothing is refused for a no, and nothing waits for an answer that does not come.
 */
export async function askToTell(...kinds: readonly Kind[]): Promise<boolean> {
  const ids = offered
    .get()
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ templateId }) => templateId)
    .slice(0, MOST_AT_ONCE)
  if (ids.length === 0 || !memberSession.get()) return false
  try {
    const said = await askSubscription(ids)
    const answers = ids.flatMap((templateId) => {
      const answer = said[templateId]
      return answer ? [{ templateId, answer }] : []
    })
    if (answers.length === 0) return false
    const { accepted } = await api('POST /v1/subscriptions', {
      body: { idempotencyKey: randomKey(Date.now()), answers },
    })
    return accepted > 0
  } catch {
    return false
  }
}
