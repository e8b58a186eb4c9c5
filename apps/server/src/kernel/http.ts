import { isUtf8 } from 'node:buffer'
import type { Access, Input, Output, Route, RouteKey, Routes } from '@linli/contract'
import { Ajv } from 'ajv'
import fastify, { type FastifyInstance, LogController, type FastifyReply, type FastifyRequest } from 'fastify'
import { type Actor, type MemberActor, nobody, type StaffActor } from './actor.ts'
import { newId } from './id.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import {
  internalFault,
  mediaUnsupported,
  notAllowed,
  overloaded,
  Problem,
  requestInvalid,
  requestNotJson,
  requestNotUtf8,
  requestTooLarge,
  routeMissing,
  signInNeeded,
} from './problem.ts'

const BODY_LIMIT = 256 * 1024
/** A request that has not arrived whole by then is not waited for: slow clients must not fill the server. */
const REQUEST_WITHIN_MS = 60_000
const CLOSED = { type: 'object', additionalProperties: false } as const

/** Finds out who a bearer token belongs to; refuses with `session.ended` when it no longer does. */
export type Authenticate = (bearer: string, access: 'member' | 'staff' | 'console') => Promise<Actor>

/** An answer that was serialised before: sent as it is. */
export class Ready {
  readonly body: Buffer
  readonly type: string
  readonly headers: Readonly<Record<string, string>>
  constructor(
    body: Buffer,
    type = 'application/json; charset=utf-8',
    headers: Readonly<Record<string, string>> = {},
  ) {
    this.body = body
    this.type = type
    this.headers = headers
  }
}

type ActorFor<R extends Route> = R['access'] extends 'member'
  ? MemberActor
  : R['access'] extends 'staff' | 'console'
    ? StaffActor
    : Actor

export type Call<R extends Route> = Required<Omit<Input<R>, 'bytes' | 'contentType'>> & {
  actor: ActorFor<R>
  requestId: string
  log: Log
  headers: Readonly<Record<string, string | string[] | undefined>>
  /** The body as it came, for routes that check a signature or take bytes. */
  raw: Buffer
  /** For streams: the reply to write to. */
  reply: FastifyReply
}

export type Handlers<T extends Routes> = {
  [K in keyof T & RouteKey]: (call: Call<T[K]>) => Promise<Output<T[K]> | Ready> | Output<T[K]> | Ready
}

export interface Http {
  app: FastifyInstance
  authenticate: Authenticate
  metrics: Metrics
}

const ajvOptions = { removeAdditional: false, useDefaults: false, allErrors: false, strict: false } as const

/** A Fastify that refuses what it does not know, names every refusal, and times every route. */
export function createHttp({
  log,
  metrics,
  authenticate,
}: {
  log: Log
  metrics: Metrics
  authenticate: Authenticate
}): Http {
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_WITHIN_MS,
    frameworkErrors: (error, request, reply) => answerProblem(error, request, reply, metrics),
    genReqId: () => newId(),
    requestIdHeader: false,
    trustProxy: 'loopback',
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  })
  // Fastify's default would turn "5" into 5 and drop unknown fields silently. Only what a URL carries is text by nature.
  const exact = new Ajv({ ...ajvOptions, coerceTypes: false })
  const coercing = new Ajv({ ...ajvOptions, coerceTypes: true })
  app.setValidatorCompiler(({ schema, httpPart }) =>
    (httpPart === 'body' ? exact : coercing).compile(schema as object),
  )
  readBodies(app)
  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply, metrics))
  app.setNotFoundHandler((request, reply) =>
    answerProblem(new Problem(routeMissing), request, reply, metrics),
  )
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' })
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    metrics.requests.observe({ route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
    request.log.debug(
      { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    )
    done()
  })
  return { app, authenticate, metrics }
}

/**
 * Half of a surrogate pair, written as an escape ("\ud800"), is valid JSON and no text: PostgreSQL refuses it. Only half pairs are still escapes
 * after JSON was read and written again.
 */
function hasHalfCharacter(text: string, value: unknown): boolean {
  if (!/\\ud[89a-f]/i.test(text)) return false
  try {
    return /(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(JSON.stringify(value))
  } catch {
    return true // too deep to be written: nothing that a route takes
  }
}

function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (request.routeOptions.config.raw) return done(null, body)
    if (body.length === 0) return done(null, undefined)
    if (!isUtf8(body)) return done(new Problem(requestNotUtf8))
    const text = body.toString('utf8')
    return parseJson(request, text, (error, value) => {
      if (error) return done(new Problem(requestNotJson))
      return hasHalfCharacter(text, value) ? done(new Problem(requestNotUtf8)) : done(null, value)
    })
  })
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    const types = request.routeOptions.config.types
    const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
    if (request.routeOptions.config.raw && (!types || types.includes(type))) return done(null, body)
    return done(
      body.length === 0 && !request.headers['content-type'] ? null : new Problem(mediaUnsupported),
      undefined,
    )
  })
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Keep the body as bytes. */
    raw?: boolean
    types?: readonly string[]
  }
}

