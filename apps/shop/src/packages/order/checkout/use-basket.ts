import { useRef, useState } from 'react'
import { wishAfter } from '../../../models/coupons'
import { troubleFrom } from '../../../services/api'
import { useLoad, type Loaded } from '../../../services/load'
import { say } from '../../../services/toast'
import { basketOf, type Basket, type Single, type Use } from './basket'

/** A basket, and the choice of the shopper that it was priced under: what they chose themselves is no surprise. */
type Chosen = Basket & { deed: number }

export interface CheckoutBasket {
  loaded: Loaded<Chosen>
  /** The sums are being asked for again. */
  asking: boolean
  /** Takes a coupon, or takes it back. */
  pressCoupon: (id: string) => Promise<void>
  noCoupons: () => Promise<void>
  bestCoupons: () => Promise<void>
  /** No coupon was chosen or refused: the best ones act. */
  picksBest: boolean
  usePoints: (on: boolean) => Promise<void>
}

/** The basket of the checkout with what the shopper wishes to use; every change is priced by the server. */
export function useBasket(storeId: string, single: Single | null): CheckoutBasket {
  const use = useRef<Use>({ coupons: 'best', points: 0 })
  const deed = useRef(0)
  const [asking, setAsking] = useState(false)
  const ask = async (): Promise<Chosen> => {
    const asked = { use: use.current, deed: deed.current }
    return { ...(await basketOf(storeId, single, asked.use)), deed: asked.deed }
  }
  /** What did not come to act is not wished for any more. */
  const settle = (basket: Chosen) => {
    const { quote, lost } = basket
    if (lost) use.current = { ...use.current, coupons: 'best' }
    if (quote && quote.pointsUsed === 0) use.current = { ...use.current, points: 0 }
    return basket
  }
  const loaded = useLoad(storeId ? `checkout.${storeId}` : null, async () => settle(await ask()))

  /** The last change counts: an answer to one before it is not shown. */
  const change = async (next: Partial<Use>): Promise<Chosen | null> => {
    const before = use.current
    const mine = ++deed.current
    use.current = { ...before, ...next }
    setAsking(true)
    try {
      const basket = await ask()
      if (mine !== deed.current) return null
      loaded.put(settle(basket))
      return basket
    } catch (error) {
      if (mine !== deed.current) return null
      use.current = before
      say(troubleFrom(error).text)
      return null
    } finally {
      if (mine === deed.current) setAsking(false)
    }
  }

  const acting = loaded.data?.quote?.couponIds ?? []
  const pressCoupon = async (id: string) => {
    const wish = wishAfter(loaded.data?.coupons ?? [], acting, id)
    let basket = await change({ coupons: wish })
    const isMissing = () => basket?.quote && wish.includes(id) && !basket.quote.couponIds.includes(id)
    // Another one keeps it out: who presses a coupon wants that one.
    if (isMissing() && wish.length > 1) basket = await change({ coupons: [id] })
    if (isMissing())
      say(basket?.quote?.explanation.find(({ rule }) => rule === id)?.words ?? '这张券这单用不上')
  }
  return {
    loaded,
    asking,
    pressCoupon,
    noCoupons: async () => void (await change({ coupons: [] })),
    bestCoupons: async () => void (await change({ coupons: 'best' })),
    picksBest: use.current.coupons === 'best',
    usePoints: async (on) =>
      void (await change({ points: on ? (loaded.data?.quote?.points?.balance ?? 0) : 0 })),
  }
}
