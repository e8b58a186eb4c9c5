import type { ImportReport } from '@linli/contract/console-goods'
import type { Static } from 'typebox'
import { inScope, signature } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx, violates } from '#kernel/db'
import { newId } from '#kernel/id'
import type { AuditedCall } from '#room/staff'
import { type GoodsDeps, heldByBundle } from './goods.ts'
import { readTable } from './import-columns.ts'
import { type Draft, type Ground, type KnownProduct, type Plan, planImport } from './import-plan.ts'
import * as sql from './import.sql.ts'
import { putListings } from './listings.sql.ts'
import type { Product } from './product.ts'
import { readProducts } from './snapshot.ts'

export type Report = Static<typeof ImportReport>

/** Takes goods and prices in from CSV: every row or none. */
export interface Import {
  run(call: AuditedCall, input: { csv: string; dryRun: boolean }): Promise<Report>
}

const MOST_FAULTS = 1000

const knownOf = (product: Product): KnownProduct => ({
  id: product.id,
  skuId: product.skuId,
  version: product.version,
  values: {
    name: product.name,
    subtitle: product.subtitle,
    description: product.description,
    categoryId: product.categoryId,
    unit: product.unit,
    weight: product.weight,
    speciality: product.speciality,
    facts: product.facts,
  },
  listings: new Map(
    [...product.listings].map(([storeId, { priceFen, onlinePriceFen, onShelf, shelf }]) => [
      storeId,
      { priceFen, onlinePriceFen, onShelf, shelf },
    ]),
  ),
})

export function createImport({ db, clock }: Pick<Ctx, 'db' | 'clock'>, deps: GoodsDeps): Import {
  const { snapshot, stores, staff } = deps

  /** What is there now, locked until the transaction ends, so that nobody's change falls between plan and deed. */
  async function groundOf(tx: Tx, call: AuditedCall, barcodes: readonly string[]): Promise<Ground> {
    const ids = (await sql.lockProducts(tx, barcodes)).map(({ id }) => id)
    await sql.lockListings(tx, ids)
    const products = await readProducts(tx, ids)
    return {
      products: new Map(products.map((product) => [product.barcode, knownOf(product)])),
      categories: snapshot.categories(),
      stores: new Map(stores.list().map(({ id }) => [id, { inScope: inScope(call.actor, id) }])),
    }
  }

  async function apply(tx: Tx, call: AuditedCall, { drafts }: Plan): Promise<string[]> {
    const at = clock.now()
    const withIds = drafts.map((draft) => ({
      ...draft,
      id: draft.known?.id ?? newId(),
      skuId: draft.known?.skuId ?? newId(),
    }))
    const added = withIds.filter(({ known }) => !known)
    const rows = added.map(({ id, skuId, barcode, values }) => ({ id, skuId, barcode, ...values }))
    await sql.insertProducts(tx, rows, at)
    await sql.insertSkus(tx, rows)
    const changed = withIds.filter(({ known, productChanged }) => known && productChanged)
    await sql.updateProducts(
      tx,
      changed.map(({ id, values }) => ({ id, ...values })),
      at,
    )
    await sql
      .updateSkus(
        tx,
        changed.map(({ skuId, values }) => ({ skuId, ...values })),
      )
      .catch(heldByBundle)
    const listings = withIds.flatMap(({ skuId, ...draft }) =>
      changedListings(draft).map((listing) => ({ ...listing, skuId })),
    )
    await putListings(tx, listings, { at, by: signature(call.actor) })
    return withIds.map(({ id }) => id)
  }

  async function runOnce(
    call: AuditedCall,
    { csv, dryRun }: { csv: string; dryRun: boolean },
  ): Promise<Report> {
    const table = readTable(csv)
    const barcodes = table.rows.map(({ cells }) => cells.barcode ?? '')
    const { report, ids } = await inTx(db, async (tx) => {
      const plan = planImport(table, await groundOf(tx, call, barcodes))
      const { added, changed, unchanged } = plan
      const applied = !dryRun && plan.faults.length === 0
      const faults = plan.faults.slice(0, MOST_FAULTS)
      const report = { applied, rows: table.rows.length, added, changed, unchanged, faults }
      if (!applied || plan.drafts.length === 0) return { report, ids: [] }
      const ids = await apply(tx, call, plan)
      await staff.audit(tx, call, {
        action: 'catalog.imported',
        subject: `products:${ids.length}`,
        after: { rows: report.rows, added, changed },
      })
      return { report, ids }
    })
    if (ids.length > 0) await snapshot.refresh(ids)
    return report
  }

  return {
    run: (call, input) =>
      runOnce(call, input).catch((error: unknown) => {
        // Somebody added one of the new barcodes while we planned: plan again, now it is known.
        if (violates(error, 'sku_barcode_key')) return runOnce(call, input)
        throw error
      }),
  }
}

const changedListings = ({ changedStores, listings }: Draft) =>
  [...changedStores].flatMap((storeId) => {
    const values = listings.get(storeId)
    return values ? [{ ...values, storeId }] : []
  })