/** Binds a route table to its handlers. A missing handler, a wrong answer or an unknown route does not compile. */
export function mount<const T extends Routes>(http: Http, routes: T, handlers: Handlers<T>): void {
  for (const [key, route] of Object.entries(routes) as [keyof T & string, Route][]) {
    mountOne(http, key, route, handlers[key as keyof T & RouteKey] as unknown as (call: unknown) => unknown)
  }
}

function mountOne(
  { app, authenticate }: Http,
  key: string,
  route: Route,
  handle: (call: unknown) => unknown,
): void {
  const [method = 'GET', url = '/'] = key.split(' ')
  const takesBytes = route.bytes !== undefined || route.access === 'hook'
  const actors = new WeakMap<FastifyRequest, Actor>()
  app.route({
    method: method,
    url,
    bodyLimit: route.bytes?.maxBytes ?? Math.max(BODY_LIMIT, largestText(route) * 3),
    config: takesBytes ? { raw: true, ...(route.bytes ? { types: route.bytes.types } : {}) } : {},
    schema: {
      params: route.params ?? CLOSED,
      querystring: route.query ?? CLOSED,
      ...(route.body && !takesBytes ? { body: route.body } : {}),
      ...(route.stream || route.status === 204 ? {} : { response: { [route.status ?? 200]: route.ok } }),
    },
    onRequest: async (request) => {
      actors.set(request, await identify(request, route, authenticate))
    },
    handler: async (request, reply) => {
      if (!route.body && !takesBytes && !isEmpty(request.body))
        throw new Problem(requestInvalid, { fields: [{ path: 'body', message: 'this route takes no body' }] })
      const answer = await handle({
        params: request.params,
        query: request.query,
        body: request.body,
        raw: request.body,
        headers: request.headers,
        actor: actors.get(request) ?? nobody,
        requestId: request.id,
        log: request.log,
        reply,
      })
      if (route.stream) return reply
      if (answer instanceof Ready) return reply.headers(answer.headers).type(answer.type).send(answer.body)
      return route.status === 204 ? reply.code(204).send() : reply.code(route.status ?? 200).send(answer)
    },
  })
}

async function identify(request: FastifyRequest, route: Route, authenticate: Authenticate): Promise<Actor> {
  const access: Access = route.access
  if (access === 'hook') return nobody
  const header = request.headers.authorization
  const bearer = header?.startsWith('Bearer ') ? header.slice(7) : undefined
  // A public page may know its reader (favourites), but a stale token must not close it.
  if (access === 'public') return bearer ? authenticate(bearer, 'member').catch(() => nobody) : nobody
  if (!bearer) throw new Problem(signInNeeded)
  const actor = await authenticate(bearer, access)
  if (route.permission && !(actor.kind === 'staff' && actor.permissions.has(route.permission)))
    throw new Problem(notAllowed)
  return actor
}

const isEmpty = (body: unknown): boolean =>
  body === undefined || body === null || (typeof body === 'object' && Object.keys(body).length === 0)

// A route whose contract allows long text needs room for it; three bytes to a Chinese character.
const largestText = (route: Route): number => {
  const { properties = {} }: { properties?: Record<string, { maxLength?: number }> } = route.body ?? {}
  return Math.max(0, ...Object.values(properties).map((each) => each.maxLength ?? 0))
}

interface FastifyFault {
  code?: string
  statusCode?: number
  validation?: { instancePath: string; message?: string; params?: Record<string, unknown> }[]
  validationContext?: string
}

function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, metrics: Metrics): void {
  const known = error instanceof Problem ? error : translate(error as FastifyFault)
  if (known.status >= 500 && known.code === internalFault.code) request.log.error({ err: error }, 'fault')
  else request.log.info({ problem: known.code }, 'refused')
  metrics.refusals.inc({ code: known.code })
  if (known.status === 503) reply.header('retry-after', '1')
  void reply
    .code(known.status)
    .type('application/json; charset=utf-8')
    .send(
      JSON.stringify({
        code: known.code,
        status: known.status,
        detail: known.message,
        requestId: request.id,
        ...(known.fields ? { fields: known.fields } : {}),
        ...(known.data ? { data: known.data } : {}),
      }),
    )
}

function translate(error: FastifyFault): Problem {
  if (error.validation) {
    const fields = error.validation.map(({ instancePath, message = '', params = {} }) => ({
      path: [error.validationContext ?? 'body', ...instancePath.split('/').slice(1)].join('.'),
      message:
        'additionalProperty' in params ? `${message}: ${String(params['additionalProperty'])}` : message,
    }))
    return new Problem(requestInvalid, { fields })
  }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem(requestTooLarge)
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem(mediaUnsupported)
  if (error.statusCode === 503) return new Problem(overloaded)
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500)
    return new Problem(requestInvalid)
  return new Problem(internalFault)
}
