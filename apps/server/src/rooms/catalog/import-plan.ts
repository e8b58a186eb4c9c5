import type { CellFault, Said } from './import-cells.ts'
import { readRow } from './import-cells.ts'
import { type Cells, type Column, columnName, type Table } from './import-columns.ts'
import type { ProductValues } from './goods.sql.ts'
import type { ListingValues } from './listings.sql.ts'

/** A product as it is before the import. */
export interface KnownProduct {
  id: string
  skuId: string
  version: number
  values: ProductValues
  listings: ReadonlyMap<string, ListingValues>
}
export interface Ground {
  /** By barcode. */
  products: ReadonlyMap<string, KnownProduct>
  categories: readonly { id: string; name: string }[]
  /** Stores there are, and whether the importer may change them. */
  stores: ReadonlyMap<string, { inScope: boolean }>
}
export interface Fault {
  line: number
  barcode: string
  column: string
  reason: string
}
/** What becomes of one product. */
export interface Draft {
  barcode: string
  known: KnownProduct | undefined
  values: ProductValues
  productChanged: boolean
  listings: Map<string, ListingValues>
  changedStores: Set<string>
}
export interface Plan {
  drafts: Draft[]
  faults: Fault[]
  added: number
  changed: number
  unchanged: number
}

interface Work extends Draft {
  /** Which line said what, so that two lines cannot say two things. */
  saidBy: Map<string, { line: number; value: unknown }>
  listedBy: Map<string, number>
}

const EMPTY: ProductValues = {
  name: '',
  subtitle: '',
  description: '',
  categoryId: '',
  unit: '',
  weight: null,
  speciality: false,
  facts: { origin: null, storage: null, shelfLife: null, allergens: [], licence: null, ingredients: null },
}
const OF_PRODUCT = ['name', 'subtitle', 'unit', 'speciality'] as const
const NEEDED: readonly [column: Column & keyof Said, word: string][] = [
  ['name', '名称'],
  ['category', '分类'],
  ['unit', '单位'],
  ['price', '价格'],
]

/** Decides what an import does, row after row, without doing it. Pure: the same file on the same goods plans the same. */
export function planImport(table: Table, ground: Ground): Plan {
  const works = new Map<string, Work>()
  const plan: Plan = { drafts: [], faults: [], added: 0, changed: 0, unchanged: 0 }
  for (const header of table.unknown)
    plan.faults.push({ line: 1, barcode: '', column: header, reason: '不认识或重复的列' })
  for (const row of table.rows) {
    const { said, faults } = readRow(row)
    const work = works.get(said.barcode) ?? newWork(said.barcode, ground)
    const found = faults.length > 0 ? faults : planRow({ row, said, work, ground })
    for (const { column, reason } of found)
      plan.faults.push({
        line: row.line,
        barcode: said.barcode,
        column: table.headers[column] ?? columnName(column),
        reason,
      })
    if (row.ragged)
      plan.faults.push({ line: row.line, barcode: said.barcode, column: '', reason: '格数与表头不同' })
    if (found.length > 0) continue
    const isFirst = !works.has(said.barcode)
    works.set(said.barcode, work)
    plan[outcomeOf(work, row.line, isFirst)]++
  }
  plan.drafts = [...works.values()].filter(
    ({ known, productChanged, changedStores }) => !known || productChanged || changedStores.size > 0,
  )
  return plan
}

function newWork(barcode: string, { products }: Ground): Work {
  const known = products.get(barcode)
  return {
    barcode,
    known,
    values: known?.values ?? EMPTY,
    productChanged: false,
    listings: new Map(known?.listings),
    changedStores: new Set(),
    saidBy: new Map(),
    listedBy: new Map(),
  }
}

function outcomeOf(work: Work, line: number, isFirst: boolean): 'added' | 'changed' | 'unchanged' {
  if (!work.known) return isFirst ? 'added' : 'changed'
  const ofThisLine = [...work.changedStores].some((storeId) => work.listedBy.get(storeId) === line)
  const changedHere = [...work.saidBy.values()].some((each) => each.line === line) && work.productChanged
  return ofThisLine || changedHere ? 'changed' : 'unchanged'
}

interface RowWork {
  row: Cells
  said: Said
  work: Work
  ground: Ground
}

function planRow(at: RowWork): CellFault[] {
  const { said, work } = at
  const isNew = !work.known && work.saidBy.size === 0
  const missing = isNew ? NEEDED.filter(([column]) => said[column] === undefined) : []
  if (missing.length > 0)
    return [{ column: 'barcode', reason: `新商品还缺：${missing.map(([, word]) => word).join('、')}` }]
  const productFaults = planProduct(at)
  return productFaults.length > 0 ? productFaults : planListings(at)
}

