import { zoneOf, type ZoneCode } from './zones.ts'
import { drinks } from './goods/b.ts'
import { care } from './goods/c.ts'
import { dairy } from './goods/d.ts'
import { frozen } from './goods/f.ts'
import { fruit } from './goods/g.ts'
import { household } from './goods/h.ts'
import { staples } from './goods/l.ts'
import { meat } from './goods/m.ts'
import { snacks } from './goods/s.ts'
import { vegetables } from './goods/v.ts'

export type Facts = {
  readonly origin: string | null
  readonly storage: string | null
  readonly shelfLife: string | null
  readonly allergens: readonly string[]
  readonly licence: string | null
  readonly ingredients: string | null
}

export type Good = {
  readonly barcode: string
  readonly name: string
  readonly unit: string
  readonly priceFen: number
  readonly shelf: string
  readonly zone: ZoneCode
  readonly speciality: boolean
  /** What a piece is paid as; its price is told per 500 g or per kilogram. Null: sold by the piece. */
  readonly weight: { readonly pieceGrams: number; readonly perGrams: 500 | 1000 } | null
  readonly subtitle: string
  readonly description: string
  readonly facts: Facts
}

const FACT_NAMES = ['产地', '贮存', '保质', '致敏', '配料'] as const
type FactName = (typeof FACT_NAMES)[number]

/** The thirteenth digit of an EAN-13 code. */
export function checkDigit(twelve: string): number {
  const sum = Array.from(twelve).reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3),
    0,
  )
  return (10 - (sum % 10)) % 10
}

function readFacts(line: string, barcode: string): Facts {
  const facts = new Map<FactName, string>()
  for (const part of line.split('｜')) {
    const name = FACT_NAMES.find((each) => part.startsWith(`${each} `))
    if (name === undefined) throw new Error(`${barcode}: what is "${part}"?`)
    facts.set(name, part.slice(name.length + 1))
  }
  const ingredients = facts.get('配料') ?? null
  return {
    origin: facts.get('产地') ?? null,
    storage: facts.get('贮存') ?? null,
    shelfLife: facts.get('保质') ?? null,
    allergens: facts.get('致敏')?.split('、') ?? [],
    // Only prepacked food carries a production licence; the number is a placeholder that nobody could take for a real one.
    licence: ingredients === null ? null : `DEMO-SC-${barcode.slice(5, 12)}`,
    ingredients,
  }
}

/** `猪前腿肉 约500g`, `威县西瓜 约4kg*`: sold by weight. Pork is priced by the 斤 as on the market, what weighs a kilogram and more by the kilogram. */
function weightOf(label: string): Good['weight'] {
  const [, amount, unit] = / 约([\d.]+)(k?g)\*?$/.exec(label) ?? []
  if (amount === undefined) return null
  const pieceGrams = Math.round(Number(amount) * (unit === 'kg' ? 1000 : 1))
  return { pieceGrams, perGrams: pieceGrams < 1000 ? 500 : 1000 }
}

/** Four lines to a product: the shelf row (barcode, name, unit, price, place), what the list says, what the page says, and the label's facts. */
function readGood(block: string): Good {
  const [row = '', subtitle = '', note = '', facts = '', ...rest] = block.split('\n')
  const [barcode = '', label = '', unit = '', price = '', shelf = ''] = row.split('|')
  if (facts === '' || rest.length > 0) throw new Error(`four lines to a product: ${row}`)
  if (checkDigit(barcode.slice(0, 12)) !== Number(barcode[12])) throw new Error(`check digit: ${row}`)
  return {
    barcode,
    name: label.replace('*', ''),
    unit,
    priceFen: Number(price),
    shelf,
    zone: zoneOf(shelf.slice(0, 1)).code,
    speciality: label.endsWith('*'),
    weight: weightOf(label),
    subtitle,
    description: note,
    facts: readFacts(facts, barcode),
  }
}

const SHELVES = [vegetables, fruit, meat, dairy, staples, snacks, drinks, frozen, care, household]

/** The 150 products of the demo, in the order of the shop floor. */
export const GOODS: readonly Good[] = SHELVES.flatMap((shelf) => shelf.trim().split('\n\n').map(readGood))

const SHELF_CODE = /^([A-Z])(\d{2})-(\d)-([1-5])$/
const AISLES = 3
const BAYS = 5

/** Where a good stands in the n-th store: the same scheme everywhere, but from the third store on not the same place. */
export function shelfIn(shelf: string, storeNumber: number): string {
  const [, zone = '', aisle = '', bay = '', level = ''] = SHELF_CODE.exec(shelf) ?? []
  if (zone === '') throw new Error(`not a shelf code: ${shelf}`)
  const shift = Math.max(0, storeNumber - 2)
  const aisleHere = ((Number(aisle) - 1 + shift) % AISLES) + 1
  const bayHere = ((Number(bay) - 1 + shift * 2) % BAYS) + 1
  return `${zone}${String(aisleHere).padStart(2, '0')}-${bayHere}-${level}`
}
