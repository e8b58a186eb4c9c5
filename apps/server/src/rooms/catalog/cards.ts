import type { Category, ProductCard, ProductDetail } from '@linli/contract/catalog'
import { weighedFen } from '@linli/contract/weight-rule'
import type { Static } from 'typebox'
import type { Store } from '#room/stores'
import type { Listing, Product } from './product.ts'
import type { BannerRow, CategoryRow } from './snapshot.sql.ts'

export type Card = Static<typeof ProductCard>
export type Detail = Static<typeof ProductDetail>
export interface PicturePaths {
  id: string
  s: string
  m: string
  l: string
}

/** Paths of a picture's three sizes. A picture never changes under its id, so these may be cached for ever. */
export const picturePaths = (id: string): PicturePaths => ({
  id,
  s: `/media/${id}/s.webp`,
  m: `/media/${id}/m.webp`,
  l: `/media/${id}/l.webp`,
})
export const pictureOf = (id: string | null | undefined): PicturePaths | null =>
  id ? picturePaths(id) : null

/** A banner keeps its id when its picture changes: the stamp makes a new address of it. */
export const bannerPath = ({ id, stamp }: BannerRow): string => `/media/banners/${id}.webp?v=${stamp}`

export const stockWord = (available: number, lowUpTo: number): Card['stock'] =>
  available <= 0 ? 'sold_out' : available <= lowUpTo ? 'low' : 'in_stock'

const weightOf = ({ weight }: Product, { unitFen }: Listing, toleranceBp: number): Card['weight'] =>
  weight && { ...weight, perFen: weighedFen(unitFen, weight.perGrams, weight.pieceGrams), toleranceBp }

/** A product as it stands on the shelf of one store. What is off the shelf cannot be had, however much there is of it. */
export function cardOf(
  product: Product,
  listing: Listing,
  stock: { available: number; lowUpTo: number; toleranceBp: number },
): Card {
  const available = listing.onShelf ? stock.available : 0
  return {
    id: product.id,
    skuId: product.skuId,
    name: product.name,
    subtitle: product.subtitle,
    unit: product.unit,
    priceFen: listing.unitFen,
    basePriceFen: listing.baseFen,
    picture: pictureOf(product.pictureIds[0]),
    shelf: listing.shelf,
    speciality: product.speciality,
    onlineOnlyPrice: listing.unitFen < listing.priceFen,
    bundle: product.components !== null,
    weight: weightOf(product, listing, stock.toleranceBp),
    stock: stockWord(available, stock.lowUpTo),
    available,
  }
}

export const categoryOf = (
  { id, name, zone, pictureId }: CategoryRow,
  count: number,
): Static<typeof Category> => ({
  id,
  name,
  zone,
  picture: pictureOf(pictureId),
  count,
})

const PLAIN_SIGN = { tint: '#EEE9E2', ink: '#5F5448' }

/** The sign of a product's aisle; a zone the store does not draw has a plain one. */
export function zoneOf(store: Store, category: CategoryRow | undefined): Detail['zone'] {
  const drawn = store.zones.find(({ code }) => code === category?.zone)
  if (drawn) return { code: drawn.code, name: drawn.name, tint: drawn.tint, ink: drawn.ink }
  return { code: category?.zone ?? '', name: category?.name ?? '', ...PLAIN_SIGN }
}
