import { weighedFen } from '@linli/contract/weight-rule'

import type { In, Out } from '../../api.ts'
import { fenToField, formatFen, parseFen } from '../../ui/fen.ts'

export type Product = Out<'GET /console/v1/products/:productId'>
export type Picture = Product['pictures'][number]
type ProductChange = In<'PUT /console/v1/products/:productId'>['body']
type ListingChange = In<'PUT /console/v1/products/:productId/listings/:storeId'>['body']

/** So many pieces of a product in one bundle. */
export type BundlePart = NonNullable<Product['components']>[number]

export interface ListingForm {
  storeId: string
  price: string
  online: string
  onShelf: boolean
  shelf: string
}

/** The product as it stands in the fields: everything typed is text until it is sent. */
export interface GoodsForm {
  name: string
  subtitle: string
  description: string
  categoryId: string
  unit: string
  weighed: boolean
  /** Grams of a piece, as typed. */
  pieceGrams: string
  perGrams: '500' | '1000'
  /** What is in a bundle; null for other goods. */
  components: BundlePart[] | null
  speciality: boolean
  origin: string
  storage: string
  shelfLife: string
  allergens: string[]
  licence: string
  ingredients: string
  pictures: Picture[]
  listings: ListingForm[]
}

export const emptyForm: GoodsForm = {
  name: '',
  subtitle: '',
  description: '',
  categoryId: '',
  unit: '份',
  weighed: false,
  pieceGrams: '',
  perGrams: '500',
  components: null,
  speciality: false,
  origin: '',
  storage: '',
  shelfLife: '',
  allergens: [],
  licence: '',
  ingredients: '',
  pictures: [],
  listings: [],
}

/** Fills the fields from what the server holds. */
export const formOf = (product: Product): GoodsForm => ({
  name: product.name,
  subtitle: product.subtitle,
  description: product.description,
  categoryId: product.categoryId,
  unit: product.unit,
  weighed: product.weight !== null,
  pieceGrams: product.weight ? String(product.weight.pieceGrams) : '',
  perGrams: product.weight?.perGrams === 1000 ? '1000' : '500',
  components: product.components,
  speciality: product.speciality,
  origin: product.facts.origin ?? '',
  storage: product.facts.storage ?? '',
  shelfLife: product.facts.shelfLife ?? '',
  allergens: product.facts.allergens,
  licence: product.facts.licence ?? '',
  ingredients: product.facts.ingredients ?? '',
  pictures: product.pictures,
  listings: product.listings.map((listing) => ({
    storeId: listing.storeId,
    price: fenToField(listing.priceFen),
    online: listing.onlinePriceFen === null ? '' : fenToField(listing.onlinePriceFen),
    onShelf: listing.onShelf,
    shelf: listing.shelf ?? '',
  })),
})

const orNull = (text: string): string | null => text.trim() || null

/** What a product is, as the server takes it. Prices and places go by store, in `listingChanges`. */
export const productChange = (form: GoodsForm, version: number): ProductChange => ({
  version,
  name: form.name.trim(),
  subtitle: form.subtitle.trim(),
  description: form.description.trim(),
  categoryId: form.categoryId,
  unit: form.unit.trim(),
  weight:
    form.weighed && !form.components
      ? { pieceGrams: Number(form.pieceGrams), perGrams: form.perGrams === '1000' ? 1000 : 500 }
      : null,
  speciality: form.speciality,
  facts: {
    origin: orNull(form.origin),
    storage: orNull(form.storage),
    shelfLife: orNull(form.shelfLife),
    allergens: form.allergens,
    licence: orNull(form.licence),
    ingredients: orNull(form.ingredients),
  },
  pictureIds: form.pictures.map((picture) => picture.id),
  ...(form.components && {
    components: form.components.map(({ skuId, quantity }) => ({ skuId, quantity })),
  }),
})

/** Whether anything but the listings differs from the server's copy. */
export const productChanged = (product: Product, form: GoodsForm): boolean =>
  JSON.stringify(productChange(form, 0)) !== JSON.stringify(productChange(formOf(product), 0))

