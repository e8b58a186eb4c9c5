/** A place in the shop: zone + aisle – bay – level, as printed on the shelf, e.g. `L02-4-2`. */
export interface Shelf {
  code: string
  zone: string
  aisle: number
  bay: number
  level: number
}

/** Reads a shelf code; null when it is not one of ours. */
export function shelfOf(code: string | null): Shelf | null {
  const found = /^([A-Z])(\d\d)-(\d+)-(\d+)$/.exec(code ?? '')
  if (!found) return null
  const [, zone = '', aisle, bay, level] = found
  return { code: found[0], zone, aisle: Number(aisle), bay: Number(bay), level: Number(level) }
}

/** The part that a shopper looks for first, `L02`. */
export function aisleOf(code: string | null): string | null {
  const shelf = shelfOf(code)
  return shelf && aisleCode(shelf.zone, shelf.aisle)
}

const aisleCode = (zone: string, aisle: number): string => `${zone}${String(aisle).padStart(2, '0')}`

/** The aisles of a zone on a floor plan, each once, in order. */
export function aislesOf(shelves: readonly { zone: string; aisle: number }[], zone: string): number[] {
  const aisles = shelves.filter((shelf) => shelf.zone === zone).map(({ aisle }) => aisle)
  return [...new Set(aisles)].sort((a, b) => a - b)
}

/** `V01–V03`, or `V01` alone. */
export function aisleSpan(zone: string, aisles: readonly number[]): string {
  const [first] = aisles
  const last = aisles[aisles.length - 1]
  if (first === undefined || last === undefined) return ''
  return first === last ? aisleCode(zone, first) : `${aisleCode(zone, first)}–${aisleCode(zone, last)}`
}

/** `米面粮油 2 号货架，第 4 组，从下往上第 2 层`. Level 1 is the floor. */
export function shelfPhrase(shelf: Shelf, zoneName: string): string {
  return `${zoneName} ${shelf.aisle} 号货架，第 ${shelf.bay} 组，从下往上第 ${shelf.level} 层`
}
