/**
 * Alipay as the product meets it: one gateway for the merchant's server and, for alipay.trade.wap.pay, for the shopper's browser, under `/alipay`.
 * Owns its trades; promises the checks, codes, signatures and notifications of the real service. What a browser sees of it are pages of the panel.
 */
import type { FastifyInstance } from 'fastify'
import type { World } from '../world.ts'
import { createBillShelf } from '../bills/shelf.ts'
import { mountBillFile } from './bills.ts'
import { serveCall } from './gateway.ts'

const BODY_BYTES_MAX = 262_144

/** Registers the gateway; the caller chooses the prefix. */
export const alipay = async (app: FastifyInstance, world: World): Promise<void> => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_BYTES_MAX }, (_request, body, done) => {
    done(null, body)
  })
  const shelf = createBillShelf()
  mountBillFile(app, world, shelf)
  app.post('/gateway.do', (request, reply) => serveCall(world, shelf, request, reply))
}
