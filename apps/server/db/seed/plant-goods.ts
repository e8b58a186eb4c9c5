import { createHash } from 'node:crypto'
import type pg from 'pg'
import { BUNDLES, goodOf } from './bundles.ts'
import { STORES } from './chain.ts'
import { GOODS, type Good, shelfIn } from './goods.ts'
import { seedId } from './ids.ts'
import type { Drawn } from './pictures.ts'
import { type PictureFiles, SIDES } from './pictures/compose.ts'
import { pricesOf } from './prices.ts'
import { rankOf } from './ranks.ts'
import { insertRows } from '../rows.ts'
import { levelOf } from './stock.ts'
import { ZONES } from './zones.ts'

const BY = 'seed'
/** When the chain's goods were listed, and when eight of them became cheaper online. Both lie before the first start. */
const LISTED_AT = '2026-10-08T00:00:00Z'
const ONLINE_FROM = '2026-11-16T00:00:00Z'
/** Where each banner leads. */
const BANNER_TARGETS: Readonly<Record<string, { barcode?: string; zone?: string }>> = {
  'winter-pickles': { barcode: '6999910000047' },
  'local-fruit': { zone: 'G' },
  'dumpling-night': { barcode: '6999917000071' },
}

const productIdOf = (barcode: string): string => seedId(`product ${barcode}`)
const skuIdOf = (barcode: string): string => seedId(`sku ${barcode}`)

/** Picture ids: of a product by barcode, of a category by zone. */
export type PictureIds = ReadonlyMap<string, string>

export async function plantPictures(client: pg.Client, drawn: Drawn): Promise<PictureIds> {
  const all: (readonly [name: string, files: PictureFiles])[] = [...drawn.goods, ...drawn.icons]
  const ids = new Map(all.map(([name]) => [name, seedId(`picture ${name}`)]))
  const idOf = (name: string): string => ids.get(name) ?? ''
  await insertRows(
    client,
    'picture',
    { id: 'uuid', sha256: 'bytea', width: 'int', height: 'int', created_at: 'timestamptz' },
    all.map(([name, { l }]) => ({
      id: idOf(name),
      sha256: createHash('sha256').update(l).digest(),
      width: SIDES.l,
      height: SIDES.l,
      created_at: LISTED_AT,
    })),
  )
  await insertRows(
    client,
    'picture_file',
    { picture_id: 'uuid', size: 'text', webp: 'bytea' },
    all.flatMap(([name, files]) =>
      (['s', 'm', 'l'] as const).map((size) => ({ picture_id: idOf(name), size, webp: files[size] })),
    ),
  )
  return ids
}

export async function plantGoods(client: pg.Client, drawn: Drawn, pictures: PictureIds): Promise<void> {
  await client.query(
    `update category set picture_id = drawn.picture_id
     from unnest($1::text[], $2::uuid[]) as drawn (zone, picture_id) where category.id = drawn.zone`,
    [ZONES.map(({ code }) => code), ZONES.map(({ code }) => pictures.get(code) ?? null)],
  )
  await plantProducts(client, pictures)
  await plantListings(client)
  await plantBundles(client, pictures)
  await insertRows(
    client,
    'banner',
    { id: 'text', title: 'text', sort: 'int', webp: 'bytea', product_id: 'uuid', category_id: 'text' },
    drawn.banners.map(({ id, title, webp }, sort) => {
      const { barcode, zone } = BANNER_TARGETS[id] ?? {}
      return {
        id,
        title,
        sort,
        webp,
        product_id: barcode === undefined ? null : productIdOf(barcode),
        category_id: zone ?? null,
      }
    }),
  )
}

async function plantProducts(client: pg.Client, pictures: PictureIds): Promise<void> {
  await insertRows(
    client,
    'product',
    {
      id: 'uuid',
      name: 'text',
      subtitle: 'text',
      description: 'text',
      category_id: 'text',
      unit: 'text',
      speciality: 'bool',
      facts: 'jsonb',
      rank: 'int',
      created_at: 'timestamptz',
      updated_at: 'timestamptz',
    },
    GOODS.map((good) => ({
      id: productIdOf(good.barcode),
      name: good.name,
      subtitle: good.subtitle,
      description: good.description,
      category_id: good.zone,
      unit: good.unit,
      speciality: good.speciality,
      facts: JSON.stringify(good.facts),
      rank: rankOf(good),
      created_at: LISTED_AT,
      updated_at: LISTED_AT,
    })),
  )
  await insertRows(
    client,
    'sku',
    { id: 'uuid', product_id: 'uuid', barcode: 'text', piece_grams: 'int', per_grams: 'int' },
    GOODS.map(({ barcode, weight }) => ({
      id: skuIdOf(barcode),
      product_id: productIdOf(barcode),
      barcode,
      piece_grams: weight?.pieceGrams ?? null,
      per_grams: weight?.perGrams ?? null,
    })),
  )
  await insertRows(
    client,
    'product_picture',
    { product_id: 'uuid', position: 'int', picture_id: 'uuid' },
    GOODS.map(({ barcode }) => ({
      product_id: productIdOf(barcode),
      position: 0,
      picture_id: pictures.get(barcode) ?? null,
    })),
  )
}

const everywhere = <Row>(row: (good: Good, storeId: string, storeNumber: number) => Row): Row[] =>
  STORES.flatMap(({ id }, index) => GOODS.map((good) => row(good, id, index + 1)))