function planProduct({ row, said, work, ground }: RowWork): CellFault[] {
  const faults: CellFault[] = []
  const next: Record<string, unknown> = {}
  const say = (column: Column, key: string, value: unknown) => {
    const earlier = work.saidBy.get(key)
    if (earlier && JSON.stringify(earlier.value) !== JSON.stringify(value))
      faults.push({ column, reason: `与第 ${earlier.line} 行不一致` })
    else next[key] = value
  }
  for (const column of OF_PRODUCT) if (said[column] !== undefined) say(column, column, said[column])
  if (said.category !== undefined) {
    const category = ground.categories.find(({ id, name }) => id === said.category || name === said.category)
    if (category) say('category', 'categoryId', category.id)
    else faults.push({ column: 'category', reason: `没有「${said.category}」这个分类` })
  }
  if (said.pieceGrams !== undefined || said.perGrams !== undefined) {
    const weight = weightAfter(work.values.weight, said)
    if (weight === undefined)
      faults.push({ column: 'perGrams', reason: '不称重的商品没有计价克数，先写约重' })
    else say('pieceGrams', 'weight', weight)
  }
  if (faults.length > 0) return faults
  const values = { ...work.values, ...next }
  for (const [key, value] of Object.entries(next))
    if (!work.saidBy.has(key)) work.saidBy.set(key, { line: row.line, value })
  if (JSON.stringify(values) !== JSON.stringify(work.values)) work.productChanged = true
  work.values = values
  return []
}

/** Undefined: told how its price per weight is said, of a product that is not sold by weight. */
function weightAfter(
  before: ProductValues['weight'],
  { pieceGrams = before?.pieceGrams ?? null, perGrams }: Said,
): ProductValues['weight'] | undefined {
  if (pieceGrams !== null) return { pieceGrams, perGrams: perGrams ?? before?.perGrams ?? 500 }
  return perGrams === undefined ? null : undefined
}

/** An empty store cell means every store that lists the product; for a new one, every store. */
function storesOf({ said, work, ground }: RowWork): string[] {
  if (said.stores) return said.stores
  const mine = [...ground.stores].filter(([, { inScope }]) => inScope).map(([id]) => id)
  const listed = mine.filter((id) => work.known?.listings.has(id))
  return listed.length > 0 ? listed : mine
}

const saysListing = ({ price, onlinePrice, shelf, onShelf, stores }: Said): boolean =>
  [price, onlinePrice, shelf, onShelf, stores].some((value) => value !== undefined)

function planListings(at: RowWork): CellFault[] {
  const { row, said, work } = at
  if (!saysListing(said)) return []
  const wanted = storesOf(at)
  const faults = wanted.flatMap((storeId) => listingFaults(at, storeId))
  if (faults.length > 0) return faults
  for (const storeId of wanted) {
    const before = work.listings.get(storeId)
    const after = listingAfter(before, said)
    if (!after) continue
    work.listedBy.set(storeId, row.line)
    if (JSON.stringify(before) !== JSON.stringify(after)) work.changedStores.add(storeId)
    work.listings.set(storeId, after)
  }
  return []
}

function listingAfter(before: ListingValues | undefined, said: Said): ListingValues | undefined {
  const priceFen = said.price ?? before?.priceFen
  if (priceFen === undefined) return undefined
  return {
    priceFen,
    onlinePriceFen: said.onlinePrice === undefined ? (before?.onlinePriceFen ?? null) : said.onlinePrice,
    onShelf: said.onShelf ?? before?.onShelf ?? true,
    shelf: said.shelf ?? before?.shelf ?? null,
  }
}

function listingFaults({ said, work, ground }: RowWork, storeId: string): CellFault[] {
  const store = ground.stores.get(storeId)
  if (!store) return [{ column: 'stores', reason: `没有门店 ${storeId}` }]
  if (!store.inScope) return [{ column: 'stores', reason: `门店 ${storeId} 不归你管` }]
  const earlier = work.listedBy.get(storeId)
  if (earlier !== undefined) return [{ column: 'barcode', reason: `${storeId} 在第 ${earlier} 行已经写过` }]
  const after = listingAfter(work.listings.get(storeId), said)
  if (!after) return [{ column: 'price', reason: `${storeId} 第一次卖它，要有价格` }]
  if (after.onlinePriceFen !== null && after.onlinePriceFen > after.priceFen)
    return [
      {
        column: said.onlinePrice === undefined ? 'price' : 'onlinePrice',
        reason: `${storeId} 的线上价高于门店价`,
      },
    ]
  return []
}
