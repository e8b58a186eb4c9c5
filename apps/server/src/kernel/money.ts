export const LARGEST_FEN = 9_000_000_000

/** Asserts that a sum is a whole, non-negative number of fen within what we ever handle. */
export function assertFen(fen: number, what: string): number {
  if (!Number.isSafeInteger(fen) || fen < 0 || fen > LARGEST_FEN)
    throw new RangeError(`${what}: ${fen} is not an amount in fen`)
  return fen
}

/** `1280` → `12.80`, for logs and documents; screens have their own way to show money. */
export const yuan = (fen: number): string => {
  const sign = fen < 0 ? '-' : ''
  const abs = Math.abs(fen)
  return `${sign}${Math.floor(abs / 100)}.${String(abs % 100).padStart(2, '0')}`
}
