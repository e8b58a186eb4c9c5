// The documents that others read and generate clients from: valid by the schema that OpenAPI publishes, whole and consistent by rules of linters, and
// in the one for vendors nothing that is not theirs.
import { openApiOf, partnerRoutes } from '@linli/contract'
import { PARTNER_SCOPES } from '@linli/contract/partners'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv } from 'ajv'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'

interface Operation {
  operationId: string
  summary: string
  tags: string[]
  security: Record<string, unknown>[]
  'x-scope'?: string
  parameters: { name: string; in: string; required: boolean; schema: object }[]
  requestBody?: { content: Record<string, { schema: object; example?: unknown }> }
  responses: Record<string, { $ref?: string; content?: Record<string, { schema: { $ref?: string } }> }>
}
interface Document {
  openapi: string
  servers: { url: string }[]
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
  components: Record<'schemas' | 'responses' | 'headers' | 'securitySchemes', Record<string, object>>
}
const read = (name: string): Document =>
  JSON.parse(
    readFileSync(path.join(import.meta.dirname, '../../../../packages/contract', name), 'utf8'),
  ) as Document
const document = read('openapi-partner.json')

const byName = (a = '', b = ''): number => (a < b ? -1 : 1)

/** References that lead nowhere, and components that nobody needs. */
function wrongReferences(whole: Document): string[] {
  const text = JSON.stringify(whole)
  const named = new Set([...text.matchAll(/"\$ref":"#\/components\/([^"]+)"/g)].map(([, name = '']) => name))
  const secured = Object.values(whole.paths).flatMap((operations) =>
    Object.values(operations).flatMap(({ security }) => security.flatMap((each) => Object.keys(each))),
  )
  for (const name of secured) named.add(`securitySchemes/${name}`)
  const there = Object.entries(whole.components).flatMap(([kind, all]) =>
    Object.keys(all).map((name) => `${kind}/${name}`),
  )
  return [
    ...[...named].filter((name) => !there.includes(name)).map((name) => `leads nowhere: ${name}`),
    ...there.filter((name) => !named.has(name)).map((name) => `unused: ${name}`),
  ]
}

/** What is wrong with the document for vendors, in words. */
function faults(whole: Document): string[] {
  const { tags, paths, components, openapi, servers } = whole
  const wrong: string[] = openapi === '3.1.0' && servers.length > 0 ? [] : [`openapi ${openapi}`]
  wrong.push(...wrongReferences(whole))
  const ajv = new Ajv({ strict: false })
  const ids = new Set<string>()
  const check = (where: string, schema: object, example?: unknown) => {
    try {
      if ('$ref' in schema) return
      const fits = ajv.compile(schema)
      if (example !== undefined && !fits(example))
        wrong.push(`${where}: example ${ajv.errorsText(fits.errors)}`)
    } catch (error) {
      wrong.push(`${where}: ${String(error)}`)
    }
  }
  for (const [place, operations] of Object.entries(paths))
    for (const [method, operation] of Object.entries(operations)) {
      const where = `${method} ${place}`
      if (!place.startsWith('/partner/v1/')) wrong.push(`${where}: not a partner's`)
      if (ids.has(operation.operationId)) wrong.push(`${where}: operationId twice`)
      ids.add(operation.operationId)
      if (!operation.summary || operation.summary.endsWith('.')) wrong.push(`${where}: summary`)
      if (
        !operation.security?.every((each) =>
          Object.keys(each).every((name) => name in components.securitySchemes),
        )
      )
        wrong.push(`${where}: security`)
      if (
        !operation.tags.every((tag) => tags.some(({ name }) => name === tag)) ||
        operation.tags.length === 0
      )
        wrong.push(`${where}: tags`)
      const scope = operation['x-scope']
      if (scope !== undefined && !(PARTNER_SCOPES as readonly string[]).includes(scope))
        wrong.push(`${where}: scope`)
      const named = [...place.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const given = operation.parameters.filter((each) => each.in === 'path').map(({ name }) => name)
      if (named.toSorted(byName).join() !== given.toSorted(byName).join())
        wrong.push(`${where}: parameters of the path`)
      for (const each of operation.parameters) check(`${where} ${each.name}`, each.schema)
      for (const each of Object.values(operation.requestBody?.content ?? {})) {
        if (each.example === undefined) wrong.push(`${where}: no example`)
        check(where, each.schema, each.example)
      }
      for (const range of ['4XX', '5XX'])
        if (!(range in operation.responses)) wrong.push(`${where}: no refusals ${range}`)
      for (const answer of Object.values(operation.responses))
        for (const { schema } of Object.values(answer.content ?? {})) check(where, schema)
    }
  return wrong
}

test('the committed document is what the routes say', () => {
  const made = openApiOf(partnerRoutes, { title: 'x', version: 'x' })
  assert.deepEqual(Object.keys(document.paths), Object.keys(made['paths'] as object))
  assert.ok(Object.keys(document.paths).length >= 8)
})
test('nothing is wrong with it', () => assert.deepEqual(faults(document), []))
for (const name of ['openapi-partner.json', 'openapi.json'])
  test(`${name} is valid by the published schema, every operation says how it is secured and what it refuses`, async () => {
    const whole = read(name)
    const validator = new Validator()
    const { valid, errors } = await validator.validate({ ...structuredClone(whole) })
    assert.ok(valid, JSON.stringify(errors))
    assert.equal(validator.version, '3.1')
    assert.deepEqual(wrongReferences(whole), [])
    const operations = Object.values(whole.paths).flatMap((all) => Object.values(all))
    assert.deepEqual(
      operations
        .filter(({ security, responses }) => !security || !('4XX' in responses))
        .map((each) => each.operationId),
      [],
    )
  })
test('the schema can refuse', async () => {
  const { valid } = await new Validator().validate({ ...structuredClone(document), paths: { 'no slash': 1 } })
  assert.equal(valid, false)
})

const planted: readonly [what: string, spoil: (operation: Operation) => void][] = [
  ['security', (operation) => operation.security.push({ password: [] })],
  ['tags', (operation) => operation.tags.push('nowhere')],
  [
    'parameters of the path',
    (operation) => operation.parameters.push({ name: 'x', in: 'path', required: true, schema: {} }),
  ],
  ['no refusals', (operation) => delete operation.responses['4XX']],
  ['leads nowhere', (operation) => (operation.responses['418'] = { $ref: '#/components/responses/Tea' })],
  ['scope', (operation) => (operation['x-scope'] = 'till:everything')],
]
for (const [what, spoil] of planted)
  test(`the linter can fail · ${what}`, () => {
    const copy = structuredClone(document)
    const first = copy.paths['/partner/v1/me']?.['get']
    assert.ok(first)
    spoil(first)
    assert.match(faults(copy).join('\n'), new RegExp(what))
  })
test('the linter can fail · examples and what nobody needs', () => {
  const copy = structuredClone(document)
  const body = copy.paths['/partner/v1/till/quotes']?.['post']?.requestBody?.content['application/json']
  assert.ok(body)
  body.example = { ...(body.example as object), storeId: 'nowhere' }
  copy.components.schemas['Attic'] = {}
  const said = faults(copy).join('\n')
  assert.match(said, /example .*storeId/)
  assert.match(said, /unused: schemas\/Attic/)
})
