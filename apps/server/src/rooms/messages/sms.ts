import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Ctx } from '#kernel/ctx'
import type { Verdict } from './rules.ts'

/** What a reader sends back to end text messages, in any case, alone. */
const UNSUBSCRIBE = new Set(['R', 'TD', 'T', '退订'])
export const isUnsubscribe = (text: string): boolean => UNSUBSCRIBE.has(text.trim().toUpperCase())

/**
 * A gateway for text messages. `send` answers `unknown` when nobody knows whether it was taken; the message is then never sent again. Another gateway
 * is another function of this shape.
 */
export interface SmsPort {
  send(message: { id: string; phone: string; text: string }): Promise<Verdict>
  /** Did the gateway sign this reply, and lately? */
  signed(signature: string, stamp: string, body: Buffer): boolean
  /** Stands before every text, as the law wants: 【…】. */
  signature: string
}

const ANSWER_WITHIN_MS = 5000
const LATE_SECONDS = 300

/** The gateway of `SMS_FILE`: JSON over HTTP, each request signed with the secret that both sides know. Undefined without such a file. */
export function createSms({
  config,
  clock,
  log,
}: Pick<Ctx, 'config' | 'clock' | 'log'>): SmsPort | undefined {
  if (!config.sms) return undefined
  const { url, secret, signature } = config.sms
  const mac = (stamp: string, body: Buffer | string) =>
    createHmac('sha256', secret).update(`${stamp}\n`).update(body).digest()
  return {
    signature,
    async send(message) {
      const body = JSON.stringify(message)
      const stamp = String(Math.floor(clock.stamp().getTime() / 1000))
      try {
        const reply = await fetch(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'x-sms-timestamp': stamp,
            'x-sms-signature': mac(stamp, body).toString('hex'),
          },
          body,
          signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
        })
        if (reply.ok) return 'sent'
        if (reply.status === 429) return 'again'
        return reply.status < 500 ? 'failed' : 'unknown'
      } catch (error) {
        log.warn({ err: error, message: message.id }, 'the sms gateway did not answer')
        return 'unknown'
      }
    },
    signed(given, stamp, body) {
      const late = Math.abs(clock.stamp().getTime() / 1000 - Number(stamp))
      if (!(late <= LATE_SECONDS)) return false
      const right = mac(stamp, body)
      const told = Buffer.from(given, 'hex')
      return told.length === right.length && timingSafeEqual(told, right)
    },
  }
}

/** The text as it goes out: who writes, what, and, for marketing, how to end it. */
export const smsText = (signature: string, body: string, marketing: boolean): string =>
  `【${signature}】${body}${marketing ? '拒收请回复R' : ''}`
