import type { Transport, WireRequest } from '../../contract/src/client.ts'
import { base64Of, bytesOfBase64, hexOf, sha256, utf8 } from './bytes.ts'

/** A private key as Web Crypto holds it, in a browser and in Node. */
type PrivateKey = Parameters<typeof crypto.subtle.sign>[1]

/** A key as a partner holds it: the secret that we showed once, or their own Ed25519 private key. */
export type PartnerKey = { keyId: string; secret: string } | { keyId: string; privateKey: PrivateKey }

async function bytesOf(body: WireRequest['body']): Promise<Uint8Array<ArrayBuffer>> {
  if (body === undefined) return new Uint8Array()
  if (typeof body === 'string') return utf8(body)
  return body instanceof Blob ? new Uint8Array(await body.arrayBuffer()) : new Uint8Array(body)
}

/** The Ed25519 private key of a PEM file (PKCS #8), as `openssl genpkey -algorithm ed25519` writes it. */
export async function privateKeyOf(pem: string): Promise<PrivateKey> {
  const der = bytesOfBase64(pem.replaceAll(/-----[^-]+-----|\s/g, ''))
  return crypto.subtle.importKey('pkcs8', der, 'Ed25519', false, ['sign'])
}

/** What is signed: six lines, of which the last is the SHA-256 of the body in hex. An empty body is hashed too. */
export const textToSign = (
  { method, url }: Pick<WireRequest, 'method' | 'url'>,
  { timestamp, nonce, bodyHash }: { timestamp: number; nonce: string; bodyHash: string },
): string => ['linli-v1', method, url, timestamp, nonce, bodyHash].join('\n')

async function sign(key: PartnerKey, text: string): Promise<string> {
  const bytes = utf8(text)
  if ('privateKey' in key) return base64Of(await crypto.subtle.sign('Ed25519', key.privateKey, bytes))
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const secret = await crypto.subtle.importKey('raw', utf8(key.secret), hmac, false, ['sign'])
  return base64Of(await crypto.subtle.sign('HMAC', secret, bytes))
}

/**
 * Signs each request for `/partner/v1` and lets `send` carry it. Every try has a nonce of its own, so a request that got no answer is simply sent
 * again. `now` is the clock, in Unix milliseconds.
 */
export function signedTransport(key: PartnerKey, send: Transport, now: () => number = Date.now): Transport {
  return async (wire) => {
    const timestamp = Math.floor(now() / 1000)
    const nonce = hexOf(crypto.getRandomValues(new Uint8Array(16)))
    const body = await bytesOf(wire.body)
    const bodyHash = hexOf(await sha256(body))
    const headers = {
      ...wire.headers,
      'linli-key': key.keyId,
      'linli-timestamp': String(timestamp),
      'linli-nonce': nonce,
      'linli-signature': await sign(key, textToSign(wire, { timestamp, nonce, bodyHash })),
    }
    return send({ ...wire, headers, ...(wire.body === undefined ? {} : { body }) })
  }
}
