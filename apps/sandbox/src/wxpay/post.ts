/** Posting a notification: one attempt, five seconds, nothing followed, connections reused. */
import http from 'node:http'
import https from 'node:https'

export type Delivery = {
  url: string
  headers: Record<string, string>
  body: string
  /** Send the body in two chunks without a Content-Length. */
  chunked: boolean
}

/** What came back: a status, or why there is none. */
export type Receipt = { status: number | null; error: string | null; tookMs: number; body: string }

const SOCKETS_MAX = 64
const REPLY_BYTES_MAX = 1_024
const pool = { keepAlive: true, maxSockets: SOCKETS_MAX }

export type Poster = { post: (delivery: Delivery, timeoutMs: number) => Promise<Receipt>; close: () => void }

/** A poster with its own connection pools. */
export const createPoster = (): Poster => {
  const plain = new http.Agent(pool)
  const secure = new https.Agent(pool)
  const post = (delivery: Delivery, timeoutMs: number, retried = false): Promise<Receipt> =>
    new Promise((done) => {
      const startedAt = performance.now()
      const target = new URL(delivery.url)
      const client = target.protocol === 'https:' ? https : http
      const request = client.request(target, {
        method: 'POST',
        agent: target.protocol === 'https:' ? secure : plain,
        headers: delivery.chunked
          ? delivery.headers
          : { ...delivery.headers, 'Content-Length': String(Buffer.byteLength(delivery.body)) },
      })
      let settled = false
      const finish = (status: number | null, error: string | null, body = '') => {
        if (settled) return
        settled = true
        clearTimeout(timer)
        done({ status, error, tookMs: Math.round(performance.now() - startedAt), body })
      }
      const timer = setTimeout(() => {
        finish(null, `no answer within ${timeoutMs} ms`)
        request.destroy()
      }, timeoutMs)
      request.on('response', (response) =>
        readReply(response, (body) => finish(response.statusCode ?? null, null, body)),
      )
      request.on('error', (error: NodeJS.ErrnoException) => {
        // The other side may close an idle kept-alive connection just as we reuse it: that is our doing, try once more.
        if (error.code === 'ECONNRESET' && request.reusedSocket && !retried && !settled) {
          settled = true
          clearTimeout(timer)
          done(post(delivery, timeoutMs, true))
          return
        }
        finish(null, error.code ?? error.message)
      })
      sendBody(request, delivery)
    })
  return {
    post: (delivery, timeoutMs) => post(delivery, timeoutMs),
    close: () => {
      plain.destroy()
      secure.destroy()
    },
  }
}

const sendBody = (request: http.ClientRequest, delivery: Delivery): void => {
  if (!delivery.chunked) {
    request.end(delivery.body)
    return
  }
  const bytes = Buffer.from(delivery.body)
  const half = bytes.length >> 1
  request.write(bytes.subarray(0, half), () => request.end(bytes.subarray(half)))
}

const readReply = (response: http.IncomingMessage, done: (body: string) => void): void => {
  let body = ''
  response.setEncoding('utf8')
  response.on('data', (part: string) => {
    if (body.length < REPLY_BYTES_MAX) body += part.slice(0, REPLY_BYTES_MAX - body.length)
  })
  response.on('end', () => done(body))
  response.on('close', () => done(body))
}
