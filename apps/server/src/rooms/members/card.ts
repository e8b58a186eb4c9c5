import type { PublicKey, SigningKey } from '#kernel/signed-token'
import { isSignedBy, readToken, signToken } from '#kernel/signed-token'

// What a member's card shows (domain handbook row 75): digits for a bar code, of which the last six may be said, and a QR text. All of it changes every
// half minute; a photograph is worth nothing a minute after what it shows was new.

const WINDOW_SECONDS = 30
const WINDOWS_GOOD = 2
/** Clocks of two machines may differ by so much; a code from further ahead is none of now. */
const AHEAD_SECONDS = 5
const KIND = 'LM1'
const PREFIX = '86'
export const CARD_SPACE = 100_000_000

export type CardVerdict = 'fits' | 'expired' | 'ahead' | 'forged'
/** Keyed hash of a text: who has not the key does not know tomorrow's codes. */
export type Mac = (text: string) => Buffer

const windowOf = (at: Date): number => Math.floor(at.getTime() / 1000 / WINDOW_SECONDS)
export const windowEnd = (at: Date): Date => new Date((windowOf(at) + 1) * WINDOW_SECONDS * 1000)

const codeIn = (mac: Mac, number: string, window: number): string =>
  String(mac(`card ${number} ${window}`).readUIntBE(0, 6) % 1_000_000).padStart(6, '0')

/** The number of a card, and the six digits of this half minute. */
export const digitsOf = (mac: Mac, number: number, at: Date): { digits: string; code: string } => {
  const text = String(number).padStart(8, '0')
  const code = codeIn(mac, text, windowOf(at))
  return { digits: `${PREFIX}${text}${code}`, code }
}

/** How old what somebody shows is, by when it was new. */
const ageVerdict = (newAtSeconds: number, at: Date): Exclude<CardVerdict, 'forged'> => {
  const age = at.getTime() / 1000 - newAtSeconds
  if (age < -AHEAD_SECONDS) return 'ahead'
  return age < WINDOWS_GOOD * WINDOW_SECONDS ? 'fits' : 'expired'
}

/** Codes of the last five minutes are known as old rather than wrong, so that a person is told to look again. */
const REMEMBERED_WINDOWS = 10
export function judgeCode(mac: Mac, number: string, code: string, at: Date): CardVerdict {
  const now = windowOf(at)
  for (let window = now + 1; window > now - REMEMBERED_WINDOWS; window--)
    if (codeIn(mac, number, window) === code) return ageVerdict(window * WINDOW_SECONDS, at)
  return 'forged'
}

/** The QR text: who, since when, signed by the chain. */
export function cardToken(key: SigningKey, memberId: string, at: Date): string {
  const body = Buffer.alloc(20)
  body.write(memberId.replaceAll('-', ''), 'hex')
  body.writeUInt32BE(windowOf(at) * WINDOW_SECONDS, 16)
  return signToken(KIND, key, body)
}

/** Whose card a QR text is, and whether it holds at that moment. Needs nothing but the public keys: a till without a line to us judges alike. */
export function judgeToken(
  text: string,
  keys: readonly (PublicKey & { until: Date | null })[],
  at: Date,
): { verdict: CardVerdict; memberId: string | null } {
  const token = readToken(KIND, text)
  const key = token && keys.find(({ id }) => id === token.keyId)
  if (!token || token.body.length !== 20 || !key || !isSignedBy(token, key) || (key.until && key.until <= at))
    return { verdict: 'forged', memberId: null }
  const memberId = token.body
    .toString('hex', 0, 16)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { verdict: ageVerdict(token.body.readUInt32BE(16), at), memberId }
}

export type ReadCard = { kind: 'digits'; number: string; code: string } | { kind: 'token'; text: string }
/** What a scanner read or a person typed; spaces between digits are forgiven. Undefined: no card of ours. */
export function readCard(text: string): ReadCard | undefined {
  const [, number = '', code = ''] = /^86(\d{8})(\d{6})$/.exec(text.replace(/[\s-]/g, '')) ?? []
  if (code !== '') return { kind: 'digits', number, code }
  return readToken(KIND, text) && { kind: 'token', text }
}
