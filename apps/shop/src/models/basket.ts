import type { Cart, CartLine } from './wire.ts'

/** A cart sorted for the screen: what can be bought now, and what waits folded below. */
export interface Basket {
  buyable: CartLine[]
  troubled: CartLine[]
  /** Lines that the next checkout takes. */
  chosen: CartLine[]
  chosenPieces: number
  allChosen: boolean
}

/** Sorts a cart's lines. A short line can still be bought at a smaller quantity, so it stays above the fold. */
export function sortBasket(cart: Cart): Basket {
  const buyable = cart.lines.filter((line) => line.trouble === null || line.trouble === 'short')
  const troubled = cart.lines.filter((line) => !buyable.includes(line))
  const chosen = buyable.filter((line) => line.selected && line.trouble === null)
  return {
    buyable,
    troubled,
    chosen,
    chosenPieces: chosen.reduce((sum, line) => sum + line.quantity, 0),
    allChosen: buyable.length > 0 && buyable.every((line) => line.selected),
  }
}

/** Pieces of one SKU in the cart. */
export function piecesOf(cart: Cart | null, skuId: string): number {
  return cart?.lines.find((line) => line.skuId === skuId)?.quantity ?? 0
}

/** Pieces per shelf zone, for the badges on the category rail. */
export function piecesByZone(cart: Cart | null): Record<string, number> {
  const pieces: Record<string, number> = {}
  for (const line of cart?.lines ?? []) {
    const zone = line.product.shelf?.[0]
    if (zone) pieces[zone] = (pieces[zone] ?? 0) + line.quantity
  }
  return pieces
}

/**
 * The cart as it will be once the server agrees: quantities move at once under the finger, the price waits for the
 * answer (prices come from the server alone).
 */
export function withQuantity(cart: Cart, skuId: string, quantity: number): Cart {
  const lines = cart.lines
    .map((line) => (line.skuId === skuId ? { ...line, quantity } : line))
    .filter((line) => line.quantity > 0)
  return { ...cart, lines, count: lines.reduce((sum, line) => sum + line.quantity, 0) }
}

/** Why a line cannot be bought, in a shopper's words. */
export function troubleText({ trouble, product }: CartLine): string {
  const words = {
    sold_out: '今天卖完了',
    off_shelf: '本店暂时不卖了',
    short: `只剩 ${product.available} ${product.unit}`,
  }
  return trouble === null ? '' : words[trouble]
}
