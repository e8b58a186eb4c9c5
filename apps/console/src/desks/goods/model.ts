import type { Out } from '../../api.ts'
import type { Chip } from '../../ui/filter-chips.tsx'
import { formatFen } from '../../ui/fen.ts'
import type { Tick } from '../../ui/ticks.tsx'

export type GoodsRow = Out<'GET /console/v1/products'>['items'][number]
export type Category = Out<'GET /console/v1/categories'>['items'][number]

export const pageSize = 20

const shelfWords = { on: '在架', off: '已下架' } as const
const stockWords = { sold_out: '卖完', low: '偏少' } as const
const sortWords = {
  updated: '最近改动在前',
  name: '按名称',
  price_up: '价低在前',
  price_down: '价高在前',
  barcode: '按条码',
} as const

export const stockChoices = Object.entries(stockWords).map(([value, label]) => ({ value, label }))
export const sortChoices = Object.entries(sortWords).map(([value, label]) => ({ value, label }))

export interface GoodsFilters {
  q?: string
  categoryId?: string
  shelf?: keyof typeof shelfWords
  stock?: keyof typeof stockWords
  sort?: keyof typeof sortWords
}

const pick = <Words extends object>(words: Words, value: string | null): keyof Words | undefined =>
  value !== null && Object.hasOwn(words, value) ? (value as keyof Words) : undefined

/** Reads the list's filters out of the address; anything that cannot be a filter is left out. */
export const goodsFilters = (params: URLSearchParams): GoodsFilters => {
  const filters: GoodsFilters = {}
  const q = params.get('q')?.trim().slice(0, 40)
  const categoryId = params.get('cat')
  const shelf = pick(shelfWords, params.get('shelf'))
  const stock = pick(stockWords, params.get('stock'))
  const sort = pick(sortWords, params.get('sort'))
  if (q) filters.q = q
  if (categoryId && /^[A-Za-z0-9_-]{1,20}$/.test(categoryId)) filters.categoryId = categoryId
  if (shelf) filters.shelf = shelf
  if (stock) filters.stock = stock
  if (sort) filters.sort = sort
  return filters
}

/** The filters in force as chips, each named by its key in the address. The shelf is a tab, the order is not a filter. */
export const goodsChips = (filters: GoodsFilters, categories: readonly Category[]): Chip[] => {
  const chips: Chip[] = []
  if (filters.categoryId)
    chips.push({
      key: 'cat',
      label: '分类',
      value: categories.find((each) => each.id === filters.categoryId)?.name ?? filters.categoryId,
    })
  if (filters.stock) chips.push({ key: 'stock', label: '库存', value: stockWords[filters.stock] })
  return chips
}

/** The tabs above the list: on the shelf anywhere, or nowhere. */
export const goodsTabs = (
  filters: GoodsFilters,
  counts: { onShelf: number; offShelf: number } | undefined,
) => [
  {
    key: 'all',
    label: '全部',
    count: counts && counts.onShelf + counts.offShelf,
    change: { shelf: undefined },
    on: !filters.shelf,
  },
  {
    key: 'on',
    label: shelfWords.on,
    count: counts?.onShelf,
    change: { shelf: 'on' },
    on: filters.shelf === 'on',
  },
  {
    key: 'off',
    label: shelfWords.off,
    count: counts?.offShelf,
    change: { shelf: 'off' },
    on: filters.shelf === 'off',
  },
]

/** Up to this many a shelf counts as low, as the stock desk's filter does. */
const lowStock = 10

const levelOf = ({ onShelf, available }: GoodsRow['stores'][number]): Tick['level'] => {
  if (!onShelf) return 'none'
  if (available <= 0) return 'empty'
  return available <= lowStock ? 'low' : 'full'
}

/** One tick per store. */
export const ticksOf = (row: GoodsRow): Tick[] =>
  row.stores.map((store) => ({ store: store.storeId, sellable: store.available, level: levelOf(store) }))

/** What can be sold now over all stores where the product is on the shelf. */
export const sellable = (row: GoodsRow): number =>
  row.stores.reduce((sum, store) => sum + (store.onShelf ? Math.max(0, store.available) : 0), 0)

/** `¥23.90 – 24.90` when the stores differ. */
export const priceRange = (row: GoodsRow): string =>
  row.minPriceFen === row.maxPriceFen
    ? formatFen(row.minPriceFen)
    : `${formatFen(row.minPriceFen)} – ${formatFen(row.maxPriceFen).slice(1)}`

/** Where the product is sold, in a word. */
export const shelfState = (row: GoodsRow): { tone: 'done' | 'doing' | 'over'; word: string } => {
  const on = row.stores.filter((store) => store.onShelf).length
  if (on === 0) return { tone: 'over', word: '已下架' }
  return on === row.stores.length
    ? { tone: 'done', word: '在架' }
    : { tone: 'doing', word: `${on} / ${row.stores.length} 店在架` }
}
