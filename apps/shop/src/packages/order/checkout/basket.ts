import { sortBasket } from '../../../models/basket'
import type { Card, CouponOption, Quote } from '../../../models/wire'
import { api, codeOf } from '../../../services/api'
import { useParam } from '../../../services/routes'

/** One product, bought at once from its page. */
export interface Single {
  productId: string
  skuId: string
  quantity: number
  /** At the price of a campaign: alone, no coupons and no points. */
  campaign: { campaignId: string; groupId?: string; rallyId?: string; pass?: string } | null
  /** Collected at any time once it is packed: nobody knows the hour yet. */
  anyTime: boolean
}

/** What the shopper wishes to use: the best of their coupons until they choose themselves, and at most so many points. */
export interface Use {
  coupons: 'best' | readonly string[]
  points: number
}

export interface Basket {
  /** Null when there is nothing to buy: nothing chosen in the cart, or the single product is off the shelf. */
  quote: Quote | null
  /** What is known of the goods besides their price; a product may be missing from it. */
  goods: Card[]
  /** The shopper's coupons beside these goods; none when they are not known now. */
  coupons: CouponOption[]
  /** A coupon that they had chosen is gone: the best of the others acts. */
  lost: boolean
}

/** The product that this page was opened for; null when it is for the cart. */
export function useSingle(): Single | null {
  const productId = useParam('id')
  const skuId = useParam('skuId')
  const quantity = Number(useParam('quantity') ?? 1)
  const campaignId = useParam('campaignId')
  const groupId = useParam('groupId')
  const rallyId = useParam('rallyId')
  const pass = useParam('pass')
  const anyTime = useParam('anyTime') !== null
  const campaign = campaignId
    ? {
        campaignId,
        ...(groupId ? { groupId } : {}),
        ...(rallyId ? { rallyId } : {}),
        ...(pass ? { pass } : {}),
      }
    : null
  return productId && skuId ? { productId, skuId, quantity, campaign, anyTime } : null
}

/** What would be bought and for how much. */
export async function basketOf(storeId: string, single: Single | null, use: Use): Promise<Basket> {
  return single ? basketOfOne(storeId, single, use) : basketOfCart(storeId, use)
}

type Line = Pick<Single, 'skuId' | 'quantity'>
type Priced = Pick<Basket, 'quote' | 'coupons' | 'lost'>
const NOTHING: Priced = { quote: null, coupons: [], lost: false }

const wished = ({ coupons, points }: Use) => ({
  ...(coupons === 'best' ? { bestCoupons: true } : coupons.length > 0 ? { couponIds: coupons.slice() } : {}),
  ...(points > 0 ? { usePoints: points } : {}),
})

async function priced(storeId: string, lines: Line[], use: Use): Promise<Priced> {
  const body = { storeId, fulfilment: { kind: 'pickup' as const }, lines }
  const ask = (wish: Use) => api('POST /v1/quotes', { body: { ...body, ...wished(wish) } })
  // A list of coupons is no reason to hold up a purchase: the best of them act without it.
  const options = api('POST /v1/coupon-options', { body }).then(
    ({ items }) => items,
    () => [],
  )
  try {
    return { quote: await ask(use), coupons: await options, lost: false }
  } catch (error) {
    if (use.coupons === 'best' || codeOf(error) !== 'coupons.unusable') throw error
    return { quote: await ask({ ...use, coupons: 'best' }), coupons: await options, lost: true }
  }
}

const quoteIn = (storeId: string, lines: Line[], campaign: NonNullable<Single['campaign']>): Promise<Quote> =>
  api('POST /v1/quotes', { body: { storeId, fulfilment: { kind: 'pickup' as const }, lines, campaign } })

async function basketOfCart(storeId: string, use: Use): Promise<Basket> {
  const cart = await api('GET /v1/cart', { query: { storeId } })
  const goods = cart.lines.map(({ product }) => product)
  const lines = sortBasket(cart).chosen.map(({ skuId, quantity }) => ({ skuId, quantity }))
  // Nothing chosen is not a refusal of the server: the page says so itself.
  return { ...(lines.length > 0 ? await priced(storeId, lines, use) : NOTHING), goods }
}

async function basketOfOne(
  storeId: string,
  { productId, skuId, quantity, campaign }: Single,
  use: Use,
): Promise<Basket> {
  const params = { storeId, productId }
  // A picture is no reason to hold up a purchase: without an answer the line has only its name.
  const known = api('GET /v1/stores/:storeId/products/:productId', { params }).catch(() => null)
  try {
    const lines = [{ skuId, quantity }]
    const sums = campaign
      ? { ...NOTHING, quote: await quoteIn(storeId, lines, campaign) }
      : await priced(storeId, lines, use)
    const product = await known
    return { ...sums, goods: product ? [product] : [] }
  } catch (error) {
    if (codeOf(error) === 'catalog.sku_missing') return { ...NOTHING, goods: [] }
    throw error
  }
}
