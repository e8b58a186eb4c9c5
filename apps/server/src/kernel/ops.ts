import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { allRoutes, openApiOf } from '@linli/contract'
import { PARTNER_EXAMPLES } from '@linli/contract/partner-examples'
import { sql } from 'kysely'
import { timingSafeEqual } from 'node:crypto'
import type { Ctx } from './ctx.ts'
import type { Http } from './http.ts'
import { Problem, signInNeeded } from './problem.ts'

export const API_INFO = { title: '邻里 Linli API', version: '0.1.0' }

// The page draws itself with styles on its elements. Not the plugin's own policy: that one forbids them, and sends a browser that came by http to https.
const DOCS_POLICY = {
  'default-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'style-src': ["'self'", "'unsafe-inline'"],
  'object-src': ["'none'"],
  'base-uri': ["'self'"],
  'frame-ancestors': ["'self'"],
}

/** Routes for those who run the server: health, readiness, metrics, and the reference of the API. */
export async function mountOps({ app }: Http, ctx: Ctx, isStopping: () => boolean): Promise<void> {
  app.get('/healthz', { logLevel: 'silent' }, () => ({ status: 'ok' }))
  app.get('/readyz', { logLevel: 'silent' }, async (_request, reply) => {
    const reason = isStopping() ? 'stopping' : await databaseTrouble(ctx)
    return reply.code(reason ? 503 : 200).send(reason ? { status: 'not ready', reason } : { status: 'ready' })
  })
  app.get('/metrics', { logLevel: 'silent' }, async (request, reply) => {
    if (!mayReadMetrics(ctx.config.metricsToken, request.headers.authorization))
      throw new Problem(signInNeeded)
    return reply.type(ctx.metrics.registry.contentType).send(await ctx.metrics.registry.metrics())
  })
  const document = openApiOf(allRoutes, API_INFO, { examples: PARTNER_EXAMPLES })
  app.get('/openapi.json', () => document)
  await app.register(swagger, { mode: 'static', specification: { document: document as never } })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: DOCS_POLICY,
    uiConfig: { docExpansion: 'list' },
  })
}

async function databaseTrouble({ db, log }: Ctx): Promise<string | undefined> {
  try {
    await sql`select 1`.execute(db)
    return undefined
  } catch (error) {
    log.warn({ err: error }, 'not ready')
    return 'database'
  }
}

function mayReadMetrics(token: string | undefined, header: string | undefined): boolean {
  if (!token) return true
  const right = Buffer.from(`Bearer ${token}`)
  const given = Buffer.from(header ?? '')
  return given.length === right.length && timingSafeEqual(given, right)
}