/** The row for a store that did not sell it yet: it needs a price, and starts on the shelf. */
export const newListing = (storeId: string): ListingForm => ({
  storeId,
  price: '',
  online: '',
  onShelf: true,
  shelf: '',
})

// The first listing of a store is sent whole; without a price there is nothing to send.
const firstListing = (
  { onShelf }: ListingForm,
  priceFen: number | undefined,
  onlinePriceFen: number | null | undefined,
  shelf: string | null,
): ListingChange =>
  priceFen === undefined
    ? {}
    : { priceFen, onShelf, ...(onlinePriceFen ? { onlinePriceFen } : {}), ...(shelf ? { shelf } : {}) }

/**
 * The listings that differ, each with only the fields that do: another person's change to the rest stays. A store that did not sell it yet
 * gets its first one.
 */
export const listingChanges = (
  product: Product,
  form: GoodsForm,
): { storeId: string; body: ListingChange }[] =>
  form.listings.flatMap((listing) => {
    const before = product.listings.find((each) => each.storeId === listing.storeId)
    const priceFen = parseFen(listing.price)
    const onlinePriceFen = listing.online.trim() === '' ? null : parseFen(listing.online)
    const shelf = orNull(listing.shelf.toUpperCase())
    if (!before) {
      const body = firstListing(listing, priceFen, onlinePriceFen, shelf)
      return body.priceFen === undefined ? [] : [{ storeId: listing.storeId, body }]
    }
    const body: ListingChange = {}
    if (priceFen !== undefined && priceFen !== before.priceFen) body.priceFen = priceFen
    if (onlinePriceFen !== undefined && onlinePriceFen !== before.onlinePriceFen)
      body.onlinePriceFen = onlinePriceFen
    if (listing.onShelf !== before.onShelf) body.onShelf = listing.onShelf
    if (shelf !== before.shelf) body.shelf = shelf
    return Object.keys(body).length > 0 ? [{ storeId: listing.storeId, body }] : []
  })

/** Every price that will change, in words, to be read before the button is pressed. */
export const priceChangeWords = (product: Product, form: GoodsForm): string[] =>
  listingChanges(product, form).flatMap(({ storeId, body }) => {
    const before = product.listings.find((each) => each.storeId === storeId)
    const said: string[] = []
    if (!before && body.priceFen !== undefined)
      said.push(
        `${storeId} 开始卖，门店价 ${formatFen(body.priceFen)}${body.onlinePriceFen ? `，线上价 ${formatFen(body.onlinePriceFen)}` : ''}`,
      )
    if (before && body.priceFen !== undefined)
      said.push(`${storeId} 门店价 ${formatFen(before.priceFen)} → ${formatFen(body.priceFen)}`)
    if (before && body.onlinePriceFen !== undefined)
      said.push(
        `${storeId} 线上价 ${priceOrNone(before.onlinePriceFen)} → ${priceOrNone(body.onlinePriceFen)}`,
      )
    return said
  })

const priceOrNone = (fen: number | null): string => (fen === null ? '不设' : formatFen(fen))

export type Section = 'pictures' | 'basics' | 'listings' | 'facts'
/** What is wrong with a field, by its name; listings by `price.S01`, `online.S01`, `shelf.S01`. */
export type Faults = Record<string, string>

const shelfCode = /^[A-Z]\d{2}-\d-[1-5]$/

const listingFaults = (listing: ListingForm, faults: Faults): void => {
  const price = parseFen(listing.price)
  const online = listing.online.trim() === '' ? null : parseFen(listing.online)
  if (!price) faults[`price.${listing.storeId}`] = '填一个大于 0 的价，最多两位小数'
  if (online === undefined || online === 0) faults[`online.${listing.storeId}`] = '填一个价，或留空'
  else if (online !== null && price && online > price)
    faults[`online.${listing.storeId}`] = `不能高过门店价 ${formatFen(price)}`
  if (listing.shelf.trim() && !shelfCode.test(listing.shelf.trim().toUpperCase()))
    faults[`shelf.${listing.storeId}`] = '写成 L02-3-2 这样'
}

