import { isUtf8 } from 'node:buffer'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { mediaUnsupported, Problem, requestNotJson, requestNotUtf8 } from './problem.ts'

/** Reads bytes as JSON; refuses what is not UTF-8, not JSON, or no text. */
export type ReadJson = (request: FastifyRequest, body: Buffer) => Promise<unknown>

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

function jsonReader(app: FastifyInstance): ReadJson {
  const parseJson = app.getDefaultJsonParser('error', 'error')
  return async (request, body) => {
    if (body.length === 0) return undefined
    if (!isUtf8(body)) throw new Problem(requestNotUtf8)
    const text = body.toString('utf8')
    const value = await new Promise<unknown>((resolve, reject) => {
      void parseJson(request, text, (error, read) =>
        error ? reject(new Problem(requestNotJson)) : resolve(read),
      )
    })
    if (hasHalfCharacter(text, value)) throw new Problem(requestNotUtf8)
    return value
  }
}

/** JSON for routes that take it, bytes as they came for those that ask for them (`config.raw`), nothing else. */
export function readBodies(app: FastifyInstance): ReadJson {
  app.removeAllContentTypeParsers()
  const readJson = jsonReader(app)
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) =>
      request.routeOptions.config.raw ? body : readJson(request, body),
  )
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    const types = request.routeOptions.config.types
    const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
    if (request.routeOptions.config.raw && (!types || types.includes(type))) return done(null, body)
    return done(
      body.length === 0 && !request.headers['content-type'] ? null : new Problem(mediaUnsupported),
      undefined,
    )
  })
  return readJson
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Keep the body as bytes. */
    raw?: boolean
    types?: readonly string[]
  }
}
