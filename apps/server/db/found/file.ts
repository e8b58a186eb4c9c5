import { Line, Maybe, OneOf, StoreId, Strict, Text } from '@linli/contract/parts'
import { FEATURES, FloorPlan, StoreChange, StoreDetail } from '@linli/contract/stores'
import { Settings } from 'typebox/system'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

const { opensAt, closesAt, licences } = StoreDetail.properties
const { phone, slotMinutes, slotCapacity } = StoreChange.properties
const FAULTS_MAX = 1000

const said = <T extends object>(schema: T, description: string): T => ({ ...schema, description })
const line = (length: number) => said(Line(length), `a line of 1 to ${length} characters`)
const colour = Type.String({ pattern: '^#[0-9A-Fa-f]{6}$', description: 'a colour such as #FCE6DD' })

const FoundingZone = Strict({
  code: Type.String({ pattern: '^[A-Z]$', description: 'one capital letter, as on the aisle sign' }),
  name: line(20),
  tint: colour,
  ink: colour,
})
const FoundingCategory = Strict({
  code: Type.String({ pattern: '^[A-Za-z0-9_-]{1,20}$', description: '1 to 20 letters, digits, _ and -' }),
  name: line(20),
  zone: Type.String({ description: 'the code of a zone' }),
})
const FoundingStore = Strict({
  code: said(StoreId, 'a capital letter and 2 to 4 digits, such as S01'),
  name: line(40),
  district: line(20),
  districtCode: Type.String({ pattern: '^[0-9]{6}$', description: 'six digits, as in GB/T 2260' }),
  town: line(20),
  address: line(120),
  lng: Type.Number({ minimum: 73, maximum: 136, description: 'degrees east within China, 73 to 136' }),
  lat: Type.Number({ minimum: 3, maximum: 54, description: 'degrees north within China, 3 to 54' }),
  opensAt,
  closesAt,
  phone: Type.Optional(said(phone, '5 to 20 digits, spaces, + and -')),
  slotMinutes: Type.Optional(said(slotMinutes, 'whole minutes, 15 to 240')),
  slotCapacity: Type.Optional(said(slotCapacity, 'orders to a slot, 1 to 1000')),
  pickupHint: Type.Optional(said(Maybe(Text(120)), 'up to 120 characters')),
  features: Type.Optional(
    Type.Array(OneOf(FEATURES), { uniqueItems: true, description: `some of ${FEATURES.join(', ')}` }),
  ),
  floorPlan: Type.Optional(FloorPlan),
  licences: Type.Optional(licences),
})

/** What a chain begins with: who it is, the zones of its shop floors, its categories and its stores. */
export const Founding = Strict({
  name: line(40),
  icp: said(Maybe(Line(40)), 'the ICP number, or null while there is none'),
  zones: Type.Array(FoundingZone),
  categories: Type.Array(FoundingCategory),
  stores: Type.Array(FoundingStore),
})
export type Founding = Static<typeof Founding>
export type FoundingStore = Static<typeof FoundingStore>

/** Everything that keeps a founding from going ahead, at once. */
export class FoundingError extends Error {
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(`nothing was written:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.faults = faults
  }
}

/** Reads the text of a founding file. Throws `FoundingError` with all its faults. */
export function readFounding(text: string): Founding {
  const value = parsed(text)
  const wrong = shapeFaults(value)
  if (wrong.length > 0) throw new FoundingError(wrong)
  const founding = value as Founding
  const contradictions = faultsBetween(founding)
  if (contradictions.length > 0) throw new FoundingError(contradictions)
  return founding
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new FoundingError([`this is not JSON: ${error instanceof Error ? error.message : String(error)}`])
  }
}

function shapeFaults(value: unknown): string[] {
  const { maxErrors } = Settings.Get()
  Settings.Set({ maxErrors: FAULTS_MAX })
  const errors = Value.Errors(Founding, value)
  Settings.Set({ maxErrors })
  const faults = errors.flatMap((error) => {
    const where = placeOf(value, error.instancePath)
    if (error.keyword === 'required')
      return error.params.requiredProperties.map((name) => `${where}${name} is missing`)
    if (error.keyword === 'additionalProperties')
      return error.params.additionalProperties.map((name) => `${where}${name} is no field`)
    // An unknown field is told of twice.
    if (error.keyword === 'boolean') return []
    return `${where.trimEnd() || 'the file'}: ${descriptionAt(error.instancePath) ?? error.message}`
  })
  return [...new Set(faults)]
}

const stepsOf = (instancePath: string) => instancePath.split('/').slice(1)

/** `/stores/0/opensAt` in words: `stores S01 opensAt `, or `stores no. 1 opensAt ` when that store has no code. */
function placeOf(value: unknown, instancePath: string): string {
  let at: unknown = value
  return stepsOf(instancePath)
    .map((step) => {
      const isItem = Array.isArray(at)
      at = (at as Record<string, unknown>)[step]
      if (!isItem) return `${step} `
      const code = (at as { code?: unknown } | null)?.code
      return typeof code === 'string' ? `${code} ` : `no. ${Number(step) + 1} `
    })
    .join('')
}

type Shape = { description?: string; properties?: Record<string, Shape>; items?: Shape }

function descriptionAt(instancePath: string): string | undefined {
  let shape: Shape | undefined = Founding as Shape
  for (const step of stepsOf(instancePath)) shape = shape?.properties?.[step] ?? shape?.items
  return shape?.description
}

function faultsBetween({ zones, categories, stores }: Founding): string[] {
  const known = new Set(zones.map(({ code }) => code))
  const noZone = (where: string, zone: string) =>
    known.has(zone) ? [] : [`${where}: there is no zone ${zone}`]
  return [
    ...twice(
      'zones code',
      zones.map(({ code }) => code),
    ),
    ...twice(
      'categories code',
      categories.map(({ code }) => code),
    ),
    ...twice(
      'categories name',
      categories.map(({ name }) => name),
    ),
    ...twice(
      'stores code',
      stores.map(({ code }) => code),
    ),
    ...categories.flatMap(({ code, zone }) => noZone(`categories ${code} zone`, zone)),
    ...stores.flatMap((store) => [
      ...(store.opensAt < store.closesAt
        ? []
        : [`stores ${store.code} closesAt: must be later than opensAt`]),
      ...(store.floorPlan?.shelves ?? []).flatMap(({ zone }) =>
        noZone(`stores ${store.code} floorPlan`, zone),
      ),
    ]),
  ]
}

function twice(what: string, values: readonly string[]): string[] {
  const repeated = values.filter((value, index) => values.indexOf(value) !== index)
  return [...new Set(repeated)].map((value) => `${what}: ${value} stands there more than once`)
}
