import { answering, WxFailure, type Wire, type WxFunction } from './wx-call.ts'

export interface NetworkRequest {
  method: string
  /** Whole address, as the app gave it. */
  url: string
  headers: Record<string, string>
  body: string | undefined
}
/** Answers one `wx.request`; `null` is a line that is dead. */
export type Network = (request: NetworkRequest) => Promise<{ status: number; body: unknown } | null>

/** `wx.request` on a network that the test plays. */
export function networkFunctions(wire: Wire, network: Network): Record<string, unknown> {
  const request = answering(wire, 'request', async ({ url, method, header, data, dataType }) => {
    const reply = await network({
      method: typeof method === 'string' ? method : 'GET',
      url: String(url),
      headers: (header ?? {}) as Record<string, string>,
      body: typeof data === 'string' || data === undefined ? data : JSON.stringify(data),
    })
    if (reply === null) throw new WxFailure('net::ERR_INTERNET_DISCONNECTED')
    const asText = dataType !== undefined && dataType !== 'json'
    const text = reply.body === undefined || reply.body === null ? '' : JSON.stringify(reply.body)
    return { statusCode: reply.status, header: {}, cookies: [], data: asText ? text : reply.body }
  })
  const task: WxFunction = (options) => {
    request(options)
    const nothing = () => undefined
    return { abort: nothing, onHeadersReceived: nothing, offHeadersReceived: nothing }
  }
  return { request: task }
}
