import type { Secrets } from '#kernel/secrets'
import type { PhoneNumber } from './wechat.ts'

const HOME = '86'

/** One spelling for one number: it is what the keyed hash is made of. */
export const wholeNumber = ({ countryCode, number }: PhoneNumber): string =>
  countryCode === HOME ? number : `+${countryCode}${number}`

/** `19900000001` → `199****0001`; what is too short to hide keeps its last four digits only. */
export const masked = (whole: string): string =>
  whole.length >= 11 ? `${whole.slice(0, -8)}****${whole.slice(-4)}` : `****${whole.slice(-4)}`

/** What is authenticated with what a member's row has sealed. */
export const phoneContext = (memberId: string): string => `member:${memberId}`
/** A phone as it is kept: sealed, to be found by, and the end that staff may see. */
export const sealedPhone = (
  secrets: Pick<Secrets, 'seal' | 'hash'>,
  memberId: string,
  whole: string,
): { cipher: Buffer; hash: Buffer; tail: string } => ({
  cipher: secrets.seal(whole, phoneContext(memberId)),
  hash: secrets.hash(`phone:${whole}`),
  tail: tailOf(whole),
})

export const tailOf = (whole: string): string => whole.slice(-4)
