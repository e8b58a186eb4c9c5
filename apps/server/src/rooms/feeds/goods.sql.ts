import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface GoodsCode {
  code: string
  skuId: string
  times: number
  per: number
}
export const findGoodsCodes = (
  db: Reader,
  sourceId: string,
  codes: readonly string[],
): Promise<GoodsCode[]> =>
  db
    .selectFrom('feed_goods')
    .select(['code', 'sku_id as skuId', 'times', 'per'])
    .where('source_id', '=', sourceId)
    .where(sql<boolean>`code = any(${codes}::text[])`)
    .execute()

/** SKUs with these barcodes that the source has no code of its own for. */
export const findByBarcode = (
  db: Reader,
  sourceId: string,
  barcodes: readonly string[],
): Promise<{ barcode: string; skuId: string }[]> =>
  db
    .selectFrom('sku')
    .select(['barcode', 'id as skuId'])
    .where(sql<boolean>`barcode = any(${barcodes}::text[])`)
    .where(
      sql<boolean>`not exists (select from feed_goods g where g.source_id = ${sourceId} and g.sku_id = sku.id)`,
    )
    .execute()

export interface GoodsCodeShown extends GoodsCode {
  name: string
  barcode: string
  unit: string
  by: string
  at: Date
}
const matching = (db: Reader, sourceId: string, q: string | undefined) => {
  const query = db
    .selectFrom('feed_goods as g')
    .innerJoin('sku', 'sku.id', 'g.sku_id')
    .innerJoin('product', 'product.id', 'sku.product_id')
    .where('g.source_id', '=', sourceId)
  return q
    ? query.where(
        sql<boolean>`(starts_with(g.code, ${q}) or starts_with(sku.barcode, ${q}) or strpos(lower(product.name), lower(${q})) > 0)`,
      )
    : query
}
export const listGoodsCodes = (
  db: Reader,
  sourceId: string,
  { q, limit, offset }: { q: string | undefined; limit: number; offset: number },
): Promise<GoodsCodeShown[]> =>
  matching(db, sourceId, q)
    .select(['g.code', 'g.sku_id as skuId', 'g.times', 'g.per', 'g.set_by as by', 'g.set_at as at'])
    .select(['product.name', 'product.unit', 'sku.barcode'])
    .orderBy('g.code')
    .limit(limit)
    .offset(offset)
    .execute()
export const countGoodsCodes = async (
  db: Reader,
  sourceId: string,
  q: string | undefined,
): Promise<number> => {
  const { count } = await matching(db, sourceId, q)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** Says what codes mean; violates `feed_goods_sku` where another code of the source means the SKU, `feed_goods_sku_id_fkey` where there is none. */
export async function putGoodsCodes(
  tx: Tx,
  sourceId: string,
  rows: readonly GoodsCode[],
  { by, at }: { by: string; at: Date },
): Promise<bigint> {
  if (rows.length === 0) return 0n
  const { numAffectedRows = 0n } = await sql`
    insert into feed_goods (source_id, code, sku_id, times, per, set_by, set_at)
    select ${sourceId}::uuid, code, "skuId", times, per, ${by}, ${at}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as r (code text, "skuId" uuid, times int, per int)
    on conflict (source_id, code) do update set sku_id = excluded.sku_id, times = excluded.times, per = excluded.per, set_by = excluded.set_by,
      set_at = excluded.set_at`.execute(tx)
  return numAffectedRows
}
export const dropGoodsCode = async (tx: Tx, sourceId: string, code: string): Promise<boolean> => {
  const { numDeletedRows } = await tx
    .deleteFrom('feed_goods')
    .where('source_id', '=', sourceId)
    .where('code', '=', code)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** SKUs by their barcodes. */
export const findBarcodes = (
  db: Reader,
  barcodes: readonly string[],
): Promise<{ barcode: string; skuId: string }[]> =>
  db
    .selectFrom('sku')
    .select(['barcode', 'id as skuId'])
    .where(sql<boolean>`barcode = any(${barcodes}::text[])`)
    .execute()

/** Those of the SKUs that a code of the source means. */
export const findMapped = (
  db: Reader,
  sourceId: string,
  skuIds: readonly string[],
): Promise<{ skuId: string }[]> =>
  db
    .selectFrom('feed_goods')
    .select('sku_id as skuId')
    .where('source_id', '=', sourceId)
    .where(sql<boolean>`sku_id = any(${skuIds}::uuid[])`)
    .execute()
