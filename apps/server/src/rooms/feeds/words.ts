import type { FeedEvents, PriceWord, ProductWord, StockWord } from '@linli/contract/feeds'
import { createHash } from 'node:crypto'
import type { Static } from 'typebox'
import type { Fault } from './faults.ts'
import type { GoodsCode } from './goods.sql.ts'
import type { Topic } from './events.sql.ts'
import { piecesOf } from './rows.ts'

export type Stock = Static<typeof StockWord>
export type Price = Static<typeof PriceWord>
export type Product = Static<typeof ProductWord>
export type Events = Static<typeof FeedEvents>

/** One thing a source says, by its row of a list or its number. */
export type Word = { no: number } & (
  | { topic: 'stock'; body: Stock }
  | { topic: 'prices'; body: Price }
  | { topic: 'products'; body: Product }
)
/** A word with an instant and, of stock, how far the other side had heard of us. */
export type EventWord = Word & { at: string; knownThrough: number | null }

/** What the codes of a source mean, as far as some words need it. */
export interface Codes {
  stores: ReadonlyMap<string, string>
  goods: ReadonlyMap<string, Omit<GoodsCode, 'code'>>
}
/** What a word is about, in our terms. */
export interface Meaning {
  storeId: string | null
  skuId: string | null
  counted: number | null
  delta: number | null
}
export const NOTHING: Meaning = { storeId: null, skuId: null, counted: null, delta: null }

/** What a word means, or why it means nothing here. A product that is new has no SKU yet. */
export function meaningOf(
  word: Word,
  codes: Codes,
  storeIds: readonly string[] | null,
): { meaning: Meaning; fault?: Fault } {
  const pack = codes.goods.get(word.body.goods)
  if (word.topic === 'products') return { meaning: { ...NOTHING, skuId: pack?.skuId ?? null } }
  const storeId = codes.stores.get(word.body.store)
  if (storeId === undefined)
    return { meaning: NOTHING, fault: { code: 'store_unknown', said: word.body.store } }
  if (storeIds && !storeIds.includes(storeId))
    return { meaning: NOTHING, fault: { code: 'store_foreign', said: word.body.store } }
  if (!pack)
    return { meaning: { ...NOTHING, storeId }, fault: { code: 'goods_unknown', said: word.body.goods } }
  const meaning = { ...NOTHING, storeId, skuId: pack.skuId }
  if (word.topic === 'prices') return { meaning }
  const { count, change } = word.body
  const said = count ?? change
  if (said === undefined || (count !== undefined && change !== undefined))
    return { meaning: NOTHING, fault: { code: 'count_or_change' } }
  const read = piecesOf(said, pack)
  if ('fault' in read) return { meaning: NOTHING, fault: read.fault }
  return {
    meaning: count === undefined ? { ...meaning, delta: read.value } : { ...meaning, counted: read.value },
  }
}

/** Every event of one call, by its number. */
export const eventWords = ({ stock = [], prices = [], products = [] }: Events): EventWord[] => [
  ...products.map(({ seq, at, ...body }) => ({
    topic: 'products' as const,
    no: seq,
    at,
    body,
    knownThrough: null,
  })),
  ...prices.map(({ seq, at, ...body }) => ({
    topic: 'prices' as const,
    no: seq,
    at,
    body,
    knownThrough: null,
  })),
  ...stock.map(({ seq, at, knownThrough = null, ...body }) => ({
    topic: 'stock' as const,
    no: seq,
    at,
    body,
    knownThrough,
  })),
]

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, canonical(each)]),
  )
}
/** The same for the same content, whatever the order of its fields. */
export const hashOf = (content: unknown): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(canonical(content)))
    .digest()
/** What makes two events with one number the same. */
export const hashOfEvent = ({ topic, body, at, knownThrough }: EventWord): Buffer =>
  hashOf({ topic, body, at: new Date(at).getTime() || at, knownThrough })

export const codesIn = (words: readonly Word[]): string[] => [...new Set(words.map(({ body }) => body.goods))]
export const storeCodeOf = ({ topic, body }: Pick<Word, 'topic' | 'body'>): string | null =>
  topic === 'products' ? null : (body as Stock | Price).store

export type { Topic }
