import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'

/** A key of the chain as it is handed out: whoever has it checks our tokens without asking us. */
export interface PublicKey {
  id: string
  /** Raw Ed25519, base64url: 43 letters. */
  publicKey: string
}
export interface SigningKey extends PublicKey {
  privateKey: KeyObject
}
export interface SignedToken {
  keyId: string
  body: Buffer
  /** What the signature is over: all that stands before it, so that a token of one kind is never one of another. */
  signed: string
  signature: Buffer
}

const okp = { kty: 'OKP', crv: 'Ed25519' } as const

/** A new pair; `secret` is what must be sealed. */
export function newSigningPair(): { publicKey: string; secret: string } {
  const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  return { publicKey: x, secret: d }
}
export const signingKeyOf = (id: string, publicKey: string, secret: string): SigningKey => ({
  id,
  publicKey,
  privateKey: createPrivateKey({ key: { ...okp, x: publicKey, d: secret }, format: 'jwk' }),
})

/** `KIND.key.body.signature`: short enough for a QR code, url-safe. `kind` is two letters and a digit, one for each use. */
export function signToken(kind: string, { id, privateKey }: SigningKey, body: Buffer): string {
  const signed = `${kind}.${id}.${body.toString('base64url')}`
  return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`
}

/** The parts of a token of this kind; undefined: it is none. Nothing is checked yet. */
export function readToken(kind: string, text: string): SignedToken | undefined {
  const [, signed = '', keyId = '', body = '', signature = ''] =
    /^((?:[A-Z]{2}\d)\.([0-9a-z]{6})\.([\w-]{1,400}))\.([\w-]{86})$/.exec(text.trim()) ?? []
  if (!signed.startsWith(`${kind}.`)) return undefined
  return {
    keyId,
    signed,
    body: Buffer.from(body, 'base64url'),
    signature: Buffer.from(signature, 'base64url'),
  }
}

/** Did this key sign this token? */
export const isSignedBy = (
  { keyId, signed, signature }: SignedToken,
  { id, publicKey }: PublicKey,
): boolean =>
  keyId === id &&
  verify(
    null,
    Buffer.from(signed),
    createPublicKey({ key: { ...okp, x: publicKey }, format: 'jwk' }),
    signature,
  )
