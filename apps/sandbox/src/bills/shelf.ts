/** Bills that were asked for and wait to be fetched: thirty seconds each, a few at a time. */
import { createHash, randomBytes } from 'node:crypto'

/** A bill's text, made anew each time it is read. */
export type BillText = () => Iterable<string>

export type BillShelf = {
  /** Puts a bill out for fetching; answers its token. */
  put: (bill: { text: BillText; zipped: boolean }, now: number) => string
  take: (token: string, now: number) => { text: BillText; zipped: boolean } | null
}

const LIFE_MS = 30_000
const BILLS_MAX = 32
const CHUNK_CHARACTERS = 65_536

export const createBillShelf = (): BillShelf => {
  const bills = new Map<string, { text: BillText; zipped: boolean; until: number }>()
  return {
    put: (bill, now) => {
      const token = randomBytes(24).toString('base64url')
      bills.set(token, { ...bill, until: now + LIFE_MS })
      const [oldest] = bills.keys()
      if (bills.size > BILLS_MAX && oldest !== undefined) bills.delete(oldest)
      return token
    },
    take: (token, now) => {
      const bill = bills.get(token)
      return bill && now <= bill.until ? bill : null
    },
  }
}

/** The text in pieces large enough to be worth a write. */
export function* pieces(text: Iterable<string>): Generator<string> {
  let piece = ''
  for (const part of text) {
    piece += part
    if (piece.length < CHUNK_CHARACTERS) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}

/** SHA-1 of the text as it is before it is zipped, which is what WeChat Pay states. */
export const hashOf = (text: Iterable<string>): string => {
  const digest = createHash('sha1')
  for (const piece of pieces(text)) digest.update(piece)
  return digest.digest('hex')
}
