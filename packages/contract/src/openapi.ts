import { SIGNED_REFUSALS } from './partners.ts'
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

const PROBLEM_CONTENT: Json = { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } }
const RETRY_AFTER: Json = {
  description: 'seconds to wait before the next try; with 429 and 503',
  schema: { type: 'integer' },
}
const WITH_RETRY_AFTER: Json = { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } }
const FAULT: Json = {
  description: 'A fault of ours (server.fault), or too much to do (server.overloaded): send the same again',
  headers: WITH_RETRY_AFTER,
  content: PROBLEM_CONTENT,
}
const SIGNATURE: Json = {
  type: 'apiKey',
  in: 'header',
  name: 'linli-signature',
  description: 'together with linli-key, linli-timestamp and linli-nonce',
}

const TAGS = [
  {
    prefix: '/console/v1',
    name: 'console',
    description: 'Head office and store managers; a permission each.',
  },
  {
    prefix: '/staff/v1',
    name: 'shop floor',
    description: 'Clerks and pickers: what waits, and handing it over.',
  },
  {
    prefix: '/hooks',
    name: 'provider callbacks',
    description: 'WeChat Pay calls these and signs what it says.',
  },
  {
    prefix: '/partner/v1',
    name: 'partners',
    description: 'Tills, an ERP: systems that connect. Each request is signed.',
  },
  { prefix: '/v1', name: 'shopper', description: 'The mini-program and the shop in the browser.' },
]

// What holds for every route, for those who connect a till or an ERP and read only this page.
const SIGNING_IN = `**Signing in.** \`POST /console/v1/sessions\` with account and password answers a token for 12 hours; send it as \`Authorization: Bearer …\`. Console,
shop floor and shoppers have sessions of their own. What an account may do and which stores it sees is in \`GET /console/v1/me\`; a route says
which permission it needs. A store that is not yours is refused (403); an order or a member that is not yours does not exist (404). A
system that connects, a till or an ERP, does not sign in: head office gives it a key, and it signs each request under \`/partner/v1\`.`
const SIGNING = `**Signing a request.** Send \`linli-key\` (the id of the key), \`linli-timestamp\` (Unix seconds, within five minutes of ours), \`linli-nonce\` (16 to
64 letters, digits, - and _, never the same twice) and \`linli-signature\`: base64 of the Ed25519 signature, or of the HMAC-SHA256, over six lines joined by
a line feed: \`linli-v1\`, method, path with query as sent, timestamp, nonce, and the SHA-256 of the body in lower-case hex (of nothing, for an empty
body). The secret of an HMAC key is used as the text it is.`
const EVERYWHERE = `**Values.** Money is integer fen, and such names end in \`Fen\`. Instants are RFC 3339 in UTC; a business day is a day in Asia/Shanghai. A store is
known by its code (\`S01\`), what is sold by \`skuId\`, and on its packing by a 13-digit barcode.

**Bodies** are JSON in UTF-8. Unknown fields are refused, text is not taken for a number, an optional field is left out, not null. Answers may gain fields.

**Refusals** are a \`Problem\`: act on \`code\`, which is stable; \`detail\` is for developers; \`requestId\` finds the case in our logs. Besides those a
route names, every route may answer \`request.invalid\` (400, with \`fields\`), \`session.missing\` and \`session.ended\` (401), \`staff.not_allowed\`
(403), \`server.fault\` (500) and \`server.overloaded\` (503, with \`Retry-After\`).

**Sending again.** Where a body has an \`idempotencyKey\`, choose one for each deed and send it again with the same content when no answer came: the
deed is done once. The same key with other content is refused. Every GET, PUT and DELETE can be sent again as it is.

**Lists** come in pages: tables by \`page\` and \`limit\` with a \`total\`, feeds by \`cursor\` until \`nextCursor\` is null.`

/** What a document may say besides its routes. */
export interface Beside {
  /** A body for a route, as somebody would really send it. */
  examples?: Readonly<Record<string, unknown>>
  /** What we send to others, by type. */
  webhooks?: Readonly<Record<string, unknown>>
}

