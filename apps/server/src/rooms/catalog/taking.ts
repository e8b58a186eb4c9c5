import type { Tx } from '#kernel/db'
import { newId } from '#kernel/id'
import { isEan13 } from './barcode.ts'
import { basePriceFen, type PriceAt } from './base-price.ts'
import { insertProducts, insertSkus } from './import.sql.ts'
import { type ListingRow, putListings } from './listings.sql.ts'
import * as sql from './taking.sql.ts'

/** What another system says a SKU costs in a store; what it does not say stays. */
export interface PriceWish extends sql.ListingKey {
  priceFen?: number | undefined
  onlinePriceFen?: number | null | undefined
  /** The price that it would like to stand struck through. */
  basePriceFen?: number | undefined
}
export type PriceAnswer =
  | { outcome: 'changed' | 'same' }
  | { outcome: 'price_missing' | 'base_without' }
  | { outcome: 'online_above'; saidFen: number; knownFen: number }
  | { outcome: 'base_above'; saidFen: number; knownFen: number }

const keyOf = ({ storeId, skuId }: sql.ListingKey): string => `${storeId} ${skuId}`

/** The listing after a wish, or why not. A strike-through price is not kept: what the price history allows is shown, and a wish for more is refused. */
export function priceAfter(
  before: ListingRow | undefined,
  wish: PriceWish,
  history: readonly PriceAt[],
  at: Date,
): { row: ListingRow } | Exclude<PriceAnswer, { outcome: 'changed' | 'same' }> {
  const priceFen = wish.priceFen ?? before?.priceFen
  if (priceFen === undefined) return { outcome: 'price_missing' }
  const onlinePriceFen =
    wish.onlinePriceFen === undefined ? (before?.onlinePriceFen ?? null) : wish.onlinePriceFen
  if (onlinePriceFen !== null && onlinePriceFen > priceFen)
    return { outcome: 'online_above', saidFen: onlinePriceFen, knownFen: priceFen }
  const row: ListingRow = {
    storeId: wish.storeId,
    skuId: wish.skuId,
    priceFen,
    onlinePriceFen,
    onShelf: before?.onShelf ?? false,
    shelf: before?.shelf ?? null,
  }
  if (wish.basePriceFen === undefined) return { row }
  if (onlinePriceFen === null) return { outcome: 'base_without' }
  const allowed = basePriceFen([...history, { priceFen, onlinePriceFen, at }]) ?? onlinePriceFen
  return wish.basePriceFen > allowed
    ? { outcome: 'base_above', saidFen: wish.basePriceFen, knownFen: allowed }
    : { row }
}

/**
 * Takes over prices from another system, each listing at most once, as part of the caller's transaction. Goods that a store did not sell yet are listed
 * off the shelf, for people to finish. Answers in the order of the wishes; a wish that is refused changes nothing.
 */
export async function takePrices(
  tx: Tx,
  wishes: readonly PriceWish[],
  { at, by }: { at: Date; by: string },
): Promise<PriceAnswer[]> {
  const before = new Map((await sql.lockListings(tx, wishes)).map((row) => [keyOf(row), row]))
  const claims = wishes.filter(({ basePriceFen: base }) => base !== undefined)
  const history = Map.groupBy(await sql.pricesOf(tx, claims), keyOf)
  const rows: ListingRow[] = []
  const answers = wishes.map((wish): PriceAnswer => {
    const known = before.get(keyOf(wish))
    const next = priceAfter(known, wish, history.get(keyOf(wish)) ?? [], at)
    if (!('row' in next)) return next
    const same = known?.priceFen === next.row.priceFen && known.onlinePriceFen === next.row.onlinePriceFen
    if (!same) rows.push(next.row)
    return { outcome: same ? 'same' : 'changed' }
  })
  if (rows.length > 0) await putListings(tx, rows, { at, by })
  return answers
}

/** What another system says goods are; what it does not say stays. */
export interface ProductWish {
  /** Undefined: nobody has said yet which SKU this is. */
  skuId?: string | undefined
  barcode?: string | undefined
  name?: string | undefined
  unit?: string | undefined
  categoryId?: string | undefined
}
export type ProductAnswer =
  | { outcome: 'added' | 'changed' | 'same'; skuId: string }
  | { outcome: 'barcode_invalid' | 'barcode_taken' }
  | { outcome: 'facts_missing'; facts: string[] }

