/** One way for every call of the gateway: read, let a fault strike, check, work, sign, send, write into the journal. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actsAt } from '../faults/actions.ts'
import { strikeBefore } from '../faults/before.ts'
import { holdThenDrop } from '../faults/hold.ts'
import type { FaultAction } from '../faults/rules.ts'
import type { World } from '../world.ts'
import { bodyText } from '../wxpay/reply.ts'
import { tamper } from '../wxpay/seal.ts'
import type { BillShelf } from '../bills/shelf.ts'
import type { BillCall } from './bills.ts'
import { methods } from './methods.ts'
import type { Method } from './methods.ts'
import { AlipayRefusal, refuse } from './refusals.ts'
import { checkedContent, contentOf, fieldsOf } from './request.ts'
import type { Content } from './request.ts'
import { signBytes } from './wire.ts'
import type { Fields } from './wire.ts'

type Sent = { status: number; body: string }

/** Fields of a request, from its address and its form. */
export const readRequest = (request: FastifyRequest): Fields | null =>
  fieldsOf(
    new URL(request.raw.url ?? '', 'http://gateway').search,
    Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '',
  )

/** Answers one call of a merchant's server. */
export const serveCall = async (
  world: World,
  shelf: BillShelf,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const startedAt = performance.now()
  const fields = readRequest(request)
  const name = fields?.method ?? ''
  const method = methods[name]
  const about = numbersOf(contentOf(fields))
  const rule = method ? world.faults.strike({ ...about, route: method.route, method: 'POST' }) : null
  const action = rule?.action ?? null
  const origin = world.config.apiOrigin ?? `${request.protocol}://${request.host}`
  const bills = { shelf, origin }
  const sent = await struckOrServed(world, reply, { fields, name, method, action, about, bills })
  world.journal.write({
    ...about,
    kind: method ? 'request' : 'warning',
    route: method?.route ?? 'unknown',
    what: `${request.method} ${name || 'no method'}`,
    ...(sent ? { status: sent.status, sent: sent.body } : {}),
    tookMs: Math.round((performance.now() - startedAt) * 10) / 10,
    ...(fields?.biz_content ? { received: fields.biz_content } : {}),
    ...(rule ? { fault: rule.action.kind } : {}),
  })
  return reply
}

const numbersOf = (content: Content | null): { outTradeNo?: string; outRefundNo?: string } => {
  const { out_trade_no: trade, out_request_no: refund } = content ?? {}
  return {
    ...(typeof trade === 'string' ? { outTradeNo: trade } : {}),
    ...(typeof refund === 'string' ? { outRefundNo: refund } : {}),
  }
}

type Served = {
  fields: Fields | null
  name: string
  method: Method | undefined
  action: FaultAction | null
  about: { outTradeNo?: string }
  bills: BillCall
}

const struckOrServed = async (world: World, reply: FastifyReply, served: Served): Promise<Sent | null> => {
  const { action, about } = served
  if (action?.kind === 'status') {
    const content = { code: '20000', msg: 'Service Currently Unavailable', ...codesOf(action) }
    return send(world, reply, { ...served, action: null }, content, action.status ?? 200)
  }
  if (action && actsAt(action.kind, 'before')) {
    const early = await strikeBefore(world, action, about, reply)
    if (early === 'gone') return null
  }
  const content = answerOf(world, served)
  if (action?.kind === 'timeout-after') {
    await holdThenDrop(world, reply, action.ms)
    return null
  }
  return send(world, reply, served, content, action?.kind === 'error-after' ? 500 : 200)
}

/** A fault may name Alipay's own sub_code. */
const codesOf = ({ code, message }: FaultAction): Content => ({
  sub_code: code ?? 'isp.unknow-error',
  sub_msg: message ?? '系统繁忙，请稍后再试',
  ...(code !== undefined && !code.startsWith('isp.') ? { code: '40004', msg: 'Business Failed' } : {}),
})

const answerOf = (world: World, { fields, method, action, bills }: Served): Content => {
  try {
    if (!fields) return refuse('repeatedField')
    const content = checkedContent(world, fields)
    if (!method) return refuse('noMethod')
    return { code: '10000', msg: 'Success', ...method.answer(world, content, action?.kind ?? null, bills) }
  } catch (error) {
    if (error instanceof AlipayRefusal) return refusalContent(error)
    world.log.error(error)
    return { code: '20000', msg: 'Service Currently Unavailable', sub_code: 'isp.unknow-error' }
  }
}

const refusalContent = ({ code, subCode, message }: AlipayRefusal): Content => ({
  code,
  msg: code === '40004' ? 'Business Failed' : 'Invalid Arguments',
  sub_code: subCode,
  sub_msg: message,
})

const send = (
  world: World,
  reply: FastifyReply,
  { name, method, action }: Served,
  content: Content,
  status: number,
): Sent => {
  const fault = action?.kind ?? null
  const text = bodyText(content, fault)
  const sign = signBytes(text, world.keys.alipay.privateKey)
  const spoilt = fault === 'bad-signature' ? `${sign.startsWith('A') ? 'B' : 'A'}${sign.slice(1)}` : sign
  const key = method ? `${name.replaceAll('.', '_')}_response` : 'error_response'
  const shown = fault === 'tampered-body' ? tamper(text) : text
  const signature =
    fault === 'unsigned' || content.sub_code === 'isv.invalid-app-id' ? '' : `,"sign":"${spoilt}"`
  const body = `{"${key}":${shown}${signature}}`
  void reply.code(status).type('text/html;charset=utf-8').send(body)
  return { status, body }
}
