import { sortBasket } from '../../../models/basket'
import type { Card, Quote } from '../../../models/wire'
import { api, codeOf } from '../../../services/api'
import { useParam } from '../../../services/routes'

/** One product, bought at once from its page. */
export interface Single {
  productId: string
  skuId: string
  quantity: number
}

export interface Basket {
  /** Null when there is nothing to buy: nothing chosen in the cart, or the single product is off the shelf. */
  quote: Quote | null
  /** What is known of the goods besides their price; a product may be missing from it. */
  goods: Card[]
}

/** The product that this page was opened for; null when it is for the cart. */
export function useSingle(): Single | null {
  const productId = useParam('id')
  const skuId = useParam('skuId')
  const quantity = Number(useParam('quantity') ?? 1)
  return productId && skuId ? { productId, skuId, quantity } : null
}

/** What would be bought and for how much. */
export async function basketOf(storeId: string, single: Single | null): Promise<Basket> {
  return single ? basketOfOne(storeId, single) : basketOfCart(storeId)
}

const quoteFor = (storeId: string, lines: { skuId: string; quantity: number }[]): Promise<Quote> =>
  api('POST /v1/quotes', { body: { storeId, fulfilment: { kind: 'pickup' }, lines } })

async function basketOfCart(storeId: string): Promise<Basket> {
  const cart = await api('GET /v1/cart', { query: { storeId } })
  const goods = cart.lines.map(({ product }) => product)
  const lines = sortBasket(cart).chosen.map(({ skuId, quantity }) => ({ skuId, quantity }))
  // Nothing chosen is not a refusal of the server: the page says so itself.
  return { quote: lines.length > 0 ? await quoteFor(storeId, lines) : null, goods }
}

async function basketOfOne(storeId: string, { productId, skuId, quantity }: Single): Promise<Basket> {
  const params = { storeId, productId }
  // A picture is no reason to hold up a purchase: without an answer the line has only its name.
  const known = api('GET /v1/stores/:storeId/products/:productId', { params }).catch(() => null)
  try {
    const quote = await quoteFor(storeId, [{ skuId, quantity }])
    const product = await known
    return { quote, goods: product ? [product] : [] }
  } catch (error) {
    if (codeOf(error) === 'catalog.sku_missing') return { quote: null, goods: [] }
    throw error
  }
}
