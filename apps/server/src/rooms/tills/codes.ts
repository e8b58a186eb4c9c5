import { isSignedBy, type PublicKey, readToken } from '#kernel/signed-token'
import { COUPON_CODE_MINUTES } from '@linli/contract/tills'

// What a coupon shows at a till: signed by the chain, so that a till without a line to us can tell that it is one, whose, and of which kind. Whether it
// was used elsewhere meanwhile only we know; so it is good for minutes only.

const KIND = 'LC1'
const BYTES = 52
const GOOD_S = COUPON_CODE_MINUTES * 60
/** Clocks of two machines may differ by so much. */
const AHEAD_S = 30

export interface CouponCode {
  couponId: string
  memberId: string
  templateId: string
  at: Date
}
const hexOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex')
const idAt = (body: Buffer, at: number): string =>
  body.toString('hex', at, at + 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** The text of a coupon's QR. `sign` is the chain's. */
export function couponCode(
  sign: (kind: string, body: Buffer) => string,
  { couponId, memberId, templateId, at }: CouponCode,
): string {
  const seconds = Buffer.alloc(4)
  seconds.writeUInt32BE(Math.floor(at.getTime() / 1000))
  return sign(KIND, Buffer.concat([hexOf(couponId), hexOf(memberId), hexOf(templateId), seconds]))
}

export type ReadCode = { code: CouponCode; fault: 'code_old' | null } | undefined
/** What a code says, and whether it held when it was accepted; undefined: nobody of ours signed it. */
export function readCouponCode(
  text: string,
  keys: readonly (PublicKey & { until: Date | null })[],
  acceptedAt: Date,
): ReadCode {
  const token = readToken(KIND, text)
  const key = token && keys.find(({ id }) => id === token.keyId)
  if (!token || !key || token.body.length !== BYTES || !isSignedBy(token, key)) return undefined
  const { body } = token
  const at = new Date(body.readUInt32BE(48) * 1000)
  const age = (acceptedAt.getTime() - at.getTime()) / 1000
  const isOld = age < -AHEAD_S || age > GOOD_S || (key.until !== null && key.until <= acceptedAt)
  const code = { couponId: idAt(body, 0), memberId: idAt(body, 16), templateId: idAt(body, 32), at }
  return { code, fault: isOld ? 'code_old' : null }
}
