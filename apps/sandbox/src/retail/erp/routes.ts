/** The pretended ERP on the wire: its webhook, and for people and scripts what it may be told to do (`/_sim/erp/…`). */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { bodyOf, refuse } from '../../sim/body.ts'
import { ANSWERS } from './book.ts'
import { DEEDS } from './deeds.ts'
import type { Deed } from './deeds.ts'
import type { Erp } from './erp.ts'
import { STORES } from './goods.ts'
import { hear } from './hearing.ts'
import { readErpKey } from './key.ts'

const isDeed = (value: unknown): value is Deed => typeof value === 'string' && Object.hasOwn(DEEDS, value)

/** Where the chain sends what happened. The very bytes are signed, so nothing parses them before. */
export const erpWebhook = async (app: FastifyInstance, erp: Erp, dataDir: string): Promise<void> => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  const onMessage = async (request: FastifyRequest, reply: FastifyReply) => {
    const key = await readErpKey(dataDir)
    if (!key) return reply.code(404).send()
    const body = typeof request.body === 'string' ? request.body : ''
    const status = await hear(erp.book, key.webhookSecret, { headers: request.headers, body })
    await erp.save()
    return reply.code(status).send()
  }
  app.route({ method: 'POST', url: '/webhooks', handler: onMessage })
}

/** Registers what people and scripts do with it. */
export const mountErp = (app: FastifyInstance, erp: Erp, dataDir: string): void => {
  app.get('/erp', async () => {
    const key = await readErpKey(dataDir)
    const { queue, withheld, last, ...book } = erp.book
    return {
      ...book,
      connected: key !== null,
      source: key?.source ?? null,
      origin: key?.origin ?? null,
      stores: STORES,
      waiting: queue.length,
      withheld: withheld.length,
      hasLast: last !== null,
    }
  })
  const onDeed = async (request: FastifyRequest) => {
    const { deed } = bodyOf(request.body)
    if (!isDeed(deed)) return refuse('erp.deed_wrong', `deed is one of ${Object.keys(DEEDS).join(', ')}`)
    return { sent: (await erp.act(deed)) ?? null }
  }
  const onLine = async (request: FastifyRequest) => {
    const { isCut } = bodyOf(request.body)
    if (typeof isCut !== 'boolean') return refuse('erp.line_wrong', 'isCut is true or false')
    await erp.cut(isCut)
    return { isCut }
  }
  const onAnswers = async (request: FastifyRequest) => {
    const { answers } = bodyOf(request.body)
    const wanted = ANSWERS.find((one) => one === answers)
    if (!wanted) return refuse('erp.answers_wrong', `answers is one of ${ANSWERS.join(', ')}`)
    await erp.answer(wanted)
    return { answers: wanted }
  }
  app.route({ method: 'POST', url: '/erp/deeds', handler: onDeed })
  app.route({ method: 'POST', url: '/erp/line', handler: onLine })
  app.route({ method: 'POST', url: '/erp/answers', handler: onAnswers })
}
