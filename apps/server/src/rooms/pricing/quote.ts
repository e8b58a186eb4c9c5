import type { Quote as QuoteSchema } from '@linli/contract/pricing'
import type { Static } from 'typebox'
import { assertFen, LARGEST_FEN } from '#kernel/money'

export type Quote = Static<typeof QuoteSchema>
export interface BasketLine {
  skuId: string
  name: string
  quantity: number
  unitFen: number
}
export interface Basket {
  storeId: string
  lines: readonly BasketLine[]
}

/** Does the basket stay below the largest sum that anything here handles? */
export const isAffordable = ({ lines }: Basket): boolean =>
  lines.reduce((sum, { quantity, unitFen }) => sum + quantity * unitFen, 0) <= LARGEST_FEN

/** What a basket costs, line by line, in fen. Pure: the same basket costs the same everywhere it is shown, and where it is ordered. */
export function quote({ storeId, lines }: Basket): Quote {
  const priced = lines.map(({ skuId, name, quantity, unitFen }) => {
    const amountFen = assertFen(unitFen * quantity, `line ${skuId}`)
    return { skuId, name, quantity, unitFen, amountFen, discounts: [], payFen: amountFen }
  })
  const goodsFen = assertFen(
    priced.reduce((sum, line) => sum + line.amountFen, 0),
    'goods',
  )
  const payFen = priced.reduce((sum, line) => sum + line.payFen, 0)
  return {
    storeId,
    lines: priced,
    goodsFen,
    discountFen: goodsFen - payFen,
    freightFen: 0,
    totalFen: payFen,
    discounts: [],
  }
}
