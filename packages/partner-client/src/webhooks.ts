import type { WebhookEvent } from '../../contract/src/webhook-events.ts'
import { bytesOfBase64, utf8 } from './bytes.ts'

/** `incomplete`: a header is missing. `old`: more than five minutes off, by either clock. `forged`: no signature of ours. */
export type WebhookFaultReason = 'incomplete' | 'old' | 'forged'

/** Why a message is not to be believed. Answer it with 400. */
export class WebhookFault extends Error {
  override readonly name = 'WebhookFault'
  readonly reason: WebhookFaultReason
  constructor(reason: WebhookFaultReason) {
    super(`webhook: ${reason}`)
    this.reason = reason
  }
}

/** Headers as `fetch` or as Node's server has them. */
type HeadersLike = { get(name: string): string | null } | Record<string, string | string[] | undefined>

const WINDOW_SECONDS = 300

function headerOf(headers: HeadersLike, name: string): string {
  if (typeof headers['get'] === 'function')
    return (headers as { get(name: string): string | null }).get(name) ?? ''
  const value = (headers as Record<string, string | string[] | undefined>)[name]
  return (typeof value === 'string' ? value : value?.join(' ')) ?? ''
}

const bytesOrNone = (text: string): Uint8Array<ArrayBuffer> => {
  try {
    return bytesOfBase64(text)
  } catch {
    return new Uint8Array()
  }
}

/**
 * What we told, once its signature was found good over its very bytes (Standard Webhooks). `id` is the same however often a message comes: note it, and
 * do nothing the second time. Types may be added: answer 2xx to those that you do not know.
 */
export async function verifyWebhook(
  secrets: string | readonly string[],
  { headers, body, now = Date.now() }: { headers: HeadersLike; body: string; now?: number },
): Promise<{ id: string; event: WebhookEvent }> {
  const id = headerOf(headers, 'webhook-id')
  const seconds = headerOf(headers, 'webhook-timestamp')
  const given = headerOf(headers, 'webhook-signature')
  if (id === '' || !/^\d{1,12}$/.test(seconds) || given === '') throw new WebhookFault('incomplete')
  if (Math.abs(now / 1000 - Number(seconds)) > WINDOW_SECONDS) throw new WebhookFault('old')
  const signatures = given
    .split(' ')
    .flatMap((each) => (each.startsWith('v1,') ? [bytesOrNone(each.slice(3))] : []))
  const text = utf8(`${id}.${seconds}.${body}`)
  for (const secret of typeof secrets === 'string' ? [secrets] : secrets) {
    const raw = bytesOfBase64(secret.replace(/^whsec_/, ''))
    const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, [
      'verify',
    ])
    for (const signature of signatures)
      if (await crypto.subtle.verify('HMAC', key, signature, text))
        return { id, event: JSON.parse(body) as WebhookEvent }
  }
  throw new WebhookFault('forged')
}
