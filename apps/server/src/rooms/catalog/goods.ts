import type { NewProduct, ProductChange } from '@linli/contract/console-goods'
import type { Static } from 'typebox'
import { signature } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx, violates } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import type { AuditedCall, Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import { isEan13 } from './barcode.ts'
import * as sql from './goods.sql.ts'
import { putListings } from './listings.sql.ts'
import {
  barcodeInvalid,
  barcodeTaken,
  bundleFixed,
  categoryMissing,
  componentInvalid,
  inBundle,
  pictureMissing,
  productMissing,
  versionStale,
} from './problems.ts'
import type { Product } from './product.ts'
import type { BundlePart } from './snapshot.sql.ts'
import { readProducts, type Snapshot } from './snapshot.ts'

export interface GoodsDeps {
  snapshot: Snapshot
  stores: Stores
  staff: Staff
}

/** What a product is, the same in every store. Changed by head office, one editor at a time. */
export interface Goods {
  /** As the database has it now, not as memory does: an editor starts from it. */
  read(id: string): Promise<Product>
  add(call: AuditedCall, given: Static<typeof NewProduct>): Promise<Product>
  change(call: AuditedCall, id: string, given: Static<typeof ProductChange>): Promise<Product>
}

/** Turns what the tables refuse into the refusals of the contract. */
function named(error: unknown): never {
  if (violates(error, 'bundle_component_sku') || violates(error, 'bundle_component_pkey'))
    refuse(componentInvalid)
  if (violates(error, 'sku_barcode_key')) refuse(barcodeTaken)
  if (violates(error, 'product_category_id_fkey')) refuse(categoryMissing)
  if (violates(error, 'product_picture_picture_id_fkey')) refuse(pictureMissing)
  throw error
}

/** What stands in a bundle is sold by the piece. */
export function heldByBundle(error: unknown): never {
  if (violates(error, 'bundle_component_sku')) refuse(inBundle)
  if (violates(error, 'sku_bundle_not_weighed')) refuse(bundleFixed)
  throw error
}

const valuesOf = (given: sql.ProductValues): sql.ProductValues => ({
  name: given.name.trim(),
  subtitle: given.subtitle.trim(),
  description: given.description,
  categoryId: given.categoryId,
  unit: given.unit.trim(),
  weight: given.weight,
  speciality: given.speciality,
  facts: given.facts,
})

async function putPictures(tx: Tx, productId: string, pictureIds: readonly string[]): Promise<void> {
  await sql.deletePictures(tx, productId)
  await sql.insertPictures(tx, productId, pictureIds)
}

async function putComponents(tx: Tx, bundleId: string, components: readonly BundlePart[]): Promise<void> {
  await sql.deleteComponents(tx, bundleId)
  await sql.insertComponents(tx, bundleId, components)
}

/** For the trail: what is in a bundle. */
const bundled = ({ components }: { components?: readonly BundlePart[] | null }) =>
  components ? { components: components.map(({ skuId, quantity }) => `${skuId} × ${quantity}`) } : {}

/** What the trail keeps of a product. */
const audited = (product: sql.ProductValues & { pictureIds: readonly string[] }) => ({
  ...valuesOf(product),
  pictureIds: product.pictureIds,
})

export function createGoods({ db, clock }: Pick<Ctx, 'db' | 'clock'>, deps: GoodsDeps): Goods {
  const { snapshot, stores, staff } = deps
  async function read(id: string): Promise<Product> {
    const [product] = await readProducts(db, [id])
    return product ?? refuse(productMissing, { productId: id })
  }

  return {
    read,

    async add(call, given) {
      const { barcode, priceFen, storeIds } = given
      if (!isEan13(barcode)) refuse(barcodeInvalid, { barcode })
      for (const storeId of storeIds) {
        stores.require(storeId)
        staff.requireScope(call.actor, storeId)
      }
      if (given.components && given.weight) refuse(bundleFixed)
      const [id, skuId, at] = [newId(), newId(), clock.now()]
      const listing = { skuId, priceFen, onlinePriceFen: null, onShelf: true, shelf: null }
      const rows = storeIds.map((storeId) => ({ ...listing, storeId }))
      await inTx(db, async (tx) => {
        await sql.insertProduct(tx, id, valuesOf(given), at)
        await sql.insertSku(tx, {
          id: skuId,
          productId: id,
          barcode,
          weight: given.weight,
          isBundle: given.components !== undefined,
        })
        if (given.components) await sql.insertComponents(tx, skuId, given.components)
        await putPictures(tx, id, given.pictureIds)
        await putListings(tx, rows, { at, by: signature(call.actor) })
        await staff.audit(tx, call, {
          action: 'catalog.product_added',
          subject: `product:${id}`,
          after: { ...audited(given), barcode, priceFen, storeIds, ...bundled(given) },
        })
      }).catch(named)
      await snapshot.refresh([id])
      return read(id)
    },

    async change(call, id, given) {
      const before = await read(id)
      const { version } = given
      if (before.version !== version) refuse(versionStale, { version: before.version })
      if (given.components && !before.components) refuse(bundleFixed)
      if (before.components && given.weight) refuse(bundleFixed)
      await inTx(db, async (tx) => {
        if (!(await sql.updateProduct(tx, { id, version, values: valuesOf(given), at: clock.now() })))
          refuse(versionStale)
        await sql.updateSku(tx, before.skuId, valuesOf(given)).catch(heldByBundle)
        if (given.components) await putComponents(tx, before.skuId, given.components)
        await putPictures(tx, id, given.pictureIds)
        await staff.audit(tx, call, {
          action: 'catalog.product_changed',
          subject: `product:${id}`,
          before: { ...audited(before), ...bundled(before) },
          after: { ...audited(given), ...bundled(given) },
        })
      }).catch(named)
      await snapshot.refresh([id])
      return read(id)
    },
  }
}
