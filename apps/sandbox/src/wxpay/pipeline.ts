/**
 * One way for every WeChat Pay request: read, let a fault strike, check, work, sign, send, write into the journal.
 * What is signed is what was sent: the path includes this sandbox's `/wxpay` prefix, because the client sends it.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { strikeBefore } from '../faults/before.ts'
import { actsAt } from '../faults/actions.ts'
import type { Call, FaultRule } from '../faults/rules.ts'
import type { World } from '../world.ts'
import { authorize } from './authorization.ts'
import type { Answer, Endpoint, Input } from './endpoint.ts'
import { isFieldObject } from './fields.ts'
import type { FieldValue } from './fields.ts'
import { Refusal, refusal, refuse } from './refusals.ts'
import { sendReply } from './reply.ts'

/** Answers whether a nonce was used before. */
export type NonceMemory = (nonce: string) => boolean

const SERIAL_HEADER = 'wechatpay-serial'

/** Mounts one endpoint. */
export const mountEndpoint = (
  app: FastifyInstance,
  world: World,
  endpoint: Endpoint,
  seenNonce: NonceMemory,
): void => {
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    handler: (request, reply) => serve(world, endpoint, seenNonce, request, reply),
  })
}

const serve = async (
  world: World,
  endpoint: Endpoint,
  seenNonce: NonceMemory,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const startedAt = performance.now()
  const raw = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : ''
  const parsed = parseBody(raw)
  const serialHeader = request.headers[SERIAL_HEADER]
  const input: Input = {
    params: request.params as Record<string, string>,
    query: request.query as Record<string, unknown>,
    body: isFieldObject(parsed) ? parsed : {},
    serial: typeof serialHeader === 'string' ? serialHeader : undefined,
    origin: world.config.apiOrigin ?? `${request.protocol}://${request.host}`,
    fault: null,
    action: null,
  }
  const about = endpoint.about(world, input)
  const rule = world.faults.strike({ ...about, route: endpoint.route, method: endpoint.method })
  input.fault = rule?.action.kind ?? null
  input.action = rule?.action ?? null
  const early =
    rule && actsAt(rule.action.kind, 'before') ? await strikeBefore(world, rule.action, about, reply) : null
  const notes: string[] = []
  let answer: Answer | null = early === 'gone' ? null : early
  if (early === null) {
    answer = await checkedAnswer(world, endpoint, seenNonce, request, raw, parsed, input, notes)
  }
  const sent = answer ? await sendReply(world, reply, answer, rule?.action ?? null, input.serial) : null
  world.journal.write({
    ...subjectOf(world, about),
    kind: notes.length > 0 ? 'warning' : 'request',
    route: endpoint.route,
    what: `${request.method} ${request.raw.url ?? ''}`,
    ...(sent ? { status: sent.status, sent: sent.body } : {}),
    tookMs: Math.round((performance.now() - startedAt) * 10) / 10,
    ...(raw ? { received: raw } : {}),
    ...faultOf(rule),
    ...(notes.length > 0 ? { note: notes.join('; ') } : {}),
  })
  return reply
}

const checkedAnswer = async (
  world: World,
  endpoint: Endpoint,
  seenNonce: NonceMemory,
  request: FastifyRequest,
  raw: string,
  parsed: FieldValue | undefined,
  input: Input,
  notes: string[],
): Promise<Answer> => {
  try {
    checkHeaders(request)
    const nonce = authorize(
      world.keys,
      {
        header: request.headers.authorization,
        method: request.method,
        target: request.raw.url ?? '',
        body: raw,
      },
      world.clock.stamp(),
    )
    if (seenNonce(nonce)) notes.push(`nonce ${nonce} was used before`)
    if (endpoint.method === 'POST' && !isFieldObject(parsed)) refuse('bodyUnreadable')
    return await endpoint.answer(world, input)
  } catch (error) {
    return refusalAnswer(world, error)
  }
}

const checkHeaders = (request: FastifyRequest): void => {
  const { accept, 'user-agent': userAgent, 'content-type': contentType } = request.headers
  if (!accept || !userAgent) refuse('headerMissing')
  if (request.method === 'POST' && !contentType?.toLowerCase().startsWith('application/json'))
    refuse('bodyMistyped')
}

const refusalAnswer = (world: World, error: unknown): Answer => {
  if (error instanceof Refusal) {
    const { status, code, message, detail } = error
    return { status, body: detail ? { code, message, detail } : { code, message } }
  }
  world.log.error(error)
  return { status: 500, body: { code: 'SYSTEM_ERROR', message: '系统异常，请用相同参数重新调用' } }
}

const parseBody = (raw: string): FieldValue | undefined => {
  if (raw === '') return undefined
  try {
    return JSON.parse(raw) as FieldValue
  } catch {
    return undefined
  }
}

const faultOf = (rule: FaultRule | null): { fault?: string } => (rule ? { fault: rule.action.kind } : {})

const subjectOf = (
  world: World,
  about: Partial<Call>,
): { outTradeNo?: string; outRefundNo?: string; shopper?: string } => {
  const shopper =
    about.shopper ?? (about.outTradeNo ? world.store.orders.get(about.outTradeNo)?.shopper : undefined)
  return {
    ...(about.outTradeNo ? { outTradeNo: about.outTradeNo } : {}),
    ...(about.outRefundNo ? { outRefundNo: about.outRefundNo } : {}),
    ...(shopper ? { shopper } : {}),
  }
}

/** A signed 404 for paths nobody serves, written into the journal like any request. */
export const answerUnknownPath = async (
  world: World,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const answer = refusalAnswer(world, refusal('routeMissing'))
  await sendReply(world, reply, answer, null, undefined)
  world.journal.write({
    kind: 'warning',
    route: 'unknown',
    what: `${request.method} ${request.raw.url ?? ''}`,
    status: answer.status,
    note: 'no such interface',
  })
  return reply
}
