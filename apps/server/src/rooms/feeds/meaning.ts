import type { Reader } from '#kernel/db'
import { findByBarcode, findGoodsCodes } from './goods.sql.ts'
import { listStoreCodes, type Source } from './sources.sql.ts'
import { type Codes, codesIn, type Word } from './words.ts'

const BARCODE = /^[0-9]{13}$/

/** What the codes in these words mean: as mapped, or else, where the source is read so, as a barcode of ours. */
export async function codesOf(db: Reader, source: Source, words: readonly Word[]): Promise<Codes> {
  const codes = codesIn(words)
  const mapped = await findGoodsCodes(db, source.id, codes)
  const stores = await listStoreCodes(db, source.id)
  const goods = new Map(mapped.map(({ code, ...rest }) => [code, rest]))
  const unmapped = source.byBarcode ? codes.filter((code) => !goods.has(code) && BARCODE.test(code)) : []
  const known = unmapped.length === 0 ? [] : await findByBarcode(db, source.id, unmapped)
  for (const { barcode, skuId } of known) goods.set(barcode, { skuId, times: 1, per: 1 })
  return { stores: new Map(stores.map(({ code, storeId }) => [code, storeId])), goods }
}
