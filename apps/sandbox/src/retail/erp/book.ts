/** What the pretended ERP may not forget, in one file: its stock, its numbers, what waits to be sent, what it sent and heard. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Input, PartnerRoutes, WebhookEvent } from '@linli/partner-client'
import { sandboxFolder, writePrivately } from '../../keys.ts'
import { firstGoods } from './goods.ts'
import type { Good } from './goods.ts'

export type Events = Input<PartnerRoutes['POST /partner/v1/feeds/:sourceCode/events']>['body']
export type Batch = { what: string; events: Events }
/** How webhooks are answered. `lost`: booked, and the answer does not arrive, so the message comes again. */
export const ANSWERS = ['ok', 'failing', 'lost'] as const
export type Answers = (typeof ANSWERS)[number]

export type Sent = {
  at: string
  what: string
  /** Of its events, from – to; empty for a full list. */
  numbers: string
  /**
   * `partly`: some rows were not taken in; `waiting`: the line is cut; `working`: a full list that is being applied; `silent`: no answer came.
   */
  state: 'done' | 'partly' | 'refused' | 'waiting' | 'working' | 'silent'
  words: string
}
export type Heard = {
  id: string
  at: string
  type: string
  words: string
  /** How often it came; booked the first time alone. */
  times: number
  fault: string | null
}
export type Book = {
  /** Number of the last event. */
  seq: number
  newGoods: number
  goods: Good[]
  /** Id of the last entry of the chain's stock ledger that was booked here. */
  knownThrough: number
  isCut: boolean
  answers: Answers
  /** Sent when the line is back, in this order. */
  queue: Batch[]
  /** Numbers that were used and never sent: gaps for the other side. */
  withheld: Batch[]
  last: Batch | null
  sent: Sent[]
  heard: Heard[]
  /** Numbers that the chain misses, by its last answer. */
  gaps: { from: number; to: number }[]
  beatAt: string | null
}

const KEPT = 200

const emptyBook = (): Book => ({
  seq: 0,
  newGoods: 0,
  goods: firstGoods(),
  knownThrough: 0,
  isCut: false,
  answers: 'ok',
  queue: [],
  withheld: [],
  last: null,
  sent: [],
  heard: [],
  gaps: [],
  beatAt: null,
})

const fileOf = (dataDir: string): string => path.join(sandboxFolder(dataDir), 'erp.json')

/** The book of this data folder; a new one on the first day. */
export const readBook = async (dataDir: string): Promise<Book> => {
  const text = await readFile(fileOf(dataDir), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return emptyBook()
  const book = { ...emptyBook(), ...(JSON.parse(text) as Partial<Book>) }
  for (const one of book.sent)
    if (one.state === 'working') Object.assign(one, { state: 'silent', words: '沙盒停了，没有看到结果' })
  return book
}
export const keepBook = (dataDir: string, book: Book): Promise<void> => writePrivately(fileOf(dataDir), book)

/** Notes on top, and forgets the oldest. */
export const note = <T>(list: T[], one: T): T => {
  list.unshift(one)
  list.length = Math.min(list.length, KEPT)
  return one
}

/** Moves stock in the ERP's own book; goods or stores that it does not know move nothing. */
export const move = ({ goods }: Book, store: string, code: string, pieces: number): void => {
  const good = goods.find((each) => each.code === code || each.barcode === code)
  if (good && store in good.counts) good.counts[store] = (good.counts[store] ?? 0) + pieces
}

type Told = Extract<WebhookEvent, { type: 'stock.moved' }>['data']['entries'][number]
/** Books what moved at the chain; what the ERP had told it itself (SYNC) is in its book already. Answers how many entries were its goods. */
export const bookEntries = (
  book: Book,
  entries: readonly Told[],
  storeOf: (storeId: string) => string | undefined,
): number => {
  let booked = 0
  for (const { id, storeId, barcode, reason, delta } of entries) {
    const store = storeOf(storeId)
    book.knownThrough = Math.max(book.knownThrough, id)
    if (reason === 'SYNC' || store === undefined || !book.goods.some((good) => good.barcode === barcode))
      continue
    move(book, store, barcode, delta)
    booked += 1
  }
  return booked
}