/** What a piece weighs, when it can be read. */
export const gramsOf = ({ pieceGrams }: Pick<GoodsForm, 'pieceGrams'>): number | undefined => {
  const grams = /^\d{1,5}$/.test(pieceGrams.trim()) ? Number(pieceGrams) : 0
  return grams >= 10 && grams <= 20_000 ? grams : undefined
}

/** `¥13.90/500g`: the price per weight that a shopper reads beside the price of the piece; undefined while something is missing. */
export const perWeightWords = (form: GoodsForm, priceFen: number | undefined): string | undefined => {
  const grams = form.weighed ? gramsOf(form) : undefined
  if (grams === undefined || priceFen === undefined) return undefined
  const per = Number(form.perGrams)
  return `${formatFen(weighedFen(priceFen, per, grams))}/${per === 1000 ? 'kg' : '500g'}`
}

/** Checks every field the way the server will, so that nobody waits for a refusal they could have been spared. */
export const faultsOf = (form: GoodsForm): Faults => {
  const faults: Faults = {}
  if (!form.name.trim()) faults['name'] = '名称要填'
  else if (form.name.trim().length > 60) faults['name'] = '名称最多 60 个字'
  if (!form.unit.trim()) faults['unit'] = '单位要填'
  else if (form.unit.trim().length > 8) faults['unit'] = '单位最多 8 个字'
  if (form.components?.length === 0) faults['components'] = '至少放一样商品'
  if (form.weighed && !form.components && !gramsOf(form))
    faults['pieceGrams'] = '填每份约多少克，10 到 20000 的整数'
  if (!form.categoryId) faults['categoryId'] = '选一个分类'
  for (const listing of form.listings) listingFaults(listing, faults)
  return faults
}

const sectionOf = (field: string): Section => (/^(price|online|shelf)\./.test(field) ? 'listings' : 'basics')

export type SectionMark = 'good' | 'fault' | 'missing'

/** The rail's marks: a fault stops saving, something missing is only worth knowing. */
export const sectionMarks = (form: GoodsForm): Record<Section, { mark: SectionMark; word: string }> => {
  const faulty = new Set(Object.keys(faultsOf(form)).map(sectionOf))
  const missingFacts = [form.origin, form.storage, form.shelfLife].filter((fact) => !fact.trim()).length
  const good = { mark: 'good', word: '' } as const
  return {
    pictures: form.pictures.length > 0 ? good : { mark: 'missing', word: '没图' },
    basics: faulty.has('basics') ? { mark: 'fault', word: '要改' } : good,
    listings: faulty.has('listings') ? { mark: 'fault', word: '要改' } : good,
    facts: missingFacts === 0 ? good : { mark: 'missing', word: `缺 ${missingFacts}` },
  }
}

/** The same marks for a form nobody has tried to send yet: what is not filled in is no fault. */
export const calmMarks = (marks: ReturnType<typeof sectionMarks>): ReturnType<typeof sectionMarks> => {
  const calm = ({ mark, word }: { mark: SectionMark; word: string }) =>
    mark === 'fault' ? ({ mark: 'missing', word: '待填' } as const) : { mark, word }
  return {
    pictures: calm(marks.pictures),
    basics: calm(marks.basics),
    listings: calm(marks.listings),
    facts: calm(marks.facts),
  }
}

/** How many things differ from the server's copy; the head says it beside the draft's time. */
export const countChanges = (product: Product, form: GoodsForm): number => {
  const before = formOf(product)
  const fields = (Object.keys(before) as (keyof GoodsForm)[]).filter(
    (field) => field !== 'listings' && JSON.stringify(before[field]) !== JSON.stringify(form[field]),
  )
  const added = form.listings.filter(
    ({ storeId }) => !product.listings.some((each) => each.storeId === storeId),
  ).length
  const changed = listingChanges(product, form).filter(({ storeId }) =>
    product.listings.some((each) => each.storeId === storeId),
  )
  return fields.length + added + changed.reduce((sum, { body }) => sum + Object.keys(body).length, 0)
}

/** Whether a 13-digit code carries the right EAN-13 check digit. */
export const eanValid = (code: string): boolean => {
  if (!/^\d{13}$/.test(code)) return false
  const sum = code
    .split('')
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0)
  return sum % 10 === 0
}
