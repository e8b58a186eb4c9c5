import type { Access, Input, Output, Route, RouteKey, Routes } from '@linli/contract'
import fastify, {
  type FastifyContextConfig,
  type FastifyInstance,
  LogController,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { type Actor, type MemberActor, nobody, type PartnerActor, type StaffActor } from './actor.ts'
import { type ReadJson, readBodies } from './bodies.ts'
import { compileWhenCalled } from './compiling.ts'
import { newId } from './id.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { notAllowed, Problem, requestInvalid, routeMissing, signInNeeded } from './problem.ts'
import { answerProblem, refusalOf } from './refusing.ts'
import { answeredCall, type PartnerDoor, requireOwnStores, signedParts } from './signed.ts'

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
    : R['access'] extends 'partner'
      ? PartnerActor
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
  partners: PartnerDoor
  readJson: ReadJson
  metrics: Metrics
  /** Makes code of every schema now, instead of each when it is first needed. */
  compileAll(): void
}

/** A Fastify that refuses what it does not know, names every refusal, and times every route. */
export function createHttp({
  log,
  metrics,
  authenticate,
  partners,
}: {
  log: Log
  metrics: Metrics
  authenticate: Authenticate
  partners: PartnerDoor
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
  const compileAll = compileWhenCalled(app)
  const readJson = readBodies(app)
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
  return { app, authenticate, partners, readJson, metrics, compileAll }
}

/** Binds a route table to its handlers. A missing handler, a wrong answer or an unknown route does not compile. */
export function mount<const T extends Routes>(http: Http, routes: T, handlers: Handlers<T>): void {
  for (const [key, route] of Object.entries(routes) as [keyof T & string, Route][]) {
    mountOne(http, key, route, handlers[key as keyof T & RouteKey] as unknown as (call: unknown) => unknown)
  }
}

function mountOne(http: Http, key: string, route: Route, handle: (call: unknown) => unknown): void {
  const [method = 'GET', url = '/'] = key.split(' ')
  const takesBytes = route.bytes !== undefined || route.access === 'hook'
  const actors = new WeakMap<FastifyRequest, Actor>()
  const raws = new WeakMap<FastifyRequest, Buffer>()
  http.app.route({
    method: method,
    url,
    bodyLimit: route.bytes?.maxBytes ?? Math.max(BODY_LIMIT, largestText(route) * 3),
    config: configOf(route),
    schema: {
      params: route.params ?? CLOSED,
      querystring: route.query ?? CLOSED,
      ...(route.body && !takesBytes ? { body: route.body } : {}),
      ...(route.stream || route.status === 204 ? {} : { response: { [route.status ?? 200]: route.ok } }),
    },
    onRequest: async (request) => {
      actors.set(request, await identify(request, route, http.authenticate))
    },
    ...(route.access === 'partner' ? signedHooks(http, key, route, { actors, raws }) : {}),
    handler: async (request, reply) => {
      if (!route.body && !takesBytes && !isEmpty(request.body))
        throw new Problem(requestInvalid, { fields: [{ path: 'body', message: 'this route takes no body' }] })
      const answer = await handle({
        params: request.params,
        query: request.query,
        body: request.body,
        raw: raws.get(request) ?? request.body,
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

function configOf({ access, bytes }: Route): FastifyContextConfig {
  if (access === 'partner') return { raw: true, types: bytes?.types ?? ['application/json'] }
  return bytes ? { raw: true, types: bytes.types } : access === 'hook' ? { raw: true } : {}
}

/** A partner signs the bytes of a request: they are checked before anybody reads them, and every call is noted. */
function signedHooks(
  { partners, readJson }: Http,
  key: string,
  route: Route,
  { actors, raws }: { actors: WeakMap<FastifyRequest, Actor>; raws: WeakMap<FastifyRequest, Buffer> },
) {
  return {
    preValidation: async (request: FastifyRequest) => {
      const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      raws.set(request, raw)
      actors.set(request, await partners.admit(signedParts(request, raw), route.scope))
      if (route.body && !route.bytes) request.body = await readJson(request, raw)
      else if (raw.length === 0) request.body = undefined
    },
    preHandler: async (request: FastifyRequest) => {
      const actor = actors.get(request)
      if (actor?.kind === 'partner') requireOwnStores(request, actor)
    },
    onResponse: async (request: FastifyRequest, reply: FastifyReply) => {
      const code = refusalOf(request)
      const call = answeredCall(request, key, { status: reply.statusCode, code, ms: reply.elapsedTime })
      if (call) partners.note(call)
    },
  }
}

async function identify(request: FastifyRequest, route: Route, authenticate: Authenticate): Promise<Actor> {
  const access: Access = route.access
  if (access === 'hook' || access === 'partner') return nobody // their signatures speak for them
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
