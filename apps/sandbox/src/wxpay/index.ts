/**
 * WeChat Pay v3 as the product meets it: orders, queries, close, refunds, bills, certificates, under `/wxpay`.
 * Owns orders, refunds and notifications; promises the checks, codes and signatures of the real service.
 */
import type { FastifyInstance } from 'fastify'
import { billEndpoints } from '../bills/endpoints.ts'
import { mountBillFile } from '../bills/file.ts'
import { createBillShelf } from '../bills/shelf.ts'
import type { World } from '../world.ts'
import { createNonceMemory } from './authorization.ts'
import { certificates } from './certificates.ts'
import { close, jsapi, queryById, queryByNumber } from './orders.ts'
import { answerUnknownPath, mountEndpoint } from './pipeline.ts'
import { transfer, transferCancel, transferQuery } from './transfers.ts'
import { abnormalRefund, refund, refundQuery } from './refunds.ts'

const endpoints = [
  jsapi,
  queryByNumber,
  queryById,
  close,
  refund,
  refundQuery,
  abnormalRefund,
  certificates,
  transfer,
  transferQuery,
  transferCancel,
]
const BODY_BYTES_MAX = 1_048_576

/** Registers the interfaces; the caller chooses the prefix. */
export const wxpay = async (app: FastifyInstance, world: World): Promise<void> => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_BYTES_MAX }, (_request, body, done) => {
    done(null, body)
  })
  const seenNonce = createNonceMemory()
  const shelf = createBillShelf()
  for (const endpoint of [...endpoints, ...billEndpoints(shelf)])
    mountEndpoint(app, world, endpoint, seenNonce)
  mountBillFile(app, world, shelf, seenNonce)
  app.setNotFoundHandler((request, reply) => answerUnknownPath(world, request, reply))
}
