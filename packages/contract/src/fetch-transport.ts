import type { Transport, WireReply } from './client.ts'

/** What an answer says, read as JSON where it is some. */
export const parse = (text: string): unknown => {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** `Retry-After` in seconds; a date is not read, we never send one. */
const waitOf = (headers: Headers): Pick<WireReply, 'retryAfterSeconds'> => {
  const text = headers.get('retry-after') ?? ''
  return /^\d{1,6}$/.test(text) ? { retryAfterSeconds: Number(text) } : {}
}

/** Browser and Node: `fetch` against `origin` ('' means the page's own). */
export const fetchTransport =
  (origin = '', timeoutMs = 15_000): Transport =>
  async ({ method, url, headers, body }) => {
    const init: RequestInit = { method, headers, signal: AbortSignal.timeout(timeoutMs) }
    if (body !== undefined) init.body = body as NonNullable<RequestInit['body']>
    const reply = await fetch(origin + url, init)
    return { status: reply.status, body: parse(await reply.text()), ...waitOf(reply.headers) }
  }
