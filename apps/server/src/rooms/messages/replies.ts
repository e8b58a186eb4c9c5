import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Log } from '#kernel/log'
import { refuse } from '#kernel/problem'
import type { Members } from '#room/members'
import type { Consents } from './consents.ts'
import { replyUnreadable, signatureInvalid, smsOff } from './problems.ts'
import { isUnsubscribe, type SmsPort } from './sms.ts'

const Reply = Type.Object({
  phone: Type.String({ pattern: '^[0-9+]{5,20}$' }),
  text: Type.String({ maxLength: 1000 }),
})

export interface Delivery {
  raw: Buffer
  headers: Readonly<Record<string, string | string[] | undefined>>
  log: Log
}

const readReply = (raw: Buffer): unknown => {
  try {
    return JSON.parse(raw.toString('utf8'))
  } catch {
    return undefined
  }
}

/** What somebody answered to a text message. The unsubscribe word ends text messages to the member with that number; anything else is not for us. */
export async function takeReply(
  { sms, members, consents }: { sms: SmsPort | undefined; members: Members; consents: Consents },
  { raw, headers, log }: Delivery,
): Promise<void> {
  if (!sms) return refuse(smsOff)
  const header = (name: string) => String(headers[name] ?? '')
  const body = Buffer.isBuffer(raw) ? raw : Buffer.alloc(0)
  if (!sms.signed(header('x-sms-signature'), header('x-sms-timestamp'), body)) return refuse(signatureInvalid)
  const reply = readReply(body)
  if (!Value.Check(Reply, reply)) return refuse(replyUnreadable)
  if (!isUnsubscribe(reply.text)) return
  const memberId = await members.idByPhone(reply.phone)
  log.info({ known: memberId !== undefined }, 'text messages unsubscribed')
  if (memberId) await consents.say(memberId, 'sms', { agreed: false, wording: 1, via: 'sms_reply' })
}
