/**
 * Which web pages may talk to the sandbox. It can settle orders, so a page from anywhere must not reach it through a
 * developer's browser: only loopback, the sandbox's own configured hosts, and the configured shop are friends.
 */
import type { FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import { SimProblem } from './problem.ts'

type Origins = Pick<Config, 'apiOrigin' | 'publicOrigin' | 'shopOrigin'>

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])
const PREFLIGHT_SECONDS = '600'

/** Whether this origin or address belongs to a friend. */
export const isFriendly = (config: Origins, address: string): boolean => {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return false
  if (LOOPBACK.has(url.hostname) || url.origin === config.shopOrigin) return true
  return [config.publicOrigin, config.apiOrigin].some(
    (own) => own !== null && new URL(own).hostname === url.hostname,
  )
}

/** Who may put our pages into a frame, as a `frame-ancestors` list. */
export const frameAncestors = (config: Origins): string => {
  const own = [config.publicOrigin, config.apiOrigin].flatMap((origin) => {
    if (origin === null) return []
    const { hostname } = new URL(origin)
    return [`http://${hostname}:*`, `https://${hostname}:*`]
  })
  const loopback = [...LOOPBACK].filter((host) => host !== '[::1]').map((host) => `http://${host}:*`)
  return ["'self'", ...loopback, ...own, ...(config.shopOrigin ? [config.shopOrigin] : [])].join(' ')
}

/** Refuses requests from strangers' pages and answers friends' CORS questions, for the routes of this scope. */
export const guardOrigins = (app: FastifyInstance, config: Origins): void => {
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers
    if (origin === undefined) return
    if (!isFriendly(config, origin)) {
      throw new SimProblem(403, 'sim.origin_refused', `pages from ${origin} may not use the sandbox`)
    }
    reply.headers({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Headers': 'content-type',
      'Access-Control-Allow-Methods': 'GET, POST, DELETE',
      'Access-Control-Max-Age': PREFLIGHT_SECONDS,
      Vary: 'Origin',
    })
  })
  app.options('/*', (_request, reply) => reply.code(204).send())
}
