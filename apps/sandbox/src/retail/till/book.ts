/**
 * What a till may not forget, in one file: its numbers, the sale that is being rung up, the receipts, what of them waits, the day pack. Written whole and
 * swapped in at once, so that a till which loses its power wakes up with all of it.
 */
import { randomInt } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { sandboxFolder, writePrivately } from '../../keys.ts'
import type { PublicKey, SignedPack } from './tokens.ts'

export type SaleLine = { barcode: string; name: string; quantity: number; unitFen: number }
export type Member =
  | { how: 'online'; memberRef: string; name: string; phoneTail: string | null; points: number }
  /** A card that this till checked by itself; it may be taken until then. */
  | { how: 'offline'; card: string; memberId: string; until: number }
export type AcceptedCoupon = {
  code: string
  couponId: string
  memberId: string
  templateId: string
  until: number
}
/** What the shop answered of a basket. */
export type Quote = {
  payFen: number
  lineFen: number[]
  couponIds: string[]
  pointsUsed: number
  pointsEarned: number
  pointsBalance: number
  coupons: { id: string; label: string; acts: boolean; words: string; offFen: number }[]
  pointsOffFen: number
}
/** What is asked for, fixed when the customer is about to pay. */
export type Due = {
  posTxnId: string
  closedAt: string
  lineFen: number[]
  payFen: number
  offs: { label: string; offFen: number }[]
  /** Whether the shop keeps coupons and points for it. */
  reserved: boolean
}
export type OpenSale = {
  lines: SaleLine[]
  member: Member | null
  /** Coupons that the clerk chose; null: the best ones. */
  chosen: string[] | null
  withPoints: boolean
  accepted: AcceptedCoupon | null
  quote: Quote | null
  /** The number under which something was asked of the shop and no answer has come yet. */
  asking: string | null
  due: Due | null
}
export type ReceiptLine = SaleLine & { payFen: number }
export type ReturnedLine = ReceiptLine & { resellable: boolean; lineNo: number }
type Kept = {
  posTxnId: string
  storeId: string
  terminal: string
  soldAt: string
  tender: 'cash' | 'scan'
  paidFen: number
  state: 'waiting' | 'recorded' | 'conflict' | 'refused'
  /** Kinds of conflicts that the shop opened, or the code of its refusal. */
  words: string[]
  tries: number
}
export type SaleReceipt = Kept & {
  kind: 'sale'
  lines: ReceiptLine[]
  offs: { label: string; offFen: number }[]
  benefitOffFen: number
  receivedFen: number
  memberName: string | null
  memberRef: string | null
  memberCard: string | null
  coupon: { code: string; offFen: number } | null
}
export type ReturnReceipt = Kept & { kind: 'return'; returnOf: string; lines: ReturnedLine[] }
export type Receipt = SaleReceipt | ReturnReceipt
export type Reversal = { posTxnId: string; storeId: string; reason: string }
export type Place = { storeId: string; storeName: string; terminal: string }

export type Book = {
  /** Three letters of this book, in every number: a till whose book was lost begins again and repeats none. */
  mark: string
  place: Place
  serial: number
  /** Whether somebody pulled the plug of the line. */
  cut: boolean
  /** Keys of the chain that this till believes, and the key of ours under which it met them. */
  trust: { under: string; keys: PublicKey[] } | null
  pack: (SignedPack & { fetchedAt: string }) | null
  /** Coupons that were accepted without asking, with their day: none twice. */
  accepted: { couponId: string; day: string }[]
  sale: OpenSale
  reversals: Reversal[]
  receipts: Receipt[]
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
/** Receipts that are over are kept for returns, the newest so many. */
const RECEIPTS_MAX = 500

export const emptySale = (): OpenSale => ({
  lines: [],
  member: null,
  chosen: null,
  withPoints: false,
  accepted: null,
  quote: null,
  asking: null,
  due: null,
})

const newBook = (): Book => ({
  mark: Array.from({ length: 3 }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
  place: { storeId: 'S01', storeName: '襄都旗舰店', terminal: '1' },
  serial: 0,
  cut: false,
  trust: null,
  pack: null,
  accepted: [],
  sale: emptySale(),
  reversals: [],
  receipts: [],
})

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

export type Shelf = {
  book: Book
  /** Settles when everything said so far is on disk. */
  save: () => Promise<void>
}

/** The till's book, read from disk or begun. */
export const openBook = async (dataDir: string): Promise<Shelf> => {
  const folder = sandboxFolder(dataDir)
  const file = path.join(folder, 'till.json')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const book = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as Book,
    (error: unknown) => {
      if (isMissing(error)) return newBook()
      throw error
    },
  )
  let turn = Promise.resolve()
  const save = () => {
    const written = turn.then(() => writePrivately(file, trimmed(book)))
    turn = written.catch(() => {})
    return written
  }
  return { book, save }
}

const trimmed = (book: Book): Book => {
  const over = book.receipts.length - RECEIPTS_MAX
  if (over > 0) {
    const old = new Set(book.receipts.filter(({ state }) => state !== 'waiting').slice(0, over))
    book.receipts = book.receipts.filter((receipt) => !old.has(receipt))
  }
  return book
}

const SHANGHAI_MS = 8 * 3_600_000
export const dayOf = (now: number): string => new Date(now + SHANGHAI_MS).toISOString().slice(0, 10)

/** The next number of a transaction, never given twice: whoever tells it to somebody has saved before. */
export const nextNumber = (book: Book, now: number): string => {
  const { storeId, terminal } = book.place
  book.serial += 1
  const day = dayOf(now).slice(5).replace('-', '')
  return `${storeId}-${terminal}-${book.mark}-${day}-${String(book.serial).padStart(4, '0')}`
}
