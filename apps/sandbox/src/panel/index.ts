/**
 * The pages people see: the cashier and the login sheet a shop embeds, and the operator's panel at `/`. Every page
 * says SANDBOX, loads nothing from elsewhere, and may be framed only by friends.
 */
import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { guardOrigins } from '../origins.ts'
import type { World } from '../world.ts'
import { mountAlipayCashier } from './alipay-cashier.ts'
import { mountCashier } from './cashier.ts'
import { loginPage } from './login.ts'
import { operatorPage } from './operator-page.ts'
import { pageSender } from './sending.ts'
import { mountSubscribe } from './subscribe.ts'
import { mountTransfer } from './transfer.ts'
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
  'transfer.css': 'text/css; charset=utf-8',
  'transfer.js': 'text/javascript; charset=utf-8',
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
  'till.css': 'text/css; charset=utf-8',
  'till-basket.css': 'text/css; charset=utf-8',
  'till-aside.css': 'text/css; charset=utf-8',
  'till-sheets.css': 'text/css; charset=utf-8',
  'till-paper.css': 'text/css; charset=utf-8',
  'till.js': 'text/javascript; charset=utf-8',
  'till-basket.js': 'text/javascript; charset=utf-8',
  'till-benefits.js': 'text/javascript; charset=utf-8',
  'till-paying.js': 'text/javascript; charset=utf-8',
  'till-receipts.js': 'text/javascript; charset=utf-8',
  'till-settings.js': 'text/javascript; charset=utf-8',
  'till-top.js': 'text/javascript; charset=utf-8',
  'till-sheet.js': 'text/javascript; charset=utf-8',
} as const

/** Registers pages and their files. */
export const panel = async (app: FastifyInstance, world: World): Promise<void> => {
  guardOrigins(app, world.config)
  const sendPage = pageSender(world.config)
  await mountAssets(app)
  mountCashier(app, world, sendPage)
  mountAlipayCashier(app, world, sendPage)
  mountSubscribe(app, world, sendPage)
  mountTransfer(app, world, sendPage)
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
