import type { FastifyRequest } from 'fastify'
import { inScope, type PartnerActor } from './actor.ts'
import { Problem, problem } from './problem.ts'

/** A request as somebody signed it: these bytes are believed, nothing that was read out of them before. */
export interface SignedRequest {
  method: string
  /** Path and query, exactly as sent. */
  url: string
  body: Buffer
  keyId: string
  timestamp: string
  nonce: string
  signature: string
}

export interface AnsweredCall {
  keyId: string
  method: string
  /** The pattern of the route, never the path with its ids. */
  route: string
  storeId: string | null
  status: number
  code: string | null
  ms: number
  requestId: string
}

/** Lets partners in. A room stands behind it; the kernel only carries requests there. */
export interface PartnerDoor {
  /** Who signed this, if they may call a route of this scope now; refuses by name. */
  admit(request: SignedRequest, scope: string | undefined): Promise<PartnerActor>
  /** Notes how a call ended. Never fails. */
  note(call: AnsweredCall): void
}

export const signatureMissing = problem(
  'partners.signature_missing',
  401,
  'sign the request: linli-key, linli-timestamp, linli-nonce and linli-signature',
)
export const storeForeign = problem('partners.store_foreign', 403, 'this store is not one of yours')

const HEADERS = {
  keyId: ['linli-key', /^lk_[A-Za-z0-9_-]{16}$/],
  timestamp: ['linli-timestamp', /^[0-9]{10}$/],
  nonce: ['linli-nonce', /^[A-Za-z0-9_-]{16,64}$/],
  signature: ['linli-signature', /^[A-Za-z0-9+/]{43,86}={0,2}$/],
} as const

function header({ headers }: FastifyRequest, part: keyof typeof HEADERS): string | undefined {
  const [name, shape] = HEADERS[part]
  const value = headers[name]
  return typeof value === 'string' && shape.test(value) ? value : undefined
}

/** The signed parts of a request; refuses one that does not have them all. */
export function signedParts(request: FastifyRequest, body: Buffer): SignedRequest {
  const [keyId, timestamp, nonce, signature] = (['keyId', 'timestamp', 'nonce', 'signature'] as const).map(
    (part) => header(request, part),
  )
  if (!keyId || !timestamp || !nonce || !signature) throw new Problem(signatureMissing)
  return { method: request.method, url: request.raw.url ?? '', body, keyId, timestamp, nonce, signature }
}

/** The stores that a request names in its path, query or body. */
const storesOf = ({ params, query, body }: FastifyRequest): string[] =>
  [params, query, body].flatMap((part) =>
    typeof part === 'object' && part !== null && 'storeId' in part && typeof part.storeId === 'string'
      ? [part.storeId]
      : [],
  )

/** Whatever a route does, a partner speaks of its own stores only. */
export function requireOwnStores(request: FastifyRequest, actor: PartnerActor): void {
  const foreign = storesOf(request).find((storeId) => !inScope(actor, storeId))
  if (foreign !== undefined) throw new Problem(storeForeign, { data: { storeId: foreign } })
}

/** What is noted of a call once it was answered; undefined when it named no key. */
export function answeredCall(
  request: FastifyRequest,
  key: string,
  { status, code, ms }: { status: number; code: string | null; ms: number },
): AnsweredCall | undefined {
  const keyId = header(request, 'keyId')
  if (!keyId) return undefined
  const [method = '', route = ''] = key.split(' ')
  // What did not fit the contract may name anything at all.
  const storeId = code === 'request.invalid' ? null : (storesOf(request)[0] ?? null)
  return { keyId, method, route, storeId, status, code, ms: Math.round(ms), requestId: request.id }
}
