import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'

const WINDOW_SECONDS = 30
const DIGITS = 10
const MAC_BYTES = 12

export interface PickupSecret {
  digits: string
  secret: Buffer
}
/** Ten random digits to read out, and the key of the QR code that changes. */
export const newPickup = (): PickupSecret => ({
  digits: String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0'),
  secret: randomBytes(32),
})

const windowOf = (at: Date): number => Math.floor(at.getTime() / 1000 / WINDOW_SECONDS)
const mac = (secret: Buffer, orderId: string, window: number): Buffer =>
  createHmac('sha256', secret).update(`${orderId} ${window}`).digest().subarray(0, MAC_BYTES)

/** The QR text of this half minute, and when the next one begins. A photograph of it is worth nothing a minute later. */
export function qrOf(orderId: string, secret: Buffer, at: Date): { qr: string; validUntil: Date } {
  const window = windowOf(at)
  const packed = Buffer.from(orderId.replaceAll('-', ''), 'hex').toString('base64url')
  return {
    qr: `LL1.${packed}.${window.toString(36)}.${mac(secret, orderId, window).toString('base64url')}`,
    validUntil: new Date((window + 1) * WINDOW_SECONDS * 1000),
  }
}

export type ReadCode = { kind: 'digits'; digits: string } | ({ kind: 'qr'; orderId: string } & QrParts)
interface QrParts {
  window: number
  mac: Buffer
}

/** What a clerk scanned or typed; spaces and dashes between digits are forgiven. Undefined: no code of ours. */
export function readCode(text: string): ReadCode | undefined {
  const digits = text.replace(/[\s-]/g, '')
  if (/^\d{10}$/.test(digits)) return { kind: 'digits', digits }
  const [, packed = '', window = '', given = ''] =
    /^LL1\.([\w-]{22})\.([0-9a-z]{1,10})\.([\w-]{16})$/.exec(text.trim()) ?? []
  if (packed === '') return undefined
  const orderId = Buffer.from(packed, 'base64url')
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { kind: 'qr', orderId, window: Number.parseInt(window, 36), mac: Buffer.from(given, 'base64url') }
}

/** Ours and fresh; ours but of an earlier half minute (one is forgiven: people are slower than clocks); or not ours. */
export function judgeQr(
  { orderId, window, mac: given }: { orderId: string } & QrParts,
  secret: Buffer,
  at: Date,
): 'fits' | 'expired' | 'forged' {
  const right = mac(secret, orderId, window)
  const now = windowOf(at)
  if (given.length !== right.length || !timingSafeEqual(given, right) || window > now) return 'forged'
  return window >= now - 1 ? 'fits' : 'expired'
}
