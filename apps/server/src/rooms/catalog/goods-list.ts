import type { Input, Output } from '@linli/contract'
import type { ConsoleProduct, consoleGoodsRoutes } from '@linli/contract/console-goods'
import type { Static } from 'typebox'
import { pictureOf, picturePaths, stockWord } from './cards.ts'
import type { Listing, Product } from './product.ts'
import type { Snapshot } from './snapshot.ts'

type ListRoute = (typeof consoleGoodsRoutes)['GET /console/v1/products']
export type ListQuery = NonNullable<Input<ListRoute>['query']>
export type List = Output<ListRoute>
type Row = List['items'][number]

interface Considered {
  product: Product
  /** Listings of the stores that count for this reader and filter. */
  listings: { listing: Listing; available: number }[]
  score: number
}

const BY_NAME = new Intl.Collator('zh-Hans-CN', { numeric: true })

const updatedAt = ({ updatedAt, listings }: Product): number =>
  Math.max(updatedAt.getTime(), ...[...listings.values()].map((listing) => listing.updatedAt.getTime()))

const lowest = ({ listings }: Considered): number =>
  Math.min(...listings.map(({ listing }) => listing.unitFen))
const highest = ({ listings }: Considered): number =>
  Math.max(...listings.map(({ listing }) => listing.unitFen))
/** Goods that no store in view lists have no price: they stand last either way. */
const priced = (fen: number, otherwise: number): number => (Number.isFinite(fen) ? fen : otherwise)

const ORDERS: Readonly<
  Record<NonNullable<ListQuery['sort']> | 'relevance', (a: Considered, b: Considered) => number>
> = {
  relevance: (a, b) => b.score - a.score || b.product.rank - a.product.rank,
  updated: (a, b) => updatedAt(b.product) - updatedAt(a.product),
  name: (a, b) => BY_NAME.compare(a.product.name, b.product.name),
  price_up: (a, b) => priced(lowest(a), Number.MAX_VALUE) - priced(lowest(b), Number.MAX_VALUE),
  price_down: (a, b) => priced(highest(b), 0) - priced(highest(a), 0),
  barcode: (a, b) => (a.product.barcode < b.product.barcode ? -1 : 1),
}

const isOn = ({ listings }: Considered): boolean => listings.some(({ listing }) => listing.onShelf)

function hasStock(
  { listings }: Considered,
  wanted: NonNullable<ListQuery['stock']>,
  lowUpTo: number,
): boolean {
  return listings.some(
    ({ listing, available }) => listing.onShelf && stockWord(available, lowUpTo) === wanted,
  )
}

function rowOf({ product, listings }: Considered): Row {
  const prices = listings.map(({ listing }) => listing.unitFen)
  return {
    id: product.id,
    skuId: product.skuId,
    name: product.name,
    barcode: product.barcode,
    unit: product.unit,
    categoryId: product.categoryId,
    picture: pictureOf(product.pictureIds[0]),
    minPriceFen: prices.length > 0 ? Math.min(...prices) : 0,
    maxPriceFen: prices.length > 0 ? Math.max(...prices) : 0,
    stores: listings.map(({ listing, available }) => ({
      storeId: listing.storeId,
      onShelf: listing.onShelf,
      available,
    })),
    updatedAt: new Date(updatedAt(product)).toISOString(),
  }
}

export interface ListView {
  snapshot: Pick<Snapshot, 'products' | 'product' | 'search'>
  available: (storeId: string, skuId: string) => number
  lowUpTo: number
  /** Stores the reader may see; null means all. */
  scope: readonly string[] | null
}

/** A page of the goods table, filtered and sorted in memory. The counts of the shelf tabs are taken before the tab is chosen. */
export function listGoods(view: ListView, query: ListQuery): List {
  const { q, categoryId, storeId, shelf, stock, page = 1, limit = 20 } = query
  const inView = (id: string) =>
    storeId === undefined ? !view.scope || view.scope.includes(id) : id === storeId
  const wanted = q?.trim()
  const found: { product: Product; score: number }[] = []
  if (wanted)
    for (const { id, score } of view.snapshot.search.find(wanted)) {
      const product = view.snapshot.product(id)
      if (product) found.push({ product, score })
    }
  else for (const product of view.snapshot.products()) found.push({ product, score: 0 })

  const considered = found
    .filter(({ product }) => categoryId === undefined || product.categoryId === categoryId)
    .map(({ product, score }) => ({
      product,
      score,
      listings: [...product.listings.values()]
        .filter((listing) => inView(listing.storeId))
        .map((listing) => ({ listing, available: view.available(listing.storeId, product.skuId) })),
    }))
    .filter(
      (goods) =>
        (storeId === undefined || goods.listings.length > 0) &&
        (!stock || hasStock(goods, stock, view.lowUpTo)),
    )
  const on = considered.filter(isOn)
  const off = considered.filter((goods) => !isOn(goods))
  const shown = shelf === 'on' ? on : shelf === 'off' ? off : considered
  const order = ORDERS[query.sort ?? (wanted ? 'relevance' : 'updated')]
  const sorted = shown.toSorted((a, b) => order(a, b) || (a.product.id < b.product.id ? -1 : 1))
  return {
    items: sorted.slice((page - 1) * limit, page * limit).map(rowOf),
    total: shown.length,
    onShelf: on.length,
    offShelf: off.length,
  }
}

/** A product as its editor sees it, with the listings of the stores in scope. */
export const consoleProductOf = (
  goods: Pick<Snapshot, 'bySku'>,
  product: Product,
  scope: readonly string[] | null,
): Static<typeof ConsoleProduct> => ({
  id: product.id,
  skuId: product.skuId,
  name: product.name,
  subtitle: product.subtitle,
  description: product.description,
  categoryId: product.categoryId,
  barcode: product.barcode,
  unit: product.unit,
  weight: product.weight,
  components:
    product.components &&
    product.components.map(({ skuId, quantity }) => {
      const part = goods.bySku(skuId)
      return { skuId, name: part?.name ?? '', unit: part?.unit ?? '', quantity }
    }),
  speciality: product.speciality,
  facts: product.facts,
  pictures: product.pictureIds.map(picturePaths),
  listings: [...product.listings.values()]
    .filter(({ storeId }) => !scope || scope.includes(storeId))
    .map(({ storeId, priceFen, onlinePriceFen, onShelf, shelf }) => ({
      storeId,
      priceFen,
      onlinePriceFen,
      onShelf,
      shelf,
    })),
  updatedAt: new Date(updatedAt(product)).toISOString(),
  version: product.version,
})