/** An OpenAPI 3.1 document of a route table. TypeBox schemas are JSON Schema already: they are passed through as plain data. */
export function openApiOf(
  routes: Routes,
  info: { title: string; version: string },
  { examples = {}, webhooks }: Beside = {},
): Json {
  const paths: Record<string, Json> = {}
  const access = new Set(Object.values(routes).map((route) => route.access))
  const [isSigned, isSessioned] = [access.has('partner'), access.has('member') || access.has('console')]
  for (const [key, route] of Object.entries(routes)) {
    const [method = 'GET', path = '/'] = key.split(' ')
    const place = path.replace(/:(\w+)/g, '{$1}')
    const made = operation(key, path, { ...route, example: examples[key] })
    paths[place] = { ...paths[place], [method.toLowerCase()]: made }
  }
  const document = {
    openapi: '3.1.0',
    info: {
      ...info,
      description: [...(isSessioned ? [SIGNING_IN] : []), ...(isSigned ? [SIGNING] : []), EVERYWHERE].join(
        '\n\n',
      ),
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'where the chain runs it' }],
    tags: TAGS.filter(({ prefix }) => Object.keys(paths).some((place) => place.startsWith(prefix))).map(
      ({ name, description }) => ({ name, description }),
    ),
    paths,
    ...(webhooks ? { webhooks: webhooksOf(webhooks) } : {}),
    components: {
      schemas: { Problem: PROBLEM },
      responses: { Fault: FAULT },
      headers: { RetryAfter: RETRY_AFTER },
      securitySchemes: {
        ...(isSessioned ? { bearer: { type: 'http', scheme: 'bearer' } } : {}),
        ...(isSigned ? { signature: SIGNATURE } : {}),
      },
    },
  }
  return JSON.parse(JSON.stringify(document)) as Json // drops TypeBox's symbols and functions
}

type Described = Route & { example: unknown }

function operation(key: string, path: string, route: Described): Json {
  const status = String(route.status ?? 200)
  const answer: Json = { description: route.summary }
  if (route.stream) answer['content'] = { 'text/event-stream': { schema: { type: 'string' } } }
  else if (status !== '204') answer['content'] = { 'application/json': { schema: route.ok } }
  return {
    operationId: operationId(key),
    summary: route.summary,
    ...describe(route),
    tags: TAGS.filter(({ prefix }) => path.startsWith(prefix)).map(({ name }) => name),
    ...securityOf(route),
    ...(route.permission ? { 'x-permission': route.permission } : {}),
    ...(route.scope ? { 'x-scope': route.scope } : {}),
    parameters: [...parameters('path', route.params), ...parameters('query', route.query)],
    ...bodyOf(route),
    responses: {
      [status]: answer,
      '4XX': refusals(route),
      '5XX': { $ref: '#/components/responses/Fault' },
    },
  }
}

function refusals({ errors, access }: Route): Json {
  const own = errors.length > 0 ? [`Refusals: ${errors.join(', ')}`] : []
  if (access !== 'partner') return { description: own[0] ?? 'A named problem', content: PROBLEM_CONTENT }
  const signed = `of every signed request: ${SIGNED_REFUSALS.join(', ')}`
  return { description: [...own, signed].join('; '), headers: WITH_RETRY_AFTER, content: PROBLEM_CONTENT }
}

/** One message each; the scheme's headers are of the library's making on the other side. */
const webhooksOf = (events: Readonly<Record<string, unknown>>): Json =>
  Object.fromEntries(
    Object.entries(events).map(([type, schema]) => [
      type,
      {
        post: {
          operationId: `hear${operationId(`x ${type.replace(/[._]/g, ' ')}`).slice(1)}`,
          summary: `We tell you: ${type}`,
          tags: ['partners'],
          security: [],
          requestBody: { required: true, content: { 'application/json': { schema } } },
          responses: {
            '2XX': { description: 'heard; the message does not come again' },
            '4XX': { description: 'not heard; the message comes again later' },
          },
        },
      },
    ]),
  )

function describe({ permission, scope }: Route): Json {
  if (permission) return { description: `Needs the permission \`${permission}\`.` }
  return scope ? { description: `Needs the scope \`${scope}\`.` } : {}
}

function securityOf({ access }: Route): Json {
  if (access === 'public' || access === 'hook') return { security: [] }
  return { security: [access === 'partner' ? { signature: [] } : { bearer: [] }] }
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

function bodyOf(route: Described): Json {
  if (route.bytes) {
    const content = Object.fromEntries(
      route.bytes.types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
    )
    return { requestBody: { required: true, content } }
  }
  if (!route.body) return {}
  const example = route.example === undefined ? {} : { example: route.example }
  return {
    requestBody: { required: true, content: { 'application/json': { schema: route.body, ...example } } },
  }
}

/** `POST /v1/orders/:orderId/cancellation` → `postV1OrdersOrderIdCancellation`. */
const operationId = (key: string): string =>
  key
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word, i) => (i === 0 ? word.toLowerCase() : word[0]!.toUpperCase() + word.slice(1)))
    .join('')