/** The online prices come after the listing, as they would in life, so that the price history tells both. */
async function plantListings(client: pg.Client): Promise<void> {
  await insertRows(
    client,
    'listing',
    {
      store_id: 'text',
      sku_id: 'uuid',
      price_fen: 'int8',
      shelf: 'text',
      updated_at: 'timestamptz',
      updated_by: 'text',
    },
    everywhere((good, storeId, storeNumber) => ({
      store_id: storeId,
      sku_id: skuIdOf(good.barcode),
      price_fen: pricesOf(good, storeId).priceFen,
      shelf: shelfIn(good.shelf, storeNumber),
      updated_at: LISTED_AT,
      updated_by: BY,
    })),
  )
  const cheaper = everywhere((good, storeId) => ({
    storeId,
    skuId: skuIdOf(good.barcode),
    fen: pricesOf(good, storeId).onlinePriceFen,
  })).filter(({ fen }) => fen !== null)
  await client.query(
    `update listing set online_price_fen = cheaper.fen, updated_at = $4, updated_by = $5
     from unnest($1::text[], $2::uuid[], $3::int8[]) cheaper (store_id, sku_id, fen)
     where listing.store_id = cheaper.store_id and listing.sku_id = cheaper.sku_id`,
    [
      cheaper.map(({ storeId }) => storeId),
      cheaper.map(({ skuId }) => skuId),
      cheaper.map(({ fen }) => fen),
      ONLINE_FROM,
      BY,
    ],
  )
}

/** A bundle costs a little less than what is in it, rounded to ten fen, and shows the pictures of its goods. It has no stock and no shelf of its own. */
async function plantBundles(client: pg.Client, pictures: PictureIds): Promise<void> {
  await insertRows(
    client,
    'product',
    {
      id: 'uuid',
      name: 'text',
      subtitle: 'text',
      description: 'text',
      category_id: 'text',
      unit: 'text',
      rank: 'int',
      created_at: 'timestamptz',
      updated_at: 'timestamptz',
    },
    BUNDLES.map(({ barcode, name, subtitle, description }, i) => ({
      id: productIdOf(barcode),
      name,
      subtitle,
      description,
      category_id: 'L',
      unit: '套',
      rank: 50 - i,
      created_at: LISTED_AT,
      updated_at: LISTED_AT,
    })),
  )
  await insertRows(
    client,
    'sku',
    { id: 'uuid', product_id: 'uuid', barcode: 'text', is_bundle: 'bool' },
    BUNDLES.map(({ barcode }) => ({
      id: skuIdOf(barcode),
      product_id: productIdOf(barcode),
      barcode,
      is_bundle: true,
    })),
  )
  const parts = BUNDLES.flatMap((bundle) =>
    bundle.components.map(([barcode, quantity], position) => ({ bundle, barcode, quantity, position })),
  )
  await insertRows(
    client,
    'bundle_component',
    { bundle_id: 'uuid', sku_id: 'uuid', quantity: 'int', position: 'int' },
    parts.map(({ bundle, barcode, quantity, position }) => ({
      bundle_id: skuIdOf(bundle.barcode),
      sku_id: skuIdOf(barcode),
      quantity,
      position: position + 1,
    })),
  )
  await insertRows(
    client,
    'product_picture',
    { product_id: 'uuid', position: 'int', picture_id: 'uuid' },
    parts.map(({ bundle, barcode, position }) => ({
      product_id: productIdOf(bundle.barcode),
      position,
      picture_id: pictures.get(barcode) ?? null,
    })),
  )
  await insertRows(
    client,
    'listing',
    { store_id: 'text', sku_id: 'uuid', price_fen: 'int8', updated_at: 'timestamptz', updated_by: 'text' },
    STORES.flatMap(({ id }) =>
      BUNDLES.map(({ barcode, components, offBp }) => {
        const apart = components.reduce((sum, [part, quantity]) => {
          const { priceFen, onlinePriceFen } = pricesOf(goodOf(part), id)
          return sum + (onlinePriceFen ?? priceFen) * quantity
        }, 0)
        return {
          store_id: id,
          sku_id: skuIdOf(barcode),
          price_fen: Math.floor((apart * (10_000 - offBp)) / 100_000) * 10,
          updated_at: LISTED_AT,
          updated_by: BY,
        }
      }),
    ),
  )
}

/** Opening stock is counted at the moment of planting: that is when it became true. */
export async function plantStock(client: pg.Client): Promise<void> {
  const levels = everywhere((good, storeId) => ({
    store_id: storeId,
    sku_id: skuIdOf(good.barcode),
    ...levelOf(good, storeId),
  }))
  // The level itself exists since the listing does (see the trigger of 0005_inventory.sql).
  await client.query(
    `update stock_level l set on_hand = x.on_hand, safety = x.safety
     from unnest($1::text[], $2::uuid[], $3::int[], $4::int[]) x (store_id, sku_id, on_hand, safety)
     where l.store_id = x.store_id and l.sku_id = x.sku_id`,
    [
      levels.map(({ store_id }) => store_id),
      levels.map(({ sku_id }) => sku_id),
      levels.map(({ onHand }) => onHand),
      levels.map(({ safety }) => safety),
    ],
  )
  await client.query(
    `insert into stock_ledger (store_id, sku_id, reason, on_hand_delta, reserved_delta, on_hand_after, reserved_after, note, by, at)
     select store_id, sku_id, 'OPENING', on_hand, 0, on_hand, 0, '开业盘点', $1, now() from stock_level where on_hand > 0`,
    [BY],
  )
}
