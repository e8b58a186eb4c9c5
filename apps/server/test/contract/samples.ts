import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'

/** JSON Schema as the samples read it; TypeBox schemas are that already. */
interface Schema {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  pattern?: string
}

const CANDIDATES = [
  'abcdefgh',
  'ABCDEFGHJKLM',
  'abcdefghijkl',
  '2026-11',
  '01900000-0000-7000-8000-000000000000',
  'S01',
  '2026-11-22',
  '2026-11-22T08:00:00Z',
  '08:00',
  '6999911000015',
  '19900000001',
  'G01-1-3',
  '123456',
  '0319 0000000',
  '1234',
  '11010519491231002X',
  'lk_AAAAAAAAAAAAAAAA',
  'https://erp.example.com/hook',
  `01900000-0000-7000-8000-000000000000.zzzzzz.${'A'.repeat(43)}`,
  `LC1.aaaaaa.${'A'.repeat(70)}.${'A'.repeat(86)}`,
]

/** A value that fits a schema. Throws where a pattern is new here: add a candidate for it. */
export function sampleOf(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return sampleOf(schema.anyOf[0] ?? {})
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, each]) => [name, sampleOf(each)]),
      )
    case 'array':
      return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => sampleOf(schema.items ?? {}))
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1)
    case 'boolean':
      return true
    case 'null':
      return null
    case 'string': {
      const fit = CANDIDATES.find((text) => Value.Check(schema as TSchema, text))
      if (fit === undefined) throw new Error(`no sample for ${JSON.stringify(schema)}`)
      return fit
    }
    case undefined:
    default:
      return {}
  }
}

export interface Spoilt {
  what: string
  value: unknown
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every way we know of spoiling a fitting value, one fault at a time, down to the leaves. */
export function* spoil(schema: Schema, value: unknown, where = 'body'): Generator<Spoilt> {
  for (const wrong of mistypes(schema))
    yield { what: `${where} mistyped as ${JSON.stringify(wrong)}`, value: wrong }
  yield* outOfBounds(schema, value, where)
  if (schema.type === 'object' && isObject(value)) {
    yield { what: `${where} with an unknown field`, value: { ...value, unheardOf: 1 } }
    for (const name of schema.required ?? []) {
      const { [name]: _, ...rest } = value
      yield { what: `${where} without ${name}`, value: rest }
    }
    for (const [name, each] of Object.entries(schema.properties ?? {})) {
      for (const inner of spoil(each, value[name], `${where}.${name}`))
        yield { ...inner, value: { ...value, [name]: inner.value } }
    }
  }
  if (schema.type === 'array' && Array.isArray(value)) {
    for (const inner of spoil(schema.items ?? {}, value[0], `${where}.0`))
      yield { ...inner, value: [inner.value, ...value.slice(1)] }
  }
}

function mistypes(schema: Schema): unknown[] {
  const every = [null, 'text', 7, 7.5, true, [1], { a: 1 }]
  return every.filter((wrong) => !Value.Check(schema as TSchema, wrong))
}

function* outOfBounds(schema: Schema, value: unknown, where: string): Generator<Spoilt> {
  const tries: [string, unknown][] = []
  if (schema.type === 'integer') {
    tries.push(
      ['below its minimum', (schema.minimum ?? 0) - 1],
      ['huge', 1e21],
      ['negative', -7],
      ['as text', '5'],
      ['past 2^53', 2 ** 60],
    )
    if (schema.maximum !== undefined) tries.push(['above its maximum', schema.maximum + 1])
  }
  if (schema.type === 'string') {
    tries.push(
      ['with a NUL', 'abc\u0000def'],
      ['with an escape', 'abc\u001b[2J'],
      ['oversized', 'x'.repeat((schema.maxLength ?? 10_000) + 1)],
    )
    if ((schema.minLength ?? 0) > 0) tries.push(['empty', ''])
  }
  if (schema.type === 'array' && Array.isArray(value) && schema.maxItems !== undefined) {
    tries.push(['oversized', Array.from({ length: schema.maxItems + 1 }, () => value[0])])
  }
  for (const [how, wrong] of tries)
    if (!Value.Check(schema as TSchema, wrong)) yield { what: `${where} ${how}`, value: wrong }
}
