/** How Alipay writes things: sorted pairs for signatures, yuan for money, Beijing's wall clock for time. Shares nothing with the product. */
import { sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

export type Fields = Record<string, string>

/** What is signed: every field but `sign`, sorted by name, empty ones left out. */
export const signedText = (fields: Fields): string =>
  Object.keys(fields)
    .filter((name) => name !== 'sign' && fields[name] !== '')
    .toSorted()
    .map((name) => `${name}=${fields[name]}`)
    .join('&')

/** RSA2 is SHA-256, RSA is SHA-1; base64 either way. */
export const signFields = (fields: Fields, key: KeyObject, type: 'RSA2' | 'RSA' = 'RSA2'): string =>
  signBytes(signedText(fields), key, type)
export const signBytes = (text: string, key: KeyObject, type: 'RSA2' | 'RSA' = 'RSA2'): string =>
  sign(type === 'RSA2' ? 'sha256' : 'sha1', Buffer.from(text, 'utf8'), key).toString('base64')

/** Whether the RSA2 signature in `fields` is the key's. */
export const isSigned = (fields: Fields, key: KeyObject): boolean =>
  verify('sha256', Buffer.from(signedText(fields), 'utf8'), key, Buffer.from(fields.sign ?? '', 'base64'))

const BEIJING_MS = 8 * 3_600_000

/** `2026-03-01 12:00:00`. */
export const wallClock = (at: Date): string =>
  new Date(at.getTime() + BEIJING_MS).toISOString().slice(0, 19).replace('T', ' ')

/** The instant of a wall-clock text, or null when it is none. */
export const instantOf = (text: string): number | null => {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2})?$/.test(text)) return null
  const at = Date.parse(`${text.replace(' ', 'T')}+08:00`)
  return Number.isNaN(at) ? null : at
}

export const yuanOf = (fen: number): string =>
  `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

/** Fen of a decimal in yuan with at most two places, at least one fen; null for anything else. */
export const fenOf = (yuan: unknown): number | null => {
  const parts = typeof yuan === 'string' ? /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(yuan) : null
  if (!parts) return null
  const fen = Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0'))
  return fen > 0 ? fen : null
}
