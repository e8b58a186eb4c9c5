import type { Transport, WireRequest } from './client.ts'
import { fetchTransport } from './transports.ts'

/** A private key as Web Crypto holds it, in a browser and in Node. */
type PrivateKey = Parameters<typeof crypto.subtle.sign>[1]

/** A key as a partner holds it: the secret that we showed once, or their own Ed25519 private key. */
export type PartnerKeyPair = { keyId: string; secret: string } | { keyId: string; privateKey: PrivateKey }

export interface SignedOptions {
  key: PartnerKeyPair
  /** Carries the signed request; `fetch` to `origin` unless told otherwise. */
  send?: Transport
  origin?: string
  /** Unix milliseconds. */
  now?: () => number
}

const utf8 = new TextEncoder()
const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
const base64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)))

async function bytesOf(body: WireRequest['body']): Promise<Uint8Array<ArrayBuffer>> {
  if (body === undefined) return new Uint8Array()
  if (typeof body === 'string') return utf8.encode(body)
  return body instanceof Blob ? new Uint8Array(await body.arrayBuffer()) : new Uint8Array(body)
}

/** The Ed25519 private key of a PEM file (PKCS #8), as `openssl genpkey -algorithm ed25519` writes it. */
export async function privateKeyOf(pem: string): Promise<PrivateKey> {
  const der = Uint8Array.from(atob(pem.replaceAll(/-----[^-]+-----|\s/g, '')), (char) => char.charCodeAt(0))
  return crypto.subtle.importKey('pkcs8', der, 'Ed25519', false, ['sign'])
}

/** What is signed: six lines, of which the last is the SHA-256 of the body in hex. An empty body is hashed too. */
export const textToSign = (
  { method, url }: Pick<WireRequest, 'method' | 'url'>,
  { timestamp, nonce, bodyHash }: { timestamp: number; nonce: string; bodyHash: string },
): string => ['linli-v1', method, url, timestamp, nonce, bodyHash].join('\n')

async function sign(key: PartnerKeyPair, text: string): Promise<string> {
  const bytes = utf8.encode(text)
  if ('privateKey' in key) return base64(await crypto.subtle.sign('Ed25519', key.privateKey, bytes))
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const secret = await crypto.subtle.importKey('raw', utf8.encode(key.secret), hmac, false, ['sign'])
  return base64(await crypto.subtle.sign('HMAC', secret, bytes))
}

/**
 * Signs each request for `/partner/v1`: `createClient<PartnerRoutes>({ transport: signedTransport({ origin, key }) })`. Every try has a nonce of its
 * own, so a request that got no answer is simply sent again.
 */
export function signedTransport({ key, origin = '', send, now = Date.now }: SignedOptions): Transport {
  const carry = send ?? fetchTransport(origin)
  return async (wire) => {
    const timestamp = Math.floor(now() / 1000)
    const nonce = hex(crypto.getRandomValues(new Uint8Array(16)).buffer)
    const body = await bytesOf(wire.body)
    const bodyHash = hex(await crypto.subtle.digest('SHA-256', body))
    const headers = {
      ...wire.headers,
      'linli-key': key.keyId,
      'linli-timestamp': String(timestamp),
      'linli-nonce': nonce,
      'linli-signature': await sign(key, textToSign(wire, { timestamp, nonce, bodyHash })),
    }
    return carry({ ...wire, headers, ...(wire.body === undefined ? {} : { body }) })
  }
}
