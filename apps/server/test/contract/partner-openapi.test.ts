// The document that vendors generate their clients from: whole, consistent, and nothing in it that is not theirs.
import { openApiOf, partnerRoutes } from '@linli/contract'
import { PARTNER_SCOPES } from '@linli/contract/partners'
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
  requestBody?: { content: Record<string, { schema: object }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: { $ref?: string } }> }>
}
interface Document {
  openapi: string
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> }
}
const FILE = path.join(import.meta.dirname, '../../../../packages/contract/openapi-partner.json')
const document = JSON.parse(readFileSync(FILE, 'utf8')) as Document

const byName = (a = '', b = ''): number => (a < b ? -1 : 1)

/** What is wrong with such a document, in words. */
function faults({ tags, paths, components, openapi }: Document): string[] {
  const wrong: string[] = openapi === '3.1.0' ? [] : [`openapi ${openapi}`]
  const ajv = new Ajv({ strict: false })
  const ids = new Set<string>()
  const check = (where: string, schema: object) => {
    try {
      if (!('$ref' in schema)) ajv.compile(schema)
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
      for (const each of Object.values(operation.requestBody?.content ?? {})) check(where, each.schema)
      if (!('default' in operation.responses)) wrong.push(`${where}: no refusals`)
      for (const answer of Object.values(operation.responses))
        for (const { schema } of Object.values(answer.content ?? {})) {
          check(where, schema)
          const name = schema.$ref?.split('/').at(-1)
          if (name !== undefined && !(name in components.schemas)) wrong.push(`${where}: ${schema.$ref}`)
        }
    }
  return wrong
}

test('the committed document is what the routes say', () => {
  const made = openApiOf(partnerRoutes, { title: 'x', version: 'x' })
  assert.deepEqual(Object.keys(document.paths), Object.keys(made['paths'] as object))
  assert.ok(Object.keys(document.paths).length >= 8)
})
test('nothing is wrong with it', () => assert.deepEqual(faults(document), []))

const planted: readonly [what: string, spoil: (operation: Operation) => void][] = [
  ['security', (operation) => operation.security.push({ password: [] })],
  ['tags', (operation) => operation.tags.push('nowhere')],
  [
    'parameters of the path',
    (operation) => operation.parameters.push({ name: 'x', in: 'path', required: true, schema: {} }),
  ],
  ['no refusals', (operation) => delete operation.responses['default']],
  ['scope', (operation) => (operation['x-scope'] = 'till:everything')],
]
for (const [what, spoil] of planted)
  test(`the linter can fail · ${what}`, () => {
    const copy = structuredClone(document)
    const first = Object.values(Object.values(copy.paths)[0] ?? {})[0]
    assert.ok(first)
    spoil(first)
    assert.match(faults(copy).join('\n'), new RegExp(what))
  })
