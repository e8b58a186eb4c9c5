import { type Api, createClient, type Transport } from '../../contract/src/client.ts'
import { fetchTransport } from '../../contract/src/fetch-transport.ts'
import type { PartnerRoutes } from '../../contract/src/partner-routes.ts'
import { retrying } from './retrying.ts'
import { type PartnerKey, signedTransport } from './signing.ts'

/** Calls a route by its name: `api('GET /partner/v1/me')`. Throws `ApiProblem` when it was refused. */
export type PartnerApi = Api<PartnerRoutes>

export interface PartnerClientOptions {
  /** Where the chain's server is, e.g. `https://shop.example.com`. */
  origin: string
  key: PartnerKey
  /** How often a request is sent at most when no answer came, or one that asks to wait. 1: never again. 4 unless told otherwise. */
  tries?: number
  /** How long one try may take; 15 seconds unless told otherwise. */
  timeoutMs?: number
  /** Longest pause before another try; a longer one that is asked for is the caller's affair. 30 seconds unless told otherwise. */
  longestPauseMs?: number
  /** The clock, in Unix milliseconds. */
  now?: () => number
  /** Carries the signed request; `fetch` unless told otherwise. */
  send?: Transport
}

/**
 * A client that signs. Everything under `/partner/v1` may be sent again as it is, so what got no answer is sent again here: signed anew, with a nonce
 * of its own.
 */
export function createPartnerClient({
  origin,
  key,
  tries = 4,
  timeoutMs = 15_000,
  longestPauseMs = 30_000,
  now = Date.now,
  send = fetchTransport(origin, timeoutMs),
}: PartnerClientOptions): PartnerApi {
  const transport = retrying(signedTransport(key, send, now), { tries, longestPauseMs })
  return createClient<PartnerRoutes>({ transport })
}