const NO_FACTS = {
  origin: null,
  storage: null,
  shelfLife: null,
  allergens: [],
  licence: null,
  ingredients: null,
}
const MUST_SAY = ['barcode', 'name', 'unit', 'categoryId'] as const

/**
 * Takes over what goods are, as part of the caller's transaction: new ones are added, listed in no store; of known ones the said facts change. Answers in
 * the order of the wishes; a wish that is refused changes nothing.
 */
export async function takeProducts(
  tx: Tx,
  wishes: readonly ProductWish[],
  at: Date,
): Promise<ProductAnswer[]> {
  const said = wishes.flatMap(({ barcode }) => (barcode === undefined ? [] : [barcode]))
  const byBarcode = new Map((await sql.findBarcodes(tx, said)).map((row) => [row.barcode, row.skuId]))
  const skuIds = wishes.flatMap((wish) => wish.skuId ?? byBarcode.get(wish.barcode ?? '') ?? [])
  const known = new Map((await sql.lockFacts(tx, skuIds)).map((facts) => [facts.skuId, facts]))
  const answers: ProductAnswer[] = []
  const changed = new Map<string, sql.ProductFacts>()
  const added: sql.ProductFacts[] = []
  for (const wish of wishes) {
    const owner = wish.barcode === undefined ? undefined : byBarcode.get(wish.barcode)
    const skuId = wish.skuId ?? owner
    const facts = skuId === undefined ? undefined : (changed.get(skuId) ?? known.get(skuId))
    const answer = answerTo(wish, facts, owner)
    answers.push(answer.answer)
    if (!answer.facts) continue
    if (wish.barcode !== undefined) byBarcode.set(wish.barcode, answer.facts.skuId)
    if (answer.answer.outcome === 'added') {
      added.push(answer.facts)
      known.set(answer.facts.skuId, answer.facts)
    } else changed.set(answer.facts.skuId, answer.facts)
  }
  const rows = added.map(({ productId: id, ...facts }) => ({
    ...(changed.get(facts.skuId) ?? facts),
    id,
    subtitle: '',
    description: '',
    weight: null,
    speciality: false,
    facts: NO_FACTS,
  }))
  if (rows.length > 0) {
    await insertProducts(tx, rows, at)
    await insertSkus(tx, rows)
  }
  const isNew = new Set(added.map(({ skuId }) => skuId))
  const renamed = [...changed.values()].filter(({ skuId }) => !isNew.has(skuId))
  await sql.setFacts(tx, renamed, at)
  for (const { skuId, barcode } of renamed)
    if (known.get(skuId)?.barcode !== barcode) await sql.setBarcode(tx, skuId, barcode)
  return answers
}

/** What becomes of one wish; `owner` has its barcode already. */
function answerTo(
  wish: ProductWish,
  facts: sql.ProductFacts | undefined,
  owner: string | undefined,
): { answer: ProductAnswer; facts?: sql.ProductFacts } {
  if (wish.barcode !== undefined && !isEan13(wish.barcode)) return { answer: { outcome: 'barcode_invalid' } }
  if (wish.skuId !== undefined && owner !== undefined && owner !== wish.skuId)
    return { answer: { outcome: 'barcode_taken' } }
  if (facts) {
    const next = {
      ...facts,
      barcode: wish.barcode ?? facts.barcode,
      name: wish.name ?? facts.name,
      unit: wish.unit ?? facts.unit,
      categoryId: wish.categoryId ?? facts.categoryId,
    }
    const same = JSON.stringify(next) === JSON.stringify(facts)
    const answer = { outcome: same ? 'same' : 'changed', skuId: facts.skuId } as const
    return same ? { answer } : { answer, facts: next }
  }
  const missing = MUST_SAY.filter((fact) => wish[fact] === undefined)
  const { barcode, name, unit, categoryId } = wish
  if (barcode === undefined || name === undefined || unit === undefined || categoryId === undefined)
    return { answer: { outcome: 'facts_missing', facts: missing } }
  const skuId = newId()
  return {
    answer: { outcome: 'added', skuId },
    facts: { skuId, productId: newId(), barcode, name, unit, categoryId },
  }
}
