/** `GET /v3/billdownload/file`: the bill itself. The request is signed like any other; the answer is bytes without signature headers. */
import { Readable } from 'node:stream'
import { createGzip, gzipSync } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { actsAt } from '../faults/actions.ts'
import { strikeBefore } from '../faults/before.ts'
import { newRequestId } from '../ids.ts'
import type { World } from '../world.ts'
import { authorize } from '../wxpay/authorization.ts'
import type { Answer } from '../wxpay/endpoint.ts'
import type { NonceMemory } from '../wxpay/pipeline.ts'
import { Refusal, refuse } from '../wxpay/refusals.ts'
import { FILE_PATH } from './endpoints.ts'
import { pieces } from './shelf.ts'
import type { BillShelf } from './shelf.ts'

export const mountBillFile = (
  app: FastifyInstance,
  world: World,
  shelf: BillShelf,
  seenNonce: NonceMemory,
): void => {
  app.get(FILE_PATH, async (request, reply) => {
    const rule = world.faults.strike({ route: 'bill-download', method: 'GET' })
    const early =
      rule && actsAt(rule.action.kind, 'before') ? await strikeBefore(world, rule.action, {}, reply) : null
    const cut = rule?.action.kind === 'bill-truncated'
    if (early === null) sendFile(world, shelf, seenNonce, request, reply, cut)
    else if (early !== 'gone') refuseFile(reply, early)
    world.journal.write({
      kind: 'request',
      route: 'bill-download',
      what: `GET ${request.raw.url ?? ''}`,
      ...(early === 'gone' ? {} : { status: reply.statusCode }),
      ...(rule ? { fault: rule.action.kind } : {}),
    })
    return reply
  })
}

const refuseFile = (reply: FastifyReply, { status, body }: Answer): void => {
  void reply.code(status).header('Request-ID', newRequestId(status)).send(body)
}

const sendFile = (
  world: World,
  shelf: BillShelf,
  seenNonce: NonceMemory,
  request: FastifyRequest,
  reply: FastifyReply,
  cut: boolean,
): void => {
  try {
    const { authorization: header, accept, 'user-agent': userAgent } = request.headers
    if (!accept || !userAgent) refuse('headerMissing')
    const signed = { header, method: 'GET', target: request.raw.url ?? '', body: '' }
    seenNonce(authorize(world.keys, signed, world.clock.stamp()))
    const { token } = request.query as { token?: unknown }
    const bill = shelf.take(typeof token === 'string' ? token : '', world.clock.now()) ?? refuse('billGone')
    const text = pieces(bill.text())
    void reply
      .code(200)
      .headers({ 'Request-ID': newRequestId(0), 'Content-Type': 'application/octet-stream' })
    if (cut) void reply.send(half(bill.zipped, text))
    else void reply.send(bill.zipped ? Readable.from(text).pipe(createGzip()) : Readable.from(text))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    refuseFile(reply, { status: error.status, body: { code: error.code, message: error.message } })
  }
}

/** The first half of the file, as a proxy leaves it that gave up in the middle and said nothing. */
const half = (zipped: boolean, text: Iterable<string>): Buffer => {
  const whole = Buffer.from([...text].join(''))
  const file = zipped ? gzipSync(whole) : whole
  return file.subarray(0, Math.ceil(file.length / 2))
}
