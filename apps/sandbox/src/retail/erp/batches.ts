/** What the pretended ERP has to tell: a morning's deliveries and losses, a price, goods that are new. Numbers and moments are given here, once. */
import type { Batch, Book } from './book.ts'
import { move } from './book.ts'
import { newGood, STORES, UNMAPPED_CODE } from './goods.ts'

const DELIVERED = 12
const MOVES = 3
const YUAN = 100
const FRUIT = '水果'
/** Prices go a little up and down again, so that a demo may run for months. */
const SWING_FEN = [20, -20] as const

const numbered = <T extends object>(book: Book, at: string, word: T): T & { seq: number; at: string } => ({
  seq: ++book.seq,
  at,
  ...word,
})
const change = (book: Book, at: string, store: string, goods: string, pieces: number) => {
  move(book, store, goods, pieces)
  return numbered(book, at, { store, goods, change: pieces })
}
/** Takes turns through goods and stores, by the numbers that were used. */
const turn = <T>(list: readonly T[], by: number): T => {
  const one = list[by % list.length]
  if (one === undefined) throw new Error('nothing to take turns with')
  return one
}

/** A few deliveries, one broken piece and one price. */
export const changes = (book: Book, now: Date): Batch => {
  const at = now.toISOString()
  const stores = Object.keys(STORES)
  const first = book.seq
  const delivered = Array.from({ length: MOVES }, (_, nth) =>
    change(book, at, turn(stores, first + nth), turn(book.goods, first * 5 + nth).code, DELIVERED),
  )
  const broken = change(book, at, turn(stores, first), turn(book.goods, first + 7).code, -1)
  const priced = turn(book.goods, first + 2)
  priced.priceFen += turn(SWING_FEN, Math.floor(first / book.goods.length))
  const price = numbered(book, at, {
    store: turn(stores, first),
    goods: priced.code,
    price: priced.priceFen / YUAN,
  })
  return {
    what: `到货 ${MOVES} 笔、破损 1 件、${priced.name} 调价`,
    events: { asOf: at, stock: [...delivered, broken], prices: [price] },
  }
}

/** Goods that the chain has never heard of: what they are, what they cost, and the first case. */
export const listing = (book: Book, now: Date): Batch => {
  const at = now.toISOString()
  const good = newGood(book.newGoods++)
  book.goods.push(good)
  const { code, barcode, name, unit, priceFen } = good
  const products = [numbered(book, at, { goods: code, barcode, name, unit, category: FRUIT })]
  const prices = Object.keys(STORES).map((store) =>
    numbered(book, at, { store, goods: code, price: priceFen / YUAN }),
  )
  const stock = Object.keys(STORES).map((store) => change(book, at, store, code, DELIVERED))
  return { what: `新品 ${name}`, events: { asOf: at, products, prices, stock } }
}

/** A row under a code that nobody mapped. */
export const unmapped = (book: Book, now: Date): Batch => {
  const at = now.toISOString()
  const stock = [numbered(book, at, { store: '01', goods: UNMAPPED_CODE, change: DELIVERED })]
  return { what: `到货一笔，编码 ${UNMAPPED_CODE} 没有对照`, events: { asOf: at, stock } }
}

/** The numbers of the last batch, with another content: a fault that the other side must see. */
export const contradiction = ({ events }: Batch): Batch => ({
  what: '同样的序号，数量改了',
  events: {
    ...events,
    stock: (events.stock ?? []).map((event) => ({ ...event, change: (event.change ?? 0) + 1 })),
  },
})

/** Which numbers a batch uses. */
export const numbersOf = ({ events }: Batch): string => {
  const numbers = [...(events.stock ?? []), ...(events.prices ?? []), ...(events.products ?? [])].map(
    ({ seq }) => seq,
  )
  const [from, to] = [Math.min(...numbers), Math.max(...numbers)]
  if (numbers.length === 0) return ''
  return from === to ? String(from) : `${from}–${to}`
}

export const TOPICS = ['stock', 'prices'] as const
export type Topic = (typeof TOPICS)[number]
/** All that the ERP says of one topic, in rows of a full list. */
export const rowsOf = (topic: Topic, { goods }: Book): object[] =>
  goods.flatMap(({ code, counts, priceFen }) =>
    Object.entries(counts).map(([store, count]) =>
      topic === 'stock' ? { store, goods: code, count } : { store, goods: code, price: priceFen / YUAN },
    ),
  )
