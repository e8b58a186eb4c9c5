import type { Tx } from '#kernel/db'
import { yuan } from '#kernel/money'
import type { PriceAnswer, PriceWish } from '#room/catalog'
import type { Fate } from './hearing.ts'
import { type NewestBook, newestBook, newestOf, type Place } from './newest.ts'
import { findNewest, putNewest } from './newest.sql.ts'
import type { FeedRoom } from './room.ts'
import { fenOf } from './rows.ts'
import type { Source } from './sources.sql.ts'
import type { Price } from './words.ts'

/** A word about goods, whose codes mean something. */
export interface Said<B> extends Place {
  no: number
  storeId: string
  skuId: string
  body: B
}

const FACTS = { price: 'price', onlinePrice: 'online' } as const

/** In fen; a price that is none is the fault of its row. */
function wishOf({ storeId, skuId, body }: Said<Price>, source: Source): { wish: PriceWish } | { fate: Fate } {
  const wish: PriceWish = { storeId, skuId }
  for (const [name, key] of [
    ['price', 'priceFen'],
    ['onlinePrice', 'onlinePriceFen'],
    ['basePrice', 'basePriceFen'],
  ] as const) {
    const said = body[name]
    if (said === undefined) continue
    if (said === null) {
      wish.onlinePriceFen = null
      continue
    }
    const read = fenOf(said, source)
    if ('fault' in read) return { fate: read.fault }
    wish[key] = read.value
  }
  return { wish }
}

function fateOf(answer: PriceAnswer): Fate {
  switch (answer.outcome) {
    case 'changed':
      return 'applied'
    case 'same':
      return 'same'
    case 'price_missing':
    case 'base_without':
      return { code: answer.outcome }
    case 'online_above':
    case 'base_above':
      return { code: answer.outcome, said: yuan(answer.saidFen), known: yuan(answer.knownFen) }
  }
}

/** What remains of a wish that newer words have not said already; undefined when nothing does. */
function newestWish(book: NewestBook, said: Said<Price>, wish: PriceWish): PriceWish | undefined {
  const facts = (['price', 'onlinePrice'] as const).filter((name) => said.body[name] !== undefined)
  const newest = newestOf(
    book,
    facts.map((name) => FACTS[name]),
    said,
    said,
  )
  if (newest.length === 0) return undefined
  return {
    ...wish,
    priceFen: newest.includes('price') ? wish.priceFen : undefined,
    onlinePriceFen: newest.includes('online') ? wish.onlinePriceFen : undefined,
    basePriceFen: newest.includes('online') ? wish.basePriceFen : undefined,
  }
}

/** Takes in prices, in the order of their numbers: one listing after the other, each wish against what the one before left. */
export async function takePrices(
  tx: Tx,
  room: FeedRoom,
  source: Source,
  words: readonly Said<Price>[],
  at: Date,
): Promise<Map<number, Fate>> {
  const fates = new Map<number, Fate>()
  if (words.length === 0) return fates
  const book = newestBook(await findNewest(tx, source.id, words))
  let rest = [...words].sort((a, b) => a.no - b.no)
  // A listing at most once in a call; the second word on it waits for the next round.
  while (rest.length > 0) {
    const round = new Map<string, Said<Price>>()
    const later: Said<Price>[] = []
    for (const word of rest) {
      const key = `${word.storeId} ${word.skuId}`
      if (round.has(key)) later.push(word)
      else round.set(key, word)
    }
    await takeRound(tx, room, { source, book, words: [...round.values()], at, fates })
    rest = later
  }
  await putNewest(tx, source.id, book.changed())
  return fates
}

interface Round {
  source: Source
  book: NewestBook
  words: readonly Said<Price>[]
  at: Date
  fates: Map<number, Fate>
}
async function takeRound(
  tx: Tx,
  { catalog }: FeedRoom,
  { source, book, words, at, fates }: Round,
): Promise<void> {
  const asked: { said: Said<Price>; wish: PriceWish }[] = []
  for (const said of words) {
    const read = wishOf(said, source)
    if ('fate' in read) fates.set(said.no, read.fate)
    else {
      const wish = newestWish(book, said, read.wish)
      if (wish) asked.push({ said, wish })
      else fates.set(said.no, 'superseded')
    }
  }
  const answers = await catalog.takePrices(
    tx,
    asked.map(({ wish }) => wish),
    { at, by: `feed:${source.code}` },
  )
  for (const [i, { said, wish }] of asked.entries()) {
    const fate = fateOf(answers[i] ?? { outcome: 'same' })
    fates.set(said.no, fate)
    if (typeof fate === 'object') continue
    const place = { storeId: said.storeId, skuId: said.skuId }
    if (wish.priceFen !== undefined) book.note({ ...place, fact: 'price' }, said)
    if (wish.onlinePriceFen !== undefined) book.note({ ...place, fact: 'online' }, said)
  }
}
