import type { Input, Output, ProblemBody, Route, RouteKey, Routes } from './route.ts'

export interface WireRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Path and query, beginning with `/`. */
  url: string
  headers: Record<string, string>
  body?: string | Uint8Array | Blob
}
export interface WireReply {
  status: number
  body: unknown
  /** What the answer asks to wait before the next try, where the transport can tell. */
  retryAfterSeconds?: number
}
/** Carries one request: `fetch`, `Taro.request` or `app.inject`. Rejects only when no answer came. */
export type Transport = (wire: WireRequest) => Promise<WireReply>

/** Thrown by the client when the server refused, with the code that the contract declares. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly problem: ProblemBody
  constructor(problem: ProblemBody) {
    super(`${problem.code}: ${problem.detail}`)
    this.problem = problem
  }
}

export interface ClientOptions {
  transport: Transport
  /** Read at every call, so that signing in and out needs no new client. */
  token?: () => string | null | undefined
}

export type Api<T extends Routes> = <K extends keyof T & RouteKey>(
  key: K,
  ...input: object extends Input<T[K]> ? [input?: Input<T[K]>] : [input: Input<T[K]>]
) => Promise<Output<T[K]>>

interface AnyInput {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
  bytes?: Uint8Array | Blob
  contentType?: string
}

const fill = (path: string, params: Record<string, string> = {}) =>
  path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))

// Not URLSearchParams: the mini-program runtimes do not have it.
const search = (query: Record<string, unknown> = {}) => {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null)
  const text = pairs.map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  )
  return text.length > 0 ? `?${text.join('&')}` : ''
}

/** A client for a route table, typed by `import type` alone: no schema reaches the bundle. */
export function createClient<T extends Routes>({ transport, token }: ClientOptions): Api<T> {
  const call = async (key: string, input: AnyInput = {}) => {
    const [method = 'GET', path = '/'] = key.split(' ')
    const headers: Record<string, string> = {}
    const bearer = token?.()
    if (bearer) headers['authorization'] = `Bearer ${bearer}`
    const wire: WireRequest = {
      method: method as WireRequest['method'],
      url: fill(path, input.params) + search(input.query),
      headers,
    }
    if (input.bytes) {
      headers['content-type'] = input.contentType ?? 'application/octet-stream'
      wire.body = input.bytes
    } else if (input.body !== undefined) {
      headers['content-type'] = 'application/json'
      wire.body = JSON.stringify(input.body)
    }
    const reply = await transport(wire)
    if (reply.status >= 200 && reply.status < 300) return reply.body
    throw new ApiProblem(problemOf(reply))
  }
  return call as unknown as Api<T>
}

// A proxy in between may answer with a page of HTML; the caller still gets a named problem.
function problemOf({ status, body }: WireReply): ProblemBody {
  if (typeof body === 'object' && body !== null && 'code' in body) return body as ProblemBody
  return { code: 'network.unreadable', status, detail: 'the answer is not one of ours', requestId: '' }
}

export type { Route }
