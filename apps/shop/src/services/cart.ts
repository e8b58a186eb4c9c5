import { piecesOf, withQuantity } from '../models/basket'
import { createCell } from '../models/cell'
import type { Cart, Card } from '../models/wire'
import { api, memberSession, troubleFrom } from './api'
import { place } from './place'
import { ensureMember } from './sign-in'
import { say } from './toast'

/** The cart of the current store as the server last told it; null before that and for guests. */
export const cart = createCell<Cart | null>(null)

// Answers may overtake each other; only the newest question's answer counts.
let newest = 0

/** Asks for the cart again. Guests have none. */
export async function loadCart(): Promise<Cart | null> {
  const storeId = place.get()?.storeId
  if (!memberSession.get() || !storeId) {
    cart.set(null)
    return null
  }
  return settle(api('GET /v1/cart', { query: { storeId } }))
}

/** Sets the quantity of a product; the number moves at once, and moves back when the server refuses. */
export async function putInCart(
  product: Pick<Card, 'skuId'>,
  quantity: number,
  selected?: boolean,
): Promise<boolean> {
  const storeId = place.get()?.storeId
  if (!storeId || !(await ensureMember())) return false
  const before = cart.get() ?? (await loadCart())
  if (before) cart.set(withQuantity(before, product.skuId, quantity))
  const body = selected === undefined ? { storeId, quantity } : { storeId, quantity, selected }
  try {
    await settle(api('PUT /v1/cart/lines/:skuId', { params: { skuId: product.skuId }, body }))
    return true
  } catch (error) {
    cart.set(before)
    say(troubleFrom(error).text)
    return false
  }
}

/** Adds pieces to what is already in the cart. */
export async function addToCart(product: Pick<Card, 'skuId'>, pieces = 1): Promise<boolean> {
  if (!(await ensureMember())) return false
  const known = cart.get() ?? (await loadCart().catch(() => null))
  return putInCart(product, piecesOf(known, product.skuId) + pieces, true)
}

/** Takes lines out of the cart. */
export async function clearFromCart(skuIds: string[]): Promise<void> {
  const storeId = place.get()?.storeId
  if (!storeId || skuIds.length === 0) return
  await settle(api('POST /v1/cart/clearance', { body: { storeId, skuIds } }))
}

async function settle(question: Promise<Cart>): Promise<Cart> {
  const mine = ++newest
  const answer = await question
  if (mine === newest) cart.set(answer)
  return answer
}
