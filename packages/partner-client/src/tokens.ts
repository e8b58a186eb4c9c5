import type { Static } from 'typebox'
import type { Output } from '../../contract/src/route.ts'
import type { PartnerRoutes } from '../../contract/src/partner-routes.ts'
import type { DayPack } from '../../contract/src/tills.ts'
import { base64Of, bytesOfBase64, sha256, utf8, uuidAt } from './bytes.ts'

// What a till checks by itself while it has no line: tokens that the chain signed, `KIND.key.body.signature`, Ed25519 over all that stands before the
// last dot.

export type DayPackContent = Static<typeof DayPack>
export type CouponOffer = DayPackContent['coupons'][number]
type PublicKey = DayPackContent['keys'][number]

/**
 * `unreadable`: no token of this kind. `forged`: nobody of the chain signed it. `expired`: too old, let it be shown again. `ahead`: from the future, one
 * of the clocks is wrong. `other_store`: a pack of another store. `not_offered`: only with a line.
 */
export type TokenFaultReason = 'unreadable' | 'forged' | 'expired' | 'ahead' | 'other_store' | 'not_offered'

/** Why a token is not to be accepted. */
export class TokenFault extends Error {
  override readonly name = 'TokenFault'
  readonly reason: TokenFaultReason
  constructor(reason: TokenFaultReason) {
    super(`token: ${reason}`)
    this.reason = reason
  }
}
export interface CardRead {
  memberId: string
  newAt: Date
}
export interface CouponRead {
  couponId: string
  memberId: string
  templateId: string
  newAt: Date
  /** What the pack says that it takes off. */
  offer: CouponOffer
}

const SHAPE = /^(([A-Z]{2}\d)\.([0-9a-z]{6})\.([\w-]{1,400}))\.([\w-]{86})$/
/** Clocks of two machines may differ by so much. */
const AHEAD_SECONDS = 30

/** The body of a token of this kind that one of the keys signed. */
async function open(kind: string, text: string, keys: readonly PublicKey[], bytes: number) {
  const [, signed = '', ofKind = '', keyId = '', body = '', signature = ''] = SHAPE.exec(text.trim()) ?? []
  if (ofKind !== kind) throw new TokenFault('unreadable')
  const read = bytesOfBase64(body)
  if (read.length !== bytes) throw new TokenFault('unreadable')
  const known = keys.find(({ id }) => id === keyId)
  if (!known) throw new TokenFault('forged')
  const key = await crypto.subtle.importKey('raw', bytesOfBase64(known.publicKey), 'Ed25519', false, [
    'verify',
  ])
  if (!(await crypto.subtle.verify('Ed25519', key, bytesOfBase64(signature), utf8(signed))))
    throw new TokenFault('forged')
  return read
}

const secondsAt = (bytes: Uint8Array<ArrayBuffer>, at: number): number =>
  new DataView(bytes.buffer).getUint32(at)

/** When a token was new; throws when that is longer ago than it is good for. */
function newAt(seconds: number, { at, goodSeconds }: { at: Date; goodSeconds: number }): Date {
  const age = at.getTime() / 1000 - seconds
  if (age < -AHEAD_SECONDS) throw new TokenFault('ahead')
  if (age > goodSeconds) throw new TokenFault('expired')
  return new Date(seconds * 1000)
}

/**
 * What a day pack says, once its signature was found good over its very bytes. Keep the answer as it came, and read it again after a restart: a pack
 * that was changed on the disk is refused. `keys` are those of the answer; whoever has noted them before gives them as `trusted`.
 */
export async function readDayPack(
  answer: Output<PartnerRoutes['GET /partner/v1/till/day-pack']>,
  {
    storeId,
    at = new Date(),
    trusted = answer.keys,
  }: { storeId?: string; at?: Date; trusted?: readonly PublicKey[] } = {},
): Promise<DayPackContent> {
  const signed = await open('LD1', answer.signature, trusted, 32)
  if (base64Of(signed) !== base64Of(await sha256(utf8(answer.payload)))) throw new TokenFault('forged')
  const pack = JSON.parse(answer.payload) as DayPackContent
  if (storeId !== undefined && pack.storeId !== storeId) throw new TokenFault('other_store')
  if (new Date(pack.validUntil) <= at) throw new TokenFault('expired')
  return pack
}

/** Whose card a QR text is, by the keys of the pack. The digits under it cannot be checked without a line. */
export async function readCard(
  pack: Pick<DayPackContent, 'keys' | 'cardGoodSeconds'>,
  text: string,
  at = new Date(),
): Promise<CardRead> {
  const body = await open('LM1', text, pack.keys, 20)
  return {
    memberId: uuidAt(body, 0),
    newAt: newAt(secondsAt(body, 16), { at, goodSeconds: pack.cardGoodSeconds }),
  }
}

/** Which coupon a code is, and what the pack says that it takes off. Accept each `couponId` once. */
export async function readCoupon(
  pack: Pick<DayPackContent, 'keys' | 'couponGoodSeconds' | 'coupons'>,
  text: string,
  at = new Date(),
): Promise<CouponRead> {
  const body = await open('LC1', text, pack.keys, 52)
  const shownAt = newAt(secondsAt(body, 48), { at, goodSeconds: pack.couponGoodSeconds })
  const templateId = uuidAt(body, 32)
  const offer = pack.coupons.find((each) => each.templateId === templateId)
  if (!offer) throw new TokenFault('not_offered')
  return { couponId: uuidAt(body, 0), memberId: uuidAt(body, 16), templateId, newAt: shownAt, offer }
}

/** What a coupon takes off so many pieces for so many fen; 0: it does nothing here. Give what other coupons left of the goods. */
export function couponOff(
  { steps, maxOffFen }: CouponOffer,
  { goodsFen, pieces }: { goodsFen: number; pieces: number },
): number {
  const reached = steps.filter(({ atFen, atPieces }) => goodsFen >= atFen && pieces >= atPieces)
  // BigInt: fen times basis points of a large basket leave what a double holds exactly.
  const offs = reached.map(
    ({ offFen, offBp }) => offFen + Number((BigInt(goodsFen) * BigInt(offBp)) / 10_000n),
  )
  return Math.max(0, Math.min(Math.max(0, ...offs), maxOffFen ?? goodsFen, goodsFen - 1))
}
