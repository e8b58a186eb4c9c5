import { createHash, createHmac, createPublicKey, type KeyObject, timingSafeEqual, verify } from 'node:crypto'
import type { SignedRequest } from '#kernel/signed'

/** What a signature is checked with; never chosen by the request. */
export type KeyMaterial =
  | { algorithm: 'ed25519'; publicKeyPem: string }
  | { algorithm: 'hmac-sha256'; secret: string }

/** What is signed: six lines, of which the last is the SHA-256 of the body in hex (docs/adr/0024). */
export const signedText = ({
  method,
  url,
  timestamp,
  nonce,
  body,
}: Omit<SignedRequest, 'keyId' | 'signature'>) =>
  ['linli-v1', method, url, timestamp, nonce, createHash('sha256').update(body).digest('hex')].join('\n')

/** Does the signature fit the request, compared in constant time? */
export function signatureFits(material: KeyMaterial, request: SignedRequest): boolean {
  const text = Buffer.from(signedText(request))
  const given = Buffer.from(request.signature, 'base64')
  if (material.algorithm === 'ed25519')
    return given.length === 64 && verify(null, text, material.publicKeyPem, given)
  const right = createHmac('sha256', material.secret).update(text).digest()
  return given.length === right.length && timingSafeEqual(given, right)
}

/** An Ed25519 public key as we keep it; undefined when the text is something else, a private key too. */
export function readPublicKey(pem: string): string | undefined {
  if (!/^\s*-----BEGIN PUBLIC KEY-----/.test(pem)) return undefined
  const key = parse(pem)
  return key?.asymmetricKeyType === 'ed25519'
    ? key.export({ type: 'spki', format: 'pem' }).toString()
    : undefined
}

function parse(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem)
  } catch {
    return undefined
  }
}
