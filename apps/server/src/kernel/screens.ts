import fastifyStatic from '@fastify/static'
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Ctx } from './ctx.ts'
import type { Http } from './http.ts'

const YEAR = 'public, max-age=31536000, immutable'
const API = /^\/(v1|staff\/v1|leader\/v1|partner\/v1|hooks|media|console\/v1)(\/|$)/
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
    const root = path.resolve(folder)
    await app.register(fastifyStatic, {
      root,
      // Files are looked up when they are asked for, so that a new build needs no new start.
      serve: false,
      decorateReply: !app.hasReplyDecorator('sendFile'),
      preCompressed: true,
      cacheControl: false,
      setHeaders(reply, file) {
        reply.header('cache-control', HASHED.test(file) ? YEAR : 'no-cache')
      },
    })
    app.get<{ Params: { '*': string } }>(`${prefix}*`, { exposeHeadRoute: false }, (request, reply) => {
      const file = request.params['*']
      const isPage = !path.posix.extname(file) && (request.headers.accept ?? '').includes('text/html')
      if (API.test(request.url)) return reply.callNotFound()
      if (!isPage) return reply.sendFile(file, root)
      return reply.header('content-security-policy', policyOf(config)).sendFile('index.html', root)
    })
  }
}

// The cashier of the sandbox opens in a frame; nothing else may.
function policyOf(config: Ctx['config']): string {
  const cashier = config.wechat.cashierUrl ? ` ${new URL(config.wechat.cashierUrl).origin}` : ''
  return [
    "default-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "style-src 'self' 'unsafe-inline'",
    `connect-src 'self'${cashier}`,
    `frame-src 'self'${cashier}`,
    "frame-ancestors 'self'",
    "base-uri 'self'",
    "form-action 'self'",
  ].join('; ')
}
