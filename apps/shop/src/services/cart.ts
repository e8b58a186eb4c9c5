import { piecesOf, withoutKey } from '../models/basket'
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

/** Quantities asked for and not answered yet, by SKU: what the screen shows meanwhile. */
export const wishes = createCell<Readonly<Record<string, number>>>({})

/** Pieces of a product as the shopper sees them now, answered or not. */
export const piecesNow = (skuId: string): number => wishes.get()[skuId] ?? piecesOf(cart.get(), skuId)

// Quantities are absolute: the last tap must also be the last to arrive.
let line: Promise<unknown> = Promise.resolve()

/** Sets the quantity of a product; the number moves at once, and moves back when the server refuses. */
export async function putInCart(
  product: Pick<Card, 'skuId'>,
  quantity: number,
  selected?: boolean,
): Promise<boolean> {
  const { skuId } = product
  const storeId = place.get()?.storeId
  if (!storeId || !(await ensureMember())) return false
  wishes.set({ ...wishes.get(), [skuId]: quantity })
  const body = selected === undefined ? { storeId, quantity } : { storeId, quantity, selected }
  const sent = line.then(() => settle(api('PUT /v1/cart/lines/:skuId', { params: { skuId }, body })))
  line = sent.catch(() => undefined)
  try {
    await sent
    return true
  } catch (error) {
    say(troubleFrom(error).text)
    return false
  } finally {
    // A later tap has a wish of its own.
    if (wishes.get()[skuId] === quantity) wishes.set(withoutKey(wishes.get(), skuId))
  }
}

/** Adds pieces to what is already in the cart. */
export async function addToCart({ skuId }: Pick<Card, 'skuId'>, pieces = 1): Promise<boolean> {
  if (!(await ensureMember())) return false
  if (cart.get() === null) await loadCart().catch(() => null)
  return putInCart({ skuId }, piecesNow(skuId) + pieces, true)
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
