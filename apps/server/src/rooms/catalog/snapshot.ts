import type { Ctx } from '#kernel/ctx'
import type { Reader } from '#kernel/db'
import { oneAtATime, untilFresh } from '#kernel/refresh'
import { assemble, type Product } from './product.ts'
import { createSearchIndex, type SearchIndex } from './search-index.ts'
import * as sql from './snapshot.sql.ts'

/** The whole catalogue in this process's memory, kept true by what the tables themselves tell (`catalog` notifications). */
export interface Snapshot {
  /** Grows when something changed: at once after a quiet second, else at the end of the second, so that a long import does not make every page anew for each row. */
  version(): number
  product(id: string): Product | undefined
  bySku(skuId: string): Product | undefined
  byBarcode(barcode: string): Product | undefined
  products(): Iterable<Product>
  categories(): readonly sql.CategoryRow[]
  category(id: string): sql.CategoryRow | undefined
  banners(): readonly sql.BannerRow[]
  search: SearchIndex
  /** Reads these products again. Whoever awaits sees every change committed before the call. */
  refresh(ids: readonly string[]): Promise<void>
}

/** More changed products than this at once, and everything is read again. */
const MOST_SINGLE = 2000
const VERSION_EVERY_MS = 1000

/** A number that grows at most once in `everyMs`, however often it is told to. */
function calmVersion(everyMs: number): { now(): number; grow(): void } {
  let version = 0
  let resting = false
  let due = false
  const grow = (): void => {
    if (resting) {
      due = true
      return
    }
    version++
    ;[resting, due] = [true, false]
    setTimeout(() => {
      resting = false
      if (due) grow()
    }, everyMs).unref()
  }
  return { now: () => version, grow }
}

/** Products as the database has them now; all of them when no ids are given. */
export async function readProducts(db: Reader, ids?: readonly string[]): Promise<Product[]> {
  return assemble(
    ...(await Promise.all([sql.listProducts(db, ids), sql.listListings(db, ids), sql.listPrices(db, ids)])),
  )
}

export async function createSnapshot({ db, listener, log }: Ctx): Promise<Snapshot> {
  const products = new Map<string, Product>()
  const skus = new Map<string, Product>()
  const barcodes = new Map<string, Product>()
  let categories: readonly sql.CategoryRow[] = []
  let banners: readonly sql.BannerRow[] = []
  const version = calmVersion(VERSION_EVERY_MS)
  const search = createSearchIndex()
  // What was told and not yet read; `all` when it was not said what changed.
  let told = new Set<string>()
  let all = true

  const nameOf = (categoryId: string) => categories.find(({ id }) => id === categoryId)?.name ?? ''
  // Two products may swap their barcodes: the one that was read first must not take the other's away.
  function forgetBarcode({ id, barcode }: Product): void {
    if (barcodes.get(barcode)?.id === id) barcodes.delete(barcode)
  }
  function keep(product: Product): void {
    const before = products.get(product.id)
    if (before && before.skuId !== product.skuId) skus.delete(before.skuId)
    if (before && before.barcode !== product.barcode) forgetBarcode(before)
    products.set(product.id, product)
    skus.set(product.skuId, product)
    barcodes.set(product.barcode, product)
    search.put({ ...product, category: nameOf(product.categoryId) })
  }
  function forget(id: string): void {
    const before = products.get(id)
    if (!before) return
    products.delete(id)
    skus.delete(before.skuId)
    forgetBarcode(before)
    search.drop(id)
  }
  async function readAll(): Promise<void> {
    const [rows, ...others] = await Promise.all([
      readProducts(db),
      sql.listCategories(db),
      sql.listBanners(db),
    ])
    ;[categories, banners] = others
    const present = new Set(rows.map(({ id }) => id))
    for (const id of products.keys()) if (!present.has(id)) forget(id)
    for (const product of rows) keep(product)
  }
  async function readSome(ids: readonly string[]): Promise<void> {
    const rows = await readProducts(db, ids)
    const present = new Set(rows.map(({ id }) => id))
    for (const id of ids) if (!present.has(id)) forget(id)
    for (const product of rows) keep(product)
  }
  const sync = oneAtATime(async () => {
    const [ids, everything] = [[...told], all || told.size > MOST_SINGLE]
    ;[told, all] = [new Set(), false]
    try {
      await (everything ? readAll() : readSome(ids))
      version.grow()
    } catch (error) {
      all = true
      throw error
    }
  })
  const again = untilFresh(sync, (error) =>
    log.error({ err: error }, 'the catalogue could not be read again'),
  )
  await listener.on('catalog', (productId) => {
    if (productId === '') all = true
    else told.add(productId)
    again()
  })
  listener.onReconnect(() => {
    all = true
    again()
  })
  await sync()

  return {
    version: version.now,
    product: (id) => products.get(id),
    bySku: (skuId) => skus.get(skuId),
    byBarcode: (barcode) => barcodes.get(barcode),
    products: () => products.values(),
    categories: () => categories,
    category: (id) => categories.find((each) => each.id === id),
    banners: () => banners,
    search,
    async refresh(ids) {
      for (const id of ids) told.add(id)
      await sync()
    },
  }
}
