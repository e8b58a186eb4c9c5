import type { Route, Routes } from './route.ts'

type Json = Record<string, unknown>

const PROBLEM: Json = {
  type: 'object',
  required: ['code', 'status', 'detail', 'requestId'],
  properties: {
    code: { type: 'string', description: 'stable name of the refusal' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    requestId: { type: 'string' },
    data: { type: 'object' },
    fields: {
      type: 'array',
      items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
    },
  },
}

const TAGS: readonly (readonly [prefix: string, tag: string])[] = [
  ['/console/v1', 'console'],
  ['/staff/v1', 'shop floor'],
  ['/hooks', 'provider callbacks'],
  ['/v1', 'shopper'],
]

/** An OpenAPI 3.1 document of a route table. TypeBox schemas are JSON Schema already: they are passed through as plain data. */
export function openApiOf(routes: Routes, info: { title: string; version: string }): Json {
  const paths: Record<string, Json> = {}
  for (const [key, route] of Object.entries(routes)) {
    const [method = 'GET', path = '/'] = key.split(' ')
    const place = path.replace(/:(\w+)/g, '{$1}')
    paths[place] = { ...paths[place], [method.toLowerCase()]: operation(key, path, route) }
  }
  const document = {
    openapi: '3.1.0',
    info: { ...info, license: { name: 'MIT', identifier: 'MIT' } },
    paths,
    components: {
      schemas: { Problem: PROBLEM },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  }
  return JSON.parse(JSON.stringify(document)) as Json // drops TypeBox's symbols and functions
}

function operation(key: string, path: string, route: Route): Json {
  const status = String(route.status ?? 200)
  const answer: Json = { description: route.summary }
  if (route.stream) answer['content'] = { 'text/event-stream': { schema: { type: 'string' } } }
  else if (status !== '204') answer['content'] = { 'application/json': { schema: route.ok } }
  return {
    operationId: operationId(key),
    summary: route.summary,
    tags: [TAGS.find(([prefix]) => path.startsWith(prefix))?.[1] ?? 'other'],
    ...(route.access === 'public' || route.access === 'hook' ? {} : { security: [{ bearer: [] }] }),
    ...(route.permission ? { 'x-permission': route.permission } : {}),
    parameters: [...parameters('path', route.params), ...parameters('query', route.query)],
    ...bodyOf(route),
    responses: {
      [status]: answer,
      default: {
        description: route.errors.length > 0 ? `Refusals: ${route.errors.join(', ')}` : 'A named problem',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function parameters(place: 'path' | 'query', schema: Route['params']): Json[] {
  const required = new Set((schema as { required?: string[] } | undefined)?.required ?? [])
  return Object.entries(schema?.properties ?? {}).map(([name, each]) => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    schema: each,
  }))
}

function bodyOf(route: Route): Json {
  if (route.bytes) {
    const content = Object.fromEntries(
      route.bytes.types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
    )
    return { requestBody: { required: true, content } }
  }
  return route.body
    ? { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }
    : {}
}

/** `POST /v1/orders/:orderId/cancellation` → `postV1OrdersOrderIdCancellation`. */
const operationId = (key: string): string =>
  key
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word, i) => (i === 0 ? word.toLowerCase() : word[0]!.toUpperCase() + word.slice(1)))
    .join('')
