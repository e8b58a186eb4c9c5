import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import { inOrder, nextChange } from '../models/flash'
import type { FlashSale, ShopCampaign } from '../models/wire'
import { api, codeOf, factsOf, troubleFrom } from './api'
import { deviceNumber } from './guide'
import type { Loaded } from './load'
import { useInStore } from './place'
import { say } from './toast'

export interface FlashSales {
  sales: FlashSale[]
  /** Whatever else runs here; not asked for while a hall is watched. */
  others: ShopCampaign[]
  /** The clock of the server, now. */
  now: number
}
const LOOK_AGAIN_MS = 5000

/** What this store sells in a flash, and on a page that does not watch it whatever else runs, by the server's clock: looked at again when something begins, and every few seconds while `watching`. */
export function useFlashSales(watching: boolean): { loaded: Loaded<FlashSales>; now: () => number } {
  const ahead = useRef(0)
  const now = () => Date.now() + ahead.current
  const loaded = useInStore(watching ? 'flash' : 'running', async (storeId): Promise<FlashSales> => {
    const { items } = await api('GET /v1/stores/:storeId/campaigns', {
      params: { storeId },
      query: watching ? { kind: 'flash' } : {},
    })
    const said = items[0] && Date.parse(items[0].now)
    if (said !== undefined) ahead.current = said - Date.now()
    const sales = inOrder(
      items.filter(({ kind }) => kind === 'flash'),
      now(),
    )
    return { sales, others: items.filter(({ kind }) => kind !== 'flash'), now: now() }
  })
  const [shown, setShown] = useState(true)
  useDidShow(() => setShown(true))
  useDidHide(() => setShown(false))
  const { data, reload } = loaded
  useEffect(() => {
    if (!shown || !data) return
    const change = nextChange([...data.sales, ...data.others], now())
    // A little after the moment, and not everybody in the same instant.
    const wait = change === null ? Infinity : Math.max(0, change - now()) + 100 + Math.random() * 400
    const next = Math.min(wait, watching && data.sales.length > 0 ? LOOK_AGAIN_MS : Infinity, 3_600_000)
    const timer = setTimeout(() => void reload(), next)
    return () => clearTimeout(timer)
  }, [data, shown, watching, reload])
  return { loaded, now }
}

export interface Waiting {
  place: number
  waitMs: number
}
const LONGEST_MS = 10_000
const HURRIES_AT_MOST = 3
const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms)
  })

/** Asks at the gate until there is a pass, or a refusal, which is said. `onWait` hears of the place in line; answers false when the shopper has left it. */
export async function comeIn(
  { id: campaignId, storeId }: Pick<FlashSale, 'id' | 'storeId'>,
  skuId: string,
  onWait: (waiting: Waiting) => boolean,
): Promise<string | null> {
  for (let hurries = 0; ;) {
    try {
      const { pass, place, waitMs } = await api('POST /v1/campaigns/:campaignId/entries', {
        params: { campaignId },
        body: {
          storeId,
          skuId,
          device: deviceNumber(),
        },
      })
      if (pass !== null) return pass
      const waiting = { place: place ?? 1, waitMs: waitMs ?? LONGEST_MS }
      if (!onWait(waiting)) return null
      await pause(Math.min(LONGEST_MS, Math.max(1000, waiting.waitMs)))
    } catch (error) {
      const wait = factsOf(error)['waitMs']
      if (codeOf(error) !== 'campaigns.too_fast' || typeof wait !== 'number' || ++hurries > HURRIES_AT_MOST) {
        say(troubleFrom(error).text)
        return null
      }
      await pause(wait)
    }
  }
}

/** Counted among those who came. Nothing depends on the answer. */
export function sayHere(campaignId: string): void {
  void api('PUT /v1/campaigns/:campaignId/visit', { params: { campaignId } }).catch(() => undefined)
}
