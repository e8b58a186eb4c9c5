/** A till: its book, its line to the shop, and one thing after the other. */
import type { PartnerApi, Transport } from '@linli/partner-client'
import { SimProblem } from '../../problem.ts'
import { dayOf, openBook } from './book.ts'
import type { Book } from './book.ts'
import { readKey } from './key.ts'
import { openShop } from './shop.ts'
import type { BadLuck, Heard } from './shop.ts'
import { readPack } from './tokens.ts'
import type { Pack } from './tokens.ts'

export type TillOptions = {
  dataDir: string
  /** Unix milliseconds. */
  now?: () => number
  /** Carries signed requests in place of the network. */
  send?: Transport
}
export type Till = {
  dataDir: string
  book: Book
  save: () => Promise<void>
  now: () => number
  /** Does one thing after the other: two screens of one till do not get into each other's way. */
  turn: <T>(work: () => Promise<T>) => Promise<T>
  /** The shop, signed with the key of this moment; null while the till has none. */
  shop: () => Promise<PartnerApi | null>
  /** Bad luck that the next requests will have. */
  luck: BadLuck[]
  /** Whether the shop answered when it was last asked. */
  reached: boolean
  /** The code of a refusal that holds for everything: a key that ended, a clock that is off. */
  trouble: string | null
}

export const refuse = (code: string, message: string, status = 409): never => {
  throw new SimProblem(status, `till.${code}`, message)
}

/** Opens a till over its data folder. */
export const openTill = async ({ dataDir, now = Date.now, send }: TillOptions): Promise<Till> => {
  const { book, save } = await openBook(dataDir)
  let last: Promise<unknown> = Promise.resolve()
  const till: Till = {
    dataDir,
    book,
    save,
    now,
    turn: (work) => {
      const mine = last.then(work)
      last = mine.catch(() => {})
      return mine
    },
    shop: async () => {
      const key = await readKey(dataDir)
      if (!key) return null
      return openShop(key, { isCut: () => book.cut, luck: till.luck }, { now, send })
    },
    luck: [],
    reached: true,
    trouble: null,
  }
  if (book.sale.asking !== null) await giveUp(till, book.sale.asking, '收银机断过电')
  return till
}

/** What was asked under this number must not stay: it is reversed as soon as the shop hears. */
export const giveUp = async ({ book, save }: Till, posTxnId: string, reason: string): Promise<void> => {
  book.reversals.push({ posTxnId, storeId: book.place.storeId, reason })
  book.sale.asking = null
  await save()
}

/** Notes whether the line and the key are good, by what was just heard. */
export const heardOf = <T>(till: Till, heard: Heard<T>): Heard<T> => {
  till.reached = heard.kind !== 'silence'
  if (heard.kind !== 'silence')
    till.trouble = heard.kind === 'refused' && /^(partners|network)\./.test(heard.code) ? heard.code : null
  return heard
}

export const isOnline = ({ book, reached, trouble }: Till): boolean =>
  !book.cut && reached && trouble === null

/** The day pack, if there is one that this till may go by now. */
export const packOf = ({ book, now }: Till): Pack | null => {
  const { pack, trust, place } = book
  if (!pack || !trust) return null
  const read = readPack(pack, trust.keys, { storeId: place.storeId, now: now() })
  return read.ok ? read.value : null
}

export const todayOf = ({ now }: Till): string => dayOf(now())
