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

/** The same record without one key. */
export function withoutKey<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const rest: Record<string, T> = {}
  for (const name of Object.keys(record)) if (name !== key) rest[name] = record[name] as T
  return rest
}

/** Why a line cannot be bought, in a shopper's words. */
export function troubleText({ trouble, product }: CartLine): string {
  const words = {
    sold_out: '卖完了',
    off_shelf: '本店暂时不卖了',
    short: `只剩 ${product.available} ${product.unit}`,
  }
  return trouble === null ? '' : words[trouble]
}
