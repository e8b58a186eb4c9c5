import fastifyStatic from '@fastify/static'
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Ctx } from './ctx.ts'
import type { Http } from './http.ts'

const YEAR = 'public, max-age=31536000, immutable'
const HASHED = /[.-][0-9a-zA-Z_-]{8,}\.(js|css|woff2|webp|png|svg)(\.br|\.gz)?$/

/**
 * Serves the built shop at `/` and the built console at `/console/`: compressed beforehand, hashed files for a year, `index.html` always asked
 * for again. Any other page of theirs is answered with `index.html`, because the browser draws the route.
 */
export async function mountScreens({ app }: Http, { config, log }: Ctx): Promise<void> {
  await mountOne('/console/', config.consoleDir)
  await mountOne('/', config.shopDir)

  async function mountOne(prefix: string, folder: string | undefined): Promise<void> {
    if (!folder || !existsSync(path.join(folder, 'index.html'))) {
      log.warn({ prefix }, 'screens are not built')
      return
    }
    await app.register(fastifyStatic, {
      root: path.resolve(folder),
      prefix,
      decorateReply: !app.hasReplyDecorator('sendFile'),
      preCompressed: true,
      wildcard: false,
      index: false,
      cacheControl: false,
      setHeaders(reply, file) {
        reply.header('cache-control', HASHED.test(file) ? YEAR : 'no-cache')
      },
    })
    app.get(`${prefix}*`, { exposeHeadRoute: false }, (request, reply) => {
      const wantsPage = (request.headers.accept ?? '').includes('text/html')
      const isApi = /^\/(v1|staff\/v1|leader\/v1|partner\/v1|hooks|media|console\/v1)(\/|$)/.test(request.url)
      if (!wantsPage || isApi) return reply.callNotFound()
      return reply
        .header('content-security-policy', policyOf(config))
        .sendFile('index.html', path.resolve(folder))
    })
  }
}

// The cashier of the sandbox opens in a frame; nothing else may.
function policyOf(config: Ctx['config']): string {
  const cashier = config.wechat.cashierUrl ? ` ${new URL(config.wechat.cashierUrl).origin}` : ''
  return [
    "default-src 'self'",
    "img-src 'self' data: blob:",
    "style-src 'self' 'unsafe-inline'",
    `connect-src 'self'${cashier}`,
    `frame-src 'self'${cashier}`,
    "frame-ancestors 'self'",
    "base-uri 'self'",
    "form-action 'self'",
  ].join('; ')
}
