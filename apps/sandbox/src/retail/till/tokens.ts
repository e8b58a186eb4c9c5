/**
 * Checks what customers show, and what the shop sent for days without a line. Written from docs/integration.md alone: it shares nothing with the shop, so
 * what it accepts is what the page promises to vendors.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'

export type PublicKey = { id: string; publicKey: string }
/** What stands in a day pack, as far as this till reads it. */
export type Pack = {
  version: string
  storeId: string
  day: string
  validUntil: string
  keys: PublicKey[]
  cardGoodSeconds: number
  couponGoodSeconds: number
  coupons: Offer[]
}
export type Step = { atFen: number; atPieces: number; offFen: number; offBp: number }
export type Offer = { templateId: string; label: string; steps: Step[]; maxOffFen: number | null }
export type Fault = 'unreadable' | 'forged' | 'expired' | 'ahead' | 'not_offered' | 'other_store'
export type Read<T> = { ok: true; value: T } | { ok: false; fault: Fault }

/** Clocks of two machines may differ by so much. */
const AHEAD_S = 5
const CARD_BYTES = 20
const COUPON_BYTES = 52

const fails = (fault: Fault): { ok: false; fault: Fault } => ({ ok: false, fault })
const idAt = (body: Buffer, at: number): string =>
  body.toString('hex', at, at + 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** The body of a token of this kind that one of the keys signed. */
const signedBody = (kind: string, text: string, keys: readonly PublicKey[]): Read<Buffer> => {
  const [, head = '', found, keyId, body = '', signature = ''] =
    /^(([A-Z]{2}\d)\.([0-9a-z]+)\.([\w-]+))\.([\w-]+)$/.exec(text.trim()) ?? []
  if (found !== kind) return fails('unreadable')
  const key = keys.find(({ id }) => id === keyId)
  if (!key) return fails('forged')
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.publicKey }, format: 'jwk' })
  const good = verify(null, Buffer.from(head), publicKey, Buffer.from(signature, 'base64url'))
  return good ? { ok: true, value: Buffer.from(body, 'base64url') } : fails('forged')
}

/** The instant that a token was made at, if it is good now. */
const madeAt = (seconds: number, goodSeconds: number, now: number): Read<number> => {
  const age = now / 1000 - seconds
  if (age < -AHEAD_S) return fails('ahead')
  return age < goodSeconds ? { ok: true, value: seconds * 1000 } : fails('expired')
}

export type Card = { memberId: string; until: number }
/** Whose card this is, and until when it may be taken. */
export const readCard = (pack: Pack, text: string, now: number): Read<Card> => {
  const token = signedBody('LM1', text, pack.keys)
  if (!token.ok) return token
  if (token.value.length !== CARD_BYTES) return fails('forged')
  const made = madeAt(token.value.readUInt32BE(16), pack.cardGoodSeconds, now)
  if (!made.ok) return made
  return {
    ok: true,
    value: { memberId: idAt(token.value, 0), until: made.value + pack.cardGoodSeconds * 1000 },
  }
}

export type Coupon = { couponId: string; memberId: string; offer: Offer; until: number }
/** Which coupon this is, and what it promises by the pack. */
export const readCoupon = (pack: Pack, text: string, now: number): Read<Coupon> => {
  const token = signedBody('LC1', text, pack.keys)
  if (!token.ok) return token
  if (token.value.length !== COUPON_BYTES) return fails('forged')
  const made = madeAt(token.value.readUInt32BE(48), pack.couponGoodSeconds, now)
  if (!made.ok) return made
  const templateId = idAt(token.value, 32)
  const offer = pack.coupons.find((each) => each.templateId === templateId)
  if (!offer) return fails('not_offered')
  const until = made.value + pack.couponGoodSeconds * 1000
  return {
    ok: true,
    value: { couponId: idAt(token.value, 0), memberId: idAt(token.value, 16), offer, until },
  }
}

export type SignedPack = { payload: string; signature: string }
/** A day pack, if one of these keys signed these very bytes, it is for this store, and it is not over. */
export const readPack = (
  { payload, signature }: SignedPack,
  keys: readonly PublicKey[],
  { storeId, now }: { storeId: string; now: number },
): Read<Pack> => {
  const hash = signedBody('LD1', signature, keys)
  if (!hash.ok) return hash
  if (!createHash('sha256').update(payload).digest().equals(hash.value)) return fails('forged')
  const pack = JSON.parse(payload) as Pack
  if (pack.storeId !== storeId) return fails('other_store')
  return Date.parse(pack.validUntil) > now ? { ok: true, value: pack } : fails('expired')
}
