import type { Transport, WireReply } from './client.ts'
import { parse } from './fetch-transport.ts'

export { fetchTransport } from './fetch-transport.ts'

/** The one shape of `Taro.request` and `wx.request` that we use. */
export type MiniRequest = (options: {
  url: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  header: Record<string, string>
  data?: string | ArrayBuffer
  timeout: number
  dataType: string
}) => PromiseLike<{ statusCode: number; data: unknown }>

/** What a mini-program sends: text, or bytes in a buffer of their own. */
const dataOf = async (body: string | Uint8Array | Blob): Promise<string | ArrayBuffer> => {
  if (typeof body === 'string') return body
  if (body instanceof Uint8Array) return body.slice().buffer
  return body.arrayBuffer()
}

/** Mini-programs: `Taro.request` or a promisified `wx.request`. */
export const miniTransport =
  (request: MiniRequest, origin: string, timeoutMs = 15_000): Transport =>
  async ({ method, url, headers, body }) => {
    const options = { url: origin + url, method, header: headers, timeout: timeoutMs, dataType: 'text' }
    const reply = await request(body === undefined ? options : { ...options, data: await dataOf(body) })
    return { status: reply.statusCode, body: typeof reply.data === 'string' ? parse(reply.data) : reply.data }
  }

/** Tests: Fastify's `app.inject`, so a story runs through the same client as the shop. */
export const injectTransport =
  (
    inject: (options: {
      method: 'GET' | 'POST' | 'PUT' | 'DELETE'
      url: string
      headers: Record<string, string>
      payload?: string | Buffer
    }) => PromiseLike<{ statusCode: number; body: string }>,
  ): Transport =>
  async ({ method, url, headers, body }): Promise<WireReply> => {
    const payload = body instanceof Blob ? Buffer.from(await body.arrayBuffer()) : body
    const options = { method, url, headers }
    const reply = await inject(
      payload === undefined
        ? options
        : { ...options, payload: typeof payload === 'string' ? payload : Buffer.from(payload) },
    )
    return { status: reply.statusCode, body: parse(reply.body) }
  }
