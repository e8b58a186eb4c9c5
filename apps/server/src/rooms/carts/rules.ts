export type Trouble = 'off_shelf' | 'sold_out' | 'short'

/** Why a line cannot be bought now; null when it can. A line in trouble stays in the cart and keeps nobody from paying for the others. */
export function troubleOf(quantity: number, onShelf: boolean, available: number): Trouble | null {
  if (!onShelf) return 'off_shelf'
  if (available <= 0) return 'sold_out'
  return available < quantity ? 'short' : null
}
