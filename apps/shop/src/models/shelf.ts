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
  return shelf && `${shelf.zone}${String(shelf.aisle).padStart(2, '0')}`
}

/** `米面粮油 2 号架，第 4 组，从下往上第 2 层`. Level 1 is the floor. */
export function shelfPhrase(shelf: Shelf, zoneName: string): string {
  return `${zoneName} ${shelf.aisle} 号架，第 ${shelf.bay} 组，从下往上第 ${shelf.level} 层`
}
