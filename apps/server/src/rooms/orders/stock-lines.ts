/** What one piece of a bundle takes off the shelves. */
export interface Part {
  skuId: string
  quantity: number
}
/** A line as it was ordered; `components` of a bundle, null for what is on the shelf itself. */
export interface StockLine {
  skuId: string
  quantity: number
  components: readonly Part[] | null
}
/** Pieces of one SKU, as stock sees them. */
export type Pieces = Part

const partsOf = ({ skuId, components }: Omit<StockLine, 'quantity'>): readonly Part[] =>
  components ?? [{ skuId, quantity: 1 }]

/** What so many pieces of a line are on the shelves. */
export const piecesOf = (line: Omit<StockLine, 'quantity'>, quantity: number): Pieces[] =>
  partsOf(line).map((part) => ({ skuId: part.skuId, quantity: part.quantity * quantity }))

/** Everything that these lines take off the shelves. */
export const stockOf = (lines: readonly StockLine[]): Pieces[] =>
  lines.flatMap((line) => piecesOf(line, line.quantity))

/**
 * The first line that what is free does not cover, those before it served first, and how many of it could be had. A bundle and a line of its own may ask
 * for the same SKU.
 */
export function shortOf(
  lines: readonly StockLine[],
  freeOf: (skuId: string) => number,
): { skuId: string; available: number } | undefined {
  const taken = new Map<string, number>()
  for (const line of lines) {
    const most = partsOf(line).map((part) =>
      Math.floor((freeOf(part.skuId) - (taken.get(part.skuId) ?? 0)) / part.quantity),
    )
    const available = Math.max(0, Math.min(...most))
    if (available < line.quantity) return { skuId: line.skuId, available }
    for (const { skuId, quantity } of piecesOf(line, line.quantity))
      taken.set(skuId, (taken.get(skuId) ?? 0) + quantity)
  }
  return undefined
}
