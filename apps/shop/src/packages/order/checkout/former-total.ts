import { useEffect, useState } from 'react'
import type { Quote } from '../../../models/wire'

interface FormerTotal {
  /** What the shopper saw before it changed; null when it did not change, or they have acted since. */
  total: number | null
  /** The shopper goes on with what they see now. */
  accept: () => void
}

interface Seen {
  goods: string
  total: number
}

/**
 * Remembers the sum that a shopper saw for the same goods, so that another one cannot take its place unsaid. `deed` counts what they changed themselves,
 * coupons and points: such a sum is what they asked for.
 */
export function useFormerTotal(quote: Quote | null, deed: number): FormerTotal {
  const [seen, setSeen] = useState<Seen | null>(null)
  const goods = quote && goodsIn(quote, deed)
  const total = quote && quote.totalFen
  const isOther = seen?.goods !== goods
  useEffect(() => {
    if (goods !== null && total !== null && isOther) setSeen({ goods, total })
  }, [goods, isOther, total])
  return {
    total: seen && !isOther && seen.total !== total ? seen.total : null,
    accept: () => goods !== null && total !== null && setSeen({ goods, total }),
  }
}

const goodsIn = ({ storeId, lines }: Quote, deed: number): string =>
  [storeId, deed, ...lines.map(({ skuId, quantity }) => `${skuId}×${quantity}`)].join(' ')
