/** What a listing cost from an instant on. */
export interface PriceAt {
  priceFen: number
  onlinePriceFen: number | null
  at: Date
}

const WINDOW_MS = 7 * 86_400_000

const shown = ({ priceFen, onlinePriceFen }: PriceAt): number => onlinePriceFen ?? priceFen

/**
 * The price that may stand struck through beside an online price, or null. A shop may only compare with what it really asked: the lowest price of
 * this store in the seven days before the online price began (规范促销行为暂行规定), never more than its price today, and only when the online
 * price is below that. `history` is oldest first and ends with the price of today.
 */
export function basePriceFen(history: readonly PriceAt[]): number | null {
  const now = history.at(-1)
  if (!now || now.onlinePriceFen === null) return null
  const online = now.onlinePriceFen
  const before = history.findLastIndex(({ onlinePriceFen }) => onlinePriceFen !== online)
  const began = history[before + 1]
  if (before < 0 || !began) return null
  const windowStart = began.at.getTime() - WINDOW_MS
  // A price holds until the next one: the last one set before the window was asked inside it.
  const first = history.findLastIndex(({ at }, i) => i <= before && at.getTime() <= windowStart)
  const asked = history.slice(Math.max(first, 0), before + 1).map(shown)
  const base = Math.min(...asked, now.priceFen)
  return online < base ? base : null
}
