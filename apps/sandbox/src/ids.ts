/** Identifiers in the shapes the real services use, so length limits and patterns are exercised honestly. */
import { randomBytes, randomInt } from 'node:crypto'

const BEIJING_OFFSET_MS = 8 * 3_600_000
const DIGIT_GROUP = 100_000

const beijingIso = (at: Date): string => new Date(at.getTime() + BEIJING_OFFSET_MS).toISOString()

/** RFC 3339 in Beijing time, the only form WeChat Pay writes. */
export const beijingTime = (at: Date): string => `${beijingIso(at).slice(0, 19)}+08:00`

const beijingDigits = (at: Date): string => beijingIso(at).slice(0, 19).replaceAll(/\D/g, '')

const digits = (count: number): string => {
  let text = ''
  while (text.length < count) text += String(randomInt(DIGIT_GROUP)).padStart(5, '0')
  return text.slice(0, count)
}

/** `wx` + Beijing time + 20 hex digits, 36 characters. */
export const newPrepayId = (at: Date): string => `wx${beijingDigits(at)}${randomBytes(10).toString('hex')}`

/** 28 digits beginning with 4200. */
export const newTransactionId = (at: Date): string =>
  `4200${digits(6)}${beijingDigits(at).slice(0, 8)}${digits(10)}`

/** 29 digits beginning with 503. */
export const newRefundId = (at: Date): string =>
  `503${digits(8)}${beijingDigits(at).slice(0, 8)}${digits(10)}`

/** 32 digits beginning with 1330. */
export const newTransferBillNo = (at: Date): string =>
  `1330${digits(10)}${beijingDigits(at).slice(0, 8)}${digits(10)}`

/** What `wx.requestMerchantTransfer` takes: opaque text. */
export const newTransferPackage = (): string => randomBytes(96).toString('base64')

/** The id of one notification, the same on every retry. */
export const newNotificationId = (): string => `EV-${randomBytes(12).toString('hex')}`

/** The `Request-ID` header; its number after the dash is 0 for success. */
export const newRequestId = (outcome: number): string =>
  `08${randomBytes(19).toString('hex').toUpperCase()}-${outcome}`

/** An access token, session key or one-time code: url-safe random text. */
export const newSecretText = (bytes: number): string => randomBytes(bytes).toString('base64url')

/** Random digits, first never zero. */
export const newDigits = (count: number): string => `${1 + randomInt(9)}${digits(count - 1)}`

/** Random upper-case hex, the shape of certificate serials. */
export const newHex = (count: number): string =>
  randomBytes(Math.ceil(count / 2))
    .toString('hex')
    .toUpperCase()
    .slice(0, count)
