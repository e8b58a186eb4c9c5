import type { Tx } from '#kernel/db'
import type { ProductAnswer, ProductWish } from '#room/catalog'
import { findBarcodes, findGoodsCodes, findMapped, putGoodsCodes } from './goods.sql.ts'
import type { Fate } from './hearing.ts'
import { type NewestBook, newestBook, newestOf, type Place } from './newest.ts'
import { findNewest, putNewest } from './newest.sql.ts'
import type { FeedRoom } from './room.ts'
import { listCategoryCodes, type Source } from './sources.sql.ts'
import type { Product } from './words.ts'

/** What a source says of goods; a SKU where one is known. */
export interface SaidProduct extends Place {
  no: number
  body: Product
}

const FACTS = ['barcode', 'name', 'unit', 'category'] as const
const WORDS = { barcode: '条码', name: '名称', unit: '单位', categoryId: '分类' } as const

/** Takes in what goods are, in the order of their numbers. New goods are added and their code is mapped; a code that is unknown but whose barcode is ours, too. */
export async function takeProducts(
  tx: Tx,
  room: FeedRoom,
  source: Source,
  words: readonly SaidProduct[],
  at: Date,
): Promise<Map<number, Fate>> {
  const fates = new Map<number, Fate>()
  let rest = [...words].sort((a, b) => a.no - b.no)
  // A code at most once in a round: the second word on it sees what the first one made.
  while (rest.length > 0) {
    const round = new Map<string, SaidProduct>()
    const later: SaidProduct[] = []
    for (const word of rest) {
      if (round.has(word.body.goods)) later.push(word)
      else round.set(word.body.goods, word)
    }
    await takeRound(tx, room, { source, words: [...round.values()], at, fates })
    rest = later
  }
  return fates
}

interface Round {
  source: Source
  words: readonly SaidProduct[]
  at: Date
  fates: Map<number, Fate>
}
async function takeRound(tx: Tx, { catalog }: FeedRoom, { source, words, at, fates }: Round): Promise<void> {
  const codes = words.map(({ body }) => body.goods)
  const mapped = new Map((await findGoodsCodes(tx, source.id, codes)).map(({ code, skuId }) => [code, skuId]))
  const categories = new Map(
    (await listCategoryCodes(tx, source.id)).map(({ code, categoryId }) => [code, categoryId]),
  )
  const barcodes = words.flatMap(({ body }) => body.barcode ?? [])
  const ours = new Map((await findBarcodes(tx, barcodes)).map(({ barcode, skuId }) => [barcode, skuId]))
  const skuOf = ({ body }: SaidProduct) => mapped.get(body.goods) ?? ours.get(body.barcode ?? '')
  const known = words.flatMap((said) => skuOf(said) ?? []).map((skuId) => ({ storeId: '', skuId }))
  const book = newestBook(await findNewest(tx, source.id, known))
  const asked: { said: SaidProduct; wish: ProductWish }[] = []
  for (const said of words) {
    const { category } = said.body
    const categoryId = category === undefined ? undefined : categories.get(category)
    if (category !== undefined && categoryId === undefined) {
      fates.set(said.no, { code: 'category_unknown', said: category })
      continue
    }
    const wish = wishOf(source, book, said, { skuId: skuOf(said), categoryId })
    if (wish) asked.push({ said, wish })
    else fates.set(said.no, 'superseded')
  }
  const answers = await catalog.takeProducts(
    tx,
    asked.map(({ wish }) => wish),
    at,
  )
  const learnt: { said: SaidProduct; skuId: string }[] = []
  for (const [i, { said, wish }] of asked.entries()) {
    const answer = answers[i]
    if (!answer) continue
    fates.set(said.no, fateOf(answer, said))
    if (!('skuId' in answer)) continue
    learnt.push({ said, skuId: answer.skuId })
    for (const fact of factsOf(wish)) book.note({ fact, storeId: '', skuId: answer.skuId }, said)
  }
  await mapNew(tx, source, { learnt: learnt.filter(({ said }) => !mapped.has(said.body.goods)), at, fates })
  await putNewest(tx, source.id, book.changed())
}

const factsOf = ({ barcode, name, unit, categoryId }: ProductWish) =>
  FACTS.filter((fact) => ({ barcode, name, unit, category: categoryId })[fact] !== undefined)

/** Of known goods only the facts that are this source's to say, and of those the newest; of new goods everything. */
function wishOf(
  source: Source,
  book: NewestBook,
  said: SaidProduct,
  { skuId, categoryId }: { skuId: string | undefined; categoryId: string | undefined },
): ProductWish | undefined {
  const { barcode, name, unit } = said.body
  const whole = { barcode, name, unit, categoryId }
  if (skuId === undefined) return whole
  const mine = FACTS.filter((fact) => source.productFacts.includes(fact) && said.body[fact] !== undefined)
  const newest = newestOf(book, mine, { storeId: '', skuId }, said)
  if (mine.length > 0 && newest.length === 0) return undefined
  const take = <T>(fact: (typeof FACTS)[number], value: T | undefined) =>
    newest.includes(fact) ? value : undefined
  return {
    skuId,
    barcode: take('barcode', barcode),
    name: take('name', name),
    unit: take('unit', unit),
    categoryId: take('category', categoryId),
  }
}

function fateOf(answer: ProductAnswer, { body }: SaidProduct): Fate {
  switch (answer.outcome) {
    case 'added':
    case 'changed':
      return 'applied'
    case 'same':
      return 'same'
    case 'barcode_invalid':
    case 'barcode_taken':
      return { code: answer.outcome, said: body.barcode ?? '' }
    case 'facts_missing':
      return {
        code: 'facts_missing',
        said: answer.facts.map((fact) => WORDS[fact as keyof typeof WORDS]).join('、'),
      }
  }
}

/** From now on the code means the SKU, unless another code of the source means it. */
async function mapNew(
  tx: Tx,
  source: Source,
  {
    learnt,
    at,
    fates,
  }: { learnt: readonly { said: SaidProduct; skuId: string }[]; at: Date; fates: Map<number, Fate> },
): Promise<void> {
  if (learnt.length === 0) return
  const taken = new Set(
    (
      await findMapped(
        tx,
        source.id,
        learnt.map(({ skuId }) => skuId),
      )
    ).map(({ skuId }) => skuId),
  )
  const rows: { code: string; skuId: string; times: number; per: number }[] = []
  for (const { said, skuId } of learnt) {
    if (taken.has(skuId)) fates.set(said.no, { code: 'goods_twice', said: said.body.goods })
    else rows.push({ code: said.body.goods, skuId, times: 1, per: 1 })
    taken.add(skuId)
  }
  await putGoodsCodes(tx, source.id, rows, { by: `feed:${source.code}`, at })
}
