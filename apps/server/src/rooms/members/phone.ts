import type { PhoneNumber } from './wechat.ts'

const HOME = '86'

/** One spelling for one number: it is what the keyed hash is made of. */
export const wholeNumber = ({ countryCode, number }: PhoneNumber): string =>
  countryCode === HOME ? number : `+${countryCode}${number}`

/** `19900000001` → `199****0001`; what is too short to hide keeps its last four digits only. */
export const masked = (whole: string): string =>
  whole.length >= 11 ? `${whole.slice(0, -8)}****${whole.slice(-4)}` : `****${whole.slice(-4)}`

export const tailOf = (whole: string): string => whole.slice(-4)
