/**
 * A gateway for text messages, as small as one can be: `POST /sms/messages`, JSON, signed with a secret that both sides know. What was taken lies on
 * the shopper's phone; what they answer goes to the product's hook, signed the same way.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { holdThenDrop } from './faults/hold.ts'
import { strikeBefore } from './faults/before.ts'
import { SimProblem } from './problem.ts'
import { isDemoPhone } from './shoppers.ts'
import { bodyOf } from './sim/body.ts'
import { arrive } from './wx/subscribe.ts'
import type { World } from './world.ts'

const LATE_SECONDS = 300
const TEXT_MAX = 500

const mac = (world: World, stamp: string, body: string): string =>
  createHmac('sha256', world.keys.smsSecret).update(`${stamp}\n${body}`).digest('hex')

const isSigned = (world: World, stamp: string, body: string, given: string): boolean => {
  const late = Math.abs(Date.now() / 1_000 - Number(stamp))
  const right = Buffer.from(mac(world, stamp, body))
  const told = Buffer.from(given)
  return late <= LATE_SECONDS && told.length === right.length && timingSafeEqual(told, right)
}

/** Registers the gateway; the caller chooses the prefix. */
export const sms = async (app: FastifyInstance, world: World): Promise<void> => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.post('/messages', async (request, reply) => {
    const text = typeof request.body === 'string' ? request.body : ''
    const stamp = String(request.headers['x-sms-timestamp'] ?? '')
    if (!isSigned(world, stamp, text, String(request.headers['x-sms-signature'] ?? '')))
      throw new SimProblem(
        401,
        'sms.signature_wrong',
        'the request is not signed with the secret, or too old',
      )
    const { id, phone, text: words } = bodyOf(JSON.parse(text))
    const rule = world.faults.strike({ route: 'sms', method: 'POST' })
    const note = (status?: number) =>
      world.journal.write({
        kind: 'request',
        route: 'sms',
        what: `POST /sms/messages ${String(id)}`,
        ...(status === undefined ? {} : { status }),
        ...(rule ? { fault: rule.action.kind } : {}),
      })
    const answer = (status: number, body: object) => {
      note(status)
      return reply.code(status).send(body)
    }
    const early = rule ? await strikeBefore(world, rule.action, {}, reply) : null
    if (early === 'gone') return reply
    if (early) return answer(early.status, bodyOf(early.body))
    if (
      !isDemoPhone(phone) ||
      typeof words !== 'string' ||
      !/^【[^】]{2,12}】/.test(words) ||
      words.length > TEXT_MAX
    )
      return answer(400, {
        code: 'sms.refused',
        message: 'not a number of the demo, or no signature before the text',
      })
    arrive(world, { channel: 'sms', to: phone, title: '短信', lines: [['', words]], page: '' })
    if (rule?.action.kind === 'timeout-after') {
      note()
      await holdThenDrop(world, reply, rule.action.ms)
      return reply
    }
    return answer(200, { id })
  })
}

/** The shopper answers a text message: posted to the product, signed. Answers its status. */
export const replySms = async (
  world: World,
  hookUrl: string,
  phone: string,
  text: string,
): Promise<number> => {
  const body = JSON.stringify({ phone, text })
  const stamp = String(Math.floor(Date.now() / 1_000))
  const reply = await fetch(hookUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-sms-timestamp': stamp,
      'x-sms-signature': mac(world, stamp, body),
    },
    body,
  })
  return reply.status
}
