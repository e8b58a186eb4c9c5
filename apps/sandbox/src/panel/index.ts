/**
 * The pages people see: the cashier and the login sheet a shop embeds, and the operator's panel at `/`. Every page
 * says SANDBOX, loads nothing from elsewhere, and may be framed only by friends.
 */
import { readFile } from 'node:fs/promises'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { frameAncestors, guardOrigins } from '../origins.ts'
import type { World } from '../world.ts'
import { mountAlipayCashier } from './alipay-cashier.ts'
import { mountCashier } from './cashier.ts'
import { loginPage } from './login.ts'
import { operatorPage } from './operator-page.ts'
import { mountSubscribe } from './subscribe.ts'
import { bodyOf } from '../sim/body.ts'
import { wxacodeTarget } from '../wx/wxacode.ts'

const ASSETS = {
  'mark.svg': 'image/svg+xml',
  'tokens.css': 'text/css; charset=utf-8',
  'sheet.css': 'text/css; charset=utf-8',
  'cashier.css': 'text/css; charset=utf-8',
  'cashier.js': 'text/javascript; charset=utf-8',
  'alipay.css': 'text/css; charset=utf-8',
  'alipay.js': 'text/javascript; charset=utf-8',
  'login.css': 'text/css; charset=utf-8',
  'login.js': 'text/javascript; charset=utf-8',
  'subscribe.css': 'text/css; charset=utf-8',
  'subscribe.js': 'text/javascript; charset=utf-8',
  'telephone.js': 'text/javascript; charset=utf-8',
  'messenger.js': 'text/javascript; charset=utf-8',
  'panel.css': 'text/css; charset=utf-8',
  'panel-tables.css': 'text/css; charset=utf-8',
  'panel-parts.css': 'text/css; charset=utf-8',
  'panel-desks.css': 'text/css; charset=utf-8',
  'panel.js': 'text/javascript; charset=utf-8',
  'dom.js': 'text/javascript; charset=utf-8',
  'desk-alipay.js': 'text/javascript; charset=utf-8',
  'desk-orders.js': 'text/javascript; charset=utf-8',
  'desk-notifications.js': 'text/javascript; charset=utf-8',
  'desk-refunds.js': 'text/javascript; charset=utf-8',
  'desk-faults.js': 'text/javascript; charset=utf-8',
  'desk-phone.js': 'text/javascript; charset=utf-8',
  'desk-erp.js': 'text/javascript; charset=utf-8',
  'desk-journal.js': 'text/javascript; charset=utf-8',
} as const

/** Registers pages and their files. */
export const panel = async (app: FastifyInstance, world: World): Promise<void> => {
  guardOrigins(app, world.config)
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors(world.config)}`,
  ].join('; ')
  const sendPage = (reply: FastifyReply, text: string, status = 200): FastifyReply =>
    reply
      .code(status)
      .headers({
        'Content-Security-Policy': policy,
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
      })
      .type('text/html; charset=utf-8')
      .send(text)
  await mountAssets(app)
  mountCashier(app, world, sendPage)
  mountAlipayCashier(app, world, sendPage)
  mountSubscribe(app, world, sendPage)
  app.get('/wxacode', (request, reply) => {
    const target = wxacodeTarget(world.config.shopOrigin ?? world.config.productOrigin, bodyOf(request.query))
    return target === null ? reply.code(404).send('no such page') : reply.redirect(target)
  })
  app.get('/login', (request, reply) => sendPage(reply, loginPage(world, request.query)))
  app.get('/', (_request, reply) => sendPage(reply, operatorPage(world)))
}

const mountAssets = async (app: FastifyInstance): Promise<void> => {
  for (const [name, type] of Object.entries(ASSETS)) {
    const content = await readFile(new URL(`assets/${name}`, import.meta.url))
    app.get(`/assets/${name}`, (_request, reply) =>
      reply
        .headers({ 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' })
        .type(type)
        .send(content),
    )
  }
}
